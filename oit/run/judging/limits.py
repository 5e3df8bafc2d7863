"""What judging one agency may take: a site that takes longer, or more memory, is unchecked, and no other waits."""

from __future__ import annotations

import gc
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

MEMORY = 2 << 30
"""Bytes that judging may add; the largest honest sites measured take a quarter of it."""
LOADING_SECONDS = 120.0
"""Seconds of the processor to unpack what a crawl has stored."""
_LEAST_SECONDS = 15.0
_MOST_SECONDS = 900.0
_LETTERS_PER_SECOND = 100_000
"""Of honest text ten times as much is judged in a second."""
_OBJECTS = 50_000
"""Objects made between two looks for unused ones."""
WHOLE_SECONDS = LOADING_SECONDS + _MOST_SECONDS + 60
"""After which a judging process is ended from outside, whatever it is at."""


class OverrunError(Exception):
    """Judging takes more time or memory than one agency may have."""


def seconds_for(letters: int) -> float:
    """Seconds of the processor to judge a site, by the letters that it holds."""
    return min(_MOST_SECONDS, _LEAST_SECONDS + letters / _LETTERS_PER_SECOND)


def allow(seconds: float) -> None:
    """Give the work within `bounded` so many seconds of the processor from now on."""
    if threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_PROF, seconds)


@contextmanager
def limit_work(memory: int = MEMORY) -> Iterator[None]:
    """Raise OverrunError in what runs longer than was allowed, MemoryError in what takes too much memory.

    Only a process's main thread can be interrupted: elsewhere nothing is bounded but memory."""
    limit = resource.getrlimit(resource.RLIMIT_AS)
    before = None
    _limit_memory(memory, limit)
    if threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGPROF, _overrun)
    try:
        yield
    finally:
        if before is not None:
            allow(0)
            signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, limit)


@contextmanager
def rarely_swept() -> Iterator[None]:
    """Look for unused objects seldom: all that a snapshot is made of stays to the end of its judging, and looking
    through it again and again took a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _overrun(number: int, frame: FrameType | None) -> None:
    raise OverrunError("judging takes longer than one agency may")


def _limit_memory(memory: int, limit: tuple[int, int]) -> None:
    sizes = Path("/proc/self/statm")
    if not sizes.exists():
        return
    most = int(sizes.read_text().split()[0]) * resource.getpagesize() + memory
    soft, hard = limit
    if soft == resource.RLIM_INFINITY or soft > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
