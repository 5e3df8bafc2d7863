"""Where bodies are read: what was read on an earlier night is taken from the store, the rest goes to the readers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.models.snapshot import FetchOutcome, Link, Resource, ResourceKind
from core.storage.codec import EncodedReading, decode_head, decode_reading, encode_reading
from crawler.failures import outcome_from_note
from crawler.reading_tasks import EncodedReadTask, ReadResult, lightened, source_of
from documents.html.links import resolve, unfollowed
from documents.html.page import refresh_target

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.http import Response

    from core.storage.store import KnownAddress, Store
    from crawler.budget import Spent
    from crawler.downloader.room import BodyRoom
    from documents.base import ReadLimits
    from documents.pool import ReaderPool


_MUCH = 64 << 10
"""Bytes of a packed reading from which on it is unpacked in a thread; most have two."""
_HEAD = 1024
"""Bytes by which a page is told from a document."""


class CachedReader:
    """Reads one agency's bodies; their bytes go on its account. What waits for a reader is not held meanwhile."""

    def __init__(
        self, store: Store, pool: ReaderPool, room: BodyRoom, agency: str, limits: ReadLimits, spent: Spent
    ) -> None:
        self._store = store
        self._pool = pool
        self._room = room
        self._agency = agency
        self._limits = limits
        self._spent = spent

    async def read(self, response: Response, resource: Resource) -> tuple[ReadResult, Resource]:
        """What an answer with a body, or "not modified", holds; the resource with its hash and size."""
        found, resource = await self._read(response, resource)
        if "Refresh" in response.headers:
            found = await asyncio.to_thread(_with_refresh, found, response)
        return found, resource

    async def _read(self, response: Response, resource: Resource) -> tuple[ReadResult, Resource]:
        if response.status == 304:
            known: KnownAddress | None = response.meta.get("known")
            packed = self._store.reading_of(known) if known is not None else None
            if known is not None and packed is not None:
                old = known.resource
                resource = replace(
                    resource,
                    sha256=old.sha256,
                    size=old.size,
                    content_type=old.content_type,
                    http_status=200,
                    etag=resource.etag or old.etag,
                    last_modified=resource.last_modified or old.last_modified,
                )
                parcel = await self._known(packed)
                kept = None if parcel.reading.final else await asyncio.to_thread(self._store.body_source, old.sha256)
                return (parcel if kept is None else await self.by_reader(kept, resource)), resource
        size = len(response.body)
        self._spent.bytes += size
        sha256 = await asyncio.to_thread(self._store.add_body, response.body)
        resource = replace(resource, sha256=sha256, size=size)
        for kind in (ResourceKind.DOCUMENT, ResourceKind.PAGE):
            stored = self._store.find_reading(sha256, resource.final_url, kind)
            if stored is not None and (parcel := await self._known(stored)).reading.final:
                return parcel, resource
        source = source_of(self._store, response.body, sha256)
        if not isinstance(source, bytes):
            self._room.let_go(response)
        return await self.by_reader(source, resource), resource

    async def _known(self, packed: EncodedReading) -> ReadResult:
        if len(packed) < _MUCH:
            return _unpacked(packed)
        async with self._room.unpacking:
            return await asyncio.to_thread(_unpacked, packed)

    @staticmethod
    def outcome_of(resource: Resource) -> FetchOutcome:
        """What the reader found behind a 200: a page may ask to log in, or say that there is nothing."""
        return outcome_from_note(resource.read_note)

    async def by_reader(self, source: bytes | Path, resource: Resource) -> ReadResult:
        """What a reader process makes of a body, or of the file that holds it."""
        file = None if isinstance(source, bytes) else source
        task = EncodedReadTask(
            source if isinstance(source, bytes) else await asyncio.to_thread(_head, source),
            resource.final_url,
            resource.content_type,
            urlsplit(resource.final_url).path.rsplit("/", 1)[-1],
            self._limits,
            self._store.folder,
            self._agency,
            file,
        )
        pages = self._store.recognised
        if pages is None or task.is_markup or not resource.sha256:
            return await self._read_by(task)
        known = await asyncio.to_thread(pages.fetch, resource.sha256)
        found = await self._read_by(replace(task, names_pages=True))
        await asyncio.to_thread(pages.keep, resource.sha256, found.pages, known)
        return found

    async def _read_by(self, task: EncodedReadTask) -> ReadResult:
        found = await asyncio.wrap_future(self._pool.submit(task))
        assert isinstance(found, ReadResult)
        return found


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as body:
            return body.read(_HEAD)
    except OSError:
        return b""


def _with_refresh(found: ReadResult, response: Response) -> ReadResult:
    """What was read of a page, with the link to where its server sends the visitor on by a header of the answer."""
    written = refresh_target((response.headers.get("Refresh") or b"").decode("latin-1", "replace"))
    target = (resolve(response.url, written) or unfollowed(response.url, written)) if written else ""
    known = (link.url for link in found.reading.links)
    if found.reading.kind is not ResourceKind.PAGE or not target or target in {response.url, *known}:
        return found
    reading = decode_reading(found.packed)
    reading = replace(reading, links=(Link(target, "", via="meta"), *reading.links))
    packed = encode_reading(reading, found.signature)
    return lightened(replace(found, reading=replace(reading, blocks=()), packed=packed))


def _unpacked(packed: EncodedReading) -> ReadResult:
    reading, signature = decode_head(packed)
    return lightened(ReadResult(reading, packed, signature))
