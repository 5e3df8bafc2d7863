"""The processes that a test looks at come and go meanwhile."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def command_of(pid: int) -> bytes:
    """The command line of a process, empty for one that has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
