"""Closes the snapshot when the crawl of an agency has ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from core.models.snapshot import FetchOutcome, StopReason
from core.storage.patience import try_again_later
from crawler.extensions.home import HomeEvidence
from crawler.failures import outcome_from_exception
from crawler.items import ResourceItem
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector


_LIMITS = {
    "closespider_timeout": StopReason.TIME,
    "closespider_timeout_no_item": StopReason.TIME,
    "closespider_pagecount": StopReason.PAGES,
    "closespider_pagecount_no_item": StopReason.PAGES,
    "closespider_itemcount": StopReason.PAGES,
    "closespider_errorcount": StopReason.ERRORS,
}
"""Scrapy's own limits (CLOSESPIDER_*), by the reason with which a spider that ran into one is closed."""


class SnapshotExtension:
    """A snapshot is complete only if nothing of the site stayed unread. One that somebody broke off stays open, and
    the next run goes on in it."""

    def __init__(self, site: SiteCrawl, stats: StatsCollector) -> None:
        self._site = site
        self._stats = stats
        self._evidence = HomeEvidence(site.agency)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        extension = cls(site, crawler.stats)
        crawler.signals.connect(extension.note_error, signal=signals.spider_error)
        crawler.signals.connect(extension.note_error, signal=signals.item_error)
        crawler.signals.connect(extension.add, signal=signals.item_scraped)
        crawler.signals.connect(extension.close, signal=signals.spider_closed)
        return extension

    def note_error(self, failure: Any) -> None:
        """An address whose answer could not be handled or stored is unread."""
        outcome, _ = outcome_from_exception(failure.value)
        if outcome is FetchOutcome.MACHINE:
            self._site.has_machine_faults = True
        else:
            self._site.has_unread_pages = True

    def add(self, item: Any) -> None:
        """Take one stored address as evidence of what the home page is."""
        if isinstance(item, ResourceItem):
            self._evidence.add(item)

    def _judge_home(self) -> None:
        """Find out whether the home page is the site; the cause goes into its record."""
        site = self._site
        site.home_cause = self._evidence.cause(site.services.store)
        home = self._evidence.home
        if site.home_cause is not None and home is not None and site.snapshot_id is not None:
            resource = replace(home.resource, detail=site.home_cause.value)
            site.services.store.add_resource(site.snapshot_id, resource, home.reading)

    async def close(self, reason: str) -> None:
        """Finish the snapshot."""
        site = self._site
        site.stopped_by = site.stopped_by or _LIMITS.get(reason, StopReason.NONE)
        if reason == "shutdown" or (reason != "finished" and not site.stopped_by):
            site.stopped_by = StopReason.INTERRUPTED
        if not site.stopped_by:
            self._judge_home()
        for kind, count in site.dropped.items():
            self._stats.set_value(f"oit/dropped/{kind}", count)
        stopped_by = site.stop_reason()
        self._stats.set_value("oit/stopped_by", stopped_by.value)
        if site.snapshot_id is not None and stopped_by is not StopReason.INTERRUPTED:
            finish = partial(
                site.services.store.finish_snapshot,
                site.snapshot_id,
                complete=site.home_ok and not stopped_by,
                stopped_by=stopped_by,
                home_ok=site.home_ok and site.home_cause is None,
                hosts=frozenset(site.hosts),
            )
            await try_again_later(finish)
        if site.archive is not None:
            site.archive.close()
