"""The order of a page on which headings stand in a column of their own and each one's text beside it. Programs draw
such a page column by column, or all headings first, and its text is given in that order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from documents.reading_order.columns import Piece

_APART = 7.0
"""Points between the feet of two lines of small print; nearer ones are one line."""
_BETWEEN = 4.0
"""Points that the heads' column ends at least before the texts'."""
_EDGE = 3.0
_ASIDE = 36.0
"""Points that heads begin at least before the texts beside them."""
_NARROW = 0.7
"""Part of the texts' width that the heads have at most: columns of a newspaper are alike."""
_LEAN = 0.45
"""Part of the way from line to line that a head in larger letters stands lower than its text."""
_WRAPPED = 1.3
"""Times the way from line to line from which on another text begins."""
_FAR = 2.0
"""The same for another head, whose letters may be larger."""
_FEWEST = 2
"""Heads that have a text beside them, which begins on the head's own line."""
_NUMBERED = re.compile(r"\s*(?:[^\W\d_]{1,8}\s?)?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})*\s?[.):/]?\s*\D")

_Line = tuple[int, Piece]


@dataclass(slots=True)
class _Row:
    """A head's lines, or a line over both columns or over all heads, and the texts that belong to it."""

    top: float
    head: list[_Line]
    texts: list[_Line] = field(default_factory=list)
    beside: bool = False


def hanging_order(texts: Sequence[str], places: Sequence[Piece | None]) -> list[int] | None:
    """The lines of a page, given in the order of drawing, in the order of reading, head by head; None if the page is no
    such page, or its lines go down in the order given. A line without a place stays behind the one before it."""
    lines = [(at, place) for at, place in enumerate(places) if place is not None]
    if not any(later.low - piece.low > _APART for (_, piece), (_, later) in pairwise(lines)):
        return None
    for edge in _edges(lines):
        rows = _rows(texts, lines, edge)
        if rows is not None:
            return _with_unplaced([at for row in rows for at, _ in (*row.head, *row.texts)], places)
    return None


def _edges(lines: Sequence[_Line]) -> list[float]:
    """Where the texts' column may begin: edges that several lines share, those of most lines first."""
    lefts = sorted(piece.left for _, piece in lines)
    shared = {left: sum(abs(other - left) <= _EDGE for other in lefts) for left in lefts}
    begun = sorted((left for left in shared if shared[left] >= _FEWEST), key=lambda left: (-shared[left], left))
    apart: list[float] = []
    for left in begun:
        if all(abs(left - other) > _EDGE for other in apart):
            apart.append(left)
    return apart


def _rows(texts: Sequence[str], lines: Sequence[_Line], edge: float) -> list[_Row] | None:
    """The page from the top down if its texts begin at an edge and heads stand before it."""
    heads = [line for line in lines if line[1].right < edge - _BETWEEN and line[1].left < edge - _ASIDE]
    beside = [line for line in lines if line[1].left >= edge - _EDGE]
    if len(heads) < _FEWEST or len(beside) < _FEWEST:
        return None
    narrow = max(piece.right - piece.left for _, piece in heads)
    if narrow > _NARROW * max(piece.right - piece.left for _, piece in beside):
        return None
    known = {at for at, _ in (*heads, *beside)}
    over = [line for line in lines if line[0] not in known]
    pitch = _pitch(beside)
    lean = max(_APART, _LEAN * pitch)
    rows = [*_heads(texts, _down(heads), _begun(beside, pitch), pitch), *(_Row(line[1].low, [line]) for line in over)]
    rows.sort(key=lambda row: -row.top)
    first = _Row(float("inf"), [])
    for line in _down(beside):
        above = [row for row in rows if row.top > line[1].low - lean]
        (above[-1] if above else first).texts.append(line)
    told = [row for row in rows if row.beside and row.texts]
    level = [row for row in told if abs(row.texts[0][1].low - row.top) <= lean]
    return [first, *rows] if len(told) >= _FEWEST and len(level) == len(told) else None


def _heads(texts: Sequence[str], heads: Sequence[_Line], begun: Sequence[float], pitch: float) -> list[_Row]:
    """The heads' lines, those of one head together: a head begins with a number, on a line on which a text begins, or
    far below the one before it."""
    found: list[_Row] = []
    for at, piece in heads:
        far = not found or found[-1].head[-1][1].low - piece.low > _FAR * pitch
        level = any(abs(low - piece.low) <= max(_APART, _LEAN * pitch) for low in begun)
        if far or level or _NUMBERED.match(texts[at]):
            found.append(_Row(piece.low, [(at, piece)], beside=True))
        else:
            found[-1].head.append((at, piece))
    return found


def _begun(beside: Sequence[_Line], pitch: float) -> list[float]:
    """Where texts begin: the feet of lines with more room above them than within a text."""
    lows = [piece.low for _, piece in _down(beside)]
    return [low for above, low in zip([float("inf"), *lows], lows, strict=False) if above - low > _WRAPPED * pitch]


def _pitch(lines: Sequence[_Line]) -> float:
    """The way from one line of a text to the next."""
    steps = [one.low - other.low for (_, one), (_, other) in pairwise(_down(lines))]
    near = sorted(step for step in steps if step > _APART)
    return median(near[: max(1, len(near) // 2)]) if near else 0.0


def _down(lines: Sequence[_Line]) -> list[_Line]:
    return sorted(lines, key=lambda line: -line[1].low)


def _with_unplaced(order: list[int], places: Sequence[Piece | None]) -> list[int]:
    done = list(order)
    for at, place in enumerate(places):
        if place is None:
            done.insert(done.index(at - 1) + 1 if at else 0, at)
    return done
