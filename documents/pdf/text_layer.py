"""The text layer of a PDF, page after page, in the order in which it was written.

`pdftotext -raw` runs beside the reader and its pages are taken as they come: one process for a whole document, and
never more than a few pages in memory. Where it is absent, fails or ends early, pdfium reads the page.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Any

from core.processes import tie_command
from documents.base import ReadLimits
from documents.pdf.open_page import OpenPage
from documents.thai_repair.marks import broken
from documents.thai_repair.page import PageText, repair_page

_PIECE = 1 << 16
_DOUBTFUL = 0.02
"""Share of broken marks from which another reading of the page is tried."""


class RawText:
    """Pages as `pdftotext -raw` gives them; a context manager, to be asked page by page from the first on.

    With `blank` the file is known to have no text: pdftotext is not asked."""

    def __init__(self, body: bytes, limits: ReadLimits, *, blank: bool = False) -> None:
        self._pieces = bytearray()
        self._left = limits.text * 3
        self._until = time.monotonic() + limits.seconds
        self._blank = blank
        self._process: subprocess.Popen[bytes] | None = None
        self._file: Any = None
        program = shutil.which("pdftotext")
        if program is None or blank:
            return
        try:
            self._file = tempfile.NamedTemporaryFile(suffix=".pdf")  # noqa: SIM115 - closed in __exit__
            self._file.write(body)
            self._file.flush()
            self._process = subprocess.Popen(
                tie_command([program, "-raw", "-q", "-enc", "UTF-8", "-l", str(limits.pages), self._file.name, "-"]),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            # No room on the disk or for a process: pdfium reads instead.
            self._stop()

    def __enter__(self) -> RawText:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        if self._file is not None:
            self._file.close()

    def has_more(self) -> bool:
        """Whether another page of text is left once all pages of the file were asked for."""
        return not self._blank and self.next() is not None

    def next(self) -> str | None:
        """The next page's text; None if there is none."""
        if self._blank:
            return ""
        at = self._pieces.find(b"\f")
        while at == -1:
            before = len(self._pieces)
            if not self._more():
                return None
            at = self._pieces.find(b"\f", before)
        page = bytes(self._pieces[:at])
        del self._pieces[: at + 1]
        return page.decode("utf-8", "replace")

    def _more(self) -> bool:
        process = self._process
        if process is None or process.stdout is None:
            return False
        pipe = process.stdout.fileno()
        ready, _, _ = select.select([pipe], [], [], max(0.0, self._until - time.monotonic()))
        piece = os.read(pipe, _PIECE) if ready else b""
        self._left -= len(piece)
        if not piece or self._left < 0:
            self._stop()
            return False
        self._pieces += piece
        return True

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdout is not None:
            process.stdout.close()
        process.kill()
        process.wait()


def best_text(raw: str | None, page: OpenPage) -> PageText:
    """A page's repaired text: of the readings of pdftotext and pdfium the one that holds more whole Thai."""
    if raw is None:
        return repair_page(page.text)
    text = repair_page(raw, lambda: page.text)
    doubt = broken(text.profile)
    if doubt < _DOUBTFUL and text.profile.letters:
        return text
    other = repair_page(page.text)
    if not text.profile.letters:
        return other
    better = broken(other.profile) < 0.7 * doubt and other.profile.letters > 0.9 * text.profile.letters
    return other if better else text
