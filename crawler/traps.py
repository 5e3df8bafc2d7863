"""Addresses without end, told by what they give: pages of one shape that lead to nothing new."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote, urlsplit

_BARREN_AFTER = 100
"""Pages of one shape in a row without a document or a link of another shape. A news archive of that length
shows as little as a calendar; links that speak of disclosures are followed all the same."""
_TOKEN = re.compile(r"[0-9a-f]{16,}|\d+", re.I)


class BarrenShapes:
    """Counts, for each shape of address, how many pages in a row gave nothing new."""

    def __init__(self, after: int = _BARREN_AFTER) -> None:
        self._after = after
        self._dry: Counter[str] = Counter()

    def fetched(self, url: str, *, fresh: bool) -> None:
        """Note one read page; `fresh` if it led to something new."""
        if fresh:
            self._dry.pop(shape(url), None)
        else:
            self._dry[shape(url)] += 1

    def is_barren(self, url: str) -> bool:
        """Whether more pages of this address's shape are not worth asking for."""
        form = shape(url)
        return self._dry[form] >= self._after and _varies(url)

    def alike(self, url: str, other: str) -> bool:
        """Whether two addresses have one shape."""
        return shape(url) == shape(other)


def shape(url: str) -> str:
    """An address with its numbers, hashes and query values masked."""
    parts = urlsplit(url)
    names = sorted({pair.split("=", 1)[0] for pair in parts.query.split("&")})
    return f"{parts.netloc}{_TOKEN.sub('#', unquote(parts.path))}?{'&'.join(names)}"


def _varies(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.query) or _TOKEN.search(parts.path) is not None
