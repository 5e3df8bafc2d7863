"""Standard input of a crawl process: one JSON line for each agency to crawl, and its end.

The orderly end is asked for by closing standard input, which also happens when the process that started it dies. What
was fetched is read if that takes no longer than a moment, then the process ends."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Protocol

STATUS = 130
_MOMENT = 2.0
"""Seconds for what is being read when the end is asked for."""
_LOOK_EVERY = 0.05


class Stoppable(Protocol):
    """What can be asked to stop: a spider."""

    @property
    def reading_now(self) -> int:
        """Number of answers that are being read."""

    def interrupt(self) -> None:
        """Ask for nothing more."""


class GracefulShutdown:
    """Hands on the lines of standard input and ends the process with it. `spiders` tells which run; `hear` is called
    in the event loop with each line."""

    def __init__(self, spiders: Callable[[], Collection[Stoppable]], hear: Callable[[bytes], None]) -> None:
        self._spiders = spiders
        self._hear = hear
        self._early: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: asyncio.Future[None] | None = None
        threading.Thread(target=self._watch, daemon=True).start()

    def ready(self) -> None:
        """Called in the event loop once it runs."""
        self._loop = asyncio.get_running_loop()
        self._hand_on()

    def _watch(self) -> None:
        with suppress(OSError, ValueError), os.fdopen(os.dup(sys.stdin.fileno()), "rb") as lines:
            for line in lines:
                self._early.put(line)
                if self._loop is not None:
                    self._loop.call_soon_threadsafe(self._hand_on)
        if self._loop is None:
            _leave()
        else:
            self._loop.call_soon_threadsafe(self._begin)
            time.sleep(_MOMENT + 1)  # a loop that does not get to it is not waited for
            _leave()

    def _hand_on(self) -> None:
        while not self._early.empty():
            self._hear(self._early.get())

    def _begin(self) -> None:
        for spider in self._spiders():
            spider.interrupt()
        self._waiting = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        until = time.monotonic() + _MOMENT
        while time.monotonic() < until and any(spider.reading_now for spider in self._spiders()):
            await asyncio.sleep(_LOOK_EVERY)
        _leave()


def _leave() -> None:
    for process in multiprocessing.active_children():
        with suppress(OSError):
            if process.pid is not None and os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(STATUS)
