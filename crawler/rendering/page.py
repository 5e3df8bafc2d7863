"""One page in the browser: its scripts run, what they ask for is answered from here, what it holds is taken."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from core.urls import extension, is_document
from crawler.rendering.clicks import BrowserRequest, Clicked, OpenedState, open_all
from crawler.rendering.view import MAX_HTML, PageView
from documents.encoding import decode
from documents.sniff import sniff

_REQUESTS = 150
"""Requests that one page may make; more is no page that a citizen reads."""
_BYTES = 32 << 20
_FLOOD = 3000
"""Requests of one page, those that are refused too, after which it is taken as it is: each goes through the process of
all agencies, and a script makes a thousand a second. Pages of a hundred pictures are many."""
_ADDRESS = 8000
"""Letters of an address that may be asked; a browser lets scripts write two million."""
_DATA = frozenset({"csv", "txt", "xls", "xlsx", "ods"})
"""Endings of files that scripts read: tables and text, not what is drawn as pages."""
_DOCUMENTS = 400
"""Documents that a page may ask for and that are looked for on the site."""
COOKIE = "cookie"
"""Header by which a page's own cookies come to the crawler."""
_COOKIES = 20
_COOKIE_BYTES = 4096
_MARK = 12
"""Letters of what a wall of scripts adds to the address that it asks for anew."""
_SENT = 64 << 10
"""Bytes that a page's script may send in one request."""
_POLL = 0.2
_QUIET = 1.0
"""Seconds without a request or new text after which a page has come to rest."""
_PATIENCE = 6.0
"""Seconds that a page with next to no text is waited for, however quiet it is."""
_LITTLE_TEXT = 120

_UNWANTED = frozenset({"image", "font", "media", "websocket", "eventsource", "manifest", "texttrack", "ping", "other"})
_DROPPED = frozenset(
    ["host", "user-agent", "accept-encoding", "connection", "content-length", "cookie", "te", "upgrade", "range"]
)  # fmt: skip
_STALE = frozenset(["content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"])
_CLICKS = 40
"""Things opened per page; each takes 0.1 seconds and what its answer takes."""
_SCROLLS = 8
_TO_THE_END = """() => {
    const height = document.documentElement.scrollHeight;
    window.scrollTo(0, height);
    return height;
}"""
_HEIGHT = "() => document.documentElement.scrollHeight"
_LENGTH = "() => document.readyState === 'loading' ? -1 : (document.body?.innerText || '').length"
_POSTED = 12
"""Pages asked for with a POST per page: the further pages of a list, the years of a form. Files come besides: a list's
buttons give a document each."""
_HEAD = 1024
"""Bytes by which a file is told from a page."""
_PAGES = frozenset({"html", "text", "xml", "empty"})
_OFFERED = re.compile(r"__doPostBack\(\s*['\"]([^'\"]{0,300})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]")


@dataclass(frozen=True, slots=True)
class BrowserResponse:
    """What the crawler's own download path gave for it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, empty if there is none."""
        return next((value for key, value in self.headers.items() if key.lower() == name), "")


Fetch = Callable[[BrowserRequest], Awaitable[BrowserResponse | None]]
"""Asks through the gate; None for what may not be asked or failed."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page after its scripts ran. `settled` is false if it was still at work when the time was up, or something of
    its own site was kept from it that a citizen may get; `moved` are addresses that its scripts wanted to go to, each
    with the label of what was clicked; `states` are further pages that a click gave without an address; `answers` what
    its scripts asked for, by method, address and what was sent."""

    html: str
    settled: bool
    moved: tuple[tuple[str, str], ...] = ()
    states: tuple[OpenedState, ...] = ()
    answers: Mapping[BrowserRequest, BrowserResponse | None] = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    """Documents that its scripts asked for: a viewer shows them."""
    exhausted: bool = False
    """Whether clicks wanted to ask for more pages than are asked for."""


@dataclass(slots=True)
class PageLoad:
    """What one page under way has asked for."""

    url: str
    body: bytes
    content_type: str
    fetch: Fetch
    hosts: frozenset[str]
    served: bool = False
    begun: bool = False
    """Whether the browser took the page's markup; its scripts run from then on."""
    asked: int = 0
    """Requests of all kinds."""
    aborted: set[int] = field(default_factory=set)
    """Addresses, as numbers, that the browser was told not to get."""
    broken: bool = False
    """Whether the browser lost an answer, or never asked for it: its network process was away."""
    reloaded: bool = False
    rested: bool = False
    """Whether it came to rest before: what asks for another page now was clicked."""
    replaced: bool = False
    """Whether the page that was loaded again took the place of the first one."""
    requests: int = 0
    bytes: int = 0
    open: int = 0
    refused: bool = False
    clicked: Clicked = field(default_factory=Clicked)
    documents: list[str] = field(default_factory=list)
    known: dict[BrowserRequest, BrowserResponse | None] = field(default_factory=dict)

    @property
    def is_flooding(self) -> bool:
        """Whether the page asks for more than is looked at."""
        return self.asked > _FLOOD


async def render_page(view: PageView, visit: PageLoad, seconds: float) -> RenderedPage:
    """Load the page, wait until it has come to rest and open what waits for a click, in `seconds` at most. Raises what
    the driver raises."""
    end = time.monotonic() + seconds
    html, settled = await _opened(view, visit, end)
    states = await _post_all(view, visit, end)
    return RenderedPage(
        html,
        settled and not visit.refused and not visit.clicked.cut,
        tuple(visit.clicked.moved),
        (*visit.clicked.states, *states),
        dict(visit.known),
        tuple(dict.fromkeys(visit.documents)),
        bool(visit.clicked.posted),
    )


async def _opened(view: PageView, visit: PageLoad, end: float, patience: float = _PATIENCE) -> tuple[str, bool]:
    """The page's markup after its scripts ran and what can be clicked was clicked; whether it came to rest."""
    await view.goto(visit.url, max(1.0, end - time.monotonic()))
    visit.begun = True
    settled = await _rest(view, visit, end, patience=patience)
    visit.rested = True
    if settled and time.monotonic() < end - 1:
        settled = await _scroll(view, visit, end)
    if settled and time.monotonic() < end:
        before = visit.clicked.count
        try:
            await open_all(view, visit.clicked, _CLICKS, end)
        except Exception:  # what was not clicked may open something, and nothing tells of it
            settled = False
        if visit.clicked.count > before:
            settled = await _rest(view, visit, end, patience=0)
    html, whole = await view.content()
    return html, settled and whole and not visit.clicked.cut


async def _scroll(view: PageView, visit: PageLoad, end: float) -> bool:
    """Go down the page while that makes it longer: some lists go on only when their end is seen."""
    settled = True
    for _ in range(_SCROLLS):
        height = await view.number(_TO_THE_END)
        await asyncio.sleep(_POLL)
        asked = visit.open or await view.number(_HEIGHT) != height
        if not asked or time.monotonic() >= end - 1:
            break
        settled = await _rest(view, visit, end, patience=0)
    return settled


async def _post_all(view: PageView, visit: PageLoad, end: float) -> list[OpenedState]:
    """Ask for what clicks wanted to POST for. A page that offers further ones is opened in turn."""
    states: list[OpenedState] = []
    seen: set[BrowserRequest] = set()
    events: set[str] = set()
    waiting, room, files = visit.clicked.posted, MAX_HTML, 0
    while waiting and room > 0 and len(seen) - files < _POSTED and time.monotonic() < end - 1:
        asked, label, number = waiting.pop(0)
        event = _event(asked)
        # The state that is sent along differs from page to page; what is asked for is the same.
        if asked in seen or (event and event in events):
            continue
        seen.add(asked)
        events.add(event)
        answered = visit.known[asked] = await visit.fetch(asked)
        if answered is None or answered.status != 200 or not answered.body:
            visit.refused = visit.refused or _kept_from_us(answered)
            continue
        visit.bytes += len(answered.body)
        if _is_file(answered):
            states.append(OpenedState(label, "", number, answered.body, answered.header("content-type")))
            files += 1
            if visit.bytes >= _BYTES:
                break
            continue
        text = decode(answered.body, answered.header("content-type"))[0]
        html, whole = text[:room], len(text) <= room
        room -= len(html)
        visit.clicked.cut = visit.clicked.cut or not whole
        known = events | {_event(one) for one, _, _ in waiting}
        if any(event not in known for event in _events(html)):
            visit.body, visit.served, visit.content_type = html.encode(), False, "text/html; charset=utf-8"
            with suppress(Exception):
                html, _ = await _opened(view, visit, end, patience=0)
        states.append(OpenedState(label, html, number))
    return states


def _is_file(answered: BrowserResponse) -> bool:
    """Whether a file came where a page might have: its bytes tell, or the server wants it saved."""
    saved = answered.header("content-disposition").strip().lower().startswith("attachment")
    return saved or sniff(answered.body[:_HEAD], answered.header("content-type")) not in _PAGES


def _event(asked: BrowserRequest) -> str:
    """The target and argument of a postback, empty for any other request."""
    sent = dict(parse_qsl(asked.body.decode("latin-1"), keep_blank_values=True))
    return f"{sent.get('__EVENTTARGET', '')}|{sent.get('__EVENTARGUMENT', '')}" if "__EVENTTARGET" in sent else ""


def _events(html: str) -> list[str]:
    """The postbacks that a page offers as links."""
    return [f"{target}|{argument}" for target, argument in _OFFERED.findall(unescape(html[:MAX_HTML]))]


async def _rest(view: PageView, visit: PageLoad, end: float, *, patience: float) -> bool:
    """Wait until a page asks for nothing and grows no more; whether it came to that before `end`."""
    began = quiet_since = time.monotonic()
    last = -1
    while True:
        await asyncio.sleep(_POLL)
        now = time.monotonic()
        if now >= end or visit.is_flooding:
            return False
        try:
            length = await asyncio.wait_for(view.number(_LENGTH), end - now)
        except TimeoutError:
            if last == -1:
                raise
            return False  # It answered before: it is at work, not stuck.
        except Exception:
            if not visit.reloaded or visit.replaced:
                raise
            visit.replaced = True  # The page that was asked is gone: it was loaded again.
            continue
        if visit.open or length != last or length == -1:
            last, quiet_since = length, now
        elif now - quiet_since >= _QUIET and (length >= _LITTLE_TEXT or now - began >= patience):
            return True


def note_failure(request: Any, visit: PageLoad) -> None:
    """Note what failed within the browser, and neither here nor by the page's own will (which is "aborted")."""
    if hash(request.url) not in visit.aborted and not str(request.failure).endswith("ERR_ABORTED"):
        visit.broken = visit.broken or (_near(request.url, visit) and _may_ask(request, visit))


async def _abort(route: Any, visit: PageLoad, why: str) -> None:
    visit.aborted.add(hash(route.request.url))
    await route.abort(why)


async def answer(route: Any, visit: PageLoad) -> None:
    """Answer one request of a page without the browser's network."""
    request = route.request
    visit.asked += 1
    try:
        if visit.is_flooding or len(request.url) > _ADDRESS:
            await _abort(route, visit, "blockedbyclient")
        elif request.is_navigation_request():
            await _navigate(route, visit)
        elif request.resource_type == "stylesheet":
            # Needed by none of the text, but some scripts wait for it.
            await route.fulfill(status=200, content_type="text/css", body="")
        elif request.resource_type in _UNWANTED or not _may_ask(request, visit):
            await _abort(route, visit, "blockedbyclient")
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
    if request.frame.parent_frame is None:
        if request.method == "POST" and _may_ask(request, visit):
            headers = {k: v for k, v in request.headers.items() if k.lower() == "content-type"}
            asked = BrowserRequest("POST", request.url, headers, request.post_data_buffer or b"")
            visit.clicked.post(asked)
        elif request.method == "GET":
            if await _loaded_again(route, visit):
                return
            visit.clicked.move(request.url)
    await _abort(route, visit, "aborted")


async def _loaded_again(route: Any, visit: PageLoad) -> bool:
    """Load the page again where its script gave itself a cookie and asks for the page anew, some with a mark of their
    own in the query (?i=1): a wall that only lets browsers in. The cookie goes the crawler's way, which keeps it for
    the site's other pages."""
    request = route.request
    asks, own = urlsplit(request.url), urlsplit(visit.url)
    same = asks[:3] == own[:3] and (asks.query == own.query or (not visit.rested and _is_marked(own.query, asks.query)))
    if visit.reloaded or not same:
        return False
    cookies = await request.frame.page.context.cookies([visit.url])
    given = "; ".join(f"{each['name']}={each['value']}" for each in cookies[:_COOKIES])
    if not given or len(given) > _COOKIE_BYTES:
        return False
    visit.reloaded = True
    asked = BrowserRequest("GET", request.url.partition("#")[0], {COOKIE: given}, b"")
    answered = visit.known[asked] = await visit.fetch(asked)
    if answered is None or answered.status != 200 or not answered.body:
        return False
    text, _ = decode(answered.body, answered.header("content-type"))
    await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=text.encode("utf-8", "replace"))
    return True


def _is_marked(own: str, query: str) -> bool:
    """Whether a query is a page's own with something short behind it: no other page of a site."""
    added = query.removeprefix(own).lstrip("&")
    return query.startswith(own) and len(added) <= _MARK and "&" not in added


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


def _is_data(request: Any) -> bool:
    """Whether a script asks for a table or text as its data: lists of disclosures are written from such."""
    return request.resource_type in ("fetch", "xhr") and extension(request.url) in _DATA


async def _fetch(route: Any, visit: PageLoad) -> None:
    request = route.request
    sent = request.post_data_buffer or b""
    headers = {k: v for k, v in request.headers.items() if k not in _DROPPED and not k.startswith("sec-")}
    asked = BrowserRequest(request.method, request.url, headers, sent)
    if is_document(request.url):
        # What a viewer shows is a link to the crawler, which fetches it once.
        if len(visit.documents) < _DOCUMENTS:
            visit.documents.append(request.url[:2000])
        if not _is_data(request):
            await _abort(route, visit, "blockedbyclient")
            return
    if asked not in visit.known and (visit.requests >= _REQUESTS or visit.bytes >= _BYTES):
        await _abort(route, visit, "blockedbyclient")
        return
    visit.open += 1
    try:
        await _hand_over(route, visit, asked)
    finally:
        visit.open -= 1


async def _hand_over(route: Any, visit: PageLoad, asked: BrowserRequest) -> None:
    """Fetch what a page asks for, unless it did before, and give it to the page, which is at work until it has it."""
    request = route.request
    if asked not in visit.known:
        visit.requests += 1
        visit.known[asked] = await visit.fetch(asked)
    answered = visit.known[asked]
    if request.resource_type in ("fetch", "xhr", "script") and _kept_from_us(answered) and _near(request.url, visit):
        visit.refused = True
    if answered is None:
        await _abort(route, visit, "failed")
        return
    visit.bytes += len(answered.body)
    kept = {k: v for k, v in answered.headers.items() if k.lower() not in _STALE}
    await route.fulfill(status=answered.status, headers=kept, body=answered.body)
