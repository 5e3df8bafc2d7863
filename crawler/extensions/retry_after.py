"""Honours Retry-After of answers and Crawl-delay of robots.txt."""

from __future__ import annotations

import asyncio
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from core.models.snapshot import StopReason
from crawler.downloader.quiet_hours import THAI_TIME
from crawler.downloader.shared import SharedDownloader
from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RetryAfterExtension:
    """Obeys Retry-After, and slows down where a server says "too many requests" without a time. Hears of an answer
    before the next request to the same server is sent, which a middleware does not."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("OIT_RETRY_AFTER_MAX")
        self._longest_delay = crawler.settings.getfloat("OIT_CRAWL_DELAY_MAX")
        self._closing: asyncio.Future[None] | None = None
        self._slowest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        extension = cls(crawler)
        crawler.signals.connect(extension.on_robots, signal=signals.robots_parsed)
        crawler.signals.connect(extension.on_response, signal=signals.response_downloaded)
        return extension

    def on_response(self, response: Response, request: Request) -> None:
        """Let the server rest if it asked for that."""
        if response.status not in (429, 503):
            return
        downloader = self._crawler.engine.downloader
        value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        if isinstance(downloader, SharedDownloader):
            if value:
                seconds = retry_after(value, datetime.now(THAI_TIME))
                downloader.rest(request, min(seconds, self._longest))
                if seconds > self._longest:
                    self._end_visit(request)
            elif response.status == 429:
                downloader.slow_down(request, self._slowest)

    def _end_visit(self, request: Request) -> None:
        """Request nothing more tonight: the server wants a longer rest than this night has."""
        site = site_of(self._crawler)
        if site is not None and not site.is_stopping() and site.is_inside(request.url):
            site.stop(StopReason.ERRORS)
            engine = self._crawler.engine
            if isinstance(engine.downloader, SharedDownloader):
                engine.downloader.drop_waiting()
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="retry_after"))

    def on_robots(self, robotparser: Any, request: Request) -> None:
        """Keep the distance between requests that robots.txt asks for."""
        agent = self._crawler.settings["ROBOTSTXT_USER_AGENT"] or self._crawler.settings["USER_AGENT"]
        rules: Any = getattr(robotparser, "rp", None)  # Scrapy's interface does not show the delay, its parser does
        delay = rules.crawl_delay(agent) if hasattr(rules, "crawl_delay") else None
        downloader = self._crawler.engine.downloader
        if delay and isinstance(downloader, SharedDownloader):
            downloader.keep_distance(request, min(float(delay), self._longest_delay))


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, in either of its forms; 0 for nonsense."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
