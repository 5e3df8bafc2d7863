"""Closes the snapshot when the crawl of an agency has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from core.models.snapshot import FetchOutcome, StopReason
from crawler.failures import outcome_from_exception
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class SnapshotExtension:
    """A snapshot is complete only if nothing of the site stayed unread. One that somebody broke off stays open, and
    the next run goes on in it."""

    def __init__(self, site: SiteCrawl) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        extension = cls(site)
        crawler.signals.connect(extension.note_error, signal=signals.spider_error)
        crawler.signals.connect(extension.note_error, signal=signals.item_error)
        crawler.signals.connect(extension.close, signal=signals.spider_closed)
        return extension

    def note_error(self, failure: Any) -> None:
        """An address whose answer could not be handled or stored is unread."""
        outcome, _ = outcome_from_exception(failure.value)
        if outcome is FetchOutcome.MACHINE:
            self._site.has_machine_faults = True
        else:
            self._site.has_unread_pages = True

    def close(self, reason: str) -> None:
        """Finish the snapshot."""
        site = self._site
        if reason == "shutdown" or (reason != "finished" and not site.stopped_by):
            site.stopped_by = StopReason.INTERRUPTED
        stopped_by = site.stop_reason()
        if site.snapshot_id is not None and stopped_by is not StopReason.INTERRUPTED:
            site.services.store.finish_snapshot(
                site.snapshot_id,
                complete=site.home_ok and not stopped_by,
                stopped_by=stopped_by,
                home_ok=site.home_ok,
                hosts=frozenset(site.hosts),
            )
        if site.archive is not None:
            site.archive.close()
