"""Table cells recognised together: their pictures stacked on one sheet, so that a column's wrapped header stays
whole and a table of a hundred cells costs one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crawler.readers.page_image import Grey
from crawler.readers.ruled import RuledCell, RuledTable, ink_box, is_dash
from crawler.readers.tesseract import SHEET_MODE, Line, lines, mean_confidence

_GAP_INCHES = 0.16
_EDGE_INCHES = 0.12
_SHEET_TALL = 12_000
"""Pixels; Tesseract takes no picture taller than 32,767."""
_PAD = 4


@dataclass(frozen=True, slots=True)
class CellText:
    """What stands in one cell. An empty cell has confidence 1, one whose ink could not be read 0."""

    cell: RuledCell
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """One cell's picture on a sheet."""

    cell: RuledCell
    picture: Grey


def read_cells(grey: Grey, dpi: int, table: RuledTable, seconds: float) -> tuple[CellText, ...]:
    """The texts of a table's cells on a page that lies straight. Raises TesseractError."""
    found: dict[RuledCell, CellText] = {}
    strips = []
    for cell in table.cells:
        left, top, right, bottom = cell.box
        picture = grey[top:bottom, left:right]
        ink = ink_box(picture)
        if ink is None:
            found[cell] = CellText(cell, "", 1.0)
        elif is_dash(ink, dpi):
            found[cell] = CellText(cell, "-", 1.0)
        else:
            strips.append(_Strip(cell, _trimmed(picture, ink)))
    for sheet in _sheets(strips, dpi):
        found.update(_read_sheet(sheet, dpi, seconds, int(np.percentile(grey[::8, ::8], 80))))
    return tuple(found.get(cell) or CellText(cell, "", 0.0) for cell in table.cells)


def _trimmed(picture: Grey, ink: tuple[int, int, int, int]) -> Grey:
    left, top, right, bottom = ink
    height, width = picture.shape
    return picture[max(0, top - _PAD) : min(height, bottom + _PAD), max(0, left - _PAD) : min(width, right + _PAD)]


def _sheets(strips: Sequence[_Strip], dpi: int) -> list[list[_Strip]]:
    gap = int(dpi * _GAP_INCHES)
    sheets: list[list[_Strip]] = []
    tall = _SHEET_TALL
    for strip in strips:
        height = strip.picture.shape[0] + gap
        if tall + height > _SHEET_TALL:
            sheets.append([])
            tall = 0
        sheets[-1].append(strip)
        tall += height
    return sheets


def _read_sheet(strips: list[_Strip], dpi: int, seconds: float, paper: int) -> dict[RuledCell, CellText]:
    gap, edge = int(dpi * _GAP_INCHES), int(dpi * _EDGE_INCHES)
    width = max(s.picture.shape[1] for s in strips) + 2 * edge
    height = sum(s.picture.shape[0] + gap for s in strips) + gap
    sheet = np.full((height, width), paper, np.uint8)
    ends = []
    y = gap
    for strip in strips:
        tall, wide = strip.picture.shape
        sheet[y : y + tall, edge : edge + wide] = strip.picture
        y += tall + gap
        ends.append(y - gap // 2)
    inside: list[list[Line]] = [[] for _ in strips]
    for line in lines(sheet, dpi, SHEET_MODE, seconds):
        middle = (line.box[1] + line.box[3]) / 2
        at = next((n for n, end in enumerate(ends) if middle < end), len(strips) - 1)
        inside[at].append(line)
    return {s.cell: _cell_text(s.cell, found) for s, found in zip(strips, inside, strict=True)}


def _cell_text(cell: RuledCell, found: list[Line]) -> CellText:
    # A lone mark is dust beside the writing; it would stand between the words of a wrapped header.
    kept = [line for line in found if len(line.text) > 1 or line.text.isdigit() or len(found) == 1]
    return CellText(cell, "\n".join(line.text for line in kept), mean_confidence(kept))
