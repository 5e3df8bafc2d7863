"""Pages that only exist after their scripts ran: a browser that draws them and never opens a socket itself.

scrapy-playwright lets the browser fetch, and so past crawler.gate; its download handler would also take the place of
the plain one for every ordinary request. Here the browser is a renderer only: each request that a page's scripts make
is stopped, asked through Scrapy's own download path (gate, robots.txt, cookies, delays, size limits) and answered from
there. What is not stopped, such as a worker's socket, finds no network: every name is unknown to the browser, and its
proxy is a host that does not exist. Playwright is imported when the first such page comes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PAGES = 2
"""Pages open at once, for all agencies of a process; each takes 100 to 200 MB."""
_RENEW_AFTER = 40
"""Pages per browser: its memory grows with every one."""
_IDLE_SECONDS = 60.0
_CLOSE_SECONDS = 10.0
_REQUESTS = 150
"""Requests that one page may make; more is no page that a citizen reads."""
_BYTES = 32 << 20
_SENT = 64 << 10
"""Bytes that a page's script may send in one request."""
_POLL = 0.2
_QUIET = 1.0
"""Seconds without a request or new text after which a page has come to rest."""
_PATIENCE = 6.0
"""Seconds that a page with next to no text is waited for, however quiet it is."""
_LITTLE_TEXT = 120
_MAX_HTML = 24 << 20
_MOVES = 10

_UNWANTED = frozenset({"image", "font", "media", "websocket", "eventsource", "manifest", "texttrack", "ping", "other"})
_DROPPED = frozenset(
    ["host", "user-agent", "accept-encoding", "connection", "content-length", "cookie", "te", "upgrade", "range"]
)  # fmt: skip
_STALE = frozenset(["content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"])
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
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
# Opens what waits for a click (accordions, tabs) and puts back what the next click takes out of the page again.
_UNFOLD = """async ([limit, pause]) => {
  const sleep = ms => new Promise(done => setTimeout(done, ms));
  const shut = 'button[aria-expanded="false"],[role=button][aria-expanded="false"],[role=tab][aria-selected="false"]';
  const kept = [];
  let opened = 0;
  for (const button of [...document.querySelectorAll(shut)].slice(0, limit)) {
    if (!button.isConnected || button.closest('a,form,nav,header')) continue;
    button.click();
    opened++;
    await sleep(pause);
    const part = document.getElementById(button.getAttribute('aria-controls') || '');
    if (part && part.textContent.trim()) kept.push([button, part.id, part.outerHTML]);
  }
  for (const [button, id, html] of kept) {
    const now = document.getElementById(id);
    if (now && now.textContent.trim()) continue;
    if (now) now.outerHTML = html;
    else if (button.isConnected) (button.closest('h1,h2,h3,h4,h5,h6') || button).insertAdjacentHTML('afterend', html);
  }
  return opened;
}"""
_UNFOLDED = 80
_UNFOLD_PAUSE = 60  # milliseconds


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a page's script makes."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """What the crawler's own download path gave for it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch = Callable[[Asked], Awaitable[Answered | None]]
"""Asks through the gate; None for what may not be asked or failed."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page after its scripts ran. `settled` is false if it was still at work when the time was up; `moved` are
    addresses that its scripts wanted to go to."""

    html: str
    settled: bool
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrendered:
    """Why a page could not be rendered: no-browser, no-start, timeout, crashed, budget."""

    reason: str


@dataclass(slots=True)
class _Engine:
    """One browser process and how much it has done."""

    driver: Any
    browser: Any
    pages: int = 0
    open: int = 0


@dataclass(slots=True)
class _Visit:
    """What one page under way has asked for."""

    url: str
    body: bytes
    content_type: str
    fetch: Fetch
    hosts: frozenset[str]
    served: bool = False
    requests: int = 0
    bytes: int = 0
    open: int = 0
    moved: list[str] = field(default_factory=list)
    known: dict[str, Answered | None] = field(default_factory=dict)


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str:
    """The path of the system's browser; empty if there is none."""
    return next((path for name in _BROWSERS if (path := which(name))), "")


class Renderer:
    """A small pool of pages in one browser, which is started when it is needed and renewed now and then."""

    def __init__(self, executable: str, seconds: float, user_agent: str) -> None:
        self._executable = executable
        self._seconds = seconds
        self._user_agent = user_agent
        self._room = asyncio.Semaphore(_PAGES)
        self._starting = asyncio.Lock()
        self._engine: _Engine | None = None
        self._broken = False
        self._idle: asyncio.TimerHandle | None = None

    async def render(
        self, url: str, body: bytes, content_type: str, fetch: Fetch, hosts: frozenset[str] = frozenset()
    ) -> Rendered | Unrendered:
        """Run the scripts of a page whose body was fetched already. `fetch` gets what they ask for; other than to
        read they may ask only the `hosts` of the site. Takes at most the pool's time limit. Never raises for what a
        page does."""
        if not self._executable:
            return Unrendered("no-browser")
        if self._broken:
            return Unrendered("no-start")
        async with self._room:
            engine = await self._started()
            if engine is None:
                return Unrendered("no-start")
            engine.open += 1
            try:
                return await self._visit(engine, _Visit(url, body, content_type, fetch, hosts))
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

    async def _started(self) -> _Engine | None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        async with self._starting:
            if self._engine is None:
                from playwright.async_api import async_playwright

                driver = await async_playwright().start()
                try:
                    browser = await driver.chromium.launch(
                        executable_path=self._executable, args=list(_ARGUMENTS), chromium_sandbox=os.geteuid() != 0,
                        handle_sigint=False, handle_sigterm=False, handle_sighup=False, timeout=30_000,
                    )  # fmt: skip
                except Exception:  # a browser that does not start, for whatever reason, leaves pages unread
                    self._broken = True
                    await driver.stop()
                    return None
                self._engine = _Engine(driver, browser)
            self._engine.pages += 1
            return self._engine

    async def _retire(self, engine: _Engine) -> None:
        if engine.pages >= _RENEW_AFTER or not engine.browser.is_connected():
            if self._engine is engine:
                self._engine = None
            if not engine.open:
                await _end(engine)
        elif not engine.open and self._engine is engine:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(_IDLE_SECONDS, lambda: asyncio.ensure_future(self.close()))

    async def _visit(self, engine: _Engine, visit: _Visit) -> Rendered | Unrendered:
        context = page = None
        try:
            async with asyncio.timeout(self._seconds + _CLOSE_SECONDS):
                # A context of its own per page: nothing of one site is there for the next.
                context = await engine.browser.new_context(
                    user_agent=self._user_agent, locale="th-TH", service_workers="block", accept_downloads=False,
                    viewport={"width": 1280, "height": 2000},
                )  # fmt: skip
                await context.route("**/*", lambda route: _answer(route, visit))
                await context.route_web_socket("**/*", lambda socket: socket.close())
                page = await context.new_page()
                context.on("page", lambda other: asyncio.ensure_future(_shut(other)))
                return await self._drawn(page, visit)
        except TimeoutError:
            return Unrendered("timeout")
        except Exception as error:  # the driver's errors have many names; a page's fault costs itself only
            return Unrendered("timeout" if "Timeout" in type(error).__name__ else "crashed")
        finally:
            # The page first: a context that closes with pages at work may hang.
            for thing in (page, context):
                if thing is not None and not await _shut(thing):
                    engine.pages = _RENEW_AFTER

    async def _drawn(self, page: Any, visit: _Visit) -> Rendered:
        end = time.monotonic() + self._seconds
        await page.goto(visit.url, wait_until="commit", timeout=self._seconds * 1000)
        settled = await _rest(page, visit, end)
        if settled and time.monotonic() < end:
            with suppress(Exception):
                opened = await asyncio.wait_for(
                    page.evaluate(_UNFOLD, [_UNFOLDED, _UNFOLD_PAUSE]), end - time.monotonic()
                )
                settled = not opened or await _rest(page, visit, end)
        html: str = await page.content()
        return Rendered(html[:_MAX_HTML], settled, tuple(visit.moved))


async def _rest(page: Any, visit: _Visit, end: float) -> bool:
    """Wait until a page asks for nothing and grows no more; whether it came to that before `end`."""
    began = quiet_since = time.monotonic()
    last = -1
    while True:
        await asyncio.sleep(_POLL)
        now = time.monotonic()
        if now >= end:
            return False
        length = await asyncio.wait_for(
            page.evaluate("() => document.readyState === 'loading' ? -1 : (document.body?.innerText || '').length"),
            end - now,
        )
        if visit.open or length != last or length == -1:
            last, quiet_since = length, now
        elif now - quiet_since >= _QUIET and (int(length) >= _LITTLE_TEXT or now - began >= _PATIENCE):
            return True


async def _answer(route: Any, visit: _Visit) -> None:
    """Answer one request of a page without the browser's network."""
    request = route.request
    try:
        if request.is_navigation_request():
            await _navigate(route, visit)
        elif request.resource_type == "stylesheet":
            # Needed by none of the text, but some scripts wait for it.
            await route.fulfill(status=200, content_type="text/css", body="")
        elif request.resource_type in _UNWANTED or not _may_ask(request, visit):
            await route.abort("blockedbyclient")
        else:
            await _fetch(route, visit)
    except Exception:  # the page was closed meanwhile: nobody waits for the answer
        return


async def _navigate(route: Any, visit: _Visit) -> None:
    request = route.request
    if request.frame.parent_frame is None and not visit.served:
        visit.served = True
        kind = visit.content_type or "text/html"
        await route.fulfill(status=200, content_type=kind, body=visit.body)
        return
    # A frame is a link to the crawler, and so is where a script wants to go.
    if request.frame.parent_frame is None and len(visit.moved) < _MOVES:
        visit.moved.append(request.url[:2000])
    await route.abort("aborted")


def _may_ask(request: Any, visit: _Visit) -> bool:
    parts = urlsplit(request.url)
    if parts.scheme not in ("http", "https"):
        return False
    if request.method in ("GET", "HEAD"):
        return True
    # Lists are often asked for with POST; towards other sites it could do more than read.
    sent = request.post_data_buffer or b""
    return request.method == "POST" and parts.netloc.lower() in visit.hosts and len(sent) <= _SENT


async def _fetch(route: Any, visit: _Visit) -> None:
    request = route.request
    key = f"{request.method} {request.url} {request.post_data_buffer or b''!r}"
    if key not in visit.known:
        if visit.requests >= _REQUESTS or visit.bytes >= _BYTES:
            await route.abort("blockedbyclient")
            return
        visit.requests += 1
        visit.open += 1
        try:
            headers = {k: v for k, v in request.headers.items() if k not in _DROPPED and not k.startswith("sec-")}
            sent = request.post_data_buffer or b""
            visit.known[key] = await visit.fetch(Asked(request.method, request.url, headers, sent))
        finally:
            visit.open -= 1
    answered = visit.known[key]
    if answered is None:
        await route.abort("failed")
        return
    visit.bytes += len(answered.body)
    kept = {k: v for k, v in answered.headers.items() if k.lower() not in _STALE}
    await route.fulfill(status=answered.status, headers=kept, body=answered.body)


async def _shut(thing: Any) -> bool:
    try:
        await asyncio.wait_for(thing.close(), _CLOSE_SECONDS)
    except Exception:  # gone already, or stuck: the browser is renewed then
        return False
    return True


async def _end(engine: _Engine) -> None:
    await _shut(engine.browser)
    # Stopping the driver also ends a browser that does not close.
    with suppress(Exception):
        await asyncio.wait_for(engine.driver.stop(), _CLOSE_SECONDS)
