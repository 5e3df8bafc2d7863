"""A body read and packed in the reader's process: what the crawl needs of it comes back, the text only as bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.storage.codec import PackedReading, pack_reading
from crawler.links.soft404 import signature
from documents.pool import Task

if TYPE_CHECKING:
    from core.models.snapshot import Reading


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one reading gave: `reading` without its blocks, all of it packed for the store, and its signature."""

    reading: Reading
    packed: PackedReading
    signature: str

    @property
    def recognised(self) -> int:
        """Pages recognised anew, as the night's account counts them."""
        return self.reading.recognised


@dataclass(frozen=True, slots=True)
class PackedTask(Task):
    """A task whose result is a parcel."""

    def do(self) -> Parcel:  # type: ignore[override]
        """Read the body and pack what was read."""
        return parcel(Task.do(self), self.url)

    def failed(self, note: str) -> Parcel:  # type: ignore[override]
        """The parcel of a body whose reader did not come back."""
        return parcel(Task.failed(self, note), self.url)


def parcel(reading: Reading, url: str) -> Parcel:
    """A reading as a parcel."""
    mark = signature(url, reading.title, reading.blocks, reading.state)
    return Parcel(replace(reading, blocks=()), pack_reading(reading, mark), mark)
