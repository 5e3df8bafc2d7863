"""Room for large bodies: how much a process holds of them at once is bounded over all its agencies.

A body has its place before most of it comes, as large as it may become, until nobody holds its bytes. Who waits is
served by what was held for its agency tonight, bytes times seconds: bodies that are kept back, or that many ask for at
once, cost the turns of their own agency. Small bodies, which is nearly all pages, take no place.
"""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response

SMALL = 1 << 20
"""Bytes of a body that takes no place; 60 agencies with six answers each are 360 MB of the worst."""
MOST = 512 << 20
"""Bytes of all places together: ten of the largest bodies, twice that where none tells its length."""
_USUAL = 10.0
"""Seconds that a large body is held, more or less."""
_LOOK = 2.0
"""Seconds that somebody waits before what is no longer used is looked for: an answer in a circle holds its place."""


class BodyRoom:
    """The room of one process. Used in the thread of its loop."""

    def __init__(self, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._held: set[Place] = set()
        self._waiting: list[Place] = []
        self._used: defaultdict[str, float] = defaultdict(float)
        self._of: weakref.WeakKeyDictionary[Response, Place] = weakref.WeakKeyDictionary()
        self._look: asyncio.TimerHandle | None = None
        self.unpacking = asyncio.Semaphore(1)
        """Held while much is unpacked in a thread: it takes tenths of a second, and of many at once the loop that
        serves all would have little."""

    def ask(self, owner: str, size: int) -> Place:
        """A place for one body of an agency, which is `given` at once or later. Whoever asks must see to its end."""
        place = Place(self, owner, min(size, self._most))
        self._waiting.append(place)
        self._admit()
        return place

    @property
    def taken(self) -> int:
        """Bytes of all places."""
        return sum(place.size for place in self._held)

    def place_of(self, response: Response) -> Place | None:
        """The place of an answer's body, None for one that is small."""
        return self._of.get(response)

    def let_go(self, response: Response) -> None:
        """Drop the body of an answer that is stored and needed no more, and give its place to others."""
        response._body = _Gone(len(response.body))
        place = self._of.get(response)
        if place is not None:
            place.leave()

    def bind(self, place: Place, response: Response) -> None:
        """Let a place last as long as an answer does."""
        self._of[response] = place
        place.last_with(response)

    def changed(self, place: Place) -> None:
        """Take in that a place has ended or has another size now."""
        if place in self._waiting:
            self._waiting.remove(place)
        self._admit()

    def ended(self, place: Place, used: float) -> None:
        """Take in that a place has ended, and what it has cost."""
        self._held.discard(place)
        self._used[place.owner] += used
        self.changed(place)

    def now(self) -> float:
        """The time of the room's clock."""
        return self._clock()

    def _claim(self, place: Place) -> float:
        """What an agency has had tonight, and would have: who has the least is first. Of many that are new and ask for
        much, nobody keeps one waiting that asks for little."""
        had = self._used[place.owner] + sum(other.used() for other in self._held if other.owner == place.owner)
        return had + place.size * _USUAL

    def _admit(self) -> None:
        while self._waiting:
            first = min(self._waiting, key=self._claim)
            if self.taken + first.size > self._most:
                self._look_later()
                return
            self._waiting.remove(first)
            self._held.add(first)
            first.give()

    def _look_later(self) -> None:
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(_LOOK, self._collect)

    def _collect(self) -> None:
        self._look = None
        if self._waiting:
            gc.collect()
            self._look_later()


class Place:
    """What one body takes up of the room."""

    def __init__(self, room: BodyRoom, owner: str, size: int) -> None:
        self.owner = owner
        self.size = size
        self.given: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._room = room
        self._since = 0.0
        self._before = 0.0
        """Bytes times seconds of another size that it had."""
        self._has_ended = False
        self._end: weakref.finalize[[], Response] | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is room."""
        return self.given.done()

    def give(self) -> None:
        """Take in that there is room."""
        self._since = self._room.now()
        if not self.given.done():
            self.given.set_result(None)

    def used(self) -> float:
        """Bytes times seconds so far."""
        return self._before + self.size * (self._room.now() - self._since) if self.is_given else 0.0

    def resize(self, size: int) -> None:
        """Have so many bytes from now on, as they turned out."""
        if self.is_given and not self._has_ended and size != self.size:
            self._before, self._since, self.size = self.used(), self._room.now(), size
            self._room.changed(self)

    def last_with(self, response: Response) -> None:
        """End when an answer does, and with no other. It may be dropped in any thread."""
        if self._end is not None:
            self._end.detach()
        loop = asyncio.get_running_loop()
        self._end = weakref.finalize(response, partial(_leave, loop, self))
        self._end.atexit = False

    def leave(self) -> None:
        """Give the room to others."""
        if self._has_ended:
            return
        self._has_ended = True
        if self._end is not None:
            self._end.detach()
        used = self.used()
        self.given.cancel()
        self._room.ended(self, used)


def _leave(loop: asyncio.AbstractEventLoop, place: Place) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(place.leave)


class _Gone(bytes):
    """Stands for a body that was dropped, and says how long it was: Scrapy counts what it holds by that."""

    def __new__(cls, size: int) -> _Gone:
        made = super().__new__(cls)
        made._size = size
        return made

    _size: int

    def __len__(self) -> int:
        return self._size
