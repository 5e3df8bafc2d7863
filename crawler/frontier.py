"""The addresses still to ask, likeliest first. Their number may be large, so the heap holds numbers only and all
else lies in a file without a name: a site of a hundred thousand links takes a few megabytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Any, Self

from crawler.links.number_set import NumberSet

_BASE = 1 << 24
"""Priorities are far below this; the heap's numbers order by priority first, then by discovery."""
_PLACES = 1 << 40
"""More than places in the file."""
_IN_MEMORY = 64 << 10
"""Bytes, some 300 addresses: most sites are small and take no file of their own."""
_MOST_BYTES = 64 << 20
"""Of one site's file: some 200,000 links as they are, 30,000 of the longest; a night reads 4,500 addresses."""
_MOST_WAITING = 200_000


class FrontierFullError(Exception):
    """More links wait than are kept of one site."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an address was found.

    `in_disclosures`: it stands in the content of a page of the disclosure part, or its own words speak of one.
    `may_disclose`: it could hold a disclosure for all that is known before it is read. `retries` counts
    the requests of the night before this one."""

    via: tuple[str, ...]
    label: str
    context: str
    depth: int
    in_disclosures: bool = False
    may_disclose: bool = True
    retries: int = 0

    @property
    def is_retry(self) -> bool:
        """Whether the address was asked for before in this night."""
        return self.retries > 0

    def as_retry(self) -> Provenance:
        """Return the same provenance for the next request."""
        return replace(self, retries=self.retries + 1)


class FrontierQueue:
    """A priority queue of addresses with the ways to them; each address is taken once."""

    def __init__(self, *, first_come: bool = False) -> None:
        self._heap: list[int] = []
        """Rank and place in one number each: a pair takes three times the memory."""
        self._seen = NumberSet()
        self._order = 0
        self._first_come = first_come
        self._bytes = 0
        self._way: tuple[tuple[str, ...], int] = ((), -1)
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="oit-pending-")  # noqa: SIM115 - closed by close()

    def __len__(self) -> int:
        return len(self._heap)

    def __contains__(self, url: str) -> bool:
        return hash(url) in self._seen

    @property
    def is_full(self) -> bool:
        """Whether no further address is kept."""
        return self._bytes >= _MOST_BYTES or len(self._heap) >= _MOST_WAITING

    def mark(self, url: str) -> None:
        """Treat this address as met: it is not taken."""
        self._seen.add(hash(url))

    def push(self, url: str, way: Provenance, priority: int) -> bool:
        """Keep an address to ask; false if it was met before. Raises FrontierFullError, and OSError where the disk is
        full: the address can then be met again."""
        if url in self:
            return False
        if self.is_full:
            raise FrontierFullError
        self.put_back(url, way, priority)
        self.mark(url)
        return True

    def put_back(self, url: str, way: Provenance, priority: int) -> None:
        """Keep an address to ask although it was met before. Raises OSError."""
        flags = [way.in_disclosures, way.may_disclose, way.retries]
        at = self._write([url, self._place(way.via), way.label, way.context, way.depth, *flags])
        self._order += 1
        rank = self._order if self._first_come else (_BASE - priority) * (1 << 40) + self._order
        heappush(self._heap, rank * _PLACES + at)

    def pop(self) -> tuple[str, Provenance]:
        """Take the likeliest address. Raises IndexError if there is none."""
        at = heappop(self._heap) % _PLACES
        url, place, *rest = self._read(at)
        return url, Provenance(tuple(self._read(place)) if place >= 0 else (), *rest)

    def _place(self, via: tuple[str, ...]) -> int:
        """Where the way to a page stands in the file, -1 for none: all links of the page share it."""
        if not via:
            return -1
        if self._way[0] != via:
            self._way = (via, self._write(via))
        return self._way[1]

    def _write(self, value: Sequence[object]) -> int:
        line = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        at = self._file.seek(0, 2)
        self._file.write(line)
        self._bytes = at + len(line)
        return at

    def _read(self, at: int) -> Any:
        self._file.seek(at)
        return json.loads(self._file.readline())

    def close(self) -> None:
        """Close the file."""
        self._heap.clear()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
