"""Text and addresses of web sites, made harmless for HTML, XLSX and terminals."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urlsplit

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_QUOTE = 300


def clean(text: str, length: int = _QUOTE) -> str:
    """One line of printable text of at most `length` characters: no control or direction characters."""
    kept = "".join(" " if c in "\r\n\t" else c for c in text if c in "\r\n\t" or _printable(c))
    kept = " ".join(kept.split())
    return kept if len(kept) <= length else kept[: length - 1] + "…"


def _printable(letter: str) -> bool:
    return letter not in _BIDI and unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn")


def safe_url(url: str) -> str:
    """The address if it may become a link (http or https), else an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or any(ord(c) <= 0x20 for c in url):
        return ""
    return url


def shown_url(url: str) -> str:
    """An address as a person reads it: Thai letters decoded, harmless, not too long."""
    return clean(unquote(url, errors="replace"), 200)
