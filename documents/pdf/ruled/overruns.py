"""Writing in a table that runs on over the rule beside it: it is the cell's that it begins in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from documents.grid import Grid, GridCell
from documents.pdf.open_page import OpenPage
from documents.pdf.page_objects import address, letter_boxes, letter_calls

_TOUCH = 1.5
"""Points from a rule at which letters stand that run over it: a cell's own keep more away."""
_SPACE, _OVER = 0.5, 0.3
"""Sizes of a letter: the widest space between words, and how far a letter may reach back over the one before it."""
_SEAM = 0.05
"""Sizes of a letter between two pieces of text that are one; the neighbour's own text begins a piece too."""
_HALF = 0.5
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_SARA_AM = "ำ"
"""Reaches back over the letter before it, marks and all."""
_LINE_END = re.compile("[\\r\\n]")
_LEFT, _RIGHT, _LOW = 0, 1, 2
"""Edges of a letter in the order in which pdfium gives them."""
_AT_ONCE = 1 << 20
"""Pairs of runs and cells that are compared at once."""


class _Run(NamedTuple):
    """Writing without a gap on one line: from where to where its text goes, its edges, and its height."""

    start: int
    stop: int
    """Where the next begins."""
    left: float
    begins: float
    """The middle of its first letter."""
    right: float
    middle: float
    size: float


class Overruns:
    """The letters of one page by their places, which are asked for where some stand on a rule."""

    def __init__(self, page: OpenPage) -> None:
        self._cut = page.text_within
        self._letters = page.letters
        self._page = address(page.letters.raw)

    def join(self, grid: Grid, lines: Sequence[list[str]], mend: Callable[[str], str]) -> None:
        """Put what runs over a table's rules back into the lines of the cell it begins in; `mend` repairs a line."""
        if not self._is_crossed(grid, lines):
            return
        runs = self._runs
        homes = _homes(runs, grid.cells)
        touched: set[int] = set()
        for run, home in zip(runs, homes, strict=True):
            if home is not None and run.right > grid.cells[home].right + _HALF:
                touched |= {home, *_under(run, grid.cells)}
        for number in touched:
            mine = [run for run, home in zip(runs, homes, strict=True) if home == number]
            lines[number][:] = [line for line in map(mend, self._lines(mine)) if line]

    def _is_crossed(self, grid: Grid, lines: Sequence[list[str]]) -> bool:
        """Whether letters stand on a rule between two cells that both hold some, or right beside it."""
        at = {(cell.row, cell.col): number for number, cell in enumerate(grid.cells)}
        edges: dict[float, bool] = {}
        for number, cell in enumerate(grid.cells):
            beside = at.get((cell.row, cell.col + cell.span_cols))
            if beside is None or not lines[number] or not lines[beside]:
                continue
            if cell.right not in edges:
                edges[cell.right] = self._stands_at(cell.right, grid.bottom, grid.top)
            if edges[cell.right] and self._stands_at(cell.right, cell.bottom, cell.top):
                return True
        return False

    def _stands_at(self, edge: float, bottom: float, top: float) -> bool:
        return bool(self._cut(edge - _TOUCH, bottom + _TOUCH, edge + _TOUCH, top - _TOUCH).strip())

    @cached_property
    def _text(self) -> str:
        return str(self._letters.get_text_range(errors="ignore"))

    @cached_property
    def _runs(self) -> list[_Run]:
        text = self._text
        letters, lines = _written(text)
        if not letters:
            return []
        boxes, owners, sizes = self._places(letters)
        # A list for each edge: a list for each letter costs more than all else.
        lefts, rights, lows = (boxes[:, edge].tolist() for edge in (_LEFT, _RIGHT, _LOW))
        begun, reached = [0], []
        line, foot, size, owner, right = lines[0], lows[0], sizes[0], owners[0], 0.0
        for n, (at, its_line, left, low, its_owner) in enumerate(zip(letters, lines, lefts, lows, owners, strict=True)):
            goes_on = its_line == line
            if goes_on and n != begun[-1] and text[at] != _SARA_AM:
                over, space = (_OVER, _SPACE) if its_owner == owner else (_SEAM, _SEAM)
                goes_on = abs(low - foot) <= _HALF * size and -over * size <= left - right <= space * size
            if not goes_on:
                begun.append(n)
                reached.append(right)
                line, foot, size, right = its_line, low, sizes[n], 0.0
            right, owner = max(right, rights[n]), its_owner
        starts = [letters[n] for n in begun]
        firsts = boxes[begun].tolist()
        return list(map(_run, starts, [*starts[1:], len(text)], firsts, [*reached, right], [sizes[n] for n in begun]))

    def _places(self, letters: Sequence[int]) -> tuple[npt.NDArray[np.float64], list[int], list[float]]:
        """Of some letters of the text the edges (left, right, lower, upper), the piece of text, and the size of its
        first letter among them."""
        call = letter_calls()
        numbers = list(map(call.number, repeat(self._page), letters))
        boxes = letter_boxes(self._page, numbers, len(numbers))
        owners = [owner or 0 for owner in map(call.owner, repeat(self._page), numbers)]
        sizes: dict[int, float] = {}
        for owner, number in zip(owners, numbers, strict=True):
            if owner not in sizes:
                sizes[owner] = call.size(self._page, number)
        return boxes, owners, [sizes[owner] for owner in owners]

    def _lines(self, runs: Sequence[_Run]) -> list[str]:
        """The lines that runs make, from the top."""
        lines: list[list[_Run]] = []
        for run in sorted(runs, key=lambda run: -run.middle):
            if lines and lines[-1][0].middle - run.middle < _HALF * run.size:
                lines[-1].append(run)
            else:
                lines.append([run])
        return [" ".join(map(self._words, sorted(line, key=lambda run: run.left))) for line in lines]

    def _words(self, run: _Run) -> str:
        return " ".join(_LINE_END.split(self._text[run.start : run.stop], 1)[0].split())


def _run(start: int, stop: int, first: Sequence[float], right: float, size: float) -> _Run:
    left, edge, low, high = first
    return _Run(start, stop, left, (left + edge) / 2, right, (low + high) / 2, size)


def _written(text: str) -> tuple[list[int], list[int]]:
    """Where the letters of a text stand that are neither spaces nor marks, and the number of each one's line."""
    passed_over = {letter for letter in set(text) if letter.isspace() or letter in _MARKS}
    letters = [at for at, letter in enumerate(text) if letter not in passed_over]
    ends = [end.start() for end in _LINE_END.finditer(text)]
    return letters, np.searchsorted(ends, letters).tolist()


def _homes(runs: Sequence[_Run], cells: Sequence[GridCell]) -> list[int | None]:
    """The cell that each run begins in, the first such."""
    if not runs:
        return []
    left, bottom, right, top = np.array([(cell.left, cell.bottom, cell.right, cell.top) for cell in cells]).T
    homes: list[int | None] = []
    # A page's runs by some at a time: a table may have forty thousand cells.
    step = max(1, _AT_ONCE // len(cells))
    places = np.array([(run.begins, run.middle) for run in runs])
    for at in range(0, len(runs), step):
        x, y = places[at : at + step].T[:, :, None]
        within = (bottom <= y) & (y <= top) & (left <= x) & (x < right)
        found, number = within.any(axis=1).tolist(), within.argmax(axis=1).tolist()
        homes += [one if has else None for has, one in zip(found, number, strict=True)]
    return homes


def _under(run: _Run, cells: Sequence[GridCell]) -> set[int]:
    """The cells that a run stands in."""
    return {
        number
        for number, cell in enumerate(cells)
        if cell.bottom <= run.middle <= cell.top and run.left < cell.right and cell.left < run.right
    }
