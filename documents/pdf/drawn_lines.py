"""What is drawn on a PDF page: straight lines that may rule a table, and whether it is a picture.

pdfium is called without its Python objects here: a page may hold ten thousand things, and most are letters.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from documents.grid import Box

_MAX_RULES = 6000
_MAX_SEGMENTS = 800
_MAX_OBJECTS = 200_000
_DEPTH = 3
_THIN = 3.0
_CURVES = 150
"""Curved shapes on a page without letters from which its text was turned into outlines."""

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    lines: int = 0
    """Straight lines, a rectangle as four: a page with few holds no table."""
    pictures: bool = False
    """Pictures cover much of the page, or letters are drawn as shapes: its text may be in them."""


def drawn(page: Any) -> Drawn:
    """Look at everything drawn on a page, at most 200,000 things."""
    width, height = page.get_size()
    walk = _Walk()
    walk.page(page.raw)
    lines = 4 * len(walk.fills)
    lines += sum(1 if min(right - left, top - bottom) <= _THIN else 4 for left, bottom, right, top in walk.rules)
    covered = sum((right - left) * (top - bottom) for (left, bottom, right, top), _ in walk.images)
    pictures = covered >= 0.3 * width * height or walk.curves >= _CURVES
    return Drawn(walk.rules, walk.fills, walk.images, lines, pictures)


class _Walk:
    """Calls pdfium's functions with plain addresses: a pointer object for each thing costs more than the call."""

    def __init__(self) -> None:
        self.rules: list[Box] = []
        self.fills: list[Box] = []
        self.images: list[Picture] = []
        self.curves = 0
        self._seen = 0
        self._bounds = tuple(ctypes.c_float() for _ in range(4))
        self._pointers = tuple(ctypes.byref(value) for value in self._bounds)
        self._mode = (ctypes.c_int(), ctypes.c_int())
        self._modes = tuple(ctypes.byref(value) for value in self._mode)

    def page(self, page: Any) -> None:
        """Walk all that a page holds."""
        call = _calls()
        handle = ctypes.cast(page, _THING).value
        get, kind_of = call.of_page, call.kind
        for number in range(min(pdfium_c.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
            item = get(handle, number)
            kind = kind_of(item)
            if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._item(item, kind, _UNIT, _DEPTH)

    def _item(self, item: int, kind: int, matrix: _Matrix, depth: int) -> None:
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            box = self._box(item, matrix)
            if box is not None and len(self.rules) + len(self.fills) < _MAX_RULES:
                self._path(item, matrix, box)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = self._box(item, matrix)
            if box is not None and box[2] > box[0] and box[3] > box[1]:
                self.images.append(Picture(box, _stretch(_pointer(item), box)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth > 1:
            self._form(item, _after(_matrix(_pointer(item)), matrix), depth - 1)

    def _path(self, item: int, matrix: _Matrix, box: Box) -> None:
        if _is_thin(box):
            self.rules.append(box)
            return
        strokes = self._strokes(item, matrix)
        if self._is_outlined(item):
            self.rules += [line for part in strokes for line in part] or (box,)
            return
        # Each part of what is filled stands for itself: a table's thin bars are often drawn as one thing.
        for area in [_around(part) for part in strokes] or [box]:
            (self.rules if _is_thin(area) else self.fills).append(area)

    def _is_outlined(self, item: int) -> bool:
        if not _calls().mode(item, *self._modes):
            return True
        fill, stroke = self._mode
        return bool(stroke.value) or not fill.value

    def _box(self, item: int, matrix: _Matrix) -> Box | None:
        left, bottom, right, top = self._bounds
        if not _calls().bounds(item, *self._pointers):
            return None
        box = (left.value, bottom.value, right.value, top.value)
        return box if matrix is _UNIT else _moved(box, matrix)

    def _form(self, item: int, matrix: _Matrix, depth: int) -> None:
        get, kind_of = _calls().of_form, _calls().kind
        for number in range(min(pdfium_c.FPDFFormObj_CountObjects(_pointer(item)), _MAX_OBJECTS)):
            self._seen += 1
            if self._seen > _MAX_OBJECTS:
                return
            inner = get(item, number)
            kind = kind_of(inner)
            if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._item(inner, kind, matrix, depth)

    def _strokes(self, item: int, outer: _Matrix) -> list[list[Box]]:
        """The straight lines of a path, part by part: one drawn path often holds a whole table's rules."""
        count = _calls().segments(item)
        if count <= 5 or count > _MAX_SEGMENTS:
            # A rectangle is its bounds, and so is what is too tangled for a table.
            self.curves += count > 5
            return []
        path = _pointer(item)
        matrix = _after(_matrix(path), outer)
        x, y = ctypes.c_float(), ctypes.c_float()
        at_x, at_y = ctypes.byref(x), ctypes.byref(y)
        parts: list[list[Box]] = []
        last: tuple[float, float] | None = None
        for number in range(count):
            segment = pdfium_c.FPDFPath_GetPathSegment(path, number)
            if not pdfium_c.FPDFPathSegment_GetPoint(segment, at_x, at_y):
                return []
            kind = pdfium_c.FPDFPathSegment_GetType(segment)
            if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
                self.curves += 1
                return []
            a, b, c, d, e, f = matrix
            here = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
                (x0, y0), (x1, y1) = last, here
                parts[-1].append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            elif not parts or parts[-1]:
                parts.append([])
            last = here
        return [part for part in parts if part]


def _stretch(item: Any, box: Box) -> float:
    _, b, c, _, _, _ = _matrix(item)
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


_THING = ctypes.c_void_p


@dataclass(frozen=True, slots=True)
class _Calls:
    """pdfium's functions that are called for everything on a page, with addresses as numbers."""

    of_page: Any
    of_form: Any
    kind: Any
    bounds: Any
    segments: Any
    mode: Any


@lru_cache(maxsize=1)
def _calls() -> _Calls:
    whole, at = ctypes.c_int, ctypes.POINTER(ctypes.c_float)
    flag = ctypes.POINTER(ctypes.c_int)

    def plain(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _THING).value or 0)

    return _Calls(
        plain(pdfium_c.FPDFPage_GetObject, _THING, _THING, whole),
        plain(pdfium_c.FPDFFormObj_GetObject, _THING, _THING, ctypes.c_ulong),
        plain(pdfium_c.FPDFPageObj_GetType, whole, _THING),
        plain(pdfium_c.FPDFPageObj_GetBounds, whole, _THING, at, at, at, at),
        plain(pdfium_c.FPDFPath_CountSegments, whole, _THING),
        plain(pdfium_c.FPDFPath_GetDrawMode, whole, _THING, flag, flag),
    )


def _pointer(item: int) -> Any:
    return ctypes.cast(item, pdfium_c.FPDF_PAGEOBJECT)


def _matrix(item: Any) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, matrix):
        return _UNIT
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _after(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: Box, matrix: _Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
