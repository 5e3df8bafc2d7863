"""Pages that are turned in the file (/Rotate), or whose writing lies on its side: set upright before they are read, so
that everything after sees them as a reader does."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium_c

from documents.grid import Box

_LETTERS = 60
_LINE = 14
"""Letters of a line with the line's end; a page of writing that stands has 40, one with amounts in a column 15."""
_SHARE = 0.8
"""Part of a page's letters that must lie one way before the page is turned for them."""


def upright_page(document: Any, index: int) -> Any:
    """Open a page (pypdfium2) as it is shown: one with /Rotate has its contents turned and no rotation left."""
    page = document[index]
    turns = page.get_rotation() // 90
    return turn_page(document, index, page, turns) if turns else page


def turn_page(document: Any, index: int, page: Any, turns: int) -> Any:
    """The page with its contents turned by so many quarters clockwise, opened anew; the old one is closed."""
    left, bottom, right, top = _box(page)
    matrix = {
        1: (0, -1, 1, 0, -bottom, right),
        2: (-1, 0, 0, -1, right, top),
        3: (0, 1, -1, 0, top, -left),
    }[turns % 4]
    width, height = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
    pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*matrix), None)
    pdfium_c.FPDFPage_TransformAnnots(page.raw, *matrix)
    page.set_mediabox(0, 0, width, height)
    page.set_cropbox(0, 0, width, height)
    page.set_rotation(0)
    page.close()
    return document[index]


def sideways(textpage: Any) -> int:
    """Quarter turns clockwise that set most letters of a page's text (pypdfium2) upright; 0 if they stand, or lie
    several ways."""
    count = textpage.count_chars()
    step = max(1, count // _LETTERS)
    angle = pdfium_c.FPDFText_GetCharAngle
    angles = Counter(round(angle(textpage.raw, at) / (math.pi / 2)) % 4 for at in range(0, count, step))
    turns, letters = angles.most_common(1)[0] if angles else (0, 0)
    return -turns % 4 if letters >= _SHARE * angles.total() else 0


def is_shattered(text: str) -> bool:
    """Whether a page's text, as pdftotext has it, may be that of lines on their side: it parts their letters."""
    return len(text) < _LINE * (text.count("\n") + 1)


def lying(box: Box, turns: int) -> Box:
    """A box in fractions of a turned page (left, top, right, bottom) where it is on the page before its turn."""
    left, top, right, bottom = box
    for _ in range(turns % 4):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return left, top, right, bottom


def _box(page: Any) -> Box:
    """What is shown of a page, before its rotation."""
    media = page.get_mediabox()
    crop = page.get_cropbox(fallback_ok=False) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if right > left and top > bottom else media
