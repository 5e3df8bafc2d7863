"""Read Word 97-2003 documents with antiword."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from core.models.snapshot import Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import reading_from_lines


def read_doc(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a Word 97-2003 document with antiword. Raises ReadError if it is absent or the file is broken."""
    program = shutil.which("antiword")
    if program is None:
        raise ReadError(ReadNote.NEEDS_TOOL, "antiword")
    with tempfile.NamedTemporaryFile(suffix=".doc") as handle:
        handle.write(body)
        handle.flush()
        try:
            done = subprocess.run(
                [program, "-m", "UTF-8.txt", "-w", "0", handle.name],
                capture_output=True,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ReadError(ReadNote.TIMEOUT) from error
    if done.returncode != 0:
        raise ReadError(ReadNote.BROKEN, done.stderr.decode("utf-8", "replace")[:200])
    return reading_from_lines(done.stdout.decode("utf-8", "replace")[: limits.text])
