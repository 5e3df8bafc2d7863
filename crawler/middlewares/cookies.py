"""Limits on the cookies of one site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_COOKIES = 60
"""Different cookies of one site; browsers keep about three times as many."""
_MAX_COOKIE = 4096
_MAX_COOKIE_HEADER = 6144
"""Bytes sent back; most servers refuse requests with more than 8 KB of headers."""


class CookieLimits:
    """Keeps a site from filling memory and requests with cookies. Stands between Scrapy's cookies and the network."""

    def __init__(self) -> None:
        self._names: set[bytes] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CookieLimits:
        """Made by Scrapy."""
        return cls()

    def process_request(self, request: Request) -> None:
        """Send no more than servers accept."""
        sent = request.headers.get("Cookie")
        if sent is not None and len(sent) > _MAX_COOKIE_HEADER:
            request.headers["Cookie"] = sent[:_MAX_COOKIE_HEADER].rpartition(b";")[0]

    def process_response(self, request: Request, response: Response) -> Response:
        """Let through the first cookies only, and none that is too long."""
        given = response.headers.getlist("Set-Cookie")
        if given:
            kept = [cookie for cookie in given if len(cookie) <= _MAX_COOKIE and self._known(cookie)]
            if len(kept) < len(given):
                response.headers.setlist("Set-Cookie", kept)
        return response

    def _known(self, cookie: bytes) -> bool:
        name = cookie.partition(b"=")[0].strip()
        if name not in self._names and len(self._names) < MAX_COOKIES:
            self._names.add(name)
        return name in self._names
