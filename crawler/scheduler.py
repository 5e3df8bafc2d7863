"""Scrapy's scheduler over the frontier: the likeliest addresses first, few at a time.

A request whose meta holds its provenance goes into the frontier, which is also the filter of duplicates. Everything
else (probes, sitemaps, redirects and retries of what is under way) is requested at once, in order.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.spidermiddlewares.referer import StrictOriginWhenCrossOriginPolicy

from crawler.frontier import FrontierFullError, FrontierQueue, Provenance
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler


class FrontierScheduler(BaseScheduler):
    """Hands out the frontier's addresses. What is handed to the downloader can no longer be overtaken by a likelier
    address, and bodies that wait for a reader take memory: at most twice the server's parallel requests, and two."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._max_in_flight = 2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") + 2
        self._second_timeout = settings.getfloat("OIT_SECOND_TIMEOUT")
        self._direct: deque[Request] = deque()
        self._frontier = FrontierQueue()
        self._site: SiteCrawl | None = None
        self._errback: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take over the frontier of the spider's site; a spider of another project gets one of its own."""
        self._site = site_of(self._crawler)
        self._errback = getattr(spider, "failed", None)
        if self._site is not None:
            self._frontier.close()
            self._frontier = self._site.frontier

    def close(self, reason: str) -> None:
        """Close the frontier's file."""
        self._frontier.close()

    def has_pending_requests(self) -> bool:
        """Whether something is left to request."""
        return bool(self._direct or (self._frontier and not self._is_stopping()))

    def enqueue_request(self, request: Request) -> bool:
        """Take a request; False if its address was met before."""
        provenance: Provenance | None = request.meta.get("provenance")
        if provenance is None or "in_flight" in request.meta:
            self._direct.append(request)
            return True
        try:
            if provenance.is_retry:
                self._frontier.put_back(request.url, provenance, request.priority)
                return True
            return self._frontier.push(request.url, provenance, request.priority)
        except FrontierFullError:
            if self._site is not None:
                self._site.note_unfollowed()
        except (OSError, MemoryError):
            self._note_fault()
        return False

    def next_request(self) -> Request | None:
        """The likeliest request, None while enough is under way."""
        if self._direct:
            return self._direct.popleft()
        if not self._frontier or self._is_stopping() or self._is_full():
            return None
        try:
            return self._request_for(*self._frontier.pop())
        except (OSError, MemoryError, ValueError):
            self._note_fault()  # what waited there is lost
            return None

    def _note_fault(self) -> None:
        if self._site is not None:
            self._site.has_machine_faults = True

    def _is_stopping(self) -> bool:
        return self._site is not None and self._site.is_stopping()

    def _is_full(self) -> bool:
        """Whether enough of the frontier's requests are under way; other requests do not count."""
        engine = self._crawler.engine
        slot = engine.scraper.slot
        under_way = len(engine.downloader.active)
        under_way += len(slot.active) + len(slot.queue) if slot is not None else 0
        if under_way < self._max_in_flight:
            return False
        scraping = chain(slot.active, (entry[1] for entry in slot.queue)) if slot is not None else ()
        ours = sum("in_flight" in request.meta for request in chain(engine.downloader.active, scraping))
        return ours >= self._max_in_flight

    def _request_for(self, url: str, provenance: Provenance) -> Request:
        meta: dict[str, Any] = {"provenance": provenance, "in_flight": True}
        if provenance.is_retry:
            meta["download_timeout"] = self._second_timeout
        request = Request(url, errback=self._errback, meta=meta, dont_filter=True)
        if provenance.via and (referer := _referer(provenance.via[-1], _root(url))):
            request.headers["Referer"] = referer
        return request


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


@lru_cache(maxsize=256)
def _referer(page: str, root: str) -> str | None:
    """What the server with this root address is told of the page that holds a link. Kept: a page holds many links."""
    return StrictOriginWhenCrossOriginPolicy().referrer(page, root)
