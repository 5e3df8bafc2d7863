"""Readers in processes of their own: a body that kills its reader costs itself only.

One thread waits for one process; what it reads is decided by bytes sent through a pipe. A process that runs out
of time is killed, one that dies is replaced, and one that has read many bodies is renewed (libraries leak).
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from core.errors import RunError
from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind
from core.processes import end_with_parent, make_scratch, memory_left
from core.storage.patience import try_again
from documents.base import ReadLimits
from documents.turns import SLOW, Turns

_RENEW_AFTER = 400
"""Bodies per process; memory of PDF and office libraries grows slowly."""
_GRACE = 5.0
"""Seconds beyond the reader's own limit before the process is killed."""

_OBJECTS = 20_000
"""Objects made by a reader between two looks for unused ones."""
_LOOK = 0.5
"""Seconds between looks whether work was cancelled."""
_BUSY = 3.0
"""Times slower than on a quiet machine that work may be before it is slow by the clock alone."""
_MARKUP_SECONDS = 30.0
"""Seconds of the processor for a page; the largest honest ones take five."""
_PATIENCE = 180.0
"""Seconds of readers that an agency may lose (two documents that end theirs) before each body of it gets less time."""
_IMPATIENT_SECONDS = 20.0
_START_SECONDS = 60.0
"""Within which a process starts; on a busy machine that takes longer than many a body."""
_LEAST_MEMORY = 256 << 20
"""Address space below which honest bodies cannot be read: where the machine's own limit leaves less, none is begun."""
_TIGHT = "a body could not be read: this machine's own limit leaves readers less memory than one may take"
_IDLE_SECONDS = 30.0
"""After which the spare reader is let go."""

Result = TypeVar("Result", covariant=True)


class Work(Protocol[Result]):
    """What a process can be asked to do. It is pickled, and so is its result."""

    @property
    def limits(self) -> ReadLimits:
        """Time and memory that it may take."""

    def do(self) -> Result:
        """The work itself; runs in the process with the limits."""

    def failed(self, note: ReadNote) -> Result:
        """The result where the process ran out of something (timeout, too-large) or died (crashed)."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One body to read. `cache` is the folder of the store, for what is remembered by hash; pages are recognised
    on the account of `agency`. Where a `file` holds the whole body, `body` is its beginning."""

    body: bytes
    url: str
    content_type: str
    name: str
    limits: ReadLimits
    cache: Path | None = None
    agency: str = ""
    file: Path | None = None

    @property
    def is_markup(self) -> bool:
        """Whether the body is a page: it needs no recognition, and must not reserve any."""
        head = self.body[:1024]
        return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"%PDF-" not in head

    def do(self) -> Reading:
        """Read the body."""
        from documents import read_document

        body = self.body if self.file is None else self.file.read_bytes()
        return read_document(body, self.url, self.content_type, self.name, self.limits, self.cache)

    def failed(self, note: ReadNote) -> Reading:
        """The reading of a body whose reader did not come back."""
        # Whatever its server calls it: an unread page may lead to anything, an unread document says nothing.
        is_page = self.is_markup or self.content_type.lower().startswith(("text/html", "application/xhtml"))
        return Reading(
            kind=ResourceKind.PAGE if is_page else ResourceKind.DOCUMENT,
            state=ReadState.UNREAD,
            content_type=self.content_type.split(";")[0][:100],
            note=note,
        )


class _Accounts:
    """Pages that each agency has had recognised tonight."""

    def __init__(self) -> None:
        self._spent: Counter[str] = Counter()
        self._lock = threading.Lock()

    def reserve(self, task: ReadTask) -> ReadTask:
        """The task with no more pages than its agency has left."""
        with self._lock:
            left = max(0, task.limits.ocr_agency_pages - self._spent[task.agency])
            pages = min(task.limits.ocr_pages, left)
            self._spent[task.agency] += pages
        return replace(task, limits=replace(task.limits, ocr_pages=pages))

    def total(self) -> int:
        """All pages that were recognised."""
        with self._lock:
            return self._spent.total()

    def settle(self, task: ReadTask, recognised: int) -> None:
        """Give back what was reserved and not used."""
        with self._lock:
            self._spent[task.agency] -= task.limits.ocr_pages - recognised


class ReaderPool:
    """A few reader processes. `submit` returns at once with a Future of the result. It fails with RunError alone: a
    body for which this machine could start no reader, which says nothing of the body.

    A process is killed `grace` seconds after the time that its work was allowed. Agencies take turns; while work of
    more than `slow` seconds has all processes, one more is started for the others. With `quick_first` slow work gives
    way in all of them, and is begun anew when nothing else is left."""

    def __init__(self, size: int, grace: float = _GRACE, slow: float = SLOW, *, quick_first: bool = False) -> None:
        self._grace = grace
        self._slow = slow
        self._gives_way = quick_first
        self._turns: Turns[_Waiting] = Turns(max(1, size), slow=slow, quick_first=quick_first)
        self._accounts = _Accounts()
        self._scratch: Path | None = None
        self._making = threading.Lock()
        self._threads = [threading.Thread(target=self._serve, args=(False,), daemon=True) for _ in range(max(1, size))]
        self._threads.append(threading.Thread(target=self._serve, args=(True,), daemon=True))
        for thread in self._threads:
            thread.start()

    def submit(self, work: Work[Result], cancelled: threading.Event | None = None) -> Future[Result]:
        """Queue a body for reading, or other work on one.

        Once `cancelled` is set, work that waits is not begun and a process at it is killed: its result is then that
        of work that ran out of time."""
        future: Future[Result] = Future()
        self._turns.put(_owner(work), (work, future, cancelled))
        return future

    def seconds_lost(self, agency: str) -> float:
        """Seconds of readers that an agency's bodies took and gave nothing for."""
        return self._turns.seconds_lost(agency)

    @property
    def recognised(self) -> int:
        """Pages that were recognised for agencies so far."""
        return self._accounts.total()

    def close(self) -> None:
        """Stop all processes after what is queued."""
        self._turns.close()
        for thread in self._threads:
            thread.join(timeout=10)
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _serve(self, is_spare: bool) -> None:
        worker: _Worker | None = None
        while True:
            taken = self._turns.take(is_spare=is_spare, seconds=_IDLE_SECONDS if worker and is_spare else None)
            if taken is None:
                if worker is None or not is_spare:
                    break
                worker.stop()
                worker = None
                continue
            owner, asked, began = taken
            work, future, cancelled = asked
            if cancelled is not None and cancelled.is_set():
                self._turns.done(owner, began)
                future.set_result(work.failed(ReadNote.TIMEOUT))
                continue
            work = self._within_patience(work)
            counted = isinstance(work, ReadTask) and bool(work.agency) and not work.is_markup
            if counted:
                work = self._accounts.reserve(cast("ReadTask", work))
            yields = is_spare or self._gives_way
            must_give_way = partial(self._turns.must_give_way, owner) if yields else _never
            try:
                result, worker, is_lost = self._perform(work, worker, _Leave(cancelled, must_give_way, self._slow))
            except _GaveWayError:
                if counted:
                    self._accounts.settle(cast("ReadTask", work), 0)
                self._turns.put_back(owner, asked, began)
                worker = None
                continue
            except RunError as error:
                self._turns.done(owner, began)
                if counted:
                    self._accounts.settle(cast("ReadTask", work), 0)
                worker = None
                future.set_exception(error)
                continue
            self._turns.done(owner, began, lost=is_lost)
            if counted:
                self._accounts.settle(cast("ReadTask", work), cast("Reading", result).recognised)
            future.set_result(result)
        if worker is not None:
            worker.stop()

    def _perform(self, work: Work[Any], worker: _Worker | None, leave: _Leave) -> tuple[Any, _Worker | None, bool]:
        """The result, the process if it can go on, and whether the work cost one. Raises _GaveWayError, and RunError
        for a body that no process could be started for.

        Work whose process died is done once more: it may have been the machine that ended it, and what it ended must
        not be told of the site."""
        for is_last in (False, True):
            if worker is None or worker.served >= _RENEW_AFTER:
                if worker is not None:
                    worker.stop()
                worker = self._start(work.limits)
            if worker is None:
                break
            try:
                result, alive = worker.do(work, leave)
            except _GaveWayError:
                worker.stop()
                raise
            except _NotStartedError:
                worker.stop()
                worker = None
                continue
            except _DiedError:
                if worker.is_tight and isinstance(work, ReadTask):
                    worker.stop()
                    raise RunError(_TIGHT) from None
                result, alive = work.failed(ReadNote.CRASHED), False
                is_last = is_last or leave.is_cancelled
            else:
                is_last = True
            if alive:
                return result, worker, False
            worker.stop()
            worker = None
            if is_last:
                return result, None, True
        if isinstance(work, ReadTask):
            raise RunError("no reader can be started: this machine has no memory, no descriptor or no process left")
        return work.failed(ReadNote.CRASHED), None, False

    def _start(self, limits: ReadLimits) -> _Worker | None:
        """A new process; None if this machine has no descriptor, no memory or no process left, and none for a while."""
        with self._making, suppress(OSError):  # without a folder of their own they use the common one
            self._scratch = self._scratch or make_scratch()
        try:
            return try_again(lambda: _Worker(limits, self._grace, self._scratch))
        except (OSError, MemoryError):
            return None

    def _within_patience(self, work: Work[Any]) -> Work[Any]:
        """The work with the time that it may take: less for whose bodies have ended readers before."""
        if not isinstance(work, ReadTask):
            return work
        if not work.agency or self._turns.seconds_lost(work.agency) < _PATIENCE:
            return work
        return replace(work, limits=replace(work.limits, seconds=min(work.limits.seconds, _IMPATIENT_SECONDS)))


_Waiting = tuple[Work[Any], Future[Any], threading.Event | None]


def _owner(work: Work[Any]) -> str:
    return str(getattr(work, "agency", ""))


class _DiedError(Exception):
    """A process ended in the middle of its work."""


class _NotStartedError(Exception):
    """A process ended, or was not ready in time, before it was given work."""


class _State(Enum):
    """What a process says of itself when it has started."""

    READY = "ready"
    TIGHT = "tight"
    """It may read, and what it cannot read may be for want of memory that any other machine has."""
    NO_MEMORY = "no memory"


class _Starved:
    """The result of work for which the memory did not do, where this machine leaves less than it may take."""


class _GaveWayError(Exception):
    """Work turned out to be slow where only quick work is done."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Leave:
    """What ends work before its time: somebody cancelled it, or it is slow and must give way to others."""

    cancelled: threading.Event | None
    must_give_way: Callable[[], bool]
    slow: float
    """Seconds of the processor from which on it is."""

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self.cancelled is not None and self.cancelled.is_set()


class _Worker:
    """One process. Its temporary files lie in a folder of its own, which goes with it."""

    def __init__(self, limits: ReadLimits, grace: float, scratch: Path | None) -> None:
        self._grace = grace
        self._folder: Path | None = None
        if scratch is not None:
            with suppress(OSError):
                self._folder = Path(tempfile.mkdtemp(dir=scratch))
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_child, args=(theirs, limits.memory, os.getpid(), self._folder), daemon=True
        )
        self._process.start()
        theirs.close()
        self.served = 0
        self.is_tight = False

    def do(self, work: Work[Any], leave: _Leave) -> tuple[Any, bool]:
        """The result and whether the process can go on. Raises _NotStartedError, _DiedError and _GaveWayError."""
        self.served += 1
        if self.served == 1:
            self._await_start()
        try:
            self._pipe.send(work)
            processor = _MARKUP_SECONDS if isinstance(work, ReadTask) and work.is_markup else math.inf
            if not self._answers(work.limits.seconds + self._grace, processor, leave):
                return work.failed(ReadNote.TIMEOUT), False
            result = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _DiedError from error
        if isinstance(result, _Starved):
            raise _DiedError
        return result, True

    def _await_start(self) -> None:
        try:
            state = self._pipe.recv() if self._pipe.poll(_START_SECONDS) else _State.NO_MEMORY
        except (EOFError, OSError) as error:
            raise _NotStartedError from error
        if state is _State.NO_MEMORY:
            raise _NotStartedError
        self.is_tight = state is _State.TIGHT

    def _answers(self, seconds: float, processor: float, leave: _Leave) -> bool:
        """Whether the process answered in time, on the clock and on the processor's, and nobody cancelled its work.
        Raises _GaveWayError."""
        began, before = time.monotonic(), _processor_seconds(self._process.pid)
        while (left := began + seconds - time.monotonic()) > 0 and not leave.is_cancelled:
            if self._pipe.poll(min(left, _LOOK)):
                return True
            used = _processor_seconds(self._process.pid) - before
            if used > processor:
                return False
            # On a busy machine quick work takes long on the clock as well.
            is_slow = used >= leave.slow or time.monotonic() - began >= _BUSY * leave.slow
            if is_slow and leave.must_give_way():
                raise _GaveWayError
        return False

    def stop(self) -> None:
        self._pipe.close()
        self._process.join(timeout=0.5)
        if self._process.exitcode != 0:
            # With all that it has started: a recogniser without its reader would go on for minutes.
            if self._process.pid is not None:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.join(timeout=2)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _processor_seconds(pid: int | None) -> float:
    """What a process has had of the processors so far; 0 where nothing tells."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def collect_seldom() -> None:
    """Let this process look for what is no longer used as seldom as a reader does.

    A page is a tree of some thousand objects that all live until it is read: looking through them every 700 objects
    takes a tenth of the time."""
    gc.set_threshold(_OBJECTS, 20, 20)


def _child(pipe: Connection, memory: int, parent: int, folder: Path | None) -> None:
    end_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if folder is not None:
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    # numpy's library takes 40 MB of address space a core when it is loaded; on a big machine that is all there is.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.setpgid(0, 0)

    collect_seldom()
    state = _limit(memory)
    _silence()
    pipe.send(state)
    if state is _State.NO_MEMORY:
        return
    while True:
        try:
            work: Any = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = work.do()
        except MemoryError:
            result = _failed(work, ReadNote.TOO_LARGE, state)
        except Exception:  # a reader's fault of any kind costs this body only
            result = _failed(work, ReadNote.CRASHED, state)
        try:
            pipe.send(result)
        except (OSError, ValueError):
            return


def _silence() -> None:
    """Let nothing that a library says of a body reach the log: it is the body's own text, or ten kilobytes of a
    crash, for every one of a site's files."""
    with suppress(OSError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 2)
        os.close(nothing)


def _failed(work: Work[Any], note: ReadNote, state: _State) -> Any:
    """The result of work that failed. A library that finds no memory fails in any way it likes."""
    is_starved = state is _State.TIGHT and isinstance(work, ReadTask)
    return _Starved() if is_starved else work.failed(note)


def _limit(memory: int) -> _State:
    """Let this process add so much memory, or what this machine's own limits leave; whether that is enough to read."""
    left = memory_left()
    sizes = Path("/proc/self/statm")
    used = int(sizes.read_text().split()[0]) * resource.getpagesize() if sizes.exists() else 0
    is_tight = left is not None and left < memory
    most = used + (left if left is not None and is_tight else memory)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not is_tight:
        return _State.READY
    return _State.TIGHT if most - used >= min(memory, _LEAST_MEMORY) else _State.NO_MEMORY
