"""One page in the browser: its scripts run, what they ask for is answered from here, what it holds is taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

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
  for (const host of [...document.querySelectorAll('*')].filter(e => e.shadowRoot).slice(0, limit)) {
    if (!host.shadowRoot.textContent.trim()) continue;
    const part = document.createElement('div');
    part.innerHTML = host.shadowRoot.innerHTML;
    host.append(part);
  }
  return opened;
}"""
_UNFOLDED = 80
_UNFOLD_PAUSE = 60  # milliseconds


@dataclass(frozen=True, slots=True)
class BrowserRequest:
    """A request that a page's script makes."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class BrowserResponse:
    """What the crawler's own download path gave for it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch = Callable[[BrowserRequest], Awaitable[BrowserResponse | None]]
"""Asks through the gate; None for what may not be asked or failed."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page after its scripts ran. `settled` is false if it was still at work when the time was up, or something of
    its own site was kept from it that a citizen may get; `moved` are addresses that its scripts wanted to go to."""

    html: str
    settled: bool
    moved: tuple[str, ...] = ()


@dataclass(slots=True)
class PageLoad:
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
    refused: bool = False
    moved: list[str] = field(default_factory=list)
    known: dict[str, BrowserResponse | None] = field(default_factory=dict)


async def render_page(page: Any, visit: PageLoad, seconds: float) -> RenderedPage:
    """Load the page and wait until it has come to rest, `seconds` at most. Raises what the driver raises."""
    end = time.monotonic() + seconds
    await page.goto(visit.url, wait_until="commit", timeout=seconds * 1000)
    settled = await _rest(page, visit, end)
    if settled and time.monotonic() < end:
        with suppress(Exception):
            opened = await asyncio.wait_for(page.evaluate(_UNFOLD, [_UNFOLDED, _UNFOLD_PAUSE]), end - time.monotonic())
            settled = not opened or await _rest(page, visit, end)
    html: str = await page.content()
    return RenderedPage(html[:_MAX_HTML], settled and not visit.refused, tuple(visit.moved))


async def _rest(page: Any, visit: PageLoad, end: float) -> bool:
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


async def answer(route: Any, visit: PageLoad) -> None:
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


async def _navigate(route: Any, visit: PageLoad) -> None:
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


def _may_ask(request: Any, visit: PageLoad) -> bool:
    parts = urlsplit(request.url)
    if parts.scheme not in ("http", "https"):
        return False
    if request.method in ("GET", "HEAD"):
        return True
    # Lists are often asked for with POST; towards other sites it could do more than read.
    sent = request.post_data_buffer or b""
    return request.method == "POST" and parts.netloc.lower() in visit.hosts and len(sent) <= _SENT


def _kept_from_us(answered: BrowserResponse | None) -> bool:
    """Whether a request failed for a reason that need not hold for a citizen: "not found" holds for all."""
    return answered is None or answered.status in (401, 403, 429) or answered.status >= 500


def _near(url: str, visit: PageLoad) -> bool:
    """Whether an address is of the page's own site or a sister of it; what others keep back is mostly counters."""
    host, own = urlsplit(url).hostname or "", urlsplit(visit.url).hostname or ""
    return host == own or host.endswith("." + own.removeprefix("www."))


async def _fetch(route: Any, visit: PageLoad) -> None:
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
            visit.known[key] = await visit.fetch(BrowserRequest(request.method, request.url, headers, sent))
        finally:
            visit.open -= 1
    answered = visit.known[key]
    if request.resource_type in ("fetch", "xhr", "script") and _kept_from_us(answered) and _near(request.url, visit):
        visit.refused = True
    if answered is None:
        await route.abort("failed")
        return
    visit.bytes += len(answered.body)
    kept = {k: v for k, v in answered.headers.items() if k.lower() not in _STALE}
    await route.fulfill(status=answered.status, headers=kept, body=answered.body)
