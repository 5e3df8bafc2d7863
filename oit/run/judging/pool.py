"""Agencies judged in processes of their own: one that never comes back is ended, and only its agency is unchecked."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from core.errors import StoreError
from core.models.agency import Agency
from core.models.snapshot import ReadNote
from documents.base import ReadLimits
from documents.pool import ReaderPool, Work
from oit.run.judging.limits import MEMORY, WHOLE_SECONDS

_LIMITS = ReadLimits(seconds=WHOLE_SECONDS, memory=MEMORY + (256 << 20))
_AHEAD = 4
"""Agencies per process that are handed out at once: their results wait here, 1 MB each."""
_SLOW = 30.0
"""Seconds of the processor from which on an agency's judging lets others go first: nearly all take less than ten."""
_PATIENCE = 15.0
"""Seconds without a result after which further agencies are handed out: those that are may all take long."""

Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True)
class Judge(Generic[Checked]):
    """How an agency is judged, and what it is where that cannot be: two functions of a module, which are pickled."""

    check: Callable[[Agency], Checked]
    fail: Callable[[Agency, BaseException], Checked]


@dataclass(frozen=True, slots=True)
class _CheckWork(Generic[Checked]):
    """One agency to judge. An error of the store is the result, since it is no agency's fault."""

    judge: Judge[Checked]
    checked: Agency
    limits: ReadLimits = _LIMITS

    @property
    def agency(self) -> str:
        """Whose turn it is."""
        return self.checked.id

    def do(self) -> Checked | StoreError:
        """Judge the agency."""
        try:
            return self.judge.check(self.checked)
        except StoreError as error:
            return error

    def failed(self, note: ReadNote) -> Checked:
        """The agency unchecked, with what ended its judging."""
        return self.judge.fail(self.checked, RuntimeError(f"the judging process ended: {note.value}"))


class JudgingPool(Generic[Checked]):
    """A few judging processes. What takes long is judged when nothing else waits."""

    def __init__(self, judge: Judge[Checked], processes: int) -> None:
        self._judge = judge
        self._pool = ReaderPool(processes, slow=_SLOW, quick_first=True)
        self._stopped = threading.Event()

    def submit(self, agency: Agency) -> Future[Checked | StoreError]:
        """Judge an agency as soon as a process is free."""
        work: Work[Checked | StoreError] = cast("Any", _CheckWork(self._judge, agency))
        return self._pool.submit(work, self._stopped)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes: when all is judged, or now."""
        if at_once:
            self._stopped.set()
        self._pool.close()


def check_in_pool(judge: Judge[Checked], agencies: Sequence[Agency]) -> Iterator[Checked]:
    """Judge agencies side by side, each as it comes. Raises StoreError."""
    processes = min(os.cpu_count() or 1, len(agencies))
    pool = JudgingPool(judge, processes)
    left = deque(agencies)
    waiting: set[Future[Checked | StoreError]] = set()
    ahead, is_done = _AHEAD * processes, False
    try:
        while left or waiting:
            while left and len(waiting) < ahead:
                waiting.add(pool.submit(left.popleft()))
            done, waiting = wait(waiting, _PATIENCE, return_when=FIRST_COMPLETED)
            if not done:
                ahead += processes
            while done:  # none is held longer than its turn
                checked = done.pop().result()
                if isinstance(checked, StoreError):
                    raise checked
                yield checked
        is_done = True
    finally:
        pool.close(at_once=not is_done)
