"""Faults in input files, with their place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_ALIKE = 60.0


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `line` and `column` count from 1; in a table the column is that of the cell."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def nearest(word: str, valid: Collection[str]) -> str:
    """', did you mean X?' for the valid word most like `word`, or nothing."""
    found = process.extractOne(word, sorted(valid), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return f", did you mean {found[0]!r}?" if found else ""
