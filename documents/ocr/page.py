"""One page image to lines and cells: which way up, cleaned or as it is, tables cut out first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from core.thai.normalize import is_thai
from documents.ocr.batch import paper_grey, read_pictures
from documents.ocr.cells import CellText, read_cells
from documents.ocr.digits.years import GlyphYear, years_of_line, years_of_text
from documents.ocr.latin import read_page_lines
from documents.ocr.missed_lines import drop_echoes, read_bands, replace_weak
from documents.ocr.page_image import Box, Grey, PageImage, Straight, clean_page, is_blank, is_noisy, straighten
from documents.ocr.reading_order import insert_lines
from documents.ocr.table_lines import RuledTable, erase, find_tables
from documents.ocr.tesseract import PAGE_MODE, THAI, Line, TesseractError, mean_confidence, quarter_turns
from documents.ocr.tones import darken_writing, smooth_paper
from documents.ocr.writing import Look

_POOR = 0.75
"""Mean confidence below which other ways are tried: right pages give 0.9, wrong way up 0.6."""
_WORTHLESS = 0.55
"""Confidence that mere noise reaches."""
_BORNE = 1.2
"""Degrees that Tesseract bears; turning a mildly worn page triples its errors."""
_SURE, _UPRIGHT = 0.85, 20
"""Thai letters in lines read with such confidence: pages upside down or on their side had 0 to 2, tables of names
photographed badly 192."""
_SAMPLE, _SAMPLED, _LONG, _TALL_INCHES = 8, (0.3, 0.8), (5, 60), 0.4
"""Most lines and cells that are tried, which confidence they have, how many letters, and how tall they are at most."""
_GAIN = 0.05
"""Confidence that those must gain for the page to be read as a whole once more."""
_SIDEWAYS = 1.6
_SMALL, _GAP, _RUN = 900, 12, 40
"""Pixels: the long side of the small picture in which gaps between letters are closed and runs measured."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A recognised line, or a cell where `row` is set. The box is in fractions of the page as it lies in the file;
    `table` counts from 0 within the page."""

    text: str
    confidence: float
    box: Box
    table: int | None = None
    row: int | None = None
    col: int | None = None
    span_rows: int = 1
    span_cols: int = 1
    years: tuple[GlyphYear, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a line or a cell was read, in pixels of the picture that was read."""

    box: tuple[int, int, int, int]
    confidence: float
    letters: int


@dataclass(frozen=True, slots=True)
class _Try:
    pieces: tuple[Piece, ...]
    spots: tuple[_Spot, ...]
    grey: Grey

    @property
    def confidence(self) -> float:
        """Mean over letters; 0 if nothing was read."""
        letters = sum(len(p.text) for p in self.pieces)
        return sum(p.confidence * len(p.text) for p in self.pieces) / letters if letters else 0.0

    @property
    def is_upright(self) -> bool:
        """Whether the page stands on its feet: the wrong way up hardly a Thai letter is read with confidence."""
        return sum(sum(map(is_thai, p.text)) for p in self.pieces if p.confidence >= _SURE) >= _UPRIGHT

    @property
    def worth(self) -> float:
        """How much was read, less what noise alone would give."""
        return sum((p.confidence - _WORTHLESS) * len(p.text) for p in self.pieces)


def read_page(page: PageImage, seconds: float) -> tuple[Piece, ...] | None:
    """Lines and cells of a page; None if it holds something that could not be read at all, an empty tuple if it is
    blank. `seconds` bounds each run of Tesseract. Raises TesseractError."""
    seen = Look.at(page.grey, page.dpi)
    if not seen.may_hold_writing():
        return ()
    dark = darken_writing(page.grey, page.dpi)
    if dark is not page.grey:
        page = replace(page, grey=dark)
        seen = Look.at(dark, page.dpi)
    sideways = _looks_sideways(page.grey) and seen.runs_across()
    turns = quarter_turns(page.grey, seconds) if sideways else 0
    straight = straighten(page.grey, turns)
    noisy = is_noisy(straight.crooked)
    best = first = _tried(straight, page.dpi, seconds, clean=noisy)
    if best.confidence < _POOR:
        if not best.pieces and is_blank(page.grey):
            return ()
        for other in _others(page, straight, first, noisy=noisy, seconds=seconds):
            best = max(best, other, key=lambda t: t.worth)
            if best.confidence >= _POOR:
                break
    return best.pieces if best.pieces or seen.has_no_lines() else None


def _others(page: PageImage, straight: Straight, first: _Try, *, noisy: bool, seconds: float) -> Iterator[_Try]:
    """What else may make a poor page legible, the likeliest first."""
    if not first.is_upright:
        turns = quarter_turns(clean_page(straight.grey) if noisy else straight.grey, seconds)
        if turns:
            yield _tried(straighten(page.grey, straight.turns + turns), page.dpi, seconds, clean=noisy)
    elif not _is_worth(first, page.dpi, seconds, clean=not noisy, level=straight.grey):
        return
    yield _tried(straight, page.dpi, seconds, clean=not noisy)


def _is_worth(first: _Try, dpi: int, seconds: float, *, clean: bool, level: Grey) -> bool:
    """Whether some doubtful lines and cells of a first reading are surer when the page is cleaned, or not cleaned:
    a tenth of the work tells whether to do it all."""
    doubtful = [spot for spot in first.spots if _SAMPLED[0] <= spot.confidence < _SAMPLED[1] and _fits(spot, dpi)]
    chosen = doubtful[:: -(-len(doubtful) // _SAMPLE) or 1]
    if not chosen:
        return True
    other = clean_page(first.grey) if clean else level
    pictures = [
        np.ascontiguousarray(other[top:bottom, left:right]) for left, top, right, bottom in (s.box for s in chosen)
    ]
    try:
        read = read_pictures(pictures, dpi, paper_grey(other), seconds, THAI)
    except TesseractError:
        return False
    letters = sum(spot.letters for spot in chosen)
    before = sum(spot.confidence * spot.letters for spot in chosen) / letters
    after = sum(mean_confidence(now) * spot.letters for now, spot in zip(read, chosen, strict=True)) / letters
    return after >= before + _GAIN


def _fits(spot: _Spot, dpi: int) -> bool:
    return _LONG[0] <= spot.letters <= _LONG[1] and spot.box[3] - spot.box[1] <= _TALL_INCHES * dpi


def _tried(straight: Straight, dpi: int, seconds: float, *, clean: bool) -> _Try:
    grey = clean_page(straight.grey) if clean else straight.grey
    tables = find_tables(grey, dpi)
    if straight.angle and not clean and abs(straight.angle) <= _BORNE:
        # Rules are sought on the level page, letters read on the crooked one, which no turn has blurred.
        areas = [straight.corners(table.box) for table in tables]
        tables = tuple(_moved(table, straight) for table in tables)
        straight = replace(straight, grey=straight.crooked, angle=0.0)
        grey = straight.grey
    else:
        areas = [replace(straight, angle=0.0).corners(table.box) for table in tables]
    text = erase(grey, areas) if areas else grey
    pieces: list[tuple[float, Piece]] = []
    spots = []
    for line in _whole(text, dpi, seconds):
        spots.append(_Spot(line.box, line.confidence, len(line.text)))
        box = straight.fraction(line.box)
        pieces.append((box[1], Piece(line.text, line.confidence, box, years=years_of_line(text, line))))
    for number, table in enumerate(tables):
        top = straight.fraction(table.box)[1]
        # Before the first line that stands below the table: columns of text keep their order.
        at = next((n for n, (y, _) in enumerate(pieces) if y >= top), len(pieces))
        cells = read_cells(grey, dpi, table, seconds)
        spots += [_Spot(found.cell.box, found.confidence, len(found.text)) for found in cells]
        pieces[at:at] = [(top, _cell(found, number, straight, grey)) for found in cells]
    return _Try(tuple(piece for _, piece in pieces), tuple(spots), grey)


def _whole(text: Grey, dpi: int, seconds: float) -> list[Line]:
    """The lines of a page, with those that recognition of the whole page passes over where they belong."""
    found = drop_echoes(read_page_lines(smooth_paper(text), dpi, PAGE_MODE, seconds))
    if mean_confidence(found) < _POOR:
        return found
    again = read_bands(text, dpi, found, seconds)
    return insert_lines(replace_weak(found, again), again)


def _moved(table: RuledTable, straight: Straight) -> RuledTable:
    """A table of the level page where it lies on the crooked one; its cells stay upright boxes."""

    def shifted(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        left, top, right, bottom = box
        x, y = straight.corners(box).mean(axis=0)
        across, down = round(float(x) - (left + right) / 2), round(float(y) - (top + bottom) / 2)
        height, width = straight.crooked.shape
        return max(0, left + across), max(0, top + down), min(width, right + across), min(height, bottom + down)

    return RuledTable(shifted(table.box), tuple(replace(cell, box=shifted(cell.box)) for cell in table.cells))


def _cell(found: CellText, number: int, straight: Straight, grey: Grey) -> Piece:
    cell = found.cell
    box, place = straight.fraction(cell.box), (number, cell.row, cell.col, cell.span_rows, cell.span_cols)
    return Piece(found.text, found.confidence, box, *place, years=years_of_text(grey, cell.box, found.text))


def _looks_sideways(grey: Grey) -> bool:
    """Whether lines of text seem to run up and down: then asking Tesseract which way is up is cheaper than a
    recognition in vain. Rules are left out, since tables have them both ways."""
    factor = _SMALL / max(_SMALL, *grey.shape)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
    for shape in ((1, _RUN), (_RUN, 1)):
        ink = cv2.subtract(ink, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))

    def runs(*, down: bool) -> int:
        gap, run = ((_GAP, 1), (_RUN, 1)) if down else ((1, _GAP), (1, _RUN))
        words = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        return int(np.count_nonzero(cv2.morphologyEx(words, cv2.MORPH_OPEN, np.ones(run, np.uint8))))

    return runs(down=True) > _SIDEWAYS * runs(down=False)
