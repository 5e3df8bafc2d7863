"""Which links of a page are followed, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models.snapshot import StopReason
from core.urls import is_useless
from crawler.links.duplicates import DuplicatePages
from crawler.links.scoring import SPEAKING
from crawler.links.traps import FacetTraps, same_list, trap_kind
from crawler.scheduler import Provenance

if TYPE_CHECKING:
    from core.models.snapshot import Link, Resource
    from crawler.middlewares.offsite import Outside
    from crawler.spiders.agency import AgencySpider

_VIA_LIMIT = 10


class LinkPolicy:
    """Puts what one spider's pages lead to into its frontier."""

    def __init__(self, spider: AgencySpider, outside: Outside) -> None:
        self._spider = spider
        self._outside = outside
        self._twins = DuplicatePages()
        self._facets = FacetTraps()

    def page(self, resource: Resource, signature: str) -> None:
        """Follow a page that was just read, unless it is one that was met before under another address."""
        self._canonical(resource)
        if self._twins.new(resource, signature):
            self.links(resource)

    def links(self, resource: Resource) -> None:
        """Put what a page leads to, within the site and the budget, into the frontier."""
        spider = self._spider
        via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
        from_index = spider.scorer.is_index(resource.title, resource.label, resource.url)
        for link in resource.links:
            if link.url in spider.frontier:
                # Menus stand on every page: most links were met before.
                continue
            if not spider.inside(link.url):
                way = Provenance(via, link.label, link.context, resource.depth + 1)
                points = spider.scorer.score(link, way.depth, from_index=from_index)
                self._outside.follow(link, way, resource, points)
            if not self._wanted(link):
                continue
            # The next page of a list is no deeper than the list.
            depth = resource.depth + (not same_list(link.url, resource.url))
            points = spider.scorer.score(link, depth, from_index=from_index)
            if depth > spider.job.budget.depth:
                spider.stopped_by = spider.stopped_by or StopReason.DEPTH
            elif points >= SPEAKING or not self._facets.is_trap(link.url):
                spider.frontier.push(link.url, Provenance(via, link.label, link.context, depth), points)

    def _canonical(self, resource: Resource) -> None:
        """A page that names another address as its own leads there first."""
        spider = self._spider
        named = next((li for li in resource.links if li.via == "canonical" and self._wanted(li)), None)
        if named is not None:
            via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
            way = Provenance(via, resource.label, resource.context, resource.depth)
            spider.frontier.push(named.url, way, spider.scorer.score(named, resource.depth, from_index=False))

    def _wanted(self, link: Link) -> bool:
        return (
            link.url not in self._spider.frontier
            and link.url.startswith(("http://", "https://"))
            and self._spider.inside(link.url)
            and not is_useless(link.url)
            and not trap_kind(link.url)
        )
