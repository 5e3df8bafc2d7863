"""Conditional requests: an address that was read on an earlier night is asked for only if it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class ConditionalRequestMiddleware:
    """Sends back the ETag and date of the last good night."""

    def __init__(self, site: SiteCrawl) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        return cls(site)

    def process_request(self, request: Request) -> None:
        """Add the headers to the first request of an address; redirects take them along."""
        meta = request.meta
        if "provenance" not in meta or "redirect_times" in meta or "hops" in meta:
            return
        known = self._site.services.store.known(self._site.agency.id, request.url)
        if known is None:
            return
        meta["known"] = known
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified
