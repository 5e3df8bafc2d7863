"""Pages that only exist after their scripts ran: a browser that draws them and never opens a socket itself.

scrapy-playwright lets the browser fetch, and so past crawler.gate; its download handler would also take the place of
the plain one for every ordinary request. Here the browser is a renderer only: each request that a page's scripts make
is stopped, asked through Scrapy's own download path (gate, robots.txt, cookies, delays, size limits) and answered from
there. What is not stopped, such as a worker's socket, finds no network: the browser has none (`isolation.py`), every
name is unknown to it, and its proxy does not exist. Playwright is imported when the first such page comes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.models.snapshot import RenderFailure
from crawler.rendering.clicks import LISTEN, BrowserRequest
from crawler.rendering.isolation import MEMORY, SILENCED, Isolation
from crawler.rendering.page import BrowserResponse, Fetch, PageLoad, RenderedPage, answer, note_failure, render_page
from crawler.rendering.turns import PageTurns
from crawler.rendering.view import PageView

if TYPE_CHECKING:
    from crawler.rendering.driver import BrowserDriver

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PAGES = 2
"""Pages open at once, for all agencies of a process; each takes 100 to 200 MB."""
_RENEW_AFTER = 40
"""Pages per browser: its memory grows with every one."""
_STARTS = 4
"""A browser that failed to start so often, without a success between, is not tried again: each may take half a
minute. One failure alone may be a full disk or a lack of memory that passes."""
_TRIES = 2
_PERHAPS_NOT_ITS_OWN = (RenderFailure.CRASHED, RenderFailure.NO_START)
"""Failures that another page of the same browser, or the machine, may have caused: such a page is drawn once more."""
_IDLE_SECONDS = 60.0
_CLOSE_SECONDS = 10.0
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--mute-audio",
    "--disable-gpu",
    "--renderer-process-limit=2",
    "--js-flags=--max-old-space-size=512",
)


@dataclass(slots=True)
class _Engine:
    """One browser process and how much it has done."""

    driver: BrowserDriver
    browser: Any
    isolation: Isolation
    pages: int = 0
    open: int = 0


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str:
    """The path of the system's browser; empty if there is none."""
    return next((path for name in _BROWSERS if (path := which(name))), "")


class Renderer:
    """A small pool of pages in one browser, which is started when it is needed and renewed now and then."""

    def __init__(self, executable: str, seconds: float, user_agent: str) -> None:
        self._executable = executable
        self._seconds = seconds
        self._user_agent = user_agent
        self._turns = PageTurns(_PAGES)
        self._starting = asyncio.Lock()
        self._engine: _Engine | None = None
        self._suspects: set[str] = set()
        """Agencies whose page broke a browser that it had for itself: they have none with others again."""
        self._failed_starts = 0
        self.kept_bytes = 0
        """Bytes of answers that all agencies keep for their next pages."""
        self._unclaimed: set[asyncio.Future[None]] = set()
        """The ends of browsers that nobody waited for until they were started."""
        self._idle: asyncio.TimerHandle | None = None

    async def render(
        self,
        url: str,
        body: bytes | Callable[[], bytes],
        content_type: str,
        fetch: Fetch,
        hosts: frozenset[str] = frozenset(),
        *,
        agency: str = "",
        spend: Callable[[float], None] = lambda seconds: None,
    ) -> RenderedPage | RenderFailure:
        """Run the scripts of a page whose body was fetched already; a function gives it, in a thread, when its turn
        has come. `fetch` gets what they ask for; other than to read they may ask only the `hosts` of the site. Takes at
        most the pool's time limit from its agency's turn on, and as long again where the browser failed it; `spend`
        hears how long it took. Never raises for what a page does."""
        if not self._executable:
            return RenderFailure.NO_BROWSER

        async def begin() -> PageLoad:
            markup = body if isinstance(body, bytes) else await asyncio.to_thread(body)
            return PageLoad(url, markup, content_type, fetch, hosts)

        while True:
            async with self._turns.turn(agency) as turn:
                try:
                    drawn = await _unless(turn.give_way, self._try(begin, agency))
                finally:
                    spend(turn.taken())
            if not turn.give_way.is_set() or isinstance(drawn, RenderedPage):
                return drawn

    async def _try(self, begin: Callable[[], Awaitable[PageLoad]], agency: str) -> RenderedPage | RenderFailure:
        for tried in range(_TRIES):
            load = await begin()
            alone = tried > 0 or agency in self._suspects
            drawn = await self._draw(load, alone=alone)
            if drawn not in _PERHAPS_NOT_ITS_OWN and not load.broken:
                break
            if alone and drawn is RenderFailure.CRASHED:
                self._suspects.add(agency)
        return drawn

    async def _draw(self, load: PageLoad, *, alone: bool) -> RenderedPage | RenderFailure:
        engine = await self._for_one_page() if alone else await self._started()
        if engine is None:
            return RenderFailure.NO_START
        engine.open += 1
        try:
            drawn = await self._visit_watched(engine, load)
            if (
                engine.isolation.has_lost()
                or not engine.browser.is_connected()
                or (drawn is RenderFailure.TIMEOUT and not load.begun)
            ):
                drawn = RenderFailure.CRASHED
            if drawn is RenderFailure.CRASHED or load.broken:
                engine.pages = _RENEW_AFTER  # a browser that was killed seems connected for a moment
            return drawn
        finally:
            engine.open -= 1
            await self._retire(engine)

    async def close(self) -> None:
        """End the browser."""
        engine, self._engine = self._engine, None
        if self._idle is not None:
            self._idle.cancel()
        if engine is not None:
            await _end(engine)
        while self._unclaimed:
            await asyncio.wait(self._unclaimed)

    async def _started(self) -> _Engine | None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        async with self._starting:
            if self._engine is None:
                self._engine = await self._launch(MEMORY)
            if self._engine is not None:
                self._engine.pages += 1
            return self._engine

    async def _for_one_page(self) -> _Engine | None:
        """A browser for a page that one with others' pages was lost with: what it does is its own alone."""
        async with self._starting:
            engine = await self._launch(MEMORY // _PAGES)
        if engine is not None:
            engine.pages = _RENEW_AFTER
        return engine

    async def _launch(self, memory: int) -> _Engine | None:
        """A started browser. Who gives up waiting for it leaves none behind."""
        launching = asyncio.ensure_future(self._launch_whole(memory))
        try:
            return await asyncio.shield(launching)
        except asyncio.CancelledError:
            ending = asyncio.ensure_future(_end_once_started(launching))
            self._unclaimed.add(ending)
            ending.add_done_callback(self._unclaimed.discard)
            raise

    async def _launch_whole(self, memory: int) -> _Engine | None:
        if self._failed_starts >= _STARTS:
            return None
        from crawler.rendering.driver import BrowserDriver

        driver = await BrowserDriver.start()
        isolation: Isolation | None = None
        try:
            isolation = await asyncio.to_thread(Isolation, self._executable, memory)
            isolation.watch(driver.pid)
            browser = await driver.playwright.chromium.launch(
                executable_path=str(isolation.starter),
                args=list(_ARGUMENTS),
                chromium_sandbox=os.geteuid() != 0,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=30_000,
            )
        except Exception:  # a browser that does not start, for whatever reason, leaves pages unread
            self._failed_starts += 1
            await driver.stop()
            await asyncio.to_thread(driver.clean)
            if isolation is not None:
                isolation.close()
            return None
        self._failed_starts = 0
        return _Engine(driver, browser, isolation)

    async def _retire(self, engine: _Engine) -> None:
        if engine.pages >= _RENEW_AFTER or not engine.browser.is_connected():
            if self._engine is engine:
                self._engine = None
            if not engine.open:
                await _end(engine)
        elif not engine.open and self._engine is engine:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(_IDLE_SECONDS, lambda: asyncio.ensure_future(self.close()))

    async def _visit_watched(self, engine: _Engine, load: PageLoad) -> RenderedPage | RenderFailure:
        """Visit a page for as long as the browser is whole; who waits for its dead helpers waits in vain."""
        engine.isolation.has_lost()  # what dies from here on must be known to have lived
        engine.driver.renew_allowance(is_alone=engine.open == 1)
        return await _unless(engine.isolation.lost, self._visit(engine, load))

    async def _visit(self, engine: _Engine, visit: PageLoad) -> RenderedPage | RenderFailure:
        context = page = None
        try:
            async with asyncio.timeout(self._seconds + _CLOSE_SECONDS):
                # A context of its own per page: nothing of one site is there for the next.
                context = await engine.browser.new_context(
                    user_agent=self._user_agent,
                    locale="th-TH",
                    service_workers="block",
                    accept_downloads=False,
                    viewport={"width": 1280, "height": 2000},
                )
                await context.route("**/*", lambda route: answer(route, visit))
                await context.add_init_script(SILENCED)
                await context.add_init_script(LISTEN)
                page = await context.new_page()
                page.on("requestfailed", lambda request: note_failure(request, visit))
                context.on("page", lambda other: asyncio.ensure_future(_shut(other)))
                crashed = asyncio.Event()
                page.on("crash", lambda _: crashed.set())
                return await _unless(crashed, render_page(await PageView.of(page), visit, self._seconds))
        except TimeoutError:
            return RenderFailure.TIMEOUT
        except Exception as error:  # the driver's errors have many names; a page's fault costs itself only
            return RenderFailure.TIMEOUT if "Timeout" in type(error).__name__ else RenderFailure.CRASHED
        finally:
            # The page first: a context that closes with pages at work may hang. A broken browser closes neither.
            for thing in () if engine.isolation.has_lost() else (page, context):
                if thing is not None and not await _shut(thing):
                    engine.pages = _RENEW_AFTER


async def _unless(
    lost: asyncio.Event, drawing: Coroutine[Any, Any, RenderedPage | RenderFailure]
) -> RenderedPage | RenderFailure:
    """What comes of drawing a page, for as long as nothing is lost that it waits for: it would be told nothing."""
    work, loss = asyncio.ensure_future(drawing), asyncio.ensure_future(lost.wait())
    try:
        await asyncio.wait((work, loss), return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else RenderFailure.CRASHED
    finally:
        loss.cancel()
        work.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await work


async def _shut(thing: Any) -> bool:
    try:
        await asyncio.wait_for(thing.close(), _CLOSE_SECONDS)
    except Exception:  # gone already, or stuck: the browser is renewed then
        return False
    return True


async def _end_once_started(launching: asyncio.Future[_Engine | None]) -> None:
    engine = await launching
    if engine is not None:
        await _end(engine)


async def _end(engine: _Engine) -> None:
    await _shut(engine.browser)
    # Stopping the driver also ends a browser that does not close.
    with suppress(Exception):
        await asyncio.wait_for(engine.driver.stop(), _CLOSE_SECONDS)
    engine.isolation.close()
    await asyncio.to_thread(engine.driver.clean)


__all__ = ["BrowserRequest", "BrowserResponse", "Fetch", "RenderedPage", "Renderer", "find_browser"]
