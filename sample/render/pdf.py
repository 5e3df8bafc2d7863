"""A paper as a real PDF with a Thai font (ReportLab); the same paper gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pythainlp.tokenize import word_tokenize
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from sample.paper import Anchor, Block, Bullets, Heading, Paper, Picture, Table, Text

_FONTS = Path(__file__).parent.parent / "fonts"
_PLAIN, _BOLD = "SampleSans", "SampleSans-Bold"
_MARGIN = 56.0
_GAP = 4.0
_WIDE = 6
"""A table with more columns than this makes the paper lie down."""


def register_fonts() -> tuple[str, str]:
    """Make the sample's fonts known to ReportLab; their names, plain and bold."""
    known = pdfmetrics.getRegisteredFontNames()
    if _PLAIN not in known:
        pdfmetrics.registerFont(TTFont(_PLAIN, str(_FONTS / "ArundinaSans.ttf"), shapable=True))
        pdfmetrics.registerFont(TTFont(_BOLD, str(_FONTS / "ArundinaSans-Bold.ttf"), shapable=True))
    return _PLAIN, _BOLD


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word_tokenize(text, engine="newmm"))


@lru_cache(maxsize=20_000)
def _wrap(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Lines no wider than `width` points, broken between Thai words."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and pdfmetrics.stringWidth(line + word, font, size) > width:
            lines.append(line.strip())
            line = word.lstrip()
        else:
            line += word
    if line.strip() or not lines:
        lines.append(line.strip())
    return tuple(lines)


class _Sheet:
    """A canvas with a place to write on."""

    def __init__(self, title: str, *, lying: bool, shaped: bool, turned: bool = False) -> None:
        self.shaped, self.turned = shaped, turned
        self.buffer = io.BytesIO()
        self.width, self.height = landscape(A4) if lying else A4
        # ReportLab swaps the sides of a page with a rotation itself.
        self.canvas = Canvas(self.buffer, pagesize=(self.width, self.height), invariant=1)
        self.canvas.setTitle(title)
        self.begin()

    def begin(self) -> None:
        """Begin a page: on a turned one everything is drawn lying on its side, and the page's /Rotate sets it up."""
        if self.turned:
            self.canvas.setPageRotation(90)
            self.canvas.translate(self.height, 0)
            self.canvas.rotate(90)
        self.y = self.height - _MARGIN

    def room(self, height: float) -> None:
        """Go to a new page unless `height` points are left."""
        if self.y - height < _MARGIN:
            self.canvas.showPage()
            self.begin()

    def _write(self, x: float, y: float, line: str, font: str, size: float) -> None:
        text = self.canvas.beginText(x, y)
        text.setFont(font, size)
        text.textOut(shapeStr(line, font, size) if self.shaped and line else line)
        self.canvas.drawText(text)

    def lines(
        self, text: str, size: float = 13, *, bold: bool = False, indent: float = 0, centre: bool = False
    ) -> None:
        """One paragraph."""
        font = _BOLD if bold else _PLAIN
        for line in _wrap(text, font, size, self.width - 2 * _MARGIN - indent):
            self.room(size * 1.6)
            self.y -= size * 1.6
            width = pdfmetrics.stringWidth(line, font, size)
            self._write((self.width - width) / 2 if centre else _MARGIN + indent, self.y, line, font, size)
        self.y -= _GAP

    def table(self, table: Table) -> None:
        """A ruled table; rows are not split over pages."""
        size = 10.0 if len(table.head) > _WIDE else 11.0
        widths = _widths(table, self.width - 2 * _MARGIN)
        for i, row in enumerate((table.head, *table.rows)):
            self._row(row, widths, size, bold=i == 0)
        self.y -= 2 * _GAP

    def _row(self, row: Sequence[str], widths: Sequence[float], size: float, *, bold: bool) -> None:
        font = _BOLD if bold else _PLAIN
        cells = [_wrap(text, font, size, width - 8) for text, width in zip(row, widths, strict=True)]
        height = max(len(cell) for cell in cells) * size * 1.5 + 6
        self.room(height)
        x = _MARGIN
        for cell, width in zip(cells, widths, strict=True):
            self.canvas.rect(x, self.y - height, width, height)
            for k, line in enumerate(cell):
                self._write(x + 4, self.y - size * 1.5 * (k + 1), line, font, size)
            x += width
        self.y -= height

    def finish(self) -> bytes:
        """The bytes of the PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def _widths(table: Table, total: float) -> tuple[float, ...]:
    longest = [max(4, min(30, max(len(row[i]) for row in (table.head, *table.rows)))) for i in range(len(table.head))]
    return tuple(total * n / sum(longest) for n in longest)


def _draw(sheet: _Sheet, block: Block) -> None:
    match block:
        case Heading(text, level, _):
            sheet.room(60)
            sheet.lines(text, 15 if level == 2 else 13, bold=True)
        case Text(text):
            sheet.lines(text)
        case Bullets(items):
            for item in items:
                sheet.lines(item, indent=16)
        case Table():
            sheet.table(block)
        case Picture(_, alt) | Anchor(alt, _):
            sheet.lines(alt)
        case _:
            raise ValueError(f"a PDF cannot show a {type(block).__name__}")


def pdf(paper: Paper, *, shaped: bool = False, turned: bool = False) -> bytes:
    """The paper as a PDF of A4 pages; ValueError for a form or a frame.

    `shaped` places marks as the font wants it (HarfBuzz). That looks right and, as in many real PDFs, leaves
    private-use glyphs and taken-apart sara am in the text layer. `turned` pages look the same and lie on their side."""
    register_fonts()
    lying = any(isinstance(block, Table) and len(block.head) > _WIDE for block in paper.blocks)
    sheet = _Sheet(paper.title, lying=lying, shaped=shaped, turned=turned)
    sheet.lines(paper.title, 17, bold=True, centre=True)
    for block in paper.blocks:
        _draw(sheet, block)
    return sheet.finish()


def picture_pdf(pages: Sequence[bytes]) -> bytes:
    """A PDF whose pages are pictures only (JPEG bytes), as a scanner makes it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for data in pages:
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, A4[0], A4[1])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
