"""Room on a disk and in a file, looked at before it is used up: a full disk leaves half-written rows to nobody."""

from __future__ import annotations

import os
import resource
import shutil
from contextlib import suppress
from pathlib import Path

from core.errors import RunError

LEAST_FREE = 100 << 20
"""Bytes that a disk must have left: the database's log alone may take some ten MB, a body 48."""
_LEAST_INODES = 500
"""Files and folders that a disk must have room for: each body is one, in up to two folders of its own."""
LEAST_FILE = 64 << 20
"""Bytes to which a file must be able to grow: a body has up to 48 MB."""
_GROWTH = 16 << 20
"""Bytes by which the largest file must be able to grow still: the database's log between two looks at it."""


def check_room(folder: Path) -> None:
    """Raise RunError with the path if the disk that a folder is on is full, or has no room for further files."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise RunError(f"the disk of {folder} is full: {free >> 20} MB left, {LEAST_FREE >> 20} MB are needed")
    disk = os.statvfs(folder)
    if disk.f_files and disk.f_favail < _LEAST_INODES:  # some file systems count none
        raise RunError(
            f"the disk of {folder} is full: {disk.f_favail} files more fit on it (inodes), {_LEAST_INODES} are needed"
        )


def check_growth(folder: Path) -> None:
    """Raise RunError with the path if a limit on the size of files (`ulimit -f`) leaves those in a folder no room.

    Other than a full disk it never heals: to wait for it would take a minute and a half a page, for nothing."""
    most, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most == resource.RLIM_INFINITY:
        return
    largest = 0
    for file in folder.glob("*"):
        with suppress(OSError):
            largest = max(largest, file.stat().st_size if file.is_file() else 0)
    needed = max(LEAST_FILE, largest + _GROWTH)
    if most < needed:
        raise RunError(
            f"cannot write to {folder}: its files may grow to {most / (1 << 20):.0f} MB only (ulimit -f), "
            f"{needed >> 20} MB are needed"
        )
