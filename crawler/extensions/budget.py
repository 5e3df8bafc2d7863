"""Ends the crawl of an agency when one of its budgets is used up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from core.models.snapshot import StopReason
from crawler.downloader.shared import SharedDownloader
from crawler.items import ResourceItem
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LOOK_EVERY = 1.0
"""Seconds between two looks at the clock."""


class BudgetExtension:
    """Counts what was stored and looks at the clock also while nothing is answered."""

    def __init__(self, crawler: Crawler, site: SiteCrawl) -> None:
        self._crawler = crawler
        self._site = site
        self._deadline = site.services.slots.clock() + site.budget.seconds * site.sharing
        self._tasks: list[asyncio.Future[None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        extension = cls(crawler, site)
        crawler.signals.connect(extension.watch, signal=signals.spider_opened)
        crawler.signals.connect(extension.count, signal=signals.item_scraped)
        crawler.signals.connect(extension.check, signal=signals.response_received)
        crawler.signals.connect(extension.end, signal=signals.spider_closed)
        return extension

    def watch(self) -> None:
        """Begin to look at the clock."""
        self._tasks.append(asyncio.ensure_future(self._watch()))

    async def _watch(self) -> None:
        while not self.check():
            await asyncio.sleep(_LOOK_EVERY)

    def count(self, item: Any) -> None:
        """Count one stored address."""
        if isinstance(item, ResourceItem):
            self._site.record(item.resource, item.provenance)

    def check(self) -> bool:
        """End the crawl if a budget is used up; whether it is ending."""
        site = self._site
        name = site.spent.over(site.budget)
        if not name and site.services.pool.seconds_lost(site.agency.id) >= site.budget.lost_seconds:
            name = StopReason.TIME
        if not name and site.services.slots.clock() >= self._deadline:
            name = StopReason.TIME
        if name and not site.is_stopping():
            self.stop(name)
        return site.is_stopping()

    def stop(self, reason: StopReason) -> None:
        """Drop what waits for its turn and close the spider."""
        self._site.stopped_by = reason
        engine = self._crawler.engine
        if isinstance(engine.downloader, SharedDownloader):
            engine.downloader.drop_waiting()
        self._tasks.append(asyncio.ensure_future(engine.close_spider_async(reason=reason)))

    def end(self) -> None:
        """Look at the clock no more."""
        for task in self._tasks[:1]:
            task.cancel()
