"""Documents that are checked before they are published: read in limited processes, kept only until they are told."""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from core.models.snapshot import Reading
from core.processes import make_scratch
from documents.base import ReadLimits
from documents.crop_tasks import CropTask
from documents.highlight import Highlight
from documents.pool import ReaderPool
from oit.check_file import read_progress, read_task

_PROCESSES = 1
"""A night may run beside it on the same machine."""
_WAITING = 8
"""Documents that are read or wait; of 48 MB each they are held in memory."""
_KEPT = 1800.0
"""Seconds after which a document is forgotten, read or not."""
_PICTURES = 12
_DRAWING = ReadLimits(seconds=30, memory=768 << 20)
Marks = dict[str, tuple[Highlight, ...]]
Drawn = Future[tuple[bytes | None, ...]]


@dataclass(slots=True)
class CheckJob:
    """One document. `owner` is the digest of the session that handed it in: nobody else sees what was found."""

    name: str
    body: bytes
    item: str
    edition: str
    kind: str
    owner: str
    reading: Future[Reading]
    cancelled: threading.Event
    progress_file: Path
    since: float = field(default_factory=time.monotonic)
    elements: tuple[str, ...] = ()
    drawn: Drawn | None = None

    @property
    def seconds(self) -> int:
        """How long it has been here."""
        return int(time.monotonic() - self.since)

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many pages of how many were recognised; None while there is nothing to recognise."""
        return read_progress(self.progress_file)

    def picture(self, element: str) -> bytes:
        """The picture of an element's quote; empty if there is none, or none yet."""
        if self.drawn is None or not self.drawn.done() or element not in self.elements:
            return b""
        return self.drawn.result()[self.elements.index(element)] or b""


class CheckDesk:
    """Takes documents, and forgets them. Safe for several threads."""

    def __init__(self) -> None:
        self._jobs: dict[str, CheckJob] = {}
        self._lock = threading.Lock()
        self._pool: ReaderPool | None = None
        self._drawing: ReaderPool | None = None
        self._folder: Path | None = None

    def hand_in(self, name: str, body: bytes, item: str, edition: str, kind: str, owner: str) -> str | None:
        """Queue a document and return the token of its page; None if too many wait."""
        with self._lock:
            self._forget()
            mine = [token for token, job in self._jobs.items() if job.owner == owner]
            for token in mine[:-1]:
                self._drop(token)
            if sum(not job.reading.done() for job in self._jobs.values()) >= _WAITING:
                return None
            if self._pool is None:
                self._pool = ReaderPool(_PROCESSES)
            if self._folder is None:
                # Two numbers a document: how far its recognition is. Nothing of the document itself.
                self._folder = make_scratch()
            cancelled = threading.Event()
            token = secrets.token_urlsafe(16)
            progress = self._folder / token
            reading = self._pool.submit(read_task(body, name, progress), cancelled)
            self._jobs[token] = CheckJob(name, body, item, edition, kind, owner, reading, cancelled, progress)
            return token

    def find(self, token: str, owner: str) -> CheckJob | None:
        """A document of this session; None if it is forgotten or another's."""
        with self._lock:
            self._forget()
            job = self._jobs.get(token)
            return job if job is not None and secrets.compare_digest(job.owner, owner) else None

    def ahead_of(self, job: CheckJob) -> int:
        """How many documents are read before one that waits."""
        with self._lock:
            waiting = [other for other in self._jobs.values() if not other.reading.done()]
            return waiting.index(job) if job in waiting else 0

    def draw(self, job: CheckJob, marks: Marks, seconds: float) -> bool:
        """Draw the pages that marks are on, once; whether that is done after at most so many seconds."""
        with self._lock:
            if job.drawn is None:
                if self._drawing is None:
                    # Beside the reader: a long scan of somebody else is no reason to wait for a picture.
                    self._drawing = ReaderPool(1)
                job.elements = tuple(marks)[:_PICTURES]
                groups = tuple(marks[element] for element in job.elements)
                job.drawn = self._drawing.submit(CropTask(job.body, groups, _DRAWING), job.cancelled)
        with suppress(TimeoutError):
            job.drawn.result(timeout=seconds)
        return job.drawn.done()

    def cancel(self, token: str, owner: str) -> bool:
        """Stop reading a document and forget it."""
        job = self.find(token, owner)
        with self._lock:
            if job is None:
                return False
            self._drop(token)
            return True

    def close(self) -> None:
        """Forget everything and end the processes."""
        with self._lock:
            for token in list(self._jobs):
                self._drop(token)
            pools = [pool for pool in (self._pool, self._drawing) if pool is not None]
            self._pool = self._drawing = None
        for pool in pools:
            pool.close()
        with self._lock:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _forget(self) -> None:
        old = time.monotonic() - _KEPT
        for token in [token for token, job in self._jobs.items() if job.since < old]:
            self._drop(token)
        done = [token for token, job in self._jobs.items() if job.reading.done()]
        for token in done[:-_WAITING]:
            self._drop(token)

    def _drop(self, token: str) -> None:
        job = self._jobs.pop(token, None)
        if job is not None:
            job.cancelled.set()
            job.progress_file.unlink(missing_ok=True)
