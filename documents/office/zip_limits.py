"""Limits on what a zipped office file may unfold to."""

from __future__ import annotations

import zipfile

from core.models.snapshot import ReadNote
from documents.base import ReadError, ReadLimits


def check_expansion(archive: zipfile.ZipFile, size: int, limits: ReadLimits) -> None:
    """ReadError for a container with too many members or one that unfolds to too much."""
    total = sum(info.file_size for info in archive.infolist())
    if len(archive.infolist()) > 10_000 or total > limits.expanded or total > max(size, 1 << 16) * limits.ratio:
        raise ReadError(ReadNote.TOO_LARGE)
