"""Standard streams that do not change the exit status: standard error cannot fail (on a full disk, where its log lies
too, the status must still tell what was wrong), and who reads no more of standard output ends nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast


class _Steady:
    """A stream whose writes are lost where they cannot be made, for causes of one kind."""

    def __init__(self, stream: TextIO, cause: type[OSError]) -> None:
        self._stream = stream
        self._cause = cause

    def write(self, text: str) -> int:
        """Write, if it can be."""
        with suppress(self._cause):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if it can be."""
        with suppress(self._cause):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        """Whatever else the stream has."""
        return getattr(self._stream, name)


@contextmanager
def steady_streams() -> Iterator[None]:
    """Let nothing that is said on standard error end the program, nor that nobody reads its output any more. What
    cannot be written for another cause (a full disk) is a result that is lost, and raises OSError."""
    output, errors = sys.stdout, sys.stderr
    if errors is None:  # closed by who started the program (2>&-): there is nobody to be told
        sys.stderr = errors = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the program's end
    sys.stderr = cast("TextIO", _Steady(errors, OSError))
    if output is not None:
        sys.stdout = cast("TextIO", _Steady(output, BrokenPipeError))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = output, errors
        _let_go(errors)
        if output is not None:
            _let_go(output)


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
