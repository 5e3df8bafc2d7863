"""Files that people name on the command line."""

from __future__ import annotations

from pathlib import Path

from core.errors import InputError


def read_input(path: Path, most: int, what: str = "") -> bytes:
    """Return what a file holds. Raises OSError, and InputError for more than `most` bytes: the size that a pipe or a
    device (`/dev/zero`) tells is none."""
    with path.open("rb") as file:
        body = file.read(most + 1)
    if len(body) > most:
        raise InputError(f"{path}: larger than {most >> 20} MiB" + (f", too large for {what}" if what else ""))
    return body
