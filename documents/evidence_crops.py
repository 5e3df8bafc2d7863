"""Crops of evidence pages with the quote marked. Bodies are hostile: this runs in a process of the reader pool."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageOps

from documents.highlight import Highlight
from documents.pdf.locate import quote_boxes

if TYPE_CHECKING:
    from documents.ocr.page_image import Box

_DPI = 110
_WIDEST = 1000
"""Pixels of a crop: as wide as the report shows it."""
_LINES = 8
_LINE_POINTS = (9.0, 30.0)
_TALLEST = 0.45
"""Of the page."""
_BYTES = 60_000
_STEPS = ((16, 1.0), (8, 1.0), (4, 1.0), (4, 0.8), (3, 0.7), (3, 0.5), (2, 0.4))
"""Greys and scale, tried in turn until the picture is small enough."""
_PIXELS = 60_000_000
_RED, _YELLOW = (200, 0, 30), (255, 240, 120)
_EDGE, _AROUND = 2, 4
_GRAIN, _CONTRAST = 12.0, 40.0


def render_crops(body: bytes, groups: tuple[tuple[Highlight, ...], ...]) -> Iterator[bytes | None]:
    """A PNG for each group of marks of a PDF or picture, None where it cannot be made."""
    if b"%PDF-" in body[:1024]:
        document = pdfium.PdfDocument(body)
        try:
            for group in groups:
                yield _of_pdf(document, group)
        finally:
            document.close()
        return
    with Image.open(io.BytesIO(body)) as picture:
        for group in groups:
            yield _of_picture(picture, group)


def _of_pdf(document: Any, group: tuple[Highlight, ...]) -> bytes | None:
    number = group[0].page
    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    try:
        width, height = page.get_size()
        boxes = [box for mark in group for box in _on_page(page, mark)]
        if not boxes or width < 1 or height < 1:
            return None
        top, bottom = _window(boxes, height)
        scale = min(_DPI / 72, _WIDEST / width)
        left_out = (0.0, max(0.0, height * (1 - bottom)), 0.0, max(0.0, height * top))
        image = page.render(scale=scale, crop=left_out).to_pil().convert("L")
    finally:
        page.close()
    return _marked(image, boxes, top, bottom)


def _on_page(page: Any, mark: Highlight) -> Iterator[Box]:
    if mark.bbox is not None:
        yield mark.bbox
        return
    for left, bottom, right, top in quote_boxes(page, mark.quote):
        (x1, y1), (x2, y2) = _shown(page, left, top), _shown(page, right, bottom)
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own points as fractions of the page as it is shown, turned as the file says."""
    unit = 10_000
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, unit, unit, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / unit, down.value / unit


def _of_picture(picture: Image.Image, group: tuple[Highlight, ...]) -> bytes | None:
    boxes = [mark.bbox for mark in group if mark.bbox is not None]
    if not boxes or not 1 <= group[0].page <= getattr(picture, "n_frames", 1):
        return None
    picture.seek(group[0].page - 1)
    if picture.width * picture.height > _PIXELS:
        return None
    from documents.ocr.image_reader import on_paper  # with OpenCV: pages of PDFs need none

    upright = on_paper(ImageOps.exif_transpose(picture))
    top, bottom = _window(boxes, 842 * upright.height / max(upright.size))
    image = upright.crop((0, round(top * upright.height), upright.width, round(bottom * upright.height)))
    if image.width > _WIDEST:
        image = image.resize((_WIDEST, max(1, round(image.height * _WIDEST / image.width))), Image.Resampling.LANCZOS)
    return _marked(image, boxes, top, bottom)


def _window(boxes: list[Box], height: float) -> tuple[float, float]:
    """Top and bottom of the crop, as fractions of a page of so many points: about eight lines around the first mark,
    the others as far as they are near."""
    first = boxes[0]
    line = min(max((first[3] - first[1]) * height, _LINE_POINTS[0]), _LINE_POINTS[1])
    around = _LINES / 2 * line / height
    top, bottom = first[1], min(first[3], first[1] + _TALLEST)
    for box in boxes[1:]:
        if max(bottom, box[3]) - min(top, box[1]) <= _TALLEST - 2 * around:
            top, bottom = min(top, box[1]), max(bottom, box[3])
    return max(0.0, top - around), min(1.0, bottom + around)


def _marked(image: Image.Image, boxes: list[Box], top: float, bottom: float) -> bytes | None:
    """A PNG of at most 60 KB: the page in a few greys on white paper, the marks in colour."""
    if image.height < 1 or bottom <= top:
        return None
    for greys, scale in _STEPS:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        smaller = image if scale == 1.0 else image.resize(size, Image.Resampling.LANCZOS)
        frames = [frame for box in boxes if (frame := _frame(box, smaller.size, top, bottom)) is not None]
        if not frames:
            return None
        out = io.BytesIO()
        _drawn(smaller, frames, greys).save(out, "PNG", optimize=True)
        if out.tell() <= _BYTES:
            return out.getvalue()
    return None


def _frame(box: Box, size: tuple[int, int], top: float, bottom: float) -> tuple[int, int, int, int] | None:
    """A box of the page as a frame around it on the crop; None if it lies outside."""
    width, height = size
    upper, lower = ((y - top) / (bottom - top) * height for y in (box[1], box[3]))
    if lower < 0 or upper > height:
        return None
    return (
        max(0, round(box[0] * width) - _AROUND),
        max(0, round(upper) - _AROUND),
        min(width, round(box[2] * width) + _AROUND),
        min(height, round(lower) + _AROUND),
    )


def _drawn(image: Image.Image, frames: list[tuple[int, int, int, int]], greys: int) -> Image.Image:
    grey = np.asarray(image, dtype=np.float32)
    # The paper of a scan is made white: its grain would take more room than its letters.
    paper, ink = float(np.percentile(grey, 70)) - _GRAIN, float(np.percentile(grey, 0.5))
    if paper - ink > _CONTRAST:
        grey = (grey - ink) * 255 / (paper - ink)
    levels = np.round(np.clip(grey, 0, 255) / 255 * (greys - 1)).astype(np.uint8)
    red = np.zeros(levels.shape, bool)
    yellow = np.zeros(levels.shape, bool)
    for left, upper, right, lower in frames:
        red[upper:lower, left:right] = True
    for left, upper, right, lower in frames:
        inside = np.s_[
            upper + _EDGE : max(upper + _EDGE, lower - _EDGE), left + _EDGE : max(left + _EDGE, right - _EDGE)
        ]
        red[inside] = False
        yellow[inside] = True
    levels[yellow] += greys
    levels[red] = 2 * greys
    made = Image.fromarray(levels, "P")
    shades = [round(255 * n / (greys - 1)) for n in range(greys)]
    palette = [value for shade in shades for value in (shade, shade, shade)]
    # As a text marker does it: the paper turns yellow, the letters stay.
    palette += [shade * part // 255 for shade in shades for part in _YELLOW]
    made.putpalette([*palette, *_RED])
    return made
