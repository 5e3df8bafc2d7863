"""In which of several columns a line stands that has nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_INDENT = 24.0
"""Points that a line may begin before or behind its column's edge, and one that ends before the next column."""

_FAR = 72.0
"""Points below the last line of the columns from which a line is not of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line's writing within one column: its edges in points."""

    left: float
    right: float
    low: float


def lone_lines(lines: Sequence[Sequence[Piece] | None]) -> dict[int, tuple[int, int]]:
    """Count the columns before and behind each line that stands in one of several: below one of several pieces, up to
    the first that runs over from one column into another, or whose place is not known."""
    found: dict[int, tuple[int, int]] = {}
    columns: Sequence[Piece] = ()
    low = 0.0
    for at, pieces in enumerate(lines):
        if pieces is None:
            columns = ()
        elif len(pieces) > 1:
            columns, low = pieces, pieces[0].low
        elif columns:
            column = _column(pieces[0], columns) if low - _FAR < pieces[0].low < low else None
            if column is None:
                columns = ()
            else:
                found[at] = (column, len(columns) - 1 - column)
                low = pieces[0].low
    return found


def _column(piece: Piece, columns: Sequence[Piece]) -> int | None:
    begun = [at for at, column in enumerate(columns) if piece.left >= column.left - _INDENT]
    if not begun:
        return None
    inside = begun[-1] == len(columns) - 1 or piece.right <= columns[begun[-1] + 1].left - _INDENT / 2
    return begun[-1] if inside else None
