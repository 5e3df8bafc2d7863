"""Text and addresses of web sites, made harmless for HTML, XLSX and terminals."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urlsplit

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNPRINTABLE = ("Cc", "Cs", "Co", "Cn")
_SPACES = frozenset("\r\n\t\u2028\u2029\x0b\x0c\x85")
_QUOTE = 300
_ADDRESS = 2000
"""Longer addresses are not made links: no browser or server needs to keep them."""
_SHOWN_ADDRESS = 200
_WORD = 240
"""Letters of one word of an error's line: paths and addresses that people use are shorter."""
_LINE = 1200


def sanitize_text(text: str, length: int = _QUOTE) -> str:
    """One line of printable text of at most `length` characters: no control or direction characters."""
    kept = "".join(" " if c in _SPACES else c for c in text if c in _SPACES or _printable(c))
    kept = " ".join(kept.split())
    return kept if len(kept) <= length else kept[: length - 1] + "…"


def sanitize_lines(text: str, length: int = _ADDRESS) -> str:
    """As `sanitize_text`, but the lines stay lines."""
    lines = "\n".join(sanitize_text(line, length) for line in text.split("\n"))
    return lines if len(lines) <= length else lines[: length - 1] + "…"


def escape_text(text: str) -> str:
    """The text with what a terminal would obey, or cannot show, written out (`\\x1b`)."""
    return "".join(c if _printable(c) else repr(c)[1:-1] for c in text)


def error_line(text: str) -> str:
    """One line of what was wrong: what somebody gave stands in it escaped, and where it is very long cut."""
    words = (_cut(escape_text(word), _WORD) for word in text.split())
    return _cut(" ".join(words), _LINE)


def _cut(text: str, most: int) -> str:
    """At most so many letters: two thirds of them from its beginning, and its end, where messages say what is wrong."""
    head = 2 * most // 3
    return text if len(text) <= most else f"{text[:head]}…{text[head + 1 - most :]}"


def _printable(letter: str) -> bool:
    return letter not in _BIDI and unicodedata.category(letter) not in _UNPRINTABLE


def safe_link(url: str) -> str:
    """The address if it may become a link (http or https, nothing invisible in it), else an empty string."""
    if len(url) > _ADDRESS or any(c.isspace() or not _printable(c) for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def shown_url(url: str) -> str:
    """An address as a person reads it: Thai letters decoded, harmless, not too long."""
    return sanitize_text(unquote(url, errors="replace"), _SHOWN_ADDRESS)
