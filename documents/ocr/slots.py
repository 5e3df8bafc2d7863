"""How many recognitions run at once on this machine, whatever the number of reader processes."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
            with (folder / f"slot-{number}").open("a") as handle:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        time.sleep(_WAIT)
