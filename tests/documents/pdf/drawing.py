"""PDFs drawn for tests, with everything given in points from the page's lower left corner."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.paths import FONT_FILE

SIZE = (595.0, 842.0)
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = SIZE) -> bytes:
    """A PDF with a page for each function that draws one."""
    if "Drawn" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Drawn", str(FONT_FILE)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for draw in pages:
        canvas.setFont("Drawn", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, lines: Sequence[str], x: float = 60, y: float = 790, step: float = 26) -> None:
    """Lines from a place downwards."""
    for at, line in enumerate(lines):
        canvas.drawString(x, y - at * step, line)


def grid(canvas: Canvas, rows: Sequence[Sequence[str]], edges: Sequence[float], top: float, height: float = 40) -> None:
    """A table with thin rules; the lines of a cell are parted by line ends."""
    for at, row in enumerate(rows):
        for left, right, text in zip(edges[:-1], edges[1:], row, strict=True):
            canvas.rect(left, top - (at + 1) * height, right - left, height)
            for number, line in enumerate(text.split("\n")):
                canvas.drawString(left + 4, top - at * height - 15 - 16 * number, line)


def picture(lines: Sequence[str], size: tuple[int, int], letter: int = 34, step: int = 64) -> ImageReader:
    """A picture with writing."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((50, 40 + at * step), line, font=ImageFont.truetype(str(FONT_FILE), letter), fill=0)
    return reader(image)


def reader(image: Image.Image) -> ImageReader:
    """An image as the drawing library takes it."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return ImageReader(io.BytesIO(out.getvalue()))
