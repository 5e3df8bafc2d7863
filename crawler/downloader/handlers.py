"""Download handler with a limit on headers, which Scrapy does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.web._newclient import BODY, DONE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


MAX_HEAD = 128 << 10
"""Bytes of status line and headers; the longest honest ones measured, with their policies, take 20 KB."""


SURPLUS = b"X-Oit-Surplus"
"""Header of an answer that was longer than announced; what came later than its end is lost."""


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Hangs up on a server that sends headers without end."""

    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Count what comes before the body."""
        parser = self._parser
        if parser is not None and parser.state not in (BODY, DONE):
            self._head += len(data)
            super().dataReceived(data)  # type: ignore[no-untyped-call]
            still = self._parser is parser and parser.state not in (BODY, DONE)
            if still and self._head > MAX_HEAD and self.transport is not None:
                self.transport.abortConnection()
            return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _finishResponse_WAITING(self, rest: bytes) -> None:
        """Give what stands behind the announced length to the body: old servers announce less than they send."""
        if rest.strip() and self._parser is not None and self._parser.response is not None:
            self._parser.response._bodyDataReceived(rest)
            self._parser.response.headers.addRawHeader(SURPLUS, b"1")
        super()._finishResponse_WAITING(rest)

    _finishResponse_TRANSMITTING = _finishResponse_WAITING


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with a limit on headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
