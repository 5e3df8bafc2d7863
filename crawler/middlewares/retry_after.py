"""Honours Retry-After."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from crawler.downloader.quiet_hours import THAI_TIME
from crawler.downloader.shared import SharedDownloader

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RetryAfterMiddleware:
    """Obeys Retry-After, and slows down where a server says "too many requests" without a time."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("OIT_RETRY_AFTER_MAX")
        self._slowest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfterMiddleware:
        """Made by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Let the server rest if it asked for that."""
        if response.status in (429, 503):
            downloader = self._crawler.engine.downloader if self._crawler.engine else None
            value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
            if isinstance(downloader, SharedDownloader):
                if value:
                    downloader.rest(request, min(retry_after(value, datetime.now(THAI_TIME)), self._longest))
                elif response.status == 429:
                    downloader.slow_down(request, self._slowest)
        return response


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for, in either of its forms; 0 for nonsense."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
