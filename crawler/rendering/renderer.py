"""One agency's pages that need a browser: its budget for them, and how their scripts' requests are asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from scrapy import Request

from core.models.snapshot import Link, ReadNote, ReadState, Resource
from core.storage.codec import decode_reading
from core.storage.store import Store
from core.urls import canonical
from crawler.reading_tasks import ReadResult, result_of
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer, RenderError
from documents.base import RENDERED_HTML
from documents.encoding import decode

RENDERED = "rendered"
"""Detail of a resource whose body is the page after its scripts ran."""
_KEPT_BYTES = 16 << 20
"""Answers kept for the agency's next pages: they mostly ask for the same scripts and the same menu."""

_ROUTES = ("/", "!/")

Again = Callable[[bytes, Resource], Awaitable[ReadResult]]


class PageRenderer:
    """Renders the pages of one agency that need it."""

    def __init__(self, renderer: Renderer, store: Store) -> None:
        self._renderer = renderer
        self._store = store
        self._crawler: Any = None
        self._pages = 0
        self._seconds = 0.0
        self._kept: dict[str, BrowserResponse] = {}
        self._kept_bytes = 0

    def use(self, crawler: Any) -> None:
        """Take the budget (pages, and seconds of all of them together) and the download path from a crawler."""
        self._crawler = crawler
        self._pages = crawler.settings.getint("OIT_RENDER_PAGES")
        self._seconds = crawler.settings.getfloat("OIT_RENDER_SECONDS")

    def close(self) -> None:
        """Let go of what was kept for further pages."""
        self._kept.clear()

    async def read(
        self, resource: Resource, read: ReadResult, hosts: Iterable[str], again: Again
    ) -> tuple[ReadResult, Resource]:
        """The reading of the page after its scripts ran, and the resource that tells of it (`detail`); what was
        `read` before, and why, if that could not be done. `again` reads a body."""
        # Unchanged scripts say nothing of what they fetch: such a page is asked for anew every night.
        resource = replace(resource, etag="", last_modified="")
        route = urlsplit(resource.url).fragment
        if route:
            resource = replace(resource, final_url=f"{resource.final_url.partition('#')[0]}#{route}")
        body = await asyncio.to_thread(self._store.body, resource.sha256)
        drawn = await self._drawn(resource, body or b"", frozenset(hosts))
        if isinstance(drawn, RenderError):
            return read, replace(resource, detail=drawn.reason)
        html = drawn.html.encode("utf-8", "replace")
        archive = self._crawler.spider.site.archive
        if archive is not None:
            await asyncio.to_thread(archive.rendered, resource.final_url, html)
        sha256 = await asyncio.to_thread(self._store.add_body, html)
        resource = replace(resource, sha256=sha256, size=len(html), content_type=RENDERED_HTML, detail=RENDERED)
        return _settled(await again(html, resource), drawn, resource.final_url), resource

    async def _drawn(self, resource: Resource, body: bytes, hosts: frozenset[str]) -> RenderedPage | RenderError:
        if self._pages <= 0 or self._seconds <= 0:
            return RenderError("budget")
        self._pages -= 1
        began = time.monotonic()
        text, _ = decode(body, resource.content_type)
        try:
            return await self._renderer.render(
                resource.final_url, text.encode("utf-8", "replace"), "text/html; charset=utf-8", self._fetch, hosts
            )
        finally:
            self._seconds -= time.monotonic() - began

    async def _fetch(self, asked: BrowserRequest) -> BrowserResponse | None:
        """Ask through Scrapy: the gate, robots.txt, delays and size limits hold as for every page."""
        key = asked.url if asked.method == "GET" else ""
        if key in self._kept:
            return self._kept[key]
        try:
            request = Request(
                asked.url, method=asked.method, headers=dict(asked.headers), body=asked.body, dont_filter=True
            )
            response = await self._crawler.engine.download_async(request)
        except Exception:  # refused by the gate, forbidden, too large, gone: to the page all the same
            return None
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        answered = BrowserResponse(response.status, headers, response.body)
        if key and response.status == 200 and self._kept_bytes + len(response.body) <= _KEPT_BYTES:
            self._kept_bytes += len(response.body)
            self._kept[key] = answered
        return answered


def _settled(read: ReadResult, drawn: RenderedPage, url: str) -> ReadResult:
    """A page that came to rest holds what it has; one that was still at work when its time was up may lack some."""
    note = read.reading.note
    state = read.reading.state
    if not drawn.settled and not note:
        note, state = ReadNote.SCRIPT_FILLED, ReadState.PARTIAL
    moved = []
    for target in drawn.moved:
        with suppress(ValueError):
            moved.append(Link(canonical(target), "", via="script"))
    routes = any(link.fragment.startswith(_ROUTES) for link in read.reading.links)
    if note == read.reading.note and not moved and not routes:
        return read
    whole = decode_reading(read.packed)
    links = (*(_route(link) for link in whole.links), *moved)
    return result_of(replace(whole, note=note, state=state, links=links), url)


def _route(link: Link) -> Link:
    """Applications keep whole pages behind the fragment: such a link leads to an address of its own."""
    if not link.fragment.startswith(_ROUTES):
        return link
    return replace(link, url=f"{link.url}#{quote(link.fragment, safe='/!?=&-_.~')}", fragment="")
