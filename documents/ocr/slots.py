"""How many recognitions run at once on this machine, whatever the number of reader processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_WAIT = 0.05


def cores() -> int:
    """Processors that this process may use."""
    return max(1, len(os.sched_getaffinity(0)))


@contextmanager
def slot(folder: Path | None) -> Iterator[None]:
    """Hold one of as many places as there are cores; without a folder to meet in there is nothing to wait for.

    The places are locked files: a process that is killed gives its place back."""
    if folder is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        for number in range(cores()):
            place = FileLock(folder / f"slot-{number}", blocking=False)
            try:
                place.acquire()
            except Timeout:
                continue
            try:
                yield
            finally:
                place.release()
            return
        time.sleep(_WAIT)
