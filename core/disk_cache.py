"""Values that take long to make, kept on this machine by what they were made of.

Unpickling runs what a file says: only files are read that nobody but this user could have written."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from core.atomic import write_atomic

_FOLDER = "oit"
_MOST = 8
"""Values of one kind that are kept."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
Value = TypeVar("Value")


def load_or_make(kind: str, digest: str, wanted: type[Value], make: Callable[[], Value]) -> Value:
    """The value that was kept under a digest of all that it is made of, else one that is made now and kept.

    Raises what `make` raises; without a folder of one's own nothing is kept."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{kind}-{digest}.pickle"
    with suppress(Exception):  # whatever is wrong with the file: it is made anew
        if _is_mine(path):
            found = pickle.loads(path.read_bytes())  # noqa: S301 - written by this user alone
            if isinstance(found, wanted):
                return found
    value = make()
    with suppress(OSError, pickle.PicklingError):
        older = sorted(folder.glob(f"{kind}-*.pickle"), key=lambda each: each.stat().st_mtime)
        for old in older[: -(_MOST - 1)]:
            old.unlink(missing_ok=True)
        write_atomic(path, pickle.dumps(value, protocol=5))
        path.chmod(0o600)
    return value


def _folder() -> Path | None:
    """The user's folder for such files, if it is theirs alone."""
    base = os.environ.get("XDG_CACHE_HOME") or ""
    with suppress(OSError, RuntimeError):
        folder = (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / _FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_mine(folder) else None
    return None


def _is_mine(path: Path) -> bool:
    """Whether a file or folder, itself and no link to another, can be written by its owner alone, who is this user."""
    found = path.lstat()
    return not stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
