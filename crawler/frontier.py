"""The addresses still to ask, likeliest first. Their number may be large, so the heap holds numbers only and all
else lies in a file without a name: a site of a hundred thousand links takes a few megabytes."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Self

_BASE = 1 << 24
"""Priorities are far below this; the heap's numbers order by priority first, then by discovery."""
_IN_MEMORY = 64 << 10
"""Bytes, some 300 addresses: most sites are small and take no file of their own."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an address was found.

    `in_disclosures`: it stands in the content of a page of the disclosure part, or its own words speak of one.
    `may_disclose`: it could hold a disclosure for all that is known before it is read. `is_retry` marks the second
    request of the night."""

    via: tuple[str, ...]
    label: str
    context: str
    depth: int
    in_disclosures: bool = False
    may_disclose: bool = True
    is_retry: bool = False

    def as_retry(self) -> Provenance:
        """Return the same provenance for the second request."""
        return replace(self, is_retry=True)


class FrontierQueue:
    """A priority queue of addresses with the ways to them; each address is taken once."""

    def __init__(self, *, first_come: bool = False) -> None:
        self._heap: list[tuple[int, int]] = []
        self._seen: set[int] = set()
        self._order = 0
        self._first_come = first_come
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="oit-pending-")  # noqa: SIM115 - closed by close()

    def __len__(self) -> int:
        return len(self._heap)

    def __contains__(self, url: str) -> bool:
        return hash(url) in self._seen

    def mark(self, url: str) -> None:
        """Treat this address as met: it is not taken."""
        self._seen.add(hash(url))

    def push(self, url: str, way: Provenance, priority: int) -> bool:
        """Keep an address to ask; false if it was met before."""
        if url in self:
            return False
        self.mark(url)
        self.put_back(url, way, priority)
        return True

    def put_back(self, url: str, way: Provenance, priority: int) -> None:
        """Keep an address to ask although it was met before."""
        flags = [way.in_disclosures, way.may_disclose, way.is_retry]
        line = json.dumps([url, way.via, way.label, way.context, way.depth, *flags], ensure_ascii=False)
        at = self._file.seek(0, 2)
        self._file.write(line.encode("utf-8", "replace") + b"\n")
        self._order += 1
        rank = self._order if self._first_come else (_BASE - priority) * (1 << 40) + self._order
        heappush(self._heap, (rank, at))

    def pop(self) -> tuple[str, Provenance]:
        """Take the likeliest address. Raises IndexError if there is none."""
        _, at = heappop(self._heap)
        self._file.seek(at)
        url, via, *rest = json.loads(self._file.readline())
        return url, Provenance(tuple(via), *rest)

    def close(self) -> None:
        """Close the file."""
        self._heap.clear()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
