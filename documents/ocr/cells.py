"""Table cells recognised together on sheets, so that a column's wrapped header stays whole."""

from __future__ import annotations

from dataclasses import dataclass

from documents.ocr.batch import paper_grey
from documents.ocr.latin import read_cell_lines
from documents.ocr.page_image import Grey
from documents.ocr.table_lines import RuledCell, RuledTable, ink_box, is_dash
from documents.ocr.tesseract import Line, mean_confidence

_PAD = 4


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
        if ink is None:
            found[cell] = CellText(cell, "", 1.0)
        elif is_dash(ink, dpi):
            found[cell] = CellText(cell, "-", 1.0)
        else:
            written[cell] = _trimmed(picture, ink)
    read = read_cell_lines(tuple(written.values()), dpi, paper_grey(grey), seconds)
    found.update({cell: _cell_text(cell, lines) for cell, lines in zip(written, read, strict=True)})
    return tuple(found[cell] for cell in table.cells)


def _trimmed(picture: Grey, ink: tuple[int, int, int, int]) -> Grey:
    left, top, right, bottom = ink
    height, width = picture.shape
    return picture[max(0, top - _PAD) : min(height, bottom + _PAD), max(0, left - _PAD) : min(width, right + _PAD)]


def _cell_text(cell: RuledCell, found: list[Line]) -> CellText:
    # A lone mark is dust beside the writing; it would stand between the words of a wrapped header.
    kept = [line for line in found if len(line.text) > 1 or line.text.isdigit() or len(found) == 1]
    return CellText(cell, "\n".join(line.text for line in kept), mean_confidence(kept))
