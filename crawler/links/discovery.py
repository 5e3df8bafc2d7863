"""Requests beside the pages of a site, whose answers are no part of it: probes for what cannot exist, robots.txt for
the sitemaps that it names, sitemaps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request

from core.models.snapshot import FetchOutcome, Link, Resource
from core.urls import is_image, is_useless
from crawler.frontier import Provenance
from crawler.links import sitemap, soft404
from crawler.links.scoring import SPEAKING, LinkScorer
from crawler.links.traps import trap_kind
from crawler.responses import header

if TYPE_CHECKING:
    from scrapy.http import Response

ReadSignature = Callable[["Response", Resource], Awaitable[str]]
"""Reads an answer that is no part of the site; gives its signature."""


class SiteDiscovery:
    """What is requested besides the site's pages. `not_found_signatures` are those of answers to addresses that
    cannot exist."""

    def __init__(
        self, home: str, is_inside: Callable[[str], bool], scorer: LinkScorer, read_signature: ReadSignature
    ) -> None:
        self.not_found_signatures: set[str] = set()
        self._home = home
        self._is_inside = is_inside
        self._scorer = scorer
        self._read_signature = read_signature
        self._sitemaps: set[str] = set()

    def requests(self) -> Iterator[Request]:
        """What to request at the start."""
        for probe in soft404.probes(self._home):
            yield self._request(probe, self.parse_probe)
        yield self._request(urljoin(self._home, "/robots.txt"), self.parse_robots)
        yield from self._sitemap(urljoin(self._home, "/sitemap.xml"))

    async def parse_probe(self, response: Response) -> None:
        """Learn what the site answers for a page that cannot exist."""
        if response.status != 200 or not self._is_inside(response.url):
            return
        resource = Resource(response.url, FetchOutcome.OK, response.url, content_type=header(response, "Content-Type"))
        signature = await self._read_signature(response, resource)
        if signature:
            self.not_found_signatures.add(signature)

    def parse_robots(self, response: Response) -> Iterator[Request]:
        """Follow the sitemaps that robots.txt names."""
        if response.status == 200:
            for url in sitemap.in_robots(response.body):
                yield from self._sitemap(url)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Follow the addresses that the site itself lists."""
        if response.status != 200:
            return
        found, index = sitemap.addresses(response.body)
        for url in found:
            if index:
                yield from self._sitemap(url)
            elif self._is_inside(url) and not (trap_kind(url) or is_useless(url) or is_image(url)):
                link = Link(url, "", via="sitemap")
                speaks = self._scorer.speaks(link)
                provenance = Provenance((self._home,), "", "", 1, in_disclosures=speaks, may_disclose=speaks)
                points = self._scorer.score(link, 2, from_index=False) - SPEAKING // 2
                yield Request(url, meta={"provenance": provenance}, priority=points)

    def ignore(self, failure: Any) -> None:
        """Errors of these requests are ignored: they say nothing about the site's pages."""

    def _sitemap(self, url: str) -> Iterator[Request]:
        if url not in self._sitemaps and len(self._sitemaps) < sitemap.MAX_SITEMAPS and self._is_inside(url):
            self._sitemaps.add(url)
            yield self._request(url, self.parse_sitemap)

    def _request(self, url: str, callback: Callable[[Response], Any]) -> Request:
        return Request(url, callback=callback, errback=self.ignore, dont_filter=True)
