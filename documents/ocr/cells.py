"""Table cells recognised together on sheets, so that a column's wrapped header stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.ocr.batch import paper_grey
from documents.ocr.latin import holds_latin, read_cell_lines
from documents.ocr.page_image import Grey
from documents.ocr.table_lines import RuledCell, RuledTable, ink_box, is_dash, is_rule
from documents.ocr.tesseract import Line, mean_confidence

_PAD = 4
_MANY_ROWS, _HEAD, _NAMES = 14, 5, 2
"""Written rows of a list, those read first, and those of them that may name its columns."""
_SURE = 0.9
_FEWEST, _LEGIBLE = 3, 0.75
"""Cells that tell of a column, and confidence that cells reach where it is print."""
_LUCKY = 0.25
"""Part of a column's cells of which scribbles reach that confidence too."""


@dataclass(frozen=True, slots=True)
class CellText:
    """What stands in one cell. An empty cell has confidence 1, one whose ink could not be read 0."""

    cell: RuledCell
    text: str
    confidence: float


def read_cells(grey: Grey, dpi: int, table: RuledTable, seconds: float) -> tuple[CellText, ...]:
    """The texts of a table's cells on a page that lies straight. Raises TesseractError."""
    found: dict[RuledCell, CellText] = {}
    written: dict[RuledCell, Grey] = {}
    for cell in table.cells:
        left, top, right, bottom = cell.box
        picture = grey[top:bottom, left:right]
        ink = ink_box(picture)
        if ink is None or is_rule(ink, right - left, dpi):
            found[cell] = CellText(cell, "", 1.0)
        elif is_dash(ink, dpi):
            found[cell] = CellText(cell, "-", 1.0)
        else:
            written[cell] = _trimmed(picture, ink)
    paper = paper_grey(grey)
    rows = sorted({cell.row for cell in written})
    if len(rows) < _MANY_ROWS:
        return _in_order(table, found, _read(written, dpi, paper, seconds))
    # The last rows of a long list only where the first ones can be read: signatures never can.
    head = {cell: picture for cell, picture in written.items() if cell.row < rows[_HEAD]}
    read = _read(head, dpi, paper, seconds)
    told = [text for cell, text in read.items() if cell.row >= rows[_NAMES]]
    more = samples(told, [cell for cell in written if cell not in head])
    if more:
        read |= _read({cell: written[cell] for cell in more}, dpi, paper, seconds, latin=False)
        told += [read[cell] for cell in more]
    given_up = scribbled(told)
    rest = {cell: picture for cell, picture in written.items() if cell not in read and cell.col not in given_up}
    found.update({cell: CellText(cell, "", 0.0) for cell in written if cell not in read and cell not in rest})
    # What is doubtful on a bad photograph stays so; on good paper it is a number or a Latin word.
    sure = sum(text.confidence >= _SURE for text in read.values()) >= len(read) / 2
    latin = sure or any(text.confidence >= _LEGIBLE and holds_latin(text.text) for text in read.values())
    return _in_order(table, found, read | _read(rest, dpi, paper, seconds, latin=latin))


def _read(
    written: dict[RuledCell, Grey], dpi: int, paper: int, seconds: float, *, latin: bool = True
) -> dict[RuledCell, CellText]:
    read = read_cell_lines(tuple(written.values()), dpi, paper, seconds, latin=latin)
    return {cell: _cell_text(cell, lines) for cell, lines in zip(written, read, strict=True)}


def _in_order(
    table: RuledTable, found: dict[RuledCell, CellText], read: dict[RuledCell, CellText]
) -> tuple[CellText, ...]:
    return tuple(read[cell] if cell in read else found[cell] for cell in table.cells)


def samples(told: Sequence[CellText], left: Sequence[RuledCell]) -> list[RuledCell]:
    """Further cells of the columns of which too little is known to be given up, and nothing was legible."""
    found: list[RuledCell] = []
    for col, cells in _columns(told).items():
        if len(cells) < _FEWEST and not any(cell.confidence >= _LEGIBLE for cell in cells):
            found += [cell for cell in left if cell.col == col][: _FEWEST - len(cells)]
    return found


def scribbled(told: Sequence[CellText]) -> set[int]:
    """Columns of which nearly nothing that stands in them could be read with any confidence."""
    return {
        col
        for col, cells in _columns(told).items()
        if len(cells) >= _FEWEST and sum(cell.confidence >= _LEGIBLE for cell in cells) < _LUCKY * len(cells)
    }


def _columns(told: Sequence[CellText]) -> dict[int, list[CellText]]:
    columns: dict[int, list[CellText]] = {}
    for text in told:
        columns.setdefault(text.cell.col, []).append(text)
    return columns


def _trimmed(picture: Grey, ink: tuple[int, int, int, int]) -> Grey:
    left, top, right, bottom = ink
    height, width = picture.shape
    return picture[max(0, top - _PAD) : min(height, bottom + _PAD), max(0, left - _PAD) : min(width, right + _PAD)]


def _cell_text(cell: RuledCell, found: list[Line]) -> CellText:
    # A lone mark is dust beside the writing; it would stand between the words of a wrapped header.
    kept = [line for line in found if len(line.text) > 1 or line.text.isdigit() or len(found) == 1]
    return CellText(cell, "\n".join(line.text for line in kept), mean_confidence(kept))
