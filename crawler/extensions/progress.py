"""Tells the process that started this one how far each agency is: one JSON line per event on standard output."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_EVERY = 0.5
"""Seconds between two lines of one agency."""


class ProgressExtension:
    """Writes the state of one agency; only where a supervisor listens (OIT_PROGRESS)."""

    def __init__(self, crawler: Crawler, site: SiteCrawl) -> None:
        self._crawler = crawler
        self._site = site
        self._last = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only in a supervised process."""
        site = site_of(crawler)
        if site is None or not crawler.settings.getbool("OIT_PROGRESS"):
            raise NotConfigured
        extension = cls(crawler, site)
        crawler.signals.connect(extension.on_item, signal=signals.item_scraped)
        crawler.signals.connect(extension.on_closed, signal=signals.spider_closed)
        return extension

    def on_item(self) -> None:
        """Write a line, unless the last one is of just now."""
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            queued = len(self._site.frontier) + len(self._crawler.engine.downloader.active)
            self._write("crawling", queued)

    def on_closed(self) -> None:
        """Write how it ended."""
        self._write(self._site.stop_reason() or "finished", 0)

    def _write(self, state: str, queued: int) -> None:
        spent = self._site.spent
        line = {
            "agency": self._site.agency.id,
            "state": state,
            "pages": spent.pages,
            "documents": spent.documents,
            "failed": spent.failed,
            "queued": queued,
            "bytes": spent.bytes,
        }
        say(line)


def say(line: Mapping[str, Any]) -> None:
    """Write a line to the supervisor."""
    with suppress(OSError):  # nobody listens any more; the end of standard input will say so
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
