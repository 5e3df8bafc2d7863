"""Asks once more, when all else is done and with longer limits, for what failed for a passing reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider, NotConfigured

from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class SecondPassExtension:
    """Hands the retry queue to the scheduler when the spider is idle, once."""

    def __init__(self, crawler: Crawler, site: SiteCrawl) -> None:
        self._crawler = crawler
        self._site = site
        self._is_done = False

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
        """Begin the second pass. Raises DontCloseSpider if there is something to ask for."""
        if self._is_done or self._site.is_stopping() or not self._site.retry_queue:
            return
        self._is_done = True
        queue, self._site.retry_queue = self._site.retry_queue, []
        for url, provenance in queue:
            self._crawler.engine.crawl(Request(url, meta={"provenance": provenance.as_retry()}))
        raise DontCloseSpider
