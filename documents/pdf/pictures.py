"""Pictures on pages with a text layer that hold writing which the layer does not have: a section put in as a picture, a
scan under two typed lines of a signature system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from documents.grid import Box
from documents.ocr.recognise import Part
from documents.ocr.writing import LOOK_DPI, writing_rows
from documents.pdf.places import skeleton

_SMALLEST = (100.0, 24.0)
"""Points, across and down; on less stand a seal and its words."""
_SHARE = 0.02
_MOST = 8
"""Pictures of one page that are looked at, the largest first."""
_LETTERS = 24
"""Letters in a picture from which it is read."""
_COVERED = 0.25
"""Letters of the text layer for each spot of ink of a line from which the layer has that line."""
_FULL_LAYER = 300
"""Letters over a picture from which it is a ground, or a scan with its recognised text."""
_JOIN = 2.0


def unread_parts(page: Any, number: int, images: Sequence[Box]) -> list[Part]:
    """The pictures of a page (from 1) that must be recognised, from the top; lines that the text layer has are named
    so that they are not read twice."""
    left, low, right, high = page.get_bbox()
    regions = [region for region in _joined(images, (left, low, right, high)) if _is_large(region, page)]
    if not regions:
        return []
    textpage = page.get_textpage()
    try:
        parts = []
        for region in sorted(regions, key=_area, reverse=True)[:_MOST]:
            covered = _unread(page, textpage, region)
            if covered is not None:
                box = _fraction(region, (left, low, right, high))
                parts.append(Part(number, box, tuple(_fraction(line, (left, low, right, high)) for line in covered)))
        return sorted(parts, key=lambda part: part.box[1] if part.box else 0.0)
    finally:
        textpage.close()


def _unread(page: Any, textpage: Any, region: Box) -> list[Box] | None:
    """The lines of a picture that the text layer has; None if it has nothing else that is written."""
    left, bottom, right, top = region
    layer = skeleton(textpage.get_text_bounded(left, bottom, right, top, errors="ignore"))
    if len(layer) >= _FULL_LAYER:
        return None
    scale = LOOK_DPI / 72
    page_left, page_low, page_right, page_high = page.get_bbox()
    crop = (left - page_left, bottom - page_low, page_right - right, page_high - top)
    try:
        bitmap = page.render(
            scale=scale, grayscale=True, crop=tuple(max(0.0, side) for side in crop), may_draw_forms=False
        )
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return None
    try:
        rows = writing_rows(bitmap.to_numpy().copy())
    finally:
        bitmap.close()
    covered: list[Box] = []
    letters = 0
    for row in rows:
        x0, y0, x1, y1 = row.box
        line = (left + x0 / scale, top - y1 / scale, left + x1 / scale, top - y0 / scale)
        middle = (line[1] + line[3]) / 2
        text = (
            skeleton(textpage.get_text_bounded(line[0], middle - 1, line[2], middle + 1, errors="ignore"))
            if layer
            else ""
        )
        if len(text) >= _COVERED * row.letters:
            covered.append(line)
        else:
            letters += row.letters
    return covered if letters >= _LETTERS else None


def _joined(images: Sequence[Box], page: Box) -> list[Box]:
    """Bounds of pictures within the page; those that touch are one: scans are often stored in strips."""
    found: list[Box] = []
    for image in images:
        box = (
            max(image[0], page[0]), max(image[1], page[1]), min(image[2], page[2]), min(image[3], page[3])
        )  # fmt: skip
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        touching = [other for other in found if _touch(box, other)]
        for other in touching:
            box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
            found.remove(other)
        found.append(box)
        if len(found) > 200:
            return []
    return found


def _touch(box: Box, other: Box) -> bool:
    return (
        box[0] <= other[2] + _JOIN and other[0] <= box[2] + _JOIN
        and box[1] <= other[3] + _JOIN and other[1] <= box[3] + _JOIN
    )  # fmt: skip


def _is_large(region: Box, page: Any) -> bool:
    width, height = page.get_size()
    wide, tall = region[2] - region[0], region[3] - region[1]
    return wide >= _SMALLEST[0] and tall >= _SMALLEST[1] and wide * tall >= _SHARE * width * height


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _fraction(box: Box, page: Box) -> Box:
    width, height = page[2] - page[0], page[3] - page[1]
    return (
        (box[0] - page[0]) / width, (page[3] - box[3]) / height,
        (box[2] - page[0]) / width, (page[3] - box[1]) / height,
    )  # fmt: skip
