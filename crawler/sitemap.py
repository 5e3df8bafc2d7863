"""Addresses that a site lists of itself, from sitemap.xml."""

from __future__ import annotations

import html
import re
import zlib

from crawler.urls import canonical

_ADDRESS = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})", re.I)
_MOST = 2000
"""Addresses taken from one map; the page budget is of that order."""
_MOST_BYTES = 8 << 20


def listed(body: bytes) -> tuple[str, ...]:
    """The addresses in a sitemap or a sitemap index, canonical, in its order."""
    if body[:2] == b"\x1f\x8b":
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
        except zlib.error:
            return ()
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(body[:_MOST_BYTES]):
        try:
            found[canonical(html.unescape(match.group(1).decode("utf-8", "replace")))] = None
        except ValueError:
            continue
        if len(found) >= _MOST:
            break
    return tuple(found)


def is_map(url: str) -> bool:
    """Whether a listed address is another map."""
    return url.lower().split("?")[0].endswith((".xml", ".xml.gz"))
