"""What a process of the reader pool is asked to draw: crops of evidence pages with the quote marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.models.snapshot import ReadNote
from documents.base import ReadLimits
from documents.highlight import Highlight


@dataclass(frozen=True, slots=True)
class CropTask:
    """Work for a reader process: one crop for each group of marks, those of a group on one page."""

    body: Path | bytes
    """The document, or where it lies: what somebody only shows us is in no file."""
    groups: tuple[tuple[Highlight, ...], ...]
    limits: ReadLimits

    def do(self) -> tuple[bytes | None, ...]:
        """PNG files in the order of the groups; None where the page or the quote is not there."""
        from documents.evidence_crops import render_crops  # only the process that draws loads what it takes

        data = self.body if isinstance(self.body, bytes) else self.body.read_bytes()
        return tuple(render_crops(data, self.groups))

    def failed(self, note: str) -> tuple[bytes | None, ...]:
        """No pictures; empty ones where another time may do better."""
        return (b"" if note == ReadNote.TIMEOUT else None,) * len(self.groups)
