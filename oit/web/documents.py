"""Documents that are checked before they are published: read in limited processes, kept only until they are told."""

from __future__ import annotations

import secrets
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field

from core.models.snapshot import Reading
from documents.pool import ReaderPool
from oit.check_file import read_task

_PROCESSES = 1
"""A night may run beside it on the same machine."""
_WAITING = 8
"""Documents that are read or wait; of 48 MB each they are held in memory."""
_KEPT = 1800.0
"""Seconds after which a document is forgotten, read or not."""


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
    since: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> int:
        """How long it has been here."""
        return int(time.monotonic() - self.since)


class CheckDesk:
    """Takes documents, and forgets them. Safe for several threads."""

    def __init__(self) -> None:
        self._jobs: dict[str, CheckJob] = {}
        self._lock = threading.Lock()
        self._pool: ReaderPool | None = None

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
            cancelled = threading.Event()
            reading = self._pool.submit(read_task(body, name), cancelled)
            token = secrets.token_urlsafe(16)
            self._jobs[token] = CheckJob(name, body, item, edition, kind, owner, reading, cancelled)
            return token

    def find(self, token: str, owner: str) -> CheckJob | None:
        """A document of this session; None if it is forgotten or another's."""
        with self._lock:
            self._forget()
            job = self._jobs.get(token)
            return job if job is not None and secrets.compare_digest(job.owner, owner) else None

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
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

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
