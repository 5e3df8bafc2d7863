"""Standard error that cannot fail: on a full disk, where its log lies too, the exit status must still tell what was
wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast


class _Steady:
    """A stream whose writes are lost where they cannot be made."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if it can be."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if it can be."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        """Whatever else the stream has."""
        return getattr(self._stream, name)


@contextmanager
def steady_stderr() -> Iterator[None]:
    """Let nothing that is said on standard error end the program."""
    before = sys.stderr
    if before is None:  # closed by who started the program (2>&-): there is nobody to be told
        sys.stderr = before = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the program's end
    sys.stderr = cast("TextIO", _Steady(before))
    try:
        yield
    finally:
        sys.stderr = before
        _let_go(before)


def _let_go(stream: TextIO) -> None:
    """Flush a stream; what it cannot write is lost here, or the interpreter ends with a status of its own over it."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
            stream.flush()
