"""Errors that a user can mend, reported in one line each with their place."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterable
from dataclasses import dataclass

RUN_FAILED = 3
"""Exit status of a run that itself failed."""
_ALIKE = 60.0
"""Likeness (0-100) from which a valid word is offered for a wrong one."""


@dataclass(frozen=True, slots=True, order=True)
class InputFault:
    """One fault. `line` and `column` count from 1; in a table the column is that of the cell."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class InputError(Exception):
    """Wrong use or invalid input. `lines` holds one line per fault; nothing has been written."""

    def __init__(self, lines: str | Iterable[str]) -> None:
        self.lines = (lines,) if isinstance(lines, str) else tuple(lines)
        super().__init__("\n".join(self.lines))


class RunError(Exception):
    """The run itself failed, for a cause on this machine; the message is one line for the administrator."""


class StoreError(RunError):
    """The store cannot be used."""


class ObjectStoreError(StoreError):
    """An object store did not answer, or not as it should; it may in a moment."""


class RulesError(Exception):
    """The rules cannot be used. `faults` are all that were found, in the order of the file."""

    def __init__(self, faults: Iterable[InputFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def is_out_of_threads(error: BaseException) -> bool:
    """Whether this machine let no thread be started: the interpreter has no other name for it."""
    return type(error) is RuntimeError and str(error) == "can't start new thread"


_OF_ONE_FILE = frozenset(
    {
        errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EISDIR, errno.ENOTDIR, errno.EEXIST,
        errno.ENOTEMPTY, errno.ELOOP,
    }
)  # fmt: skip


def is_of_one_file(error: OSError) -> bool:
    """Whether an error is about one name (somebody else's file or folder, one that another program holds open on a
    shared disk) and says nothing about the disk, the memory or the limits of this machine."""
    return error.errno in _OF_ONE_FILE


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, or its class name if it has none."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def nearest(word: str, valid: Collection[str]) -> str:
    """Return ', did you mean X?' for the valid word most like `word`, or an empty string."""
    from rapidfuzz import fuzz, process  # loaded for a mistake only

    found = process.extractOne(word, sorted(valid), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return f", did you mean {found[0]!r}?" if found else ""
