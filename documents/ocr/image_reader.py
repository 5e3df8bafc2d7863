"""Pictures that serve as evidence: photos and scans of notices, one or many to a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.ocr.page_image import DPI, Grey, PageImage

_PIXELS = 60_000_000
"""A picture larger than a poster scan is a bomb."""
_SMALLEST = 24
"""Pixels; nothing can be written on less."""
_PAPER_INCHES = 11.7
"""The long side of A4: what a picture without a resolution is taken for."""
_COARSE, _FINE = 150, 260
_SAID = (100, 1200)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def read_image(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Recognise a picture, each of its frames a page. Raises ReadError if it is broken, too large or OCR is absent."""
    from documents.ocr.recognise import available, recognise_images

    try:
        with Image.open(io.BytesIO(body)) as picture:
            count = 1 if picture.format in ("GIF", "WEBP", "PNG") else int(getattr(picture, "n_frames", 1))
            pages = list(range(1, min(count, limits.pages) + 1))
            # Broken frames must show before the answer depends on what is installed here.
            if count == 1:
                next(frames(picture, 1))
            if not available():
                raise ReadError(ReadNote.NEEDS_TOOL, "tesseract")
            found = recognise_images(_pages(picture, pages), pages, limits, cache)
    except _BROKEN as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    note = (
        ReadNote.TOO_MANY_PAGES
        if count > limits.pages
        else ReadNote.IMAGE_WITHOUT_TEXT
        if found.note is ReadNote.NO_TEXT_LAYER
        else found.note
    )
    if not found.blocks:
        state, note = ReadState.UNREAD, note or ReadNote.IMAGE_WITHOUT_TEXT
    else:
        state = ReadState.PARTIAL if note else ReadState.READ
    return Reading(
        kind=ResourceKind.IMAGE,
        state=state,
        blocks=found.blocks,
        note=note,
        page_count=count,
        unread_pages=found.unread,
        recognised=found.made,
    )


def _pages(picture: Image.Image, pages: list[int]) -> Iterator[tuple[int, PageImage | None]]:
    """The frames of a picture by their numbers; one that is too large or too small costs itself only."""
    for number in pages:
        try:
            yield number, _frame(picture, number - 1)
        except ReadError:
            yield number, None


def frames(picture: Image.Image, count: int) -> Iterator[PageImage]:
    """The first frames of an open picture, upright as the camera says, at a resolution fit for recognition.

    Raises ReadError for one that is too large, Pillow's own errors for a broken one."""
    for number in range(count):
        yield _frame(picture, number)


def _frame(picture: Image.Image, number: int) -> PageImage:
    picture.seek(number)
    if picture.width * picture.height > _PIXELS:
        raise ReadError(ReadNote.TOO_LARGE)
    if min(picture.width, picture.height) < _SMALLEST:
        raise ReadError(ReadNote.IMAGE_WITHOUT_TEXT)
    return _fit(picture)


def _fit(picture: Image.Image) -> PageImage:
    dpi = _dpi(picture)
    upright = ImageOps.exif_transpose(picture)
    grey: Grey = np.asarray(on_paper(upright), dtype=np.uint8)
    if dpi > _FINE or dpi < _COARSE:
        scale = DPI / dpi
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way), dtype=np.uint8)
        dpi = DPI
    return PageImage(grey, dpi)


def on_paper(picture: Image.Image) -> Image.Image:
    """A picture in grey; letters drawn on nothing are drawn on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        return paper.convert("L")
    return picture.convert("L")


def _dpi(picture: Image.Image) -> int:
    """Resolution as the file says if that makes a sheet of paper of it, else as if it showed one."""
    long = max(picture.size)
    said = picture.info.get("dpi", (0, 0))
    try:
        dpi = round(float(said[0]))
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
        dpi = 0
    if _SAID[0] <= dpi <= _SAID[1] and _PAPER_INCHES / 2.5 <= long / dpi <= _PAPER_INCHES * 2.5:
        return dpi
    return max(50, round(long / _PAPER_INCHES))
