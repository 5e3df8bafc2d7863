"""Whose work a reader takes next: agencies share the readers by the time that they have had, not by who came first.

A page that takes a reader's whole time costs its own agency's turns. Beyond the readers there is one lane that is used
only while others are at slow work, and only for agencies whose work is quick: a few slow ones never make all wait. Of
an agency that is new nobody knows which it is: work that turns out slow there gives way, and is done later."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

SLOW = 3.0
"""Seconds of one piece of work from which on it gives way in the spare lane: most pages take hundredths."""
_LONG = 1 / 3
"""Part of them from which on work is no quick one, nor its agency's next: it opens the spare lane and has none."""
TRIED = 20
"""Pieces of quick work after which an agency is as good as any."""
_LOOK = 0.5
"""Seconds between looks whether work under way has become slow."""

Work = TypeVar("Work")


@dataclass(slots=True)
class _Owner(Generic[Work]):
    """One agency's work. `used` are seconds that count for its turns, `running` the beginnings of what is under way."""

    waiting: deque[Work] = field(default_factory=deque)
    used: float = 0.0
    running: list[float] = field(default_factory=list)
    is_slow: bool = False
    quick: int = 0
    """Pieces of quick work since the last slow one, up to `TRIED`."""


class Turns(Generic[Work]):
    """Work that waits, by owner. `lanes` workers serve it, and one more where `take` is told that it is the spare.

    With `quick_first` what has turned out slow waits until nothing is left that may be quick: for owners that have
    one piece of work each."""

    def __init__(
        self,
        lanes: int,
        clock: Callable[[], float] = time.monotonic,
        slow: float = SLOW,
        *,
        quick_first: bool = False,
    ) -> None:
        self._lanes = lanes
        self._clock = clock
        self._long = _LONG * slow
        self._quick_first = quick_first
        self._owners: dict[str, _Owner[Work]] = {}
        self._lost: defaultdict[str, float] = defaultdict(float)
        self._ready = threading.Condition()
        self._closed = False

    def put(self, owner: str, work: Work) -> None:
        """Let work wait for its owner's turn."""
        with self._ready:
            known = self._owners.setdefault(owner, _Owner())
            if not known.waiting and not known.running:
                # Who has had nothing for a while begins level with the others, not with a claim on all readers.
                level = min((o.used for o in self._owners.values() if o.waiting or o.running), default=0.0)
                known.used = max(known.used, level)
            known.waiting.append(work)
            self._ready.notify_all()

    def take(self, *, is_spare: bool = False, seconds: float | None = None) -> tuple[str, Work, float] | None:
        """The next work with its owner and the time of its beginning. None once all is done after `close`, or if
        nothing came in so many seconds."""
        until = None if seconds is None else self._clock() + seconds
        with self._ready:
            while True:
                name = self._next(is_spare=is_spare)
                if name is not None:
                    owner, began = self._owners[name], self._clock()
                    owner.running.append(began)
                    return name, owner.waiting.popleft(), began
                waits = any(owner.waiting for owner in self._owners.values())
                if (self._closed and not waits) or (until is not None and self._clock() >= until):
                    return None
                self._ready.wait(_LOOK if waits or until is not None else None)

    def done(self, name: str, began: float, *, lost: bool = False) -> None:
        """Work has ended. What is `lost` gave nothing: its reader ran out of time or died."""
        with self._ready:
            owner, took = self._owners[name], self._clock() - began
            owner.running.remove(began)
            owner.used += took
            owner.is_slow = took >= self._long
            owner.quick = 0 if owner.is_slow else min(owner.quick + 1, TRIED)
            if lost:
                self._lost[name] += took
            self._ready.notify_all()

    def must_give_way(self, name: str) -> bool:
        """Whether slow work keeps another agency waiting whose work may be quick."""
        with self._ready:
            others = (owner for other, owner in self._owners.items() if other != name and owner.waiting)
            return any(self._is_quick(owner) for owner in others)

    def put_back(self, name: str, work: Work, began: float) -> None:
        """Let work that was begun wait for a further turn, as the slow work that it is."""
        with self._ready:
            owner = self._owners[name]
            owner.running.remove(began)
            owner.used += self._clock() - began
            owner.is_slow, owner.quick = True, 0
            owner.waiting.appendleft(work)
            self._ready.notify_all()

    def seconds_lost(self, name: str) -> float:
        """Seconds of readers that an owner's work took and gave nothing."""
        with self._ready:
            return self._lost[name]

    def close(self) -> None:
        """Take no more work; what waits is done."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()

    def _next(self, *, is_spare: bool) -> str | None:
        found = [name for name, owner in self._owners.items() if owner.waiting]
        if is_spare:
            if not any(self._is_slow(owner) for owner in self._owners.values() if owner.running):
                return None
            if sum(len(owner.running) for owner in self._owners.values()) < self._lanes:
                return None
            found = [name for name in found if self._is_quick(self._owners[name])]
            # Who has proved to be quick first: ten new agencies may all turn out slow, one after the other.
            return min(found, key=lambda name: (-self._owners[name].quick, self._owners[name].used), default=None)
        if self._quick_first:
            found = [name for name in found if not self._owners[name].is_slow] or found
        return min(found, key=lambda name: self._owners[name].used, default=None)

    def _is_slow(self, owner: _Owner[Work]) -> bool:
        """Whether an owner's work is slow, for what it has under way or had last."""
        return owner.is_slow or any(self._clock() - began >= self._long for began in owner.running)

    def _is_quick(self, owner: _Owner[Work]) -> bool:
        return not self._is_slow(owner) and len(owner.running) < self._lanes
