"""What is drawn on a PDF page: straight lines that may rule a table, pieces of text, and whether it is a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from documents.grid import Box
from documents.pdf.page_objects import (
    MAX_OBJECTS,
    UNIT,
    Matrix,
    TextObjects,
    address,
    after,
    calls,
    floats_of,
    matrix_of,
    move_box,
    pointer,
)

_MAX_RULES = 6000
_MAX_SEGMENTS = 800
_DEPTH = 3
_THIN = 3.0
CURVES = 150
"""Curved shapes on a page without letters from which its text was turned into outlines."""


class Picture(NamedTuple):
    """A picture's bounds in points, and how many times wider it is in its own pixels than as it is shown."""

    box: Box
    stretch: float


@dataclass(slots=True)
class Drawn:
    """Bounds of thin drawn things in points, and how the page shows its text."""

    rules: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    """Bounds of areas that are filled and have no outline: shading, or the cells of a table without rules."""
    images: list[Picture] = field(default_factory=list)
    texts: list[TextObjects] = field(default_factory=list)
    """The page's own pieces of text, then those of each form on it."""
    grounds: list[tuple[int, Box]] = field(default_factory=list)
    """Addresses and bounds of what is filled, thin things aside."""
    covers: list[tuple[float, Box]] = field(default_factory=list)
    """When each of them is drawn, and its bounds: what was drawn there sooner may lie under it."""
    curves: int = 0
    """Curved shapes."""
    scrawls: list[Box] = field(default_factory=list)
    """Bounds of the first of those without a straight line, as a pen leaves them."""
    lines: int = 0
    """Straight lines, a rectangle as four: a page with few holds no table."""
    pictures: bool = False
    """Pictures cover much of the page, or letters are drawn as shapes: its text may be in them."""


def collect_drawn(page: Any) -> Drawn:
    """Look at everything drawn on a page, at most 200,000 things."""
    width, height = page.get_size()
    walk = _Walk()
    walk.page(page.raw)
    thin = len([1 for left, bottom, right, top in walk.rules if right - left <= _THIN or top - bottom <= _THIN])
    lines = 4 * (len(walk.fills) + len(walk.rules)) - 3 * thin
    covered = sum((right - left) * (top - bottom) for (left, bottom, right, top), _ in walk.images)
    pictures = covered >= 0.3 * width * height or walk.curves >= CURVES
    return Drawn(
        walk.rules,
        walk.fills,
        walk.images,
        walk.texts,
        walk.grounds,
        walk.covers,
        walk.curves,
        walk.scrawls,
        lines,
        pictures,
    )


class _Walk:
    def __init__(self) -> None:
        self.rules: list[Box] = []
        self.fills: list[Box] = []
        self.images: list[Picture] = []
        self.texts: list[TextObjects] = []
        self.grounds: list[tuple[int, Box]] = []
        self.covers: list[tuple[float, Box]] = []
        self.curves = 0
        self.scrawls: list[Box] = []
        self._seen = 0
        self._mode = (ctypes.c_int(), ctypes.c_int())
        self._modes = tuple(ctypes.addressof(value) for value in self._mode)

    def page(self, page: Any) -> None:
        """Walk all that a page holds."""
        count = min(pdfium_c.FPDFPage_CountObjects(page), MAX_OBJECTS)
        self._all(list(map(calls().of_page, repeat(address(page)), range(count))), UNIT, _DEPTH, (0.0, 1.0))

    def _all(self, items: Sequence[int], matrix: Matrix, depth: int, when: tuple[float, float]) -> None:
        """Walk things in their order; the first is drawn at a moment, each next one a step later (`when`)."""
        call = calls()
        # A byte each: bytes are sorted and counted without a step of the interpreter.
        kinds = bytes(map(call.kind, items))
        texts = list(compress(items, kinds.translate(_TEXTS)))
        if texts:
            at = np.flatnonzero(np.frombuffer(kinds, np.uint8) == pdfium_c.FPDF_PAGEOBJ_TEXT)
            self.texts.append(TextObjects(texts, matrix, when[0] + when[1] * at))
        if len(texts) == len(items):
            return
        others = list(compress(items, kinds.translate(_OTHERS)))
        moments = list(compress(range(len(items)), kinds.translate(_OTHERS)))
        kinds = kinds.translate(None, _PASSED_OVER)
        bounds = floats_of(call.bounds, others, 4).astype(np.float64)
        # pdfium has no bounds for some things.
        unbounded = (bounds == bounds[:, :1]).all(axis=1)
        if matrix is not UNIT:
            bounds = move_box(bounds, matrix)
        thin = np.minimum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) <= _THIN
        thin &= (np.frombuffer(kinds, np.uint8) == pdfium_c.FPDF_PAGEOBJ_PATH) & ~unbounded
        boxes: list[Box] = list(map(tuple, bounds.tolist()))
        done = 0
        # Most things drawn are thin lines: they are taken run by run.
        for place in np.flatnonzero(~thin).tolist():
            self._thin(boxes[done:place])
            done = place + 1
            moment = when[0] + when[1] * moments[place]
            if kinds[place] == pdfium_c.FPDF_PAGEOBJ_FORM:
                self._form(others[place], matrix, depth, (moment, when[1]))
            elif not unbounded[place]:
                filled = len(self.grounds)
                self._other(others[place], kinds[place], matrix, boxes[place])
                self.covers += [(moment, box) for _, box in self.grounds[filled:]]
        self._thin(boxes[done:])

    def _thin(self, boxes: Sequence[Box]) -> None:
        self.rules += boxes[: max(0, _MAX_RULES - len(self.rules) - len(self.fills))]

    def _other(self, item: int, kind: int, matrix: Matrix, box: Box) -> None:
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if box[2] > box[0] and box[3] > box[1]:
                self.images.append(Picture(box, _stretch(pointer(item), box)))
        elif len(self.rules) + len(self.fills) < _MAX_RULES:
            self._path(item, matrix, box)

    def _path(self, item: int, matrix: Matrix, box: Box) -> None:
        strokes = self._strokes(item, matrix)
        outlined = self._is_outlined(item, box)
        if strokes is None:
            if len(self.scrawls) <= CURVES:
                self.scrawls.append(box)
            if not outlined:
                self.fills.append(box)
            return
        if outlined:
            self.rules += [line for part in strokes for line in part] or (box,)
            return
        # Each part of what is filled stands for itself: a table's thin bars are often drawn as one thing.
        for area in [_around(part) for part in strokes] or [box]:
            (self.rules if _is_thin(area) else self.fills).append(area)

    def _is_outlined(self, item: int, box: Box) -> bool:
        if not calls().mode(item, *self._modes):
            return True
        fill, stroke = self._mode
        if fill.value:
            self.grounds.append((item, box))
        return bool(stroke.value) or not fill.value

    def _form(self, item: int, outer: Matrix, depth: int, when: tuple[float, float]) -> None:
        if depth <= 1:
            return
        matrix = after(matrix_of(pointer(item)), outer)
        count = min(pdfium_c.FPDFFormObj_CountObjects(pointer(item)), MAX_OBJECTS - self._seen)
        if count > 0:
            self._seen += count
            inner = list(map(calls().of_form, repeat(item), range(count)))
            self._all(inner, matrix, depth - 1, (when[0], when[1] / (count + 1)))

    def _strokes(self, item: int, outer: Matrix) -> list[list[Box]] | None:
        """The straight lines of a path, part by part: one drawn path often holds a whole table's rules. None if it has
        nothing but curves, or is too tangled for a table."""
        count = calls().segments(item)
        if count <= 5:
            # A rectangle is its bounds.
            return []
        if count > _MAX_SEGMENTS:
            self.curves += 1
            return None
        call = calls()
        segments = list(map(call.segment, repeat(item), range(count)))
        if None in segments:
            return []
        kinds = list(map(call.segment_kind, segments))
        if pdfium_c.FPDF_SEGMENT_BEZIERTO in kinds:
            self.curves += 1
            return [] if pdfium_c.FPDF_SEGMENT_LINETO in kinds else None
        a, b, c, d, e, f = after(matrix_of(pointer(item)), outer)
        parts: list[list[Box]] = []
        x0 = y0 = 0.0
        for kind, (x, y) in zip(kinds, floats_of(call.segment_point, segments, 2).tolist(), strict=True):
            x1, y1 = a * x + c * y + e, b * x + d * y + f
            if kind == pdfium_c.FPDF_SEGMENT_LINETO and parts:
                parts[-1].append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            elif not parts or parts[-1]:
                parts.append([])
            x0, y0 = x1, y1
        return [part for part in parts if part]


_LOOKED_AT = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM)
_TEXTS = bytes(kind == pdfium_c.FPDF_PAGEOBJ_TEXT for kind in range(256))
_OTHERS = bytes(kind in _LOOKED_AT for kind in range(256))
_PASSED_OVER = bytes(kind for kind in range(256) if kind not in _LOOKED_AT)


def _stretch(item: Any, box: Box) -> float:
    _, b, c, _, _, _ = matrix_of(item)
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    if abs(b) > 1 or abs(c) > 1 or not pdfium_c.FPDFImageObj_GetImagePixelSize(item, wide, tall):
        return 1.0
    if not wide.value or not tall.value:
        return 1.0
    return wide.value / tall.value * (box[3] - box[1]) / (box[2] - box[0])


def _is_thin(box: Box) -> bool:
    return box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
