"""Limits on the cookies of one site."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_COOKIES = 60
"""Names of one site's cookies; browsers keep about three times as many."""
MAX_PLACES = 180
"""Cookies of one site, those of one name for different hosts and paths counted apart, as they are kept apart."""
MAX_KEPT = 256 << 10
"""Bytes of all of them."""
_MAX_COOKIE = 4096
_MAX_COOKIE_HEADER = 6144
"""Bytes sent back; most servers refuse requests with more than 8 KB of headers."""


class CookieLimits:
    """Keeps a site from filling memory and requests with cookies. Stands between Scrapy's cookies and the network."""

    def __init__(self) -> None:
        self._names: set[bytes] = set()
        self._places: dict[tuple[bytes, bytes, bytes], int] = {}
        self._kept = 0

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
            kept = [cookie for cookie in given if len(cookie) <= _MAX_COOKIE and self._has_room(cookie, request.url)]
            if len(kept) < len(given):
                response.headers.setlist("Set-Cookie", kept)
        return response

    def _has_room(self, cookie: bytes, url: str) -> bool:
        name, *attributes = cookie.split(b";")
        name = name.partition(b"=")[0].strip()
        if name not in self._names and len(self._names) >= MAX_COOKIES:
            return False
        place = (name, *_place(attributes, url))
        more = len(cookie) - self._places.get(place, 0)
        if (place not in self._places and len(self._places) >= MAX_PLACES) or self._kept + more > MAX_KEPT:
            return False
        self._names.add(name)
        self._places[place] = len(cookie)
        self._kept += more
        return True


def _place(attributes: list[bytes], url: str) -> tuple[bytes, bytes]:
    """The host and path that a cookie is kept under; without a path of its own it is the folder of the address."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").encode(), parts.path.rpartition("/")[0].encode()
    for attribute in attributes:
        key, _, value = attribute.partition(b"=")
        if key.strip().lower() == b"domain":
            host = value.strip().lower()
        elif key.strip().lower() == b"path":
            path = value.strip()
    return host, path
