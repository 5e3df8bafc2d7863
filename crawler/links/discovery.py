"""Requests beside the walk, whose answers are no part of the site: probes for what cannot exist, robots.txt for the
sitemaps that it names, sitemaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request

from core.models.snapshot import FetchOutcome, Link, Resource
from core.urls import is_image, is_useless
from crawler.links import sitemap, soft404
from crawler.links.traps import trap_kind
from crawler.rendering.renderer import NEEDS_SCRIPTS
from crawler.responses import header
from crawler.scheduler import Provenance

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.spiders.agency import AgencySpider


class SiteDiscovery:
    """What one spider asks besides the site's pages. `nothing` are the signatures of answers that say "not found"."""

    def __init__(self, spider: AgencySpider) -> None:
        self.not_found_signatures: set[str] = set()
        self._spider = spider
        self._sitemaps: set[str] = set()
        self._probe_drawn = False

    def requests(self) -> Iterator[Request]:
        """What to ask at the start."""
        home = self._spider.job.agency.url
        for probe in soft404.probes(home):
            yield self._request(probe, self.parse_probe)
        yield self._request(urljoin(home, "/robots.txt"), self.parse_robots)
        yield from self._sitemap(urljoin(home, "/sitemap.xml"))

    async def parse_probe(self, response: Response) -> None:
        """What the site answers for a page that cannot exist."""
        spider = self._spider
        if response.status != 200 or not spider.inside(response.url):
            return
        resource = Resource(response.url, FetchOutcome.OK, response.url, content_type=header(response, "Content-Type"))
        found = await spider.desk.by_reader(response.body, resource)
        if found.reading.note in NEEDS_SCRIPTS and not self._probe_drawn:
            # An application answers every address alike; its own "not found" shows only once it ran.
            self._probe_drawn = True
            found = await spider.drawn(response.body, resource, found)
        if found.signature:
            self.not_found_signatures.add(found.signature)

    def parse_robots(self, response: Response) -> None:
        """Sitemaps that robots.txt names."""
        if response.status == 200:
            for url in sitemap.in_robots(response.body):
                self._ask(self._sitemap(url))

    def parse_sitemap(self, response: Response) -> None:
        """Addresses that the site itself lists."""
        spider = self._spider
        if response.status != 200:
            return
        found, index = sitemap.addresses(response.body)
        for url in found:
            if index:
                self._ask(self._sitemap(url))
            elif spider.inside(url) and not (trap_kind(url) or is_useless(url) or is_image(url)):
                points = spider.scorer.score(Link(url, "", via="sitemap"), 2, from_index=False) - 50
                spider.frontier.push(url, Provenance((spider.job.agency.url,), "", "", 1), points)
        spider.advance()

    def ignore(self, failure: Any) -> None:
        """What fails here says nothing."""

    def _sitemap(self, url: str) -> Iterator[Request]:
        if url not in self._sitemaps and len(self._sitemaps) < sitemap.MAX_SITEMAPS and self._spider.inside(url):
            self._sitemaps.add(url)
            yield self._request(url, self.parse_sitemap)

    def _ask(self, requests: Iterator[Request]) -> None:
        engine = self._spider.crawler.engine
        if engine is not None and not self._spider.stopping():
            for request in requests:
                engine.crawl(request)

    def _request(self, url: str, callback: Callable[[Response], Any]) -> Request:
        return Request(url, callback=callback, errback=self.ignore, dont_filter=True)
