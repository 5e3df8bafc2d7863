"""Asks again, when all else is done and with longer limits, for what failed for a passing reason."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider, NotConfigured

from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class SecondPassExtension:
    """Hands the retry queue to the scheduler when the spider is idle, with a longer rest before each further time."""

    def __init__(self, crawler: Crawler, site: SiteCrawl) -> None:
        self._crawler = crawler
        self._site = site
        self._passes = 0
        self._rest = crawler.settings.getfloat("OIT_RETRY_REST")
        self._resting: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        extension = cls(crawler, site)
        crawler.signals.connect(extension.on_idle, signal=signals.spider_idle)
        return extension

    def on_idle(self) -> None:
        """Begin another pass. Raises DontCloseSpider if there is something to ask for."""
        if self._site.is_stopping() or not self._site.retry_queue:
            return
        if self._resting is None:
            # 0, then once, three times and nine times the setting: a server that is overloaded needs the longer ones.
            seconds = self._rest * 3 ** (self._passes - 1) if self._passes else 0.0
            self._passes += 1
            self._resting = asyncio.get_running_loop().call_later(seconds, self._begin)
        raise DontCloseSpider

    def _begin(self) -> None:
        self._resting = None
        if self._site.is_stopping():
            return
        queue, self._site.retry_queue = self._site.retry_queue, []
        for url, provenance in queue:
            self._crawler.engine.crawl(Request(url, meta={"provenance": provenance.as_retry()}))
