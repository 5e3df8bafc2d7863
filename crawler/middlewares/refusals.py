"""Scrapy's middlewares that refuse an answer, with the cause as a type instead of a text."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from core.models.snapshot import FetchOutcome
from core.urls import is_unopenable
from crawler.downloader.room import SMALL
from crawler.downloader.unpack import BROKE_OFF, UnfoldsTooFarError, unpack
from crawler.failures import RefusedError
from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


BY_SCRIPT = "by_script"
"""Key of a request's meta: a page's script made it, and these are the hosts of the page's site."""
_PLAIN_HEADERS = frozenset(
    name.encode()
    for name in ("accept", "accept-language", "accept-encoding", "user-agent", "referer", "origin", "content-type")
)
"""What a page may send to another site without being asked for it by name."""
MAX_ADDRESS = 8000
"""Letters of an address that a redirect leads to: servers refuse longer ones, logins that hand a ticket on have half of
it. Of every page the address that it came from is kept, and 40,000 Thai letters of a header make 360,000."""
MAX_CODINGS = 5
"""Content-Encodings of one answer. Servers use one, broken proxies two; each is one more pass over the body."""


class DecompressionMiddleware(HttpCompressionMiddleware):
    """Unfolds compressed bodies; one that unfolds to more than the limit is too large. One that is small until then
    waits for its room before it is unfolded."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler
        self._most = sys.maxsize
        """Bytes that the body at hand may unfold to."""

    async def process_response(  # type: ignore[override]  # Scrapy takes either
        self, request: Request, response: Response, spider: Any = None
    ) -> Request | Response:
        """Raise RefusedError for what is too large, or packed in too many layers."""
        if "Content-Encoding" not in response.headers:
            return response
        codings = sum(value.count(b",") + 1 for value in response.headers.getlist("Content-Encoding"))
        if codings > MAX_CODINGS:
            raise RefusedError(FetchOutcome.TOO_LARGE, f"packed in more than {MAX_CODINGS} layers")
        site = site_of(self._crawler)
        if site is None:
            return self._unfold(request, response, sys.maxsize)
        room = site.services.room
        place = room.place_of(response)
        if place is None:
            with suppress(RefusedError):
                return self._unfold(request, response, SMALL)
            place = room.ask(site.agency.id, self._crawler.settings.getint("DOWNLOAD_MAXSIZE"))
            await place.given
        try:
            found = self._unfold(request, response, sys.maxsize)
        except BaseException:
            place.leave()
            raise
        place.resize(len(found.body))
        room.bind(place, found)
        return found

    def _unfold(self, request: Request, response: Response, most: int) -> Response:
        self._most = most
        self._broke_off = False
        found = super().process_response(request, response)
        assert not isinstance(found, Request)
        if self._broke_off:
            found.flags.append(BROKE_OFF)
        return found

    def _handle_encoding(self, body: bytes, content_encoding: list[bytes], max_size: int) -> tuple[bytes, list[bytes]]:
        return super()._handle_encoding(body, content_encoding, min(max_size, self._most))

    def _decode(self, body: bytes, encoding: bytes, max_size: int) -> bytes:  # type: ignore[override]
        try:
            unpacked = unpack(body, encoding, max_size)
        except UnfoldsTooFarError as error:
            raise RefusedError(FetchOutcome.TOO_LARGE, "unfolds to more than the limit") from error
        self._broke_off |= not unpacked.whole
        return unpacked.body


class RedirectLoopMiddleware(RedirectMiddleware):
    """Follows redirects; more than the limit are a loop."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Leave the Referer as it is: the page that holds the link leads through the redirect too."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Raise RefusedError for one redirect too many, and for one that sends a script's POST to another site."""
        try:
            found = super().process_response(request, response)
        except IgnoreRequest as error:
            raise RefusedError(FetchOutcome.REDIRECT_LOOP, "too many redirects") from error
        except ValueError as error:
            raise RefusedError(FetchOutcome.BAD_ADDRESS, "redirected to no address") from error
        if is_unopenable(found.url if isinstance(found, Request) else _location(response)):
            raise RefusedError(FetchOutcome.BAD_ADDRESS, "redirected to what no browser opens")
        if isinstance(found, Request) and len(found.url) > MAX_ADDRESS:
            raise RefusedError(FetchOutcome.TOO_LARGE, f"redirected to an address of {len(found.url)} letters")
        hosts: frozenset[str] | None = request.meta.get(BY_SCRIPT)
        if hosts is not None and isinstance(found, Request) and not _is_at(found.url, hosts):
            if found.method not in ("GET", "HEAD"):
                raise RefusedError(FetchOutcome.OFF_SITE, "a script may send to its own site only")
            plain_headers(found)
        return found


def _location(response: Response) -> str:
    """Where an answer that redirects sends the visitor, as it is written."""
    written = response.headers.get("Location") if 300 <= response.status < 400 else None
    return written.decode("latin-1", "replace").strip() if written else ""


def plain_headers(request: Request) -> None:
    """Leave a request to another site only the headers that a page may send there."""
    for name in [name for name in request.headers if name.lower() not in _PLAIN_HEADERS]:
        del request.headers[name]


def _is_at(url: str, hosts: frozenset[str]) -> bool:
    return urlsplit(url).netloc.lower() in hosts
