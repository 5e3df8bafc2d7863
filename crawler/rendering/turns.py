"""Whose page is rendered next: agencies share the browser by the time that they have had, not by who came first.

Of an agency that is new nobody knows whether its pages are slow. One that turns out so in the room that is for quick
ones gives way to those who wait, and is rendered later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

SLOW = 8.0
"""Seconds of one page from which on it, and its agency's next, are slow; most pages come to rest in two."""

TRIED = 5
"""Quick pages after which an agency is as good as any."""


@dataclass(slots=True)
class PageTurn:
    """One page's turn. `give_way` is set when it must end for others' sake."""

    name: str
    began: float
    is_extra: bool
    clock: Callable[[], float]
    give_way: asyncio.Event = field(default_factory=asyncio.Event)

    def taken(self) -> float:
        """Seconds of the turn that are gone."""
        return self.clock() - self.began


@dataclass(slots=True)
class _Owner:
    used: float = 0.0
    running: int = 0
    is_slow: bool = False
    quick: int = 0
    """Quick pages since the last slow one, up to `TRIED`."""
    waiting: list[asyncio.Future[bool]] = field(default_factory=list)
    """Each is told whether its room is the one more."""


class PageTurns:
    """Rooms for pages. While others wait, one agency has all rooms but one at most; and while slow pages have all of
    them, one room more is there for agencies whose pages are quick."""

    def __init__(self, rooms: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rooms = rooms
        self._clock = clock
        self._owners: dict[str, _Owner] = {}
        self._turns: list[PageTurn] = []

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[PageTurn]:
        """Wait for the agency's turn."""
        turn = PageTurn(name, 0.0, await self._enter(name), self._clock)
        turn.began = self._clock()
        self._turns.append(turn)
        later = asyncio.get_running_loop().call_later(SLOW, self._admit)
        try:
            yield turn
        finally:
            later.cancel()
            self._turns = [other for other in self._turns if other is not turn]
            owner = self._owners[name]
            owner.running -= 1
            owner.used += turn.taken()
            owner.is_slow = turn.taken() >= SLOW
            owner.quick = 0 if owner.is_slow else min(owner.quick + 1, TRIED)
            self._admit()

    async def _enter(self, name: str) -> bool:
        owner = self._owners.setdefault(name, _Owner())
        if not owner.waiting and not owner.running:
            # Who has had nothing for a while begins level with the others.
            busy = [each.used for each in self._owners.values() if each.waiting or each.running]
            owner.used = max(owner.used, min(busy, default=0.0))
        let_in: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        owner.waiting.append(let_in)
        self._admit()
        try:
            return await let_in
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
            is_extra = sum(each.running for each in self._owners.values()) >= self._rooms
            owner.running += 1
            owner.waiting.pop(0).set_result(is_extra)
        self._clear_extra()

    def _clear_extra(self) -> None:
        """Let a page that is slow in the room for quick ones give way, if somebody waits for that room."""
        slow = self._slow()
        waits = [name for name, owner in self._owners.items() if owner.waiting and not owner.is_slow]
        for turn in self._turns:
            if turn.is_extra and turn.taken() >= SLOW and any(name not in slow for name in waits):
                turn.give_way.set()

    def _next(self) -> str | None:
        found = [name for name, owner in self._owners.items() if owner.waiting]
        running = sum(owner.running for owner in self._owners.values())
        if running >= self._rooms:
            if running > self._rooms or len(self._slow()) < running:
                return None
            found = [name for name in found if not self._owners[name].is_slow and name not in self._slow()]
            # Who has proved to be quick first: ten new agencies may all turn out slow, one after the other.
            return min(found, key=lambda name: (-self._owners[name].quick, self._owners[name].used), default=None)
        elif len(found) > 1:
            others = [name for name in found if self._owners[name].running < max(1, self._rooms - 1)]
            found = others or found
        return min(found, key=lambda name: self._owners[name].used, default=None)

    def _slow(self) -> list[str]:
        """The agencies of the pages under way that have taken long, one for each."""
        return [turn.name for turn in self._turns if turn.taken() >= SLOW or self._owners[turn.name].is_slow]
