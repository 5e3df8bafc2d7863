"""A body read and packed in the reader's process: what the crawl needs of it comes back, the text only as bytes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.models.snapshot import ReadNote
from core.storage.codec import EncodedReading, encode_reading
from crawler.downloader.room import SMALL
from crawler.links.soft404 import signature
from documents.pool import ReadTask

if TYPE_CHECKING:
    from core.models.snapshot import Reading
    from core.storage.store import Store

_MANY_LINKS = 2000
"""Hardly a page of an honest site has more."""
_LINK_BYTES = 400
"""Of a link without its texts."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one reading gave: `reading` without its blocks, all of it packed for the store, and its signature."""

    reading: Reading
    packed: EncodedReading
    signature: str
    pages: tuple[str, ...] = ()
    """Names of its recognised pages, where they were asked for."""
    held_back: int = 0
    """Bytes that its links take, where they are so many that they are in `packed` alone."""

    @property
    def recognised(self) -> int:
        """Pages recognised anew, as the night's account counts them."""
        return self.reading.recognised


@dataclass(frozen=True, slots=True)
class EncodedReadTask(ReadTask):
    """A task whose result is a parcel; with `names_pages` also the names of the body's recognised pages."""

    names_pages: bool = False

    def do(self) -> ReadResult:  # type: ignore[override]
        """Read the body and pack what was read."""
        if not self.names_pages:
            return lightened(result_of(ReadTask.do(self), self.url))
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as file:
            limits = replace(self.limits, pages_used=Path(file.name))
            found = result_of(ReadTask.do(replace(self, limits=limits)), self.url)
            return replace(lightened(found), pages=tuple(dict.fromkeys(file.read().split())))

    def failed(self, note: ReadNote) -> ReadResult:  # type: ignore[override]
        """The parcel of a body whose reader did not come back."""
        return result_of(ReadTask.failed(self, note), self.url)


def lightened(found: ReadResult) -> ReadResult:
    """A reading whose links are left in its packed form if they are many: hundreds of such pages may wait."""
    links = found.reading.links
    if len(links) <= _MANY_LINKS:
        return found
    size = sum(_LINK_BYTES + 2 * (len(link.url) + len(link.label) + len(link.context)) for link in links)
    return replace(found, reading=replace(found.reading, links=()), held_back=size)


def source_of(store: Store, body: bytes, sha256: str) -> bytes | Path:
    """Where a reader finds a stored body: in its file, that nobody holds it until a reader is free; what is small, or
    in no file of this machine, is handed over."""
    file = store.body_file(sha256) if len(body) > SMALL else None
    return body if file is None else file


def result_of(reading: Reading, url: str) -> ReadResult:
    """A reading as a parcel."""
    mark = signature(url, reading.title, reading.blocks, reading.state)
    return ReadResult(replace(reading, blocks=()), encode_reading(reading, mark), mark)
