"""Sitemaps: the addresses that a site itself lists, from sitemap.xml, sitemap indexes and robots.txt."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from itertools import islice

from core.urls import canonical
from crawler.downloader.unpack import unfold_gzip

# Possessive: of two runs of blanks one after the other, each length of the first would be tried (2 MB: for hours).
_ADDRESS = re.compile(rb"<(?:\w++:)?loc>\s*+(?:<!\[CDATA\[\s*+)?+([^<\]\s]{1,2000})", re.I)
_INDEX = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]", re.I)
_ROBOTS_LINE = re.compile(r"^[^\S\n]*+sitemap[^\S\n]*+:[^\S\n]*+(\S{1,2000})", re.I | re.M)
MAX_ADDRESSES = 2000
"""Addresses taken from one sitemap; more are news of old years."""
MAX_SITEMAPS = 12
"""Sitemaps of one site: an index without end must not take the night."""
_EXPANDED = 16 << 20
"""Bytes of a sitemap that are looked at, and that a compressed one may unfold to."""
_LOOKED_AT = 2 * MAX_ADDRESSES
"""Entries looked at, in whatever form: one that is no address costs as much as one that is."""
_LETTERS_LOOKED_AT = 1 << 20
"""Of all entries together: the longest and oddest addresses take a second a million letters. Honest ones of a full
sitemap have half of it."""
_LINES_LOOKED_AT = 500


def addresses(body: bytes) -> tuple[tuple[str, ...], bool]:
    """The addresses that a sitemap lists, and whether they are further sitemaps. Compressed or not, broken or not."""
    if body.startswith(b"\x1f\x8b"):
        body = unfold_gzip(body, _EXPANDED)
    found: dict[str, None] = {}
    letters = 0
    for match in islice(_ADDRESS.finditer(body, 0, _EXPANDED), _LOOKED_AT):
        written = match.group(1)
        letters += len(written)
        with suppress(ValueError):
            found[canonical(html.unescape(written.decode("utf-8", "replace")))] = None
        if len(found) >= MAX_ADDRESSES or letters >= _LETTERS_LOOKED_AT:
            break
    return tuple(found), bool(_INDEX.search(body[:4096]))


def in_robots(body: bytes) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names."""
    found: dict[str, None] = {}
    lines = _ROBOTS_LINE.finditer(body[:500_000].decode("utf-8", "replace"))
    for match in islice(lines, _LINES_LOOKED_AT):
        with suppress(ValueError):
            found[canonical(match.group(1))] = None
        if len(found) >= MAX_SITEMAPS:
            break
    return tuple(found)
