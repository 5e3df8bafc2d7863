"""Pictures on pages with a text layer that hold writing which the layer does not have: a section put in as a picture, a
scan under two typed lines of a signature system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium

from documents.grid import Box
from documents.ocr.recognise import Part
from documents.ocr.writing import LOOK_DPI, writing_rows
from documents.pdf.drawn_lines import Picture
from documents.pdf.open_page import OpenPage
from documents.pdf.places import skeleton

_SMALLEST = (100.0, 24.0)
"""Points, across and down; on less stand a seal and its words."""
_SHARE = 0.02
_LARGEST = 1191.0
"""Points of the longer side of A3."""
_MOST = 8
"""Pictures of one page that are looked at, the largest first."""
_LETTERS = 24
"""Letters in a picture from which it is read."""
_COVERED = 0.25
"""Letters of the text layer for each spot of ink of a line from which the layer has that line."""
_FULL_LAYER = 300
"""Letters over a picture from which it is a ground, or a scan with its recognised text."""
_JOIN = 2.0
_MOST_STRIPS = 200


def unread_parts(page: OpenPage, number: int, images: Sequence[Picture]) -> list[Part]:
    """The pictures of a page (from 1) that must be recognised, from the top; lines that the text layer has are named
    so that they are not read twice."""
    bounds = page.page.get_bbox()
    regions = [region for region in join_pictures(images, bounds) if _is_large(region.box, page.page)]
    if not regions:
        return []
    parts = []
    for region, stretch in sorted(regions, key=lambda region: _area(region.box), reverse=True)[:_MOST]:
        covered = _unread(page, region)
        if covered is not None:
            known = tuple(_fraction(line, bounds) for line in covered)
            parts.append(Part(number, _fraction(region, bounds), known, stretch))
    return sorted(parts, key=lambda part: part.box[1] if part.box else 0.0)


def _unread(page: OpenPage, region: Box) -> list[Box] | None:
    """The lines of a picture that the text layer has; None if it has nothing else that is written."""
    left, bottom, right, top = region
    layer = skeleton(page.text_within(left, bottom, right, top))
    if len(layer) >= _FULL_LAYER:
        return None
    # On a sheet larger than A3 a pixel was taken for a point: its letters are as large as the sheet.
    scale = LOOK_DPI / 72 * min(1.0, _LARGEST / max(page.page.get_size()))
    page_left, page_low, page_right, page_high = page.page.get_bbox()
    crop = (left - page_left, bottom - page_low, page_right - right, page_high - top)
    try:
        bitmap = page.page.render(
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
        text = skeleton(page.text_within(*line)) if layer else ""
        if len(text) >= _COVERED * row.letters:
            covered.append(line)
        else:
            letters += row.letters
    return covered if letters >= _LETTERS else None


def join_pictures(images: Sequence[Picture], page: Box) -> list[Picture]:
    """Pictures within the page, whose bounds are in points; those that touch are one: scans are often stored in strips.
    None if there are hundreds."""
    found: list[Picture] = []
    for (left, bottom, right, top), stretch in images:
        box = (max(left, page[0]), max(bottom, page[1]), min(right, page[2]), min(top, page[3]))
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        for other in [other for other in found if _touch(box, other.box)]:
            x0, y0, x1, y1 = other.box
            box = (min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1))
            stretch = 1.0
            found.remove(other)
        found.append(Picture(box, stretch))
        if len(found) > _MOST_STRIPS:
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
