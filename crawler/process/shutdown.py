"""The orderly end of a crawl process: asked for by closing its standard input, which also happens when the process
that started it dies. What was fetched is read if that takes no longer than a moment, then the process ends."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
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
    """Waits for the end of standard input and then ends the process. `spiders` tells which run."""

    def __init__(self, spiders: Callable[[], Collection[Stoppable]]) -> None:
        self._spiders = spiders
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: asyncio.Future[None] | None = None
        threading.Thread(target=self._watch, daemon=True).start()

    def ready(self) -> None:
        """Called in the event loop once it runs."""
        self._loop = asyncio.get_running_loop()

    def _watch(self) -> None:
        with suppress(OSError, ValueError):
            while os.read(sys.stdin.fileno(), 4096):
                pass
        if self._loop is None:
            _leave()
        else:
            self._loop.call_soon_threadsafe(self._begin)
            time.sleep(_MOMENT + 1)  # a loop that does not get to it is not waited for
            _leave()

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
