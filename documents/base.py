"""What every reader takes and gives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind

RENDERED_HTML = "text/html; charset=utf-8; scripts=ran"
"""Type of a body that is a page as it was after its scripts ran."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits on reading one body. Sizes in bytes, time in seconds."""

    pages: int = 600
    """Pages of a document; a yearbook has 300, a scan of a whole archive must not stop the night."""
    seconds: float = 90.0
    memory: int = 1 << 30
    """Address space that a reader process may add."""
    text: int = 24 << 20
    """Characters of text taken from one body."""
    blocks: int = 60_000
    links: int = 20_000
    """Links of one body; a site's longest list of files has some thousand."""
    link_letters: int = 4 << 20
    """Letters of all their addresses, labels and contexts; 5,000 of the longest, 20,000 as they are."""
    expanded: int = 512 << 20
    """Bytes that a compressed container may unfold to."""
    ratio: int = 200
    """Times its own size that a container may unfold to."""
    members: int = 400
    ocr_pages: int = 40
    """Pages recognised per body in one night; the rest waits for the next."""
    ocr_seconds: float = 60.0
    """Time for one run of the recogniser."""
    ocr_agency_pages: int = 240
    """Pages recognised per agency in one night, all its bodies together."""
    progress: Path | None = None
    """A file that a person's page reads: how many pages of how many were recognised so far."""
    pages_used: Path | None = None
    """A file that gets the names of the recognised pages that the body has, a line each."""

    def tell_progress(self, done: int, among: int) -> None:
        """Write how far recognition is, where somebody waits for it."""
        if self.progress is not None:
            with suppress(OSError):
                self.progress.write_text(f"{done} {among}")

    def name_page(self, name: str) -> None:
        """Say that a recognised page is one of this body's, where that is kept."""
        if self.pages_used is not None:
            with self.pages_used.open("a", encoding="utf-8") as file:
                file.write(f"{name}\n")


class ReadError(Exception):
    """A body cannot be read; `note` says why."""

    def __init__(self, note: ReadNote, detail: str = "") -> None:
        super().__init__(detail or note)
        self.note = note


def unreadable(kind: ResourceKind, note: ReadNote, content_type: str = "") -> Reading:
    """The reading of a body that nothing could be got out of."""
    return Reading(kind=kind, state=ReadState.UNREAD, content_type=content_type, note=note)


def cut_short(reading: Reading) -> Reading:
    """The reading of a body whose end was left: what it does not hold may stand there."""
    if reading.state is not ReadState.READ:
        return reading
    return replace(reading, state=ReadState.PARTIAL, note=reading.note or ReadNote.TOO_LARGE)
