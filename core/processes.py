"""Processes and their folders that never outlive the program that started them, however that one ends."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import RunError

_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_PREFIX = "oit-scratch-"
LEAST_MEMORY = 512 << 20
"""Bytes that a process must be allowed: a reader takes 500 MB of address space for a hundred honest bodies, and the
program itself 430."""
LEAST_FILES = 64
"""Open files that a process must be allowed: a crawl process and its readers take some forty for a single agency."""
LEAST_SECONDS = 600
"""Seconds of the processor that a process must be allowed: a list of some tens takes a crawl process a few minutes."""
_MEMORY_LIMITS = {resource.RLIMIT_AS: "ulimit -v", resource.RLIMIT_DATA: "ulimit -d"}


def end_with_parent(parent: int = 0) -> None:
    """Let the system kill this process when its parent ends; to be called in the child, first of all.

    With `parent` also if that one has ended already. Only Linux can do it; elsewhere nothing happens. The parent is the
    thread that started the process: it must live as long."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if parent and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def tie_command(command: Sequence[str]) -> list[str]:
    """Return a program's command line so that the system kills the program when the thread that starts it ends.

    For programs that are not ours and cannot call `end_with_parent`: util-linux' `setpriv` does it for them. Where that
    is not installed, the command as it is."""
    tool = shutil.which("setpriv") if sys.platform.startswith("linux") else None
    return [tool, "--pdeathsig", "KILL", "--", *command] if tool else list(command)


def raise_file_limit() -> int:
    """Allow this process as many open files as the system lets it have, and return how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def check_limits() -> None:
    """Raise RunError if this machine's own limits leave a process too little memory, time of the processor, or too few
    open files, to read honest sites with: what cannot be read for that says nothing of a site."""
    files = raise_file_limit()
    if files < LEAST_FILES:
        raise RunError(f"a process may have {files} open files only (ulimit -n), {LEAST_FILES} are needed")
    for kind, name in _MEMORY_LIMITS.items():
        most, _ = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY and most < LEAST_MEMORY:
            raise RunError(
                f"a process may have {most >> 20} MB of memory only ({name}), {LEAST_MEMORY >> 20} MB are needed"
            )
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):  # the soft limit ends a process too, and is ours to lift
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    if most != resource.RLIM_INFINITY and most < LEAST_SECONDS:
        raise RunError(
            f"a process may take {most} seconds of the processor only (ulimit -t), {LEAST_SECONDS} are needed"
        )


def memory_left() -> int | None:
    """Bytes that this machine's own limits let this process add, None if they set none."""
    sizes = Path("/proc/self/statm")
    pages = sizes.read_text().split() if sizes.exists() else ["0"] * 6
    used = {resource.RLIMIT_AS: int(pages[0]), resource.RLIMIT_DATA: int(pages[5])}
    left = [
        hard - used[kind] * resource.getpagesize()
        for kind in _MEMORY_LIMITS
        if (hard := resource.getrlimit(kind)[1]) != resource.RLIM_INFINITY
    ]
    return min(left, default=None)


def is_stopped(pid: int) -> bool:
    """Whether a process was stopped by a signal (SIGSTOP) and does not run; False where nothing tells."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] in ("T", "t")
    except (OSError, IndexError):
        return False


def make_scratch(parent: Path | None = None) -> Path:
    """A new folder for temporary files, named after this process; those of processes that were killed are removed.

    Raises OSError."""
    sweep_scratch(parent)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder for temporary files that goes at the end, and with the next one if this process is killed.

    Raises OSError."""
    folder = make_scratch()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch(parent: Path | None = None) -> None:
    """Remove the folders for temporary files of processes that are gone."""
    root = parent or Path(tempfile.gettempdir())
    for left in root.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if owner.isdigit() and not _is_alive(int(owner)) and left.stat().st_uid == os.geteuid():
                shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
