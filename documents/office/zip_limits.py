"""Limits on what a zipped office file may unfold to."""

from __future__ import annotations

import zipfile

from core.models.snapshot import ReadNote
from documents.base import ReadError, ReadLimits

_MAX_MEMBERS = 10_000


def check_expansion(archive: zipfile.ZipFile, size: int, limits: ReadLimits) -> None:
    """Raise ReadError for a container with too many members or one that unfolds to too much."""
    check_members(archive)
    total = sum(info.file_size for info in archive.infolist())
    if total > limits.expanded or total > max(size, 1 << 16) * limits.ratio:
        raise ReadError(ReadNote.TOO_LARGE)


def check_members(archive: zipfile.ZipFile) -> None:
    """Raise ReadError for a container with too many members."""
    if len(archive.infolist()) > _MAX_MEMBERS:
        raise ReadError(ReadNote.TOO_LARGE)
