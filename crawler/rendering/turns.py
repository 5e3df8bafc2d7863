"""Whose page is rendered next: agencies share the browser by the time that they have had, not by who came first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

SLOW = 8.0
"""Seconds of one page from which on it, and its agency's next, are slow; most pages come to rest in two."""


@dataclass(slots=True)
class _Owner:
    used: float = 0.0
    running: int = 0
    is_slow: bool = False
    waiting: list[asyncio.Future[None]] = field(default_factory=list)


class PageTurns:
    """Rooms for pages. While others wait, one agency has all rooms but one at most; and while slow pages have all of
    them, one room more is there for agencies whose pages are quick."""

    def __init__(self, rooms: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rooms = rooms
        self._clock = clock
        self._owners: dict[str, _Owner] = {}
        self._began: dict[int, tuple[str, float]] = {}
        self._last = 0

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[Callable[[], float]]:
        """Wait for the agency's turn; gives what tells how many seconds of it are gone."""
        await self._enter(name)
        self._last += 1
        ticket, began = self._last, self._clock()
        self._began[ticket] = (name, began)
        later = asyncio.get_running_loop().call_later(SLOW, self._admit)
        try:
            yield lambda: self._clock() - began
        finally:
            later.cancel()
            del self._began[ticket]
            owner = self._owners[name]
            owner.running -= 1
            owner.used += self._clock() - began
            owner.is_slow = self._clock() - began >= SLOW
            self._admit()

    async def _enter(self, name: str) -> None:
        owner = self._owners.setdefault(name, _Owner())
        if not owner.waiting and not owner.running:
            # Who has had nothing for a while begins level with the others.
            busy = [each.used for each in self._owners.values() if each.waiting or each.running]
            owner.used = max(owner.used, min(busy, default=0.0))
        let_in: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        owner.waiting.append(let_in)
        self._admit()
        try:
            await let_in
        except asyncio.CancelledError:
            if let_in in owner.waiting:
                owner.waiting.remove(let_in)
            elif let_in.done() and not let_in.cancelled():
                owner.running -= 1
                self._admit()
            raise

    def _admit(self) -> None:
        while (name := self._next()) is not None:
            owner = self._owners[name]
            owner.running += 1
            owner.waiting.pop(0).set_result(None)

    def _next(self) -> str | None:
        found = [name for name, owner in self._owners.items() if owner.waiting]
        running = sum(owner.running for owner in self._owners.values())
        if running >= self._rooms:
            if running > self._rooms or len(self._slow()) < running:
                return None
            found = [name for name in found if not self._owners[name].is_slow and name not in self._slow()]
        elif len(found) > 1:
            others = [name for name in found if self._owners[name].running < max(1, self._rooms - 1)]
            found = others or found
        return min(found, key=lambda name: self._owners[name].used, default=None)

    def _slow(self) -> list[str]:
        """The agencies of the pages under way that have taken long, one for each."""
        now = self._clock()
        return [name for name, began in self._began.values() if now - began >= SLOW or self._owners[name].is_slow]
