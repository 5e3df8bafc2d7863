"""Download handler with what Scrapy does not have: a limit on headers, and on what all bodies under way hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web._newclient import BODY, DONE

from crawler.downloader.room import SMALL, BodyRoom, Place
from crawler.downloader.tls_ends import expect_bare_ends
from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


MAX_HEAD = 128 << 10
"""Bytes of status line and headers; the longest honest ones measured, with their policies, take 20 KB."""


MOST_UNTOLD = 48 << 20
"""Bytes of a body that may have any size, where no setting limits it."""
_LONGEST_WAIT = 600.0
"""Seconds that a body may wait for its room."""
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


class _BoundedAgent(_ScrapyAgent):
    """Gets one answer. A body that is not small is not read on before it has its place."""

    def __init__(self, room: BodyRoom, owner: str, **given: Any) -> None:
        super().__init__(**given)
        self._room = room
        self._owner = owner
        self._came = 0
        self._answer: Any = None
        self._place: Place | None = None
        self._paused: Any = None
        """The connection that is not read on."""
        self._left = 0.0

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        self._answer = txresponse
        return super()._cb_bodyready(txresponse, request)

    def received(self, size: int) -> None:
        """Count a piece of the body; stop reading where what comes next has no room."""
        self._came += size
        if self._place is not None or self._came <= SMALL:
            return
        self._place = self._room.ask(self._owner, self._whole())
        connection = self._answer._transport._producer
        if not self._place.is_given and connection is not None:
            self._paused = connection
            connection.pauseProducing()
            # What waits for others is not late.
            limit: Any = self._timeout_cl
            if limit.active():
                self._left = max(1.0, limit.getTime() - _now())
                limit.delay(_LONGEST_WAIT)
            self._place.given.add_done_callback(lambda _: self._go_on())

    def finish(self, response: Response) -> None:
        """Let the body keep its place for as long as somebody holds it."""
        self._go_on()
        if self._place is not None:
            self._place.resize(len(response.body) + self._unfolded())
            self._room.bind(self._place, response)

    def leave(self) -> None:
        """Give the place to others: nothing came of it."""
        self._go_on()
        if self._place is not None:
            self._place.leave()

    def _go_on(self) -> None:
        connection, self._paused = self._paused, None
        if connection is not None:
            connection.resumeProducing()
            limit: Any = self._timeout_cl
            if limit.active():
                limit.reset(self._left)

    def _whole(self) -> int:
        """Bytes that the body may become. Of one that does not tell its length half of the limit: what programs hand
        out mostly tells none, and nearly all of it is smaller."""
        announced = self._answer.length
        most = self._maxsize or MOST_UNTOLD
        return (min(announced, most) if isinstance(announced, int) else most // 2) + self._unfolded()

    def _unfolded(self) -> int:
        """Bytes that it may unfold to."""
        packed = self._answer is not None and self._answer.headers.hasHeader(b"Content-Encoding")
        return (self._maxsize or MOST_UNTOLD) if packed else 0


def _now() -> float:
    from twisted.internet import reactor

    return float(cast("Any", reactor).seconds())


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with a limit on headers, and on large bodies over all agencies."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        expect_bare_ends()
        self._pool._factory = _BoundedFactory
        self._own_room = BodyRoom()
        self._agents: dict[Request, _BoundedAgent] = {}
        crawler.signals.connect(self._received, signal=signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Get one answer. Raises what Scrapy's own does."""
        site = site_of(self._crawler)
        agent = _BoundedAgent(
            self._own_room if site is None else site.services.room,
            "" if site is None else site.agency.id,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        self._agents[request] = agent
        try:
            with wrap_twisted_exceptions():
                response: Response = await maybe_deferred_to_future(agent.download_request(request))
        except BaseException:
            agent.leave()
            raise
        finally:
            del self._agents[request]
        agent.finish(response)
        return response

    def _received(self, data: bytes, request: Request) -> None:
        agent = self._agents.get(request)
        if agent is not None:
            agent.received(len(data))
