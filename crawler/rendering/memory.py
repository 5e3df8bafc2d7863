"""What a page was after its scripts ran, remembered by its body: while what they ask for stays the same, so does it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crawler.rendering.clicks import BrowserRequest, OpenedState
from crawler.rendering.page import BrowserResponse, Fetch, RenderedPage

if TYPE_CHECKING:
    from core.models.snapshot import Resource
    from core.storage.store import Store

_KIND = "rendered"
_VERSION = 3
_MOST_REQUESTS = 60
"""Requests of a page up to which asking for them again is cheaper than a browser."""
_SHELF = ("etag", "last-modified")


class RenderMemory:
    """Rendered pages of earlier nights, each with what its scripts asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, resource: Resource, drawn: RenderedPage) -> None:
        """Remember a page that came to rest."""
        if not drawn.settled or len(drawn.answers) > _MOST_REQUESTS:
            return
        html = await self._add(drawn.html.encode("utf-8", "replace"))
        states = [
            [state.label, await self._add(state.file or state.html.encode("utf-8", "replace")), state.number]
            + ([state.content_type] if state.file else [])
            for state in drawn.states
        ]
        told = {
            "version": _VERSION,
            "asked": [_told(asked, answered) for asked, answered in drawn.answers.items()],
            "html": html,
            "states": states,
            "moved": drawn.moved,
            "documents": drawn.documents,
            "exhausted": drawn.exhausted,
        }
        value = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
        await asyncio.to_thread(self._store.cache_put, _KIND, _key(resource), value)

    async def recall(self, resource: Resource, fetch: Fetch) -> RenderedPage | None:
        """The page as it was, if each of its scripts' requests is answered as it was then."""
        value = await asyncio.to_thread(self._store.cache_get, _KIND, _key(resource))
        told = json.loads(value) if value else {}
        if told.get("version") != _VERSION:
            return None
        html = await self._body(told["html"])
        states = [await self._state(*state) for state in told["states"]]
        if html is None or not all(state.html or state.file for state in states):
            return None
        for asked in told["asked"]:
            if not await _is_unchanged(asked, fetch):
                return None
        moved = tuple((url, label) for url, label in told["moved"])
        page = html.decode("utf-8", "replace")
        return RenderedPage(page, True, moved, tuple(states), {}, tuple(told["documents"]), told["exhausted"])

    async def _state(self, label: str, sha256: str, number: int, content_type: str | None = None) -> OpenedState:
        """A further page, or with a type the file that came in its place; empty if it is kept no more."""
        body = await self._body(sha256) or b""
        if content_type is None:
            return OpenedState(label, body.decode("utf-8", "replace"), number)
        return OpenedState(label, "", number, body, content_type)

    async def _add(self, body: bytes) -> str:
        return await asyncio.to_thread(self._store.add_body, body)

    async def _body(self, sha256: str) -> bytes | None:
        return await asyncio.to_thread(self._store.body, sha256)


def _key(resource: Resource) -> str:
    return hashlib.sha256(f"{resource.sha256} {resource.final_url}".encode()).hexdigest()


def _told(asked: BrowserRequest, answered: BrowserResponse | None) -> dict[str, Any]:
    kept: Mapping[str, str] = {} if answered is None else answered.headers
    shelf = {name: value for key, value in kept.items() for name in [key.lower()] if name in _SHELF}
    return {
        "method": asked.method,
        "url": asked.url,
        "headers": dict(asked.headers),
        "body": base64.b64encode(asked.body).decode(),
        "answer": _mark(answered),
        **shelf,
    }


async def _is_unchanged(told: Mapping[str, Any], fetch: Fetch) -> bool:
    headers = dict(told["headers"])
    for header, name in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        if told.get(name) and told["method"] == "GET":
            headers[header] = told[name]
    asked = BrowserRequest(told["method"], told["url"], headers, base64.b64decode(told["body"]))
    answered = await fetch(asked)
    return (answered is not None and answered.status == 304) or _mark(answered) == told["answer"]


def _mark(answered: BrowserResponse | None) -> str:
    """What tells two answers apart."""
    return "" if answered is None else f"{answered.status} {hashlib.sha256(answered.body).hexdigest()}"
