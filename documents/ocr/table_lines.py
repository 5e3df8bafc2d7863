"""Ruled tables on a page image: where their cells are, and what of a cell is ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.grid import find_grids
from documents.ocr.page_image import Box, Grey, spot_boxes

_RULE_INCHES = 0.3
"""A stroke shorter than this is a letter's."""
_TALL_INCHES = 0.22
_PIECE_INCHES = 0.14
_THICK_INCHES = 0.08
_NEAR_INCHES = 0.05
_MAX_RULES = 1500
_INSIDE = 3
"""Pixels between a rule's middle and what counts as the cell's inside."""
_DASH_TALL = 0.04
_DASH_WIDE = (0.03, 0.35)
_ACROSS = 0.8
"""Part of a cell's width from which a stroke is a rule."""
_SPECK = 6
_REMAINS = 3
"""Pixels; thinner ink along a cell's edge is what is left of its rule."""


@dataclass(frozen=True, slots=True)
class RuledCell:
    """One cell; row and col count from 0, the box is its inside in pixels: left, top, right, bottom."""

    row: int
    col: int
    span_rows: int
    span_cols: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """One table with the box around it, in pixels."""

    box: tuple[int, int, int, int]
    cells: tuple[RuledCell, ...]


def find_tables(grey: Grey, dpi: int) -> tuple[RuledTable, ...]:
    """Tables with drawn rules on a page that lies straight, from top to bottom."""
    if not _may_have_rules(grey, dpi):
        return ()
    height, width = grey.shape
    points = 72 / dpi
    boxes = [
        (left * points, (height - bottom) * points, right * points, (height - top) * points)
        for left, top, right, bottom in _strokes(grey, dpi)
    ]
    if not 4 <= len(boxes) <= _MAX_RULES:
        return ()
    tables = []
    for grid in find_grids(boxes, width * points, height * points):
        cells = []
        for cell in grid.cells:
            left, right = int(cell.left / points), int(cell.right / points)
            top, bottom = int(height - cell.top / points), int(height - cell.bottom / points)
            left, top = max(0, left + _INSIDE), max(0, top + _INSIDE)
            box = (left, top, min(width, right - _INSIDE), min(height, bottom - _INSIDE))
            if box[2] - box[0] >= 2 * _INSIDE and box[3] - box[1] >= 2 * _INSIDE:
                cells.append(RuledCell(cell.row, cell.col, cell.span_rows, cell.span_cols, box))
        # A frame around the page or a text is no table.
        if len({c.col for c in cells}) >= 2 and len({c.row for c in cells}) >= 2:
            edge = _INSIDE + 2
            tables.append(
                RuledTable(
                    (
                        max(0, min(c.box[0] for c in cells) - edge),
                        max(0, min(c.box[1] for c in cells) - edge),
                        max(c.box[2] for c in cells) + edge,
                        max(c.box[3] for c in cells) + edge,
                    ),
                    tuple(cells),
                )
            )
    return tuple(sorted(tables, key=lambda t: t.box[1]))


def _may_have_rules(grey: Grey, dpi: int) -> bool:
    """Whether a look at half the resolution shows long strokes of both directions: most pages are text, and are done
    with here."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 6)
    for flat, inches in ((True, _RULE_INCHES), (False, _TALL_INCHES)):
        strokes = ink
        for way, size in (
            (cv2.MORPH_OPEN, int(dpi / 2 * _PIECE_INCHES)),
            (cv2.MORPH_CLOSE, dpi // 20),
            (cv2.MORPH_OPEN, int(dpi / 2 * inches)),
        ):
            strokes = cv2.morphologyEx(strokes, way, np.ones((1, size) if flat else (size, 1), np.uint8))
        if np.count_nonzero(strokes.any(axis=1 if flat else 0)) < 2:
            return False
    return True


def _strokes(grey: Grey, dpi: int) -> list[Box]:
    """Bounds of thin dark strokes, in pixels, that meet at least two strokes of the other direction."""
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 10)
    ink = np.asarray(dark, dtype=np.uint8)
    flat, upright = _long(ink, dpi, flat=True), _long(ink, dpi, flat=False)
    near = dpi * _NEAR_INCHES
    meets = _meetings(flat, upright, near)
    rows, cols = np.ones(len(flat), np.bool_), np.ones(len(upright), np.bool_)
    while True:
        # A line of dense writing looks like a rule, but joins no two others.
        kept_rows = rows & (np.count_nonzero(meets[:, cols], axis=1) >= 2)
        kept_cols = cols & (np.count_nonzero(meets[kept_rows], axis=0) >= 2)
        if np.array_equal(kept_rows, rows) and np.array_equal(kept_cols, cols):
            return [*(flat[at] for at in np.flatnonzero(rows)), *(upright[at] for at in np.flatnonzero(cols))]
        rows, cols = kept_rows, kept_cols


def _long(ink: Grey, dpi: int, *, flat: bool) -> list[Box]:
    def line(size: int, thick: int = 1) -> Grey:
        return np.ones((thick, size) if flat else (size, thick), np.uint8)

    gap = max(3, dpi // 30)
    # Letters go first, else closing the gaps that scanning leaves in thin rules would make rules of them.
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, line(int(dpi * _PIECE_INCHES)))
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, line(4 * gap))
    strokes = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, line(int(dpi * (_RULE_INCHES if flat else _TALL_INCHES))))
    strokes = cv2.dilate(strokes, line(2 * gap, 3))
    found: list[Box] = []
    for left, top, right, bottom in spot_boxes(np.asarray(strokes, dtype=np.uint8)).tolist():
        wide, tall = right - left, bottom - top
        if (tall if flat else wide) <= dpi * _THICK_INCHES:
            x, y = float(left + wide / 2), float(top + tall / 2)
            found.append((float(left), y, float(left + wide), y) if flat else (x, float(top), x, float(top + tall)))
    return found


def _meetings(flat: Sequence[Box], upright: Sequence[Box], near: float) -> npt.NDArray[np.bool_]:
    """Which level strokes meet which upright ones."""
    rows, cols = (np.array(strokes, dtype=np.float64).reshape(-1, 4) for strokes in (flat, upright))
    x, y = (cols[:, 0] + cols[:, 2])[None, :] / 2, (rows[:, 1] + rows[:, 3])[:, None] / 2
    across = (rows[:, :1] - near <= x) & (x <= rows[:, 2:3] + near)
    down = (cols[:, 1] - near <= y) & (y <= cols[:, 3] + near)
    return np.asarray(across & down, dtype=np.bool_)


def erase(grey: Grey, areas: Sequence[npt.NDArray[np.float64]]) -> Grey:
    """The page with some areas, each given by its corners in pixels, painted over in the colour of paper."""
    page = grey.copy()
    paper = int(np.percentile(grey[::8, ::8], 80))
    for corners in areas:
        cv2.fillPoly(page, [np.round(corners).astype(np.int32)], (paper,))
    return page


def ink_box(cell: Grey) -> tuple[int, int, int, int] | None:
    """Bounds of the writing in a cell's image, None if it is empty. Dust and remains of rules are left out."""
    ink = cv2.adaptiveThreshold(cell, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    height, width = cell.shape
    left, top, wide, tall, area = stats[1:].T
    right, bottom = left + wide, top + tall
    at_side = (wide <= _REMAINS) & ((left <= 1) | (right >= width - 1))
    at_end = (tall <= _REMAINS) & ((top <= 1) | (bottom >= height - 1))
    kept = (area >= _SPECK) & ~at_side & ~at_end
    if not kept.any():
        return None
    return int(left[kept].min()), int(top[kept].min()), int(right[kept].max()), int(bottom[kept].max())


def is_rule(box: tuple[int, int, int, int], width: int, dpi: int) -> bool:
    """Whether all the ink of a cell of some width, in pixels, is one level stroke from side to side: a piece of a rule
    that parts no cells."""
    return (box[3] - box[1]) / dpi <= _DASH_TALL and box[2] - box[0] >= _ACROSS * width


def is_dash(box: tuple[int, int, int, int], dpi: int) -> bool:
    """Whether all the ink of a cell is one short level stroke: a dash, which recognition drops."""
    wide, tall = (box[2] - box[0]) / dpi, (box[3] - box[1]) / dpi
    return tall <= _DASH_TALL and _DASH_WIDE[0] <= wide <= _DASH_WIDE[1] and wide >= 1.8 * tall
