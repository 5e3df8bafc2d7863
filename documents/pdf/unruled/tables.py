"""Tables without rules: columns that only the places of their writing tell.

Such a table is taken for one if all of it can be shown: names that stand apart in a row, where they end and the rows
begin, room between two of them through which no letter of any row reaches, and no writing in a column without a name.
What cannot be shown so stays lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from documents.grid import Grid
from documents.pdf.unruled.columns import ASIDE, FREE, NEAR, WORDS, PlacedTable, cut, free, within
from documents.pdf.unruled.forms import forms
from documents.pdf.unruled.written_lines import Piece, WrittenLine, bold_pieces, written_lines

_COLUMNS = 3
"""Fewer columns are a text beside another one, or a form."""
_ROWS = 2
_HEAD_LINES = 4
_RUNNING = 3
"""Lines above a table that goes on from the page before."""
_MORE = 4
"""Lines below a table without numbers among which more of its rows may stand."""
_SHORT = 60
"""Characters of a line that may be a row, or a piece of one."""
_APART = 0.6
"""Of a line's height: the least room between two names of which each may have two words."""
_NUMBER = re.compile(r"\(?([\d๐-๙]{1,3})[.)]?")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_FOOT = re.compile(r"\W*(?:หน้า)?[\d๐-๙]{1,3}(?:[/\W]+[\d๐-๙]{1,3})?\W*")


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables without rules of a page from the top, and the one that reaches its end."""

    grids: tuple[Grid, ...] = ()
    last: PlacedTable | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """The names of a table's columns: their lines, the stretches that they take, and the rows below them."""

    first: int
    stop: int
    names: tuple[tuple[float, float], ...]
    numbered: bool
    """The first column numbers the rows."""
    starts: tuple[int, ...] = ()
    """The lines with which rows begin."""
    end: int = 0
    """The first line behind the rows."""

    def is_better(self, other: _Head | None) -> bool:
        """Whether it is the head of more."""
        mine = len(self.names) * (self.end - self.stop)
        return other is None or mine > len(other.names) * (other.end - other.stop)


def may_hold_table(texts: Sequence[str]) -> bool:
    """Whether the lines of a page are worth a look at their places: some stand in columns, or most are short."""
    tabbed = sum("\t" in text for text in texts)
    short = sum(len(text) <= _SHORT for text in texts)
    return tabbed >= _ROWS or (short >= 2 * _COLUMNS and 2 * short > len(texts))


def find_unruled(letters: Any, before: PlacedTable | None = None) -> Unruled:
    """The tables without rules of a text page (pypdfium2); with one that reached the end of the page `before` also what
    goes on with that one."""
    lines = written_lines(letters)
    stop = len(lines) - (len(lines) > 1 and _is_foot(lines[-1], lines[-2]))
    found: list[PlacedTable] = []
    if before is not None and (more := _going_on(lines[:stop], before, letters)) is not None:
        found.append(more)
    start = found[0].stop if found else 0
    for table in _tables(lines, start, stop, letters):
        found += [*forms(lines, start, table.starts[0], letters), table]
        start = table.stop
    found += forms(lines, start, stop, letters)
    grids = tuple(cut(lines, table) for table in found)
    is_last = bool(found) and found[-1].stop == stop and len(found[-1].edges) > _COLUMNS
    return Unruled(grids, found[-1] if is_last else None)


def _is_foot(line: WrittenLine, above: WrittenLine) -> bool:
    """Whether a page's last line is its number."""
    return (
        len(line.pieces) == 1
        and _FOOT.fullmatch(line.pieces[0].text) is not None
        and above.low - line.low > line.height
    )


def _tables(lines: Sequence[WrittenLine], start: int, stop: int, letters: Any) -> list[PlacedTable]:
    """The tables among some lines: the largest, and those above and below it."""
    best: _Head | None = None
    counts = [len(line.pieces) for line in lines[:stop]]
    for at in range(start, stop - 1):
        few = counts[at : at + _HEAD_LINES]
        if max(few) < 2 or sum(few) < _COLUMNS:
            continue
        head = _head_at(lines[:stop], at, letters)
        if head is not None and head.is_better(best):
            best = head
    if best is None:
        return []
    table = _table(lines, best)
    above = _tables(lines, start, best.first, letters)
    below = _tables(lines, best.end, stop, letters)
    return [*above, *([table] if table is not None else []), *below]


def _head_at(lines: Sequence[WrittenLine], at: int, letters: Any) -> _Head | None:
    """The head that begins with a line; None if no such one can be shown."""
    stop, numbered = _end_of_names(lines, at, letters)
    pieces = [piece for line in lines[at:stop] for piece in line.pieces]
    if not stop or not all(any(letter.isalpha() for letter in piece.text) for piece in pieces):
        return None
    best: _Head | None = None
    # A name of two words stands apart in itself, and what is below it may not.
    for apart in (FREE, _APART):
        names = _stretches(pieces, apart * lines[at].height)
        head = _with_rows(lines, _Head(at, stop, names, numbered), letters) if len(names) >= _COLUMNS else None
        if head is not None and head.is_better(best):
            best = head
    return best


def _end_of_names(lines: Sequence[WrittenLine], at: int, letters: Any) -> tuple[int, bool]:
    """The first line below the names that begin with a line, as the number of the first row or their bold letters show,
    and whether it was the number; 0 if neither does."""
    few = lines[at : at + _HEAD_LINES + 1]
    steps = [one.low - two.low for one, two in pairwise(few)]
    first = next((n for n, line in enumerate(few) if n and _number(line.pieces[0]) == 1), None)
    if first is not None:
        # Where cells stand in the middle of their rows, lines of the first row stand above its number.
        return at + 1 + max(range(first), key=lambda n: (round(steps[n]), n)), True
    for n, line in enumerate(few):
        bold = bold_pieces(letters, line.pieces if n else line.pieces[:1])
        if not any(bold):
            return (at + n if n and all(bold_pieces(letters, few[0].pieces)) else 0), False
        if not all(bold):
            break
    return 0, False


def _number(piece: Piece) -> int | None:
    found = _NUMBER.fullmatch(piece.text)
    return int(found[1].translate(_DIGITS)) if found is not None else None


def _stretches(pieces: Sequence[Piece], room: float) -> tuple[tuple[float, float], ...]:
    """The stretches that pieces take, from the left, with more than some room between them."""
    found: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if found and piece.left <= found[-1][1] + room:
            found[-1] = (found[-1][0], max(found[-1][1], piece.right))
        else:
            found.append((piece.left, piece.right))
    return tuple(found)


def _with_rows(lines: Sequence[WrittenLine], head: _Head, letters: Any) -> _Head | None:
    """A head with the rows below it, up to the first line that is none of them; None if there are too few."""
    stop = _end_of_columns(lines, head)
    step = min((one.low - two.low for one, two in pairwise(lines[head.first : stop])), default=0.0)
    if not _is_whole(lines, head, stop, step):
        return None
    if head.numbered:
        starts, end = _numbered_rows(lines, head, stop)
        enough = len(starts) >= _ROWS or (starts and all(bold_pieces(letters, lines[head.first].pieces)))
        # Numbers that begin anew below a line: the rest of the table.
        more = any(_number(line.pieces[0]) and _is_row(line, head) for line in lines[end:])
        return replace(head, starts=starts, end=end) if enough and not more else None
    starts_of: list[int] = []
    for at in range(head.stop, stop):
        begins = at == head.stop or lines[at - 1].low - lines[at].low > NEAR * step
        # A heading below the table, or a line of text, stands in no row.
        if (begins and len(lines[at].pieces) < 2) or any(bold_pieces(letters, lines[at].pieces)):
            stop = at
            break
        starts_of += [at] if begins else []
    if len(starts_of) == 1:
        # Rows as near to each other as the lines of one are.
        starts_of = [at for at in range(head.stop, stop) if lines[at].pieces[0].left < head.names[0][1]]
    if len(starts_of) < _ROWS or any(_is_row(line, head) for line in lines[stop : stop + _MORE]):
        return None
    return replace(head, starts=tuple(starts_of), end=stop)


def _is_row(line: WrittenLine, head: _Head) -> bool:
    """Whether a line below a table may be another row of it."""
    return len(line.pieces) > 1 and not _crosses(line, head)


def _is_whole(lines: Sequence[WrittenLine], head: _Head, stop: int, step: float) -> bool:
    """Whether neither the line above the names nor the first one that leaves no room between the columns seems to be of
    the table: writing that runs over into another column hides which one it is of."""
    if head.first:
        above = lines[head.first - 1]
        near = above.low - lines[head.first].low <= NEAR * step
        if near and (len(above.pieces) > 1 or not _crosses(above, head)):
            return False
    if stop < len(lines):
        below, room = lines[stop], lines[stop - 1].low - lines[stop].low
        furthest = max((one.low - two.low for one, two in pairwise(lines[head.first : stop])), default=0.0)
        if room <= (NEAR * furthest if len(below.pieces) > 1 else NEAR * step):
            return False
    return True


def _crosses(line: WrittenLine, head: _Head) -> bool:
    gaps = [(one[1], two[0]) for one, two in pairwise(head.names)]
    return not all(free(within(line, gap), gap, FREE * line.height) for gap in gaps)


def _end_of_columns(lines: Sequence[WrittenLine], head: _Head) -> int:
    """The first line below the names that leaves no room between two columns with those above it."""
    gaps = [(one[1], two[0]) for one, two in pairwise(head.names)]
    taken = [np.zeros((0, 2), np.float32)] * len(gaps)
    for at in range(head.stop, len(lines)):
        more = [np.concatenate((each, within(lines[at], gap))) for each, gap in zip(taken, gaps, strict=True)]
        least = FREE * lines[at].height
        if not all(free(each, gap, least) for each, gap in zip(more, gaps, strict=True)):
            return at
        taken = more
    return len(lines)


def _numbered_rows(lines: Sequence[WrittenLine], head: _Head, stop: int) -> tuple[tuple[int, ...], int]:
    """The lines with which numbered rows begin, and the first line behind the last one; none if they say nothing."""
    edge = head.names[1][0]
    places: list[int] = []
    for at in range(head.stop, stop):
        first = lines[at].pieces[0]
        if first.right < edge and _number(first) == len(places) + 1:
            places.append(at)
        elif first.left < head.names[0][1] and places:
            # Other writing in the column of numbers: what comes now is not of the table.
            stop = at
            break
    if not places or not any(len(line.pieces) > 1 for line in lines[head.stop : stop]):
        return (), stop
    steps = [lines[at - 1].low - lines[at].low for at in range(head.stop, stop)]
    starts = [head.stop]
    for one, two in pairwise(places):
        starts.append(max(range(one + 1, two + 1), key=lambda at: (round(steps[at - head.stop]), at)))
    within = [steps[at - head.stop] for at in range(head.stop + 1, places[-1] + 1) if at not in starts]
    least = min(lines[at - 1].low - lines[at].low for at in range(head.first + 1, stop))
    furthest = max([*within, NEAR * least])
    end = next((at for at in range(places[-1] + 1, stop) if steps[at - head.stop] > furthest), stop)
    return tuple(starts), end


def _table(lines: Sequence[WrittenLine], head: _Head) -> PlacedTable | None:
    """The table below a head; None if writing may stand in another column than it seems to."""
    body = lines[head.stop : head.end]
    height = lines[head.first].height
    inner: list[float] = []
    for one, two in pairwise(head.names):
        gap = (one[1], two[0])
        room = free(np.concatenate([within(line, gap) for line in body]), gap, FREE * height)
        # What stands between two names, apart from both, may be of either.
        if sum(right - left > WORDS * height for left, right in room) > 1:
            return None
        left, right = max(room, key=lambda each: each[1] - each[0])
        # Most columns begin at their edge, and what stands in the one before may reach further on the next page.
        inner.append(max((left + right) / 2, right - WORDS * height))
    whole = lines[head.first : head.end]
    left, right = min(line.pieces[0].left for line in whole), max(line.pieces[-1].right for line in whole)
    edges = (left - 2.0, *inner, right + 2.0)
    names = frozenset(piece.text for line in lines[head.first : head.stop] for piece in line.pieces)
    table = PlacedTable((head.first, *head.starts), head.end, edges, names)
    return table if _blanks_are_sure(head, body, edges) else None


def _blanks_are_sure(head: _Head, body: Sequence[WrittenLine], edges: Sequence[float]) -> bool:
    """Whether a column in which nothing is written has nothing: all columns begin at their left edges, or what stands
    beside it keeps away from its name."""
    height = body[0].height
    letters = np.concatenate([line.letters for line in body])
    reach: list[tuple[float, float] | None] = []
    for left, right in pairwise(edges):
        mine = letters[(letters[:, 0] >= left - 1) & (letters[:, 1] <= right + 1)]
        reach.append((float(mine[:, 0].min()), float(mine[:, 1].max())) if len(mine) else None)
    names = list(zip(head.names, reach, strict=True))
    if all(found is None or abs(found[0] - name[0]) <= ASIDE * height for name, found in names):
        return True
    for at, (name, found) in enumerate(names):
        before = reach[at - 1] if at else None
        behind = reach[at + 1] if at + 1 < len(reach) else None
        near = (before is not None and before[1] > name[0] - height) or (
            behind is not None and behind[0] < name[1] + height
        )
        if found is None and near:
            return False
    return True


def _going_on(lines: Sequence[WrittenLine], before: PlacedTable, letters: Any) -> PlacedTable | None:
    """The rows at the top of a page that stand in the columns of the table on the page before. Names that come again
    are one row."""
    inner = before.edges[1:-1]
    fits = [not any(((line.letters[:, 0] < x) & (line.letters[:, 1] > x)).any() for x in inner) for line in lines]
    start = next((at for at, line in enumerate(lines) if fits[at] and len(line.pieces) >= _COLUMNS), None)
    if start is None or start > _RUNNING:
        return None
    first = start
    while first < len(lines) and all(piece.text in before.names for piece in lines[first].pieces):
        first += 1
    step = min((one.low - two.low for one, two in pairwise(lines[start:])), default=0.0)
    stop = first
    while stop < len(lines) and fits[stop]:
        apart = stop > first and lines[stop - 1].low - lines[stop].low > NEAR * step
        if (apart and len(lines[stop].pieces) < 2) or any(bold_pieces(letters, lines[stop].pieces)):
            break
        stop += 1
    names = (start,) if first > start else ()
    return replace(before, starts=(*names, *range(first, stop)), stop=stop) if stop > first else None
