"""Room on a disk, looked at before it is used up: a full disk leaves half-written rows to nobody."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.errors import RunError

LEAST_FREE = 100 << 20
"""Bytes that a disk must have left: the database's log alone may take some ten MB, a body 48."""


def check_room(folder: Path) -> None:
    """Raise RunError with the path if the disk that a folder is on is full."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise RunError(f"the disk of {folder} is full: {free >> 20} MB left, {LEAST_FREE >> 20} MB are needed")
