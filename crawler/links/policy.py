"""Which links of a page are followed, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scrapy import Request

from core.models.snapshot import Zone
from core.urls import is_useless
from crawler.frontier import FrontierQueue, Provenance
from crawler.links.duplicates import DuplicatePages
from crawler.links.scoring import SPEAKING, LinkScorer
from crawler.links.traps import FacetTraps, same_list, trap_kind

if TYPE_CHECKING:
    from core.models.snapshot import Link, Resource

_VIA_LIMIT = 10


class LinkPolicy:
    """Turns the links of one site's pages into requests. `known` are the addresses met before, `on_too_deep` is
    called for each link beyond `max_depth`."""

    def __init__(
        self,
        scorer: LinkScorer,
        known: FrontierQueue,
        is_inside: Callable[[str], bool],
        max_depth: int,
        on_too_deep: Callable[[], None],
    ) -> None:
        self._scorer = scorer
        self._known = known
        self._is_inside = is_inside
        self._max_depth = max_depth
        self._on_too_deep = on_too_deep
        self._duplicates = DuplicatePages()
        self._facets = FacetTraps()

    def requests_of_page(self, resource: Resource, signature: str, *, in_disclosures: bool) -> Iterator[Request]:
        """Follow a page that was just read, unless it was met before under another address."""
        yield from self._canonical(resource)
        if self._duplicates.new(resource, signature):
            yield from self.requests(resource, in_disclosures=in_disclosures)

    def requests(self, resource: Resource, *, in_disclosures: bool) -> Iterator[Request]:
        """What a page leads to: pages of the site within the budget, and what may be evidence elsewhere.

        `in_disclosures` says whether the page belongs to the disclosure part."""
        via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
        from_index = self._scorer.is_index(resource.title, resource.label, resource.url)
        in_part = in_disclosures or from_index
        for link in resource.links:
            if link.url in self._known:
                # Menus stand on every page: most links were met before.
                continue
            if not self._is_inside(link.url):
                yield from self._off_site(link, resource, via, from_index=from_index)
                continue
            if not self._is_wanted(link):
                continue
            # The next page of a list is no deeper than the list.
            depth = resource.depth + (not same_list(link.url, resource.url))
            points = self._scorer.score(link, depth, from_index=from_index)
            if depth > self._max_depth:
                self._on_too_deep()
            elif points >= SPEAKING or not self._facets.is_trap(link.url):
                yield _request(link.url, self._provenance(link, via, depth, in_part=in_part), points)

    def _provenance(self, link: Link, via: tuple[str, ...], depth: int, *, in_part: bool) -> Provenance:
        speaks = self._scorer.speaks(link)
        is_content = link.zone is Zone.CONTENT
        return Provenance(
            via,
            link.label,
            link.context,
            depth,
            in_disclosures=speaks or (in_part and is_content),
            may_disclose=speaks or is_content or not link.label.strip(),
        )

    def _off_site(self, link: Link, page: Resource, via: tuple[str, ...], *, from_index: bool) -> Iterator[Request]:
        """A link from the site's content that leaves the site and is likely to be evidence; whether it leads to a
        known store is the off-site middleware's to say."""
        depth = page.depth + 1
        points = self._scorer.score(link, depth, from_index=from_index)
        is_web = link.url.startswith(("http://", "https://"))
        if is_web and link.zone is not Zone.FOOTER and self._scorer.likely(points, page):
            yield _request(link.url, Provenance(via, link.label, link.context, depth), points)

    def _canonical(self, resource: Resource) -> Iterator[Request]:
        """A page that names another address as its own leads there first."""
        named = next((li for li in resource.links if li.via == "canonical" and self._is_wanted(li)), None)
        if named is not None and named.url not in self._known and self._is_inside(named.url):
            via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
            way = Provenance(via, resource.label, resource.context, resource.depth)
            yield _request(named.url, way, self._scorer.score(named, resource.depth, from_index=False))

    def _is_wanted(self, link: Link) -> bool:
        is_web = link.url.startswith(("http://", "https://"))
        return is_web and not is_useless(link.url) and not trap_kind(link.url)


def _request(url: str, provenance: Provenance, points: int) -> Request:
    return Request(url, meta={"provenance": provenance}, priority=points)
