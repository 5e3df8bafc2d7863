"""Pages that tell robots from people, told by their marks."""

from __future__ import annotations

import re

_WINDOW = 8192
"""Bytes looked at: challenge pages are small and show their marks early; real pages may mention them far down."""
_MARKS = re.compile(
    rb"cf-challenge|cf_chl_|challenge-platform|just a moment\.\.\.|checking your browser|attention required! \| cloudflare"
    rb"|ddos protection by|_incapsula_|incapsula incident id|sucuri website firewall|ddos-guard|please enable js and disable any ad"
    rb"|aws-waf-token|awswafintegration|px-captcha|verifying you are human",
    re.I,
)
_CAPTCHA = re.compile(rb"g-recaptcha|h-captcha|cf-turnstile", re.I)


def has_marks(body: bytes) -> bool:
    """Whether the head of a body carries the marks of a challenge page."""
    return _MARKS.search(body[:_WINDOW]) is not None


def has_captcha(body: bytes) -> bool:
    """Whether the head of a body holds a captcha; an honest contact form may too."""
    return _CAPTCHA.search(body[:_WINDOW]) is not None
