"""Scrapy's downloader with the slots of all spiders of the process.

Scrapy keeps its limits per spider. Agencies that share a server would each have their own there, so the slots are
kept once per process, and agencies that share a server are crawled by one process (crawler.process.sharding).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader, Slot
from scrapy.utils.asyncio import call_later

from core.models.snapshot import FetchOutcome
from crawler.downloader.slots import RestingSlot, SharedSlots
from crawler.failures import RefusedError
from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_LOOK_AGAIN = 20.0
"""Seconds after which a wait is thought over again: clocks are set, and a night has an end."""


class SharedDownloader(Downloader):
    """Scrapy's downloader with the slots of all spiders of the process."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        site = site_of(crawler)
        self.shared = site.services.slots if site is not None else SharedSlots()
        self.slots = self.shared.slots

    def get_slot_key(self, request: Request) -> str:
        """One slot per server, whatever its names are."""
        return str(request.meta.get(self.DOWNLOAD_SLOT) or self.shared.key(request.url))

    def rest(self, request: Request, seconds: float) -> None:
        """Ask the request's server nothing for so long."""
        _, slot = self._get_slot(request)
        if isinstance(slot, RestingSlot):
            slot.rest_until = max(slot.rest_until, time.monotonic() + seconds)

    def slow_down(self, request: Request, at_most: float) -> None:
        """Ask the request's server half as often."""
        _, slot = self._get_slot(request)
        slot.delay = max(slot.delay, min(at_most, slot.delay * 2))

    def keep_distance(self, request: Request, seconds: float) -> None:
        """Leave so many seconds between two requests to the request's server."""
        _, slot = self._get_slot(request)
        if isinstance(slot, RestingSlot):
            slot.least_delay = max(slot.least_delay, seconds)

    def drop_waiting(self) -> None:
        """Fail all requests of this spider that wait for their turn: a budget is used up."""
        for slot in self.slots.values():
            mine = [entry for entry in slot.queue if self.shared.owners.get(entry[0]) is self]
            for entry in mine:
                slot.queue.remove(entry)
                entry[1].errback(RefusedError(FetchOutcome.BUDGET))

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
        self.shared.owners[request] = self
        return await super()._enqueue_request(request)

    def _process_queue(self, slot: Slot) -> None:
        if slot.latercall is None and slot.queue:
            rest = getattr(slot, "rest_until", 0.0) - time.monotonic()
            wait = max(rest, self.shared.quiet_left())
            if wait > 0:
                slot.latercall = call_later(min(wait, _LOOK_AGAIN), self._latercall, slot)
                return
        super()._process_queue(slot)

    def _wait_for_download(self, slot: Slot, request: Request, queue_dfd: Any) -> Coroutine[Any, Any, None]:
        if isinstance(slot, RestingSlot):
            slot.starting.add(request)
        return self._start_download(slot, request, queue_dfd)

    async def _start_download(self, slot: Slot, request: Request, queue_dfd: Any) -> None:
        if isinstance(slot, RestingSlot):
            slot.starting.discard(request)
        # The queue is served by whoever comes by; each request is sent and counted by the spider that it belongs to.
        owner = self.shared.owners.get(request, self)
        await Downloader._wait_for_download(owner, slot, request, queue_dfd)
