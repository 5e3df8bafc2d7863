"""One agency's pages in the browser: its budget for them, and how their scripts' requests are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from scrapy import Request
from scrapy.http.request import VerboseCookie

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadNote, ReadState, RenderFailure, Resource
from core.storage.codec import decode_reading
from core.storage.store import Store
from core.urls import canonical
from crawler.middlewares.refusals import BY_SCRIPT, plain_headers
from crawler.reading_tasks import ReadResult, lightened, result_of, source_of
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer
from crawler.rendering.memory import RenderMemory
from crawler.rendering.page import COOKIE
from documents.base import RENDERED_HTML
from documents.encoding import decode
from documents.html.forms import STATE_FRAGMENT

RENDERED = "rendered"
"""Detail of a resource whose body is the page after its scripts ran."""
_KEPT_BYTES = 16 << 20
"""Answers kept for the agency's next pages: they mostly ask for the same scripts and the same menu."""
_KEPT_BY_ALL = 128 << 20
"""Of all agencies of the process together."""

_ROUTES = ("/", "!/", STATE_FRAGMENT)
_CLICKED = ("script", "form-post")

Again = Callable[[bytes | Path, Resource], Awaitable[ReadResult]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page after its scripts ran: its reading, its resource, and the further pages that its clicks gave, which have
    no address of their own but one that is made up behind `#`."""

    found: ReadResult
    resource: Resource
    further: tuple[tuple[ReadResult, Resource], ...] = ()


class PageRenderer:
    """Renders the pages of one agency that need it."""

    def __init__(self, renderer: Renderer, store: Store) -> None:
        self._renderer = renderer
        self._store = store
        self._memory = RenderMemory(store)
        self.looks = 0
        """Pages of a site that are rendered to see whether its scripts write."""
        self._crawler: Any = None
        self._pages = 0
        self._seconds = 0.0
        self._kept: dict[str, BrowserResponse] = {}
        self._kept_bytes = 0

    def use(self, crawler: Any) -> None:
        """Take the budget (pages, and seconds of all of them together) and the download path from a crawler."""
        self._crawler = crawler
        self.looks = crawler.settings.getint("OIT_SECOND_LOOKS")
        self._pages = crawler.settings.getint("OIT_RENDER_PAGES")
        self._seconds = crawler.settings.getfloat("OIT_RENDER_SECONDS")

    def close(self) -> None:
        """Let go of what was kept for further pages."""
        self._kept.clear()
        self._renderer.kept_bytes -= self._kept_bytes
        self._kept_bytes = 0

    async def read(self, resource: Resource, hosts: Iterable[str], again: Again) -> Rendering | RenderFailure:
        """Render a page whose body is stored, or find that nothing that its scripts ask for has changed since the last
        time. `again` reads a body."""
        route = urlsplit(resource.url).fragment
        if route:
            resource = replace(resource, final_url=f"{resource.final_url.partition('#')[0]}#{route}")
        drawn = await self._drawn(resource, frozenset(hosts))
        if isinstance(drawn, RenderFailure):
            return drawn
        # Unchanged scripts say nothing of what they fetch: such a page is asked for anew every night.
        base = replace(resource, etag="", last_modified="", content_type=RENDERED_HTML, detail=RENDERED)
        source, kept = await self._stored(drawn.html, base)
        states = []
        for state in drawn.states:
            url = f"{resource.final_url.partition('#')[0]}#{STATE_FRAGMENT}{state.number}"
            via = (*resource.found_via, resource.url)[-10:]
            other = replace(base, url=url, final_url=url, found_via=via, label=state.label, context="")
            if state.file:
                other = replace(other, content_type=state.content_type[:200], detail="")
            states.append(await (self._kept_file(state.file, other) if state.file else self._stored(state.html, other)))
        # All that is long lies in files by now: readers have much to do, and a hundred such pages may wait for them.
        drawn = replace(drawn, html="", states=(), answers={})
        found = await again(source, kept)
        further = []
        for source, other in states:
            result = await again(source, other)
            result = await asyncio.to_thread(_without_clicks, result, other.final_url, drawn.exhausted)
            further.append((result, other))
        leads = [(other.url, other.label) for _, other in further]
        # The longest pages take a second each: not of the loop that serves all agencies.
        found = await asyncio.to_thread(_completed, found, drawn, kept.final_url, leads)
        return Rendering(found, kept, tuple(further))

    async def _stored(self, html: str, resource: Resource) -> tuple[bytes | Path, Resource]:
        """Where a reader finds a page's markup, and the resource with its hash and size."""
        body = html.encode("utf-8", "replace")
        archive = self._crawler.spider.site.archive
        if archive is not None:
            await asyncio.to_thread(archive.write_rendered, resource.final_url, body)
        return await self._kept_file(body, resource)

    async def _kept_file(self, body: bytes, resource: Resource) -> tuple[bytes | Path, Resource]:
        """The same of any body."""
        sha256 = await asyncio.to_thread(self._store.add_body, body)
        return source_of(self._store, body, sha256), replace(resource, sha256=sha256, size=len(body))

    async def _drawn(self, resource: Resource, hosts: frozenset[str]) -> RenderedPage | RenderFailure:
        remembered = await self._memory.recall(resource, self._fetch)
        if remembered is not None:
            return remembered
        if self._pages <= 0 or self._seconds <= 0:
            return RenderFailure.BUDGET
        self._pages -= 1
        drawn = await self._renderer.render(
            resource.final_url,
            partial(self._markup, resource),
            "text/html; charset=utf-8",
            self._fetch,
            hosts,
            agency=self._crawler.spider.site.agency.id,
            spend=self._spend,
        )
        if isinstance(drawn, RenderedPage):
            await self._memory.keep(resource, drawn)
        elif drawn.is_of_machine:
            self._pages += 1  # else the pages beyond the budget would be told to be that
        return drawn

    def _markup(self, resource: Resource) -> bytes:
        body = self._store.body(resource.sha256)
        return decode(body or b"", resource.content_type)[0].encode("utf-8", "replace")

    def _spend(self, seconds: float) -> None:
        """Take a page's own time from the budget; what it waited for others' pages costs nothing."""
        self._seconds -= seconds

    async def _fetch(self, asked: BrowserRequest) -> BrowserResponse | None:
        """Ask through Scrapy: the gate, robots.txt, delays and size limits hold as for every page."""
        cookies = _cookies(asked.headers.get(COOKIE, ""))
        key = asked.url if asked.method == "GET" and not cookies else ""
        if key in self._kept:
            return self._kept[key]
        hosts = frozenset(self._crawler.spider.site.hosts)
        try:
            request = Request(
                asked.url,
                method=asked.method,
                headers={name: value for name, value in asked.headers.items() if name != COOKIE},
                body=asked.body,
                cookies=cookies,
                dont_filter=True,
                meta={BY_SCRIPT: hosts},
            )
            if not _is_sister(asked.url, hosts):
                plain_headers(request)
            response = await self._crawler.engine.download_async(request)
        except Exception:  # refused by the gate, forbidden, too large, gone: to the page all the same
            return None
        told = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        answered = BrowserResponse(response.status, told, response.body)
        size = len(response.body)
        has_room = self._kept_bytes + size <= _KEPT_BYTES and self._renderer.kept_bytes + size <= _KEPT_BY_ALL
        if key and response.status == 200 and has_room:
            self._kept_bytes += size
            self._renderer.kept_bytes += size
            self._kept[key] = answered
        return answered


def _is_sister(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address is of a site, or of a host below its name."""
    host = urlsplit(url).netloc.lower()
    return any(host == own or host.endswith("." + own.removeprefix("www.")) for own in hosts)


def _cookies(given: str) -> list[VerboseCookie]:
    """A page's own cookies, for all of its site."""
    pairs = (pair.partition("=") for pair in given.split("; ") if "=" in pair)
    return [{"name": name, "value": value, "path": "/"} for name, _, value in pairs]


def _completed(read: ReadResult, drawn: RenderedPage, url: str, further: list[tuple[str, str]]) -> ReadResult:
    """The reading of a rendered page with what its markup does not say: where its scripts and clicks lead, and
    whether it came to rest; one that was still at work when its time was up may lack some."""
    whole = decode_reading(read.packed)
    if not drawn.settled and not whole.note:
        whole = replace(whole, note=ReadNote.SCRIPT_FILLED, state=ReadState.PARTIAL)
    if whole.note is ReadNote.SCRIPT_ONLY and any(not label for _, label in drawn.moved):
        # All that its scripts do is to lead elsewhere, and there the crawl goes: nothing is left unread here.
        whole = replace(whole, note=ReadNote.NONE, state=ReadState.READ)
    links = [_route(link) for link in whole.links]
    given = {address for address, _ in further}
    # What a click wanted to POST for and was not asked for, or not answered, is still unopened.
    links = [
        replace(link, url=url, via="form-post") if f"#{STATE_FRAGMENT}" in link.url and link.url not in given else link
        for link in links
    ]
    met = {link.url for link in links}
    blocks = list(whole.blocks)
    for target, label in drawn.moved:
        with suppress(ValueError):
            if canonical(target) not in met:
                links.append(Link(canonical(target), label, via="script"))
    links += [Link(target, label, via="script") for target, label in further if target not in met]
    met |= {link.url for link in links}
    for target in drawn.documents:
        with suppress(ValueError):
            shown = canonical(target)
            if shown not in met:
                met.add(shown)
                blocks.append(Block(BlockKind.IFRAME, shown, src=shown))
                links.append(Link(shown, "", block=len(blocks) - 1, via="embed"))
    if links == list(whole.links) and whole.note == read.reading.note:
        return read
    return lightened(result_of(replace(whole, links=tuple(links), blocks=tuple(blocks)), url))


def _without_clicks(read: ReadResult, url: str, exhausted: bool) -> ReadResult:
    """A further page of a list leads back to the others; these were asked for unless there were too many."""
    if exhausted or not any(_leads_back(link, url) for link in read.reading.links):
        return read
    whole = decode_reading(read.packed)
    return result_of(replace(whole, links=tuple(li for li in whole.links if not _leads_back(li, url))), url)


def _leads_back(link: Link, url: str) -> bool:
    """Whether a link of a further page takes a click, or was clicked and has the number of another one."""
    return is_click(link, url) or (
        link.fragment.startswith(STATE_FRAGMENT) and is_click(replace(link, fragment=""), url)
    )


def is_click(link: Link, url: str) -> bool:
    """Whether a link of the page at an address takes a click and has no address."""
    return link.via in _CLICKED and not link.fragment and link.url.partition("#")[0] == url.partition("#")[0]


def differs(plain: Reading, rendered: Reading, hosts: Iterable[str]) -> bool:
    """Whether a page shows a citizen more after its scripts ran: links, or text beyond a clock and a counter."""
    own = frozenset(hosts)
    known = {(link.url, link.fragment) for link in plain.links}
    for link in rendered.links:
        is_new = (link.url, link.fragment) not in known and link.via not in ("pane", "img")
        if is_new and (urlsplit(link.url).netloc.lower() in own or (link.label and link.via == "a")):
            return True
    said = {block.text for block in plain.blocks}
    return sum(len(block.text) for block in rendered.blocks if block.text not in said) >= _MUCH_TEXT


_MUCH_TEXT = 80
"""Characters; clocks, counters and greetings have fewer."""


def _route(link: Link) -> Link:
    """Applications keep whole pages behind the fragment: such a link leads to an address of its own."""
    if not link.fragment.startswith(_ROUTES):
        return link
    return replace(link, url=f"{link.url}#{quote(link.fragment, safe='/!?=&-_.~')}", fragment="")
