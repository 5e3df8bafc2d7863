"""Errors that a user can mend, told in one line each."""

from __future__ import annotations

from collections.abc import Iterable


class InputError(Exception):
    """Wrong use or invalid input. `lines` holds one line per fault; the job has written nothing."""

    def __init__(self, lines: str | Iterable[str]) -> None:
        self.lines = (lines,) if isinstance(lines, str) else tuple(lines)
        super().__init__("\n".join(self.lines))


def first_line(error: BaseException) -> str:
    """The first line of an error's text, or its kind if it has none."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
