"""The way through one site: which of its addresses are still to be asked, the likeliest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.frontier import FollowHints, LinkScorer
from crawler.traps import BarrenShapes
from crawler.urls import canonical, is_document, is_image, is_useless, trap
from oit.model import Link, Resource, ResourceKind

_MOST_WAITING = 100_000
"""Addresses that wait at most: a list without end must not take the memory; the page budget is far below."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an address was found: the pages from home to it, the link's label and surroundings."""

    via: tuple[str, ...] = ()
    label: str = ""
    context: str = ""
    depth: int = 0
    second: bool = False
    """Asked again at the end, with longer limits."""


class Walk:
    """The addresses of one site, seen and waiting. Each is handed out once."""

    def __init__(self, hosts: frozenset[str], hints: FollowHints, depth: int, prefix: str = "") -> None:
        self.hosts = set(hosts)
        self.cut = False
        """Whether links deeper than allowed were left."""
        self._prefix = prefix
        self._depth = depth
        self._scorer = LinkScorer(hints)
        self._barren = BarrenShapes()
        self._seen: set[str] = set()
        self._waiting: list[tuple[int, int, str, Way]] = []
        self._number = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def inside(self, url: str) -> bool:
        """Whether an address belongs to the site. Where several sites share a host, pages must stand below the
        agency's own path; files may stand anywhere on it."""
        parts = urlsplit(url)
        if parts.netloc.lower() not in self.hosts:
            return False
        return parts.path.startswith(self._prefix) or is_document(url) or is_image(url)

    def mark(self, url: str) -> bool:
        """Note that an address is being asked; whether it is for the first time."""
        if url in self._seen:
            return False
        self._seen.add(url)
        return True

    def add(self, url: str, way: Way, score: int) -> bool:
        """Let an address wait its turn, unless it was seen before."""
        if len(self._waiting) >= _MOST_WAITING or not self.mark(url):
            return False
        self._number += 1
        heapq.heappush(self._waiting, (-score, self._number, url, way))
        return True

    def next(self) -> tuple[str, Way] | None:
        """The likeliest address that waits, or None."""
        while self._waiting:
            score, _, url, way = heapq.heappop(self._waiting)
            if score <= -LinkScorer.TELLING or not self._barren.is_barren(url):
                return url, way
        return None

    def left(self, most: int) -> Iterator[tuple[str, Way]]:
        """The likeliest of what still waits."""
        return ((url, way) for _, _, url, way in heapq.nsmallest(most, self._waiting))

    def follow(self, page: Resource) -> None:
        """Take in what a page leads to."""
        depth = page.depth + 1
        if depth > self._depth:
            self.cut = self.cut or any(self._wanted(link.url) for link in page.links)
            return
        via = (*page.found_via, page.url)
        from_index = self._scorer.is_index(page.title, page.label, page.url)
        fresh = False
        for link in page.links:
            if not self._wanted(link.url):
                continue
            score = self._scorer.score(link, depth, from_index=from_index)
            if self.add(link.url, Way(via, link.label, link.context, depth), score):
                fresh = fresh or is_document(link.url) or not self._barren.alike(link.url, page.url)
        if page.kind is ResourceKind.PAGE:
            self._barren.fetched(page.url, fresh=fresh)

    def suggest(self, url: str, home: str) -> None:
        """Take in an address from the site's own map: after what its pages link to."""
        if self._wanted(url) and not is_image(url):
            score = self._scorer.score(Link(url, "", via="sitemap"), 2, from_index=False) - 50
            self.add(url, Way((home,), "", "", 1), score)

    def _wanted(self, url: str) -> bool:
        return (
            url.startswith(("http://", "https://"))
            and url not in self._seen
            and self.inside(url)
            and not is_useless(url)
            and not trap(url)
        )


def same_place(url: str, other: str) -> bool:
    """Whether two addresses are one after canonical writing."""
    try:
        return canonical(url) == canonical(other)
    except ValueError:
        return False
