"""Download slots shared by all spiders of a process: limits per server, rests that a server asked for, quiet hours.

Scrapy keeps its limits per spider. Agencies that share a server would each have their own there, so the slots are
kept here, once per process, and agencies that share a server are crawled by one process (crawler.process.sharding).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.core.downloader import Downloader, Slot
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import dnscache
from scrapy.utils.asyncio import call_later

from core.urls import netloc
from crawler.downloader.quiet_hours import THAI_TIME, QuietHours

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


_LOOK_AGAIN = 20.0
"""Seconds after which a wait is thought over again: clocks are set, and a night has an end."""


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
        self.owners: WeakKeyDictionary[Request, SharedDownloader] = WeakKeyDictionary()
        self._keys = dict(keys or {})
        self._local = local
        self._quiet = quiet
        self._now = now
        self._ticked = time.monotonic()
        self._was_quiet = False
        self._paused = 0.0

    def key(self, url: str) -> str:
        """The server that an address is on."""
        where = netloc(url)
        if where in self._local:
            return where
        host = (urlsplit(url).hostname or "").lower()
        return self._keys.get(host) or str(dnscache.get(host, host))

    def quiet_left(self) -> float:
        """Seconds of the quiet hours that are left, 0 outside of them."""
        left = self._quiet.left(self._now()) if self._quiet is not None else 0.0
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
    """A slot that can rest."""

    __slots__ = ("rest_until",)

    def __init__(self, concurrency: int, delay: float, jitter: float) -> None:
        super().__init__(concurrency, delay, jitter)
        self.rest_until = 0.0


class SharedDownloader(Downloader):
    """Scrapy's downloader with the slots of all spiders of the process."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.turns: SharedSlots = getattr(crawler.spider, "turns", None) or SharedSlots()
        self.slots = self.turns.slots

    def get_slot_key(self, request: Request) -> str:
        """One slot per server, whatever its names are."""
        return str(request.meta.get(self.DOWNLOAD_SLOT) or self.turns.key(request.url))

    def rest(self, request: Request, seconds: float) -> None:
        """Ask the request's server nothing for so long."""
        _, slot = self._get_slot(request)
        if isinstance(slot, RestingSlot):
            slot.rest_until = max(slot.rest_until, time.monotonic() + seconds)

    def slow_down(self, request: Request, at_most: float) -> None:
        """Ask the request's server half as often."""
        _, slot = self._get_slot(request)
        slot.delay = max(slot.delay, min(at_most, slot.delay * 2))

    def drop_waiting(self, reason: str) -> None:
        """Fail all requests of this spider that wait for their turn."""
        for slot in self.slots.values():
            mine = [entry for entry in slot.queue if self.turns.owners.get(entry[0]) is self]
            for entry in mine:
                slot.queue.remove(entry)
                entry[1].errback(IgnoreRequest(reason))

    def close(self) -> None:
        """End this spider's part; the slots go on for the others."""
        self._stop_slot_gc()

    def _get_slot(self, request: Request, spider: Any = None) -> tuple[str, Slot]:
        key = self.get_slot_key(request)
        if key not in self.slots:
            self.slots[key] = RestingSlot(self.ip_concurrency or self.domain_concurrency, self._delay, self._jitter)
            self._start_slot_gc()
        return key, self.slots[key]

    async def _enqueue_request(self, request: Request) -> Response:
        self.turns.owners[request] = self
        return await super()._enqueue_request(request)

    def _process_queue(self, slot: Slot) -> None:
        if slot.latercall is None and slot.queue:
            rest = getattr(slot, "rest_until", 0.0) - time.monotonic()
            wait = max(rest, self.turns.quiet_left())
            if wait > 0:
                slot.latercall = call_later(min(wait, _LOOK_AGAIN), self._latercall, slot)
                return
        super()._process_queue(slot)

    async def _wait_for_download(self, slot: Slot, request: Request, queue_dfd: Any) -> None:
        # The queue is served by whoever comes by; each request is sent and counted by the spider that it belongs to.
        owner = self.turns.owners.get(request, self)
        await Downloader._wait_for_download(owner, slot, request, queue_dfd)
