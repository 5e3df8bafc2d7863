"""Download slots shared by all spiders of a process: limits per server, and quiet hours."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.core.downloader import Slot
from scrapy.resolver import dnscache

from core.urls import netloc
from crawler.downloader.quiet_hours import THAI_TIME, QuietHours

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader


class SharedSlots:
    """What all spiders of a process share. `keys` says which hosts are one server; `local` are the host:port pairs
    opened on purpose, each a server of its own; `quiet` are the hours without requests."""

    def __init__(
        self,
        keys: Mapping[str, str] | None = None,
        local: frozenset[str] = frozenset(),
        quiet: QuietHours | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(THAI_TIME),
    ) -> None:
        self.slots: dict[str, Slot] = {}
        self.owners: WeakKeyDictionary[Request, Downloader] = WeakKeyDictionary()
        self._keys = dict(keys or {})
        self._local = local
        self._quiet = quiet
        self._now = now
        self._ticked = time.monotonic()
        self._was_quiet = False
        self._paused = 0.0

    def learn(self, keys: Mapping[str, str]) -> None:
        """Add hosts with the servers that they are on."""
        self._keys.update(keys)

    def key(self, url: str) -> str:
        """The server that an address is on."""
        where = netloc(url)
        if where in self._local:
            return where
        host = (urlsplit(url).hostname or "").lower()
        return self._keys.get(host) or str(dnscache.get(host, host))

    def quiet_left(self) -> float:
        """Seconds of the quiet hours that are left, 0 outside of them."""
        left = self._quiet.seconds_left(self._now()) if self._quiet is not None else 0.0
        now = time.monotonic()
        if self._was_quiet:
            self._paused += now - self._ticked
        self._ticked = now
        self._was_quiet = left > 0
        return left

    def clock(self) -> float:
        """Seconds that go on outside of the quiet hours only; for time budgets."""
        self.quiet_left()
        return time.monotonic() - self._paused


class RestingSlot(Slot):
    """A slot that can rest, and keeps the distance between requests that robots.txt asks for."""

    __slots__ = ("least_delay", "rest_until", "starting")

    def __init__(self, concurrency: int, delay: float, jitter: float) -> None:
        super().__init__(concurrency, delay, jitter)
        self.rest_until = 0.0
        self.least_delay = 0.0
        self.starting: set[Request] = set()
        """Requests whose download was decided and has not begun. Without a delay Scrapy takes these for free places,
        and sends all that waits at once."""

    def free_transfer_slots(self) -> int:
        """Number of requests that may be sent now."""
        return super().free_transfer_slots() - len(self.starting)

    def download_delay(self) -> float:
        """Seconds to the next request."""
        return max(self.least_delay, super().download_delay())
