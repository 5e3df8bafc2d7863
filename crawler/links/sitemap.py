"""Sitemaps: the addresses that a site itself lists, from sitemap.xml, sitemap indexes and robots.txt."""

from __future__ import annotations

import gzip
import html
import io
import re
from contextlib import suppress

from core.urls import canonical

_ADDRESS = re.compile(rb"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})", re.I)
_INDEX = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]", re.I)
_ROBOTS_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S{1,2000})", re.I | re.M)
MAX_ADDRESSES = 2000
"""Addresses taken from one sitemap; more are news of old years."""
MAX_SITEMAPS = 12
"""Sitemaps of one site: an index without end must not take the night."""
_EXPANDED = 16 << 20
"""Bytes that a compressed sitemap may unfold to."""


def addresses(body: bytes) -> tuple[tuple[str, ...], bool]:
    """The addresses that a sitemap lists, and whether they are further sitemaps. Compressed or not, broken or not."""
    if body.startswith(b"\x1f\x8b"):
        body = _unfold(body)
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(body):
        with suppress(ValueError):
            found[canonical(html.unescape(match.group(1).decode("utf-8", "replace")))] = None
        if len(found) >= MAX_ADDRESSES:
            break
    return tuple(found), bool(_INDEX.search(body[:4096]))


def in_robots(body: bytes) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names."""
    found: dict[str, None] = {}
    for line in _ROBOTS_LINE.findall(body[:500_000].decode("utf-8", "replace")):
        with suppress(ValueError):
            found[canonical(line)] = None
    return tuple(found)[:MAX_SITEMAPS]


def _unfold(body: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as handle:
            return handle.read(_EXPANDED)
    except (OSError, EOFError):
        return b""
