"""Ruled tables of PDF pages as cells, and the tables that go on from page to page.

Cells are cut out by their place on the page; what stands in them is written as the page's repaired text has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.models.snapshot import Block, BlockKind
from documents.grid import Box, Grid
from documents.line_blocks import line_block
from documents.pdf.open_page import OpenPage
from documents.pdf.ruled.overruns import Overruns
from documents.thai_repair.cross_check import Witness
from documents.thai_repair.marks import write_well
from documents.thai_repair.page import PageText, greek_to_thai, undo

_EDGE = 4.0
"""Points that a column may stand elsewhere on the next page."""
_ASIDE = 45.0
"""Points that the whole table may stand further left or right there."""
_LOW = 0.45
"""A table that goes on ends below this part of its page's height."""
_FOOT_LINES = 2
_FOOT_LENGTH = 60
_RUNNING_LINES = 4
_PAGE_NUMBER = re.compile(r"(?:หน้า(?:ที่)?|[Pp]age)?[\s\-–—|/()\[\]0-9๐-๙]*+(?:of|จาก)?[\s\-–—|/()\[\]0-9๐-๙]*+")
_DIGITS = re.compile("[0-9๐-๙]+")
_TOPS = re.compile(r"[\u0e30-\u0e3a\u0e40-\u0e44\u0e47-\u0e4eปฝฟฬ\s]+")
"""Vowels, marks and the letters that are as high as these."""
_ASTRAY = re.compile(r"(?<![ก-ฮ\u0e31-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|[\u0e40-\u0e44](?![ก-ฮ])")
"""A mark without a letter below it, a vowel without one behind it."""
_MARGIN = 60.0
"""Points beside a table that can hold more than a page number."""
_LEAN = 3.0
_SHATTERED = 3
"""Lines of a name that is written upwards, of which hardly one is more than a letter."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A table that reached the end of its page and may go on."""

    number: int
    edges: tuple[float, ...]
    rows: int
    page: int


class Tables:
    """The tables of one document, page after page."""

    def __init__(self) -> None:
        self._count = 0
        self._open: _Open | None = None
        self._running: frozenset[str] = frozenset()
        """The first lines of the page before, without digits: running titles come again."""

    def read(self, page: OpenPage, number: int, grids: list[Grid], text: PageText) -> list[Block]:
        """The blocks of a page with tables, lines and cells in reading order. A table that goes on keeps its number
        and counts its rows on."""
        left, low, right, high = page.page.get_bbox()
        width, height = right - left, high - low
        witness = Witness(text.text, lambda piece: _mended(piece, text))
        cutter = _Cutter(page, witness, in_greek=text.in_greek)
        blocks: list[Block] = []
        lines: list[str] = []
        last = high
        before, self._open = self._open, None
        goes_on = before
        for band in _bands(grids):
            top, bottom = max(grid.top for grid in band), min(grid.bottom for grid in band)
            between = cutter.lines(left, top, right, last)
            gaps = _gaps(band, left, right)
            before_it = between + _beside(cutter, [gap for gap in gaps if gap[2] <= band[0].left], between)
            blocks += _line_blocks(before_it, number, len(lines))
            lines += before_it
            for grid in band:
                table, first = self._number(grid, number, goes_on if self._nothing_new(before_it) else None)
                blocks += _cells(cutter, grid, (number, table, first), (left, low, width, height))
                goes_on = None
            after_it = _beside(cutter, [gap for gap in gaps if gap[2] > band[0].left], between)
            blocks += _line_blocks(after_it, number, len(lines))
            lines += after_it
            last = min(last, bottom)
        below = cutter.lines(left, low, right, last)
        blocks += _line_blocks(below, number, len(lines))
        if len(below) > _FOOT_LINES or sum(map(len, below)) > _FOOT_LENGTH or last - low > _LOW * height:
            self._open = None
        self._remember(lines)
        return blocks

    def skip(self) -> None:
        """Tell that a page without tables came."""
        self._open = None

    def _nothing_new(self, lines: list[str]) -> bool:
        return all(_PAGE_NUMBER.fullmatch(line) or _DIGITS.sub("", line) in self._running for line in lines)

    def _remember(self, lines: list[str]) -> None:
        self._running = frozenset(_DIGITS.sub("", line) for line in lines[:_RUNNING_LINES])

    def _number(self, grid: Grid, page: int, before: _Open | None) -> tuple[int, int]:
        """A grid's table number and the number of its first row: those of the table before that goes on, or new."""
        edges = tuple(sorted({edge for cell in grid.cells for edge in (cell.left, cell.right)}))
        rows = max(cell.row + cell.span_rows for cell in grid.cells)
        if before is not None and before.page == page - 1 and _same(before.edges, edges):
            number, first = before.number, before.rows
        else:
            number, first = self._count, 0
            self._count += 1
        self._open = _Open(number, edges, first + rows, page)
        return number, first


def _same(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    """Whether two tables have the same columns; left and right pages may have different margins."""
    if len(first) != len(second):
        return False
    aside = second[0] - first[0]
    return abs(aside) <= _ASIDE and all(abs(b - a - aside) <= _EDGE for a, b in zip(first, second, strict=True))


def _bands(grids: list[Grid]) -> list[list[Grid]]:
    """Tables from the top down; those that stand beside each other together, from the left."""
    bands: list[list[Grid]] = []
    bottom = 0.0
    for grid in sorted(grids, key=lambda grid: (-grid.top, grid.left)):
        if bands and grid.top > bottom + _EDGE:
            bands[-1].append(grid)
            bottom = min(bottom, grid.bottom)
        else:
            bands.append([grid])
            bottom = grid.bottom
    return [sorted(band, key=lambda grid: (grid.left, -grid.top)) for band in bands]


def _gaps(band: list[Grid], left: float, right: float) -> list[Box]:
    """Where text may stand beside the tables of a band, from the left: left, bottom, right, top."""
    top, bottom = max(grid.top for grid in band), min(grid.bottom for grid in band)
    gaps: list[Box] = []
    reach = left
    for grid in band:
        if grid.left - reach > _MARGIN:
            gaps.append((reach, bottom, grid.left, top))
        alone = not any(other is not grid and other.left < grid.right and grid.left < other.right for other in band)
        if alone:
            gaps += [(grid.left, grid.top, grid.right, top), (grid.left, bottom, grid.right, grid.bottom)]
        reach = max(reach, grid.right)
    if right - reach > _MARGIN:
        gaps.append((reach, bottom, right, top))
    return gaps


def _beside(cutter: _Cutter, gaps: list[Box], above: list[str]) -> list[str]:
    found: list[str] = []
    for left, bottom, right, top in gaps:
        # A letter that leans over a table's edge is a cell's, and a line on its top was read with those above.
        lines = cutter.lines(left + _LEAN, bottom + _LEAN, right - _LEAN, top - 0.5)
        found += lines[1:] if lines and above and lines[0] in above[-1] else lines
    return found


def _cells(
    cutter: _Cutter, grid: Grid, place: tuple[int, int, int], page_box: tuple[float, float, float, float]
) -> list[Block]:
    """A grid's cells; `place` is its page, its table's number and that of its first row, `page_box` the page's left
    and lower edge, width and height."""
    page, table, first = place
    edge, low, width, height = page_box
    cells = []
    # Half a point inwards: a neighbour's marks must not be taken along.
    written = [cutter.lines(c.left + 0.5, c.bottom - 1.5, c.right - 0.5, c.top - 0.5) for c in grid.cells]
    cutter.join_overruns(grid, written)
    for cell, lines in zip(grid.cells, written, strict=True):
        cells.append(
            Block(
                BlockKind.CELL,
                "\n".join(lines),
                page=page,
                table=table,
                row=first + cell.row,
                col=cell.col,
                span_rows=cell.span_rows,
                span_cols=cell.span_cols,
                bbox=(
                    (cell.left - edge) / width,
                    1 - (cell.top - low) / height,
                    (cell.right - edge) / width,
                    1 - (cell.bottom - low) / height,
                ),
            )
        )
    return cells


def _line_blocks(lines: list[str], number: int, before: int) -> list[Block]:
    return [line_block(line, page=number, line=before + at) for at, line in enumerate(lines, 1)]


def _mended(piece: str, text: PageText) -> str:
    """A piece of a page that its text does not have, with the damage undone that the page's text had."""
    piece = write_well(piece)
    for damage, spaced in text.undone:
        piece = undo(piece, damage, spaced=spaced)
    return piece


def without_marks_below(lines: list[str]) -> list[str]:
    """The lines of a cell without a last one of vowels, marks and high letters that make no word: in a tight
    table those of the row below reach over the rule. Alone they are what was left of a text."""
    if len(lines) < 2 or not _TOPS.fullmatch(lines[-1]):
        return lines
    return lines[:-1] if _ASTRAY.search(lines[-1]) else lines


def _is_in_pieces(text: str) -> bool:
    """Whether a cell's text may be that of letters on their side: most of its lines are one."""
    lines = text.split()
    return len(lines) >= _SHATTERED and sum(len(line) <= 1 for line in lines) > len(lines) / 2


class _Cutter:
    """Cuts lines out of a page by their place."""

    def __init__(self, page: OpenPage, witness: Witness, *, in_greek: bool) -> None:
        self._page = page
        self._overruns: Overruns | None = None
        self._cut = page.text_within
        self._line: Callable[[str], str] = witness.line
        self._decode: Callable[[str], str] = greek_to_thai if in_greek else str

    def lines(self, left: float, bottom: float, right: float, top: float) -> list[str]:
        """The lines within bounds given in points from the page's lower left corner."""
        if top - bottom < 4:
            return []
        text = self._cut(left, bottom, right, top)
        if _is_in_pieces(text):
            text = self._page.text_on_its_side(left, bottom, right, top) or text
        lines = self._decode(text).splitlines() if text else []
        return [line for line in map(self._line, without_marks_below(lines)) if line]

    def join_overruns(self, grid: Grid, lines: list[list[str]]) -> None:
        """Put what runs over a table's rules into the lines of the cells that it begins in."""
        if self._overruns is None:
            self._overruns = Overruns(self._page)
        self._overruns.join(grid, lines, lambda line: self._line(self._decode(line)))
