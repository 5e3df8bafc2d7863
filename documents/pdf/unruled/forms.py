"""Forms without rules: labels in one column, and on the line of each what is said to it in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from documents.pdf.unruled.columns import ASIDE, NEAR, WORDS, PlacedTable
from documents.pdf.unruled.written_lines import Piece, WrittenLine, bold_pieces

_ROWS = 3
_ROOM = 1.5
"""Of a line's height: the least room between the first label and what is said to it."""


class _Kind(Enum):
    BOTH = 0
    RIGHT = 1
    OTHER = 2


def forms(lines: Sequence[WrittenLine], start: int, stop: int, letters: Any) -> Iterator[PlacedTable]:
    """The forms among some lines, from the top.

    Two columns of running text look much like one: in a form what is said goes on below without a label, and the next
    label stands further down than a line; or the labels, or the line of names above them all, are bold and the rest is
    not."""
    at = start
    while at < stop - 1:
        form = _form_at(lines, at, stop, letters)
        if form is not None:
            yield form
        at = form.stop if form is not None else at + 1


def _form_at(lines: Sequence[WrittenLine], at: int, stop: int, letters: Any) -> PlacedTable | None:
    first = lines[at]
    if len(first.pieces) < 2:
        return None
    widest = max(range(1, len(first.pieces)), key=lambda n: first.pieces[n].left - first.pieces[n - 1].right)
    if first.pieces[widest].left - first.pieces[widest - 1].right < _ROOM * first.height:
        return None
    left, right = first.pieces[0].left, first.pieces[widest].left
    end = at
    rows: list[int] = []
    while end < stop and (kind := _kind(lines[end], left, right)) is not _Kind.OTHER:
        rows += [end] if kind is _Kind.BOTH else []
        end += 1
    if len(rows) < _ROWS or not _is_form(lines, rows, end, right, letters):
        return None
    whole = lines[at:end]
    edges = (left - 2.0, right - WORDS * first.height / 2, max(line.pieces[-1].right for line in whole) + 2.0)
    return PlacedTable(tuple(rows), end, edges)


def _kind(line: WrittenLine, left: float, right: float) -> _Kind:
    """Whether a line has a label and what is said to it, or goes on with that."""
    labels = [piece for piece in line.pieces if piece.left < right - ASIDE * line.height]
    said = line.pieces[len(labels) :]
    if not said or abs(said[0].left - right) > ASIDE * line.height:
        return _Kind.OTHER
    if not labels:
        return _Kind.RIGHT
    begins = abs(labels[0].left - left) <= ASIDE * line.height
    return _Kind.BOTH if begins and labels[-1].right < right - WORDS * line.height else _Kind.OTHER


def _is_form(lines: Sequence[WrittenLine], rows: Sequence[int], end: int, right: float, letters: Any) -> bool:
    within = [lines[at - 1].low - lines[at].low for at in range(rows[0] + 1, end) if at not in rows]
    between = [lines[at - 1].low - lines[at].low for at in rows[1:]]
    least = min([*within, *between])
    if end < len(lines) and lines[end - 1].low - lines[end].low <= NEAR * least:
        # A label over two lines, or more text: its row is not known.
        return False
    if within and min(between) > NEAR * max(within):
        return True
    bold = [_bold_sides(lines[at].pieces, right, letters) for at in rows]
    named = bold[0] == (True, True) and not any(said or label for label, said in bold[1:])
    return named or all(label and not said for label, said in bold)


def _bold_sides(pieces: Sequence[Piece], right: float, letters: Any) -> tuple[bool, bool]:
    """Whether a row's label and what is said to it begin in bold letters."""
    bold = bold_pieces(letters, pieces)
    said = next(n for n, piece in enumerate(pieces) if piece.left > right - (right - pieces[0].left) / 4)
    return bold[0], bold[said]
