"""Writing in a table that runs on over the rule beside it: it is the cell's that it begins in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

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


@dataclass(frozen=True, slots=True)
class _Run:
    """Writing without a gap on one line: its text, its edges, and its height."""

    text: str
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
        homes = [(run, _home(run, grid.cells)) for run in self._runs]
        touched: set[int] = set()
        for run, home in homes:
            if home is not None and run.right > grid.cells[home].right + _HALF:
                touched |= {home, *_under(run, grid.cells)}
        for number in touched:
            mine = [run for run, home in homes if home == number]
            lines[number][:] = [line for line in map(mend, _lines(mine)) if line]

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
        numbers, boxes, owners = self._places()
        sizes: dict[int, float] = {}
        runs: list[_Run] = []
        start, right, before = -1, 0.0, -1
        for at, letter in enumerate(self._text):
            if letter.isspace() or letter in _MARKS:
                if start >= 0 and letter in "\r\n":
                    runs.append(self._run(start, at, right, boxes, sizes[owners[start]]))
                    start = -1
                continue
            owner = owners[at]
            if owner not in sizes:
                sizes[owner] = letter_calls().size(self._page, numbers[at])
            if start >= 0 and letter != _SARA_AM and not self._goes_on(start, before, at, right, boxes, owners, sizes):
                runs.append(self._run(start, at, right, boxes, sizes[owners[start]]))
                start = -1
            if start < 0:
                start, right = at, 0.0
            right, before = max(right, boxes[at][1]), at
        if start >= 0:
            runs.append(self._run(start, len(self._text), right, boxes, sizes[owners[start]]))
        return runs

    def _goes_on(
        self,
        start: int,
        before: int,
        at: int,
        right: float,
        boxes: list[list[float]],
        owners: list[int],
        sizes: dict[int, float],
    ) -> bool:
        size = sizes[owners[start]]
        over, space = (_OVER, _SPACE) if owners[before] == owners[at] else (_SEAM, _SEAM)
        on_line = abs(boxes[at][2] - boxes[start][2]) <= _HALF * size
        return on_line and -over * size <= boxes[at][0] - right <= space * size

    def _run(self, start: int, stop: int, right: float, boxes: list[list[float]], size: float) -> _Run:
        left, edge, low, high = boxes[start]
        text = " ".join(self._text[start:stop].split())
        return _Run(text, left, (left + edge) / 2, right, (low + high) / 2, size)

    def _places(self) -> tuple[list[int], list[list[float]], list[int]]:
        """Of each letter of the text its number, its edges (left, right, lower, upper) and its piece of text."""
        call = letter_calls()
        numbers = list(map(call.number, repeat(self._page), range(len(self._text))))
        found = letter_boxes(self._page, numbers, len(numbers))
        owners = [owner or 0 for owner in map(call.owner, repeat(self._page), numbers)]
        return numbers, found.tolist(), owners


def _home(run: _Run, cells: Sequence[GridCell]) -> int | None:
    """The cell that a run begins in."""
    for number, cell in enumerate(cells):
        if cell.bottom <= run.middle <= cell.top and cell.left <= run.begins < cell.right:
            return number
    return None


def _under(run: _Run, cells: Sequence[GridCell]) -> set[int]:
    """The cells that a run stands in."""
    return {
        number
        for number, cell in enumerate(cells)
        if cell.bottom <= run.middle <= cell.top and run.left < cell.right and cell.left < run.right
    }


def _lines(runs: list[_Run]) -> list[str]:
    """The lines that runs make, from the top."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if lines and lines[-1][0].middle - run.middle < _HALF * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [" ".join(run.text for run in sorted(line, key=lambda run: run.left)) for line in lines]
