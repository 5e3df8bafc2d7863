"""Readers in processes of their own: a body that kills its reader costs itself only.

One thread waits for one process; what it reads is decided by bytes sent through a pipe. A process that runs out
of time is killed, one that dies is replaced, and one that has read many bodies is renewed (libraries leak).
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import resource
import signal
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawler.readers.base import ReadLimits
from oit.model import Reading, ReadState, ResourceKind

_RENEW_AFTER = 400
"""Bodies per process; memory of PDF and office libraries grows slowly."""
_GRACE = 5.0
"""Seconds beyond the reader's own limit before the process is killed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One body to read. `cache` is the folder of the store, for what is remembered by hash."""

    body: bytes
    url: str
    content_type: str
    name: str
    limits: ReadLimits
    cache: Path | None = None


class ReaderPool:
    """A few reader processes. `submit` returns at once with a Future of the Reading; it never fails."""

    def __init__(self, size: int) -> None:
        self._tasks: queue.Queue[tuple[Task, Future[Reading]] | None] = queue.Queue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(1, size))]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> Future[Reading]:
        """Queue a body for reading."""
        future: Future[Reading] = Future()
        self._tasks.put((task, future))
        return future

    def close(self) -> None:
        """Stop all processes after what is queued."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def _serve(self) -> None:
        worker: _Worker | None = None
        while True:
            item = self._tasks.get()
            if item is None:
                break
            task, future = item
            if worker is None or worker.served >= _RENEW_AFTER:
                if worker is not None:
                    worker.stop()
                worker = _Worker(task.limits)
            reading, alive = worker.read(task)
            if not alive:
                worker.stop()
                worker = None
            future.set_result(reading)
        if worker is not None:
            worker.stop()


class _Worker:
    def __init__(self, limits: ReadLimits) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_child, args=(theirs, limits.memory), daemon=True)
        self._process.start()
        theirs.close()
        self.served = 0

    def read(self, task: Task) -> tuple[Reading, bool]:
        """The reading and whether the process can go on."""
        self.served += 1
        try:
            self._pipe.send(task)
            if not self._pipe.poll(task.limits.seconds + _GRACE):
                return _failed(task, "timeout"), False
            reading = self._pipe.recv()
        except (EOFError, OSError):
            return _failed(task, "crashed"), False
        return (reading, True) if isinstance(reading, Reading) else (_failed(task, "crashed"), False)

    def stop(self) -> None:
        self._pipe.close()
        self._process.join(timeout=0.5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(timeout=2)


def _failed(task: Task, note: str) -> Reading:
    page = task.content_type.startswith("text/html")
    return Reading(
        kind=ResourceKind.PAGE if page else ResourceKind.DOCUMENT, state=ReadState.UNREAD,
        content_type=task.content_type.split(";")[0][:100], note=note,
    )  # fmt: skip


def _child(pipe: Connection, memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # numpy's library takes 40 MB of address space a core when it is loaded; on a big machine that is all there is.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from crawler.readers import read_body

    _limit(memory)
    while True:
        try:
            task: Any = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            reading = read_body(task.body, task.url, task.content_type, task.name, task.limits, task.cache)
        except MemoryError:
            reading = _failed(task, "too-large")
        except Exception:  # a reader's fault of any kind costs this body only
            reading = _failed(task, "crashed")
        try:
            pipe.send(reading)
        except (OSError, ValueError):
            return


def _limit(memory: int) -> None:
    used = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        if Path("/proc/self/statm").exists()
        else 0
    )
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
