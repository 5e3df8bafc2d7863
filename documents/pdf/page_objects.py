"""Everything that a PDF page draws, thing by thing, without pdfium's Python objects: a page may hold ten thousand
things, and a pointer object for each costs more than the call."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

MAX_OBJECTS = 200_000

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.uint32]

_RECTANGLE = (4, 5)
"""Segments of a path that is one, closed by a line or by itself."""
_THING = ctypes.c_void_p


@dataclass(frozen=True, slots=True)
class TextObjects:
    """Pieces of text of a page, or of a form on it, by their addresses, and the matrix from the form to the page."""

    items: list[int]
    matrix: Matrix
    order: Floats
    """When each is drawn, as numbers that rise over the whole page."""


@dataclass(frozen=True, slots=True)
class Calls:
    """pdfium's functions that are called for everything on a page, with addresses as numbers. The values that a
    function gives back through a pointer are read with `floats_of` and `colours_of`."""

    of_page: Any
    of_form: Any
    kind: Any
    bounds: Any
    segments: Any
    segment: Any
    segment_kind: Any
    segment_point: Any
    mode: Any
    fill_colour: Any
    stroke_colour: Any
    text_mode: Any
    text_font: Any
    text_size: Any
    matrix: Any
    marks: Any
    mark: Any
    clip: Any
    clip_paths: Any
    clip_segments: Any
    clip_segment: Any


@dataclass(frozen=True, slots=True)
class LetterCalls:
    """pdfium's functions that are called for letters of a text page, with addresses as numbers."""

    unicode: Any
    owner: Any
    """The piece of text that a letter is of."""
    number: Any
    """A letter's number from its place in the page's text."""
    size: Any
    box: Any
    """Its left, right, lower and upper edge."""
    room: Any
    """Left, upper, right and lower edge of the room that its font gives it, the same height for all of its letters."""
    within: Any
    """The letters within bounds (left, top, right, bottom), written to a buffer of so many."""


@lru_cache(maxsize=1)
def letter_calls() -> LetterCalls:
    """The functions, made once a process."""
    whole, real = ctypes.c_int, ctypes.c_double
    return LetterCalls(
        _plain(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _THING, whole),
        _plain(pdfium_c.FPDFText_GetTextObject, _THING, _THING, whole),
        _plain(pdfium_c.FPDFText_GetCharIndexFromTextIndex, whole, _THING, whole),
        _plain(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _THING, whole),
        _plain(pdfium_c.FPDFText_GetCharBox, whole, _THING, whole, _THING, _THING, _THING, _THING),
        _plain(pdfium_c.FPDFText_GetLooseCharBox, whole, _THING, whole, _THING),
        _plain(pdfium_c.FPDFText_GetBoundedText, whole, _THING, real, real, real, real, _THING, whole),
    )


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    # The lock is kept: the calls are short, and giving it back takes as long as some of them.
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _THING).value or 0)


@lru_cache(maxsize=1)
def calls() -> Calls:
    """The functions, made once a process."""
    whole = ctypes.c_int
    plain = _plain
    return Calls(
        plain(pdfium_c.FPDFPage_GetObject, _THING, _THING, whole),
        plain(pdfium_c.FPDFFormObj_GetObject, _THING, _THING, ctypes.c_ulong),
        plain(pdfium_c.FPDFPageObj_GetType, whole, _THING),
        plain(pdfium_c.FPDFPageObj_GetBounds, whole, _THING, _THING, _THING, _THING, _THING),
        plain(pdfium_c.FPDFPath_CountSegments, whole, _THING),
        plain(pdfium_c.FPDFPath_GetPathSegment, _THING, _THING, whole),
        plain(pdfium_c.FPDFPathSegment_GetType, whole, _THING),
        plain(pdfium_c.FPDFPathSegment_GetPoint, whole, _THING, _THING, _THING),
        plain(pdfium_c.FPDFPath_GetDrawMode, whole, _THING, _THING, _THING),
        plain(pdfium_c.FPDFPageObj_GetFillColor, whole, _THING, _THING, _THING, _THING, _THING),
        plain(pdfium_c.FPDFPageObj_GetStrokeColor, whole, _THING, _THING, _THING, _THING, _THING),
        plain(pdfium_c.FPDFTextObj_GetTextRenderMode, whole, _THING),
        plain(pdfium_c.FPDFTextObj_GetFont, _THING, _THING),
        plain(pdfium_c.FPDFTextObj_GetFontSize, whole, _THING, _THING),
        plain(pdfium_c.FPDFPageObj_GetMatrix, whole, _THING, _THING),
        plain(pdfium_c.FPDFPageObj_CountMarks, whole, _THING),
        plain(pdfium_c.FPDFPageObj_GetMark, _THING, _THING, ctypes.c_ulong),
        plain(pdfium_c.FPDFPageObj_GetClipPath, _THING, _THING),
        plain(pdfium_c.FPDFClipPath_CountPaths, whole, _THING),
        plain(pdfium_c.FPDFClipPath_CountPathSegments, whole, _THING, whole),
        plain(pdfium_c.FPDFClipPath_GetPathSegment, _THING, _THING, whole, whole),
    )


def floats_of(function: Any, items: Sequence[int], count: int) -> Floats:
    """What a function writes for each thing, `count` numbers a row; zeros where it fails."""
    found = np.zeros((len(items), count), np.float32)
    _fill(function, items, found.ctypes.data, count)
    return found


def colours_of(function: Any, items: Sequence[int]) -> Counts:
    """The colour of each thing and how much it covers, four parts of 255 a row; black where it has none of its own."""
    found = np.zeros((len(items), 4), np.uint32)
    found[:, 3] = 255
    _fill(function, items, found.ctypes.data, 4)
    return found


def letter_boxes(page: int, numbers: Iterable[int], count: int) -> npt.NDArray[np.float64]:
    """The edges of `count` letters of a text page, a row each: left, right, lower, upper; else zeros."""
    found = np.zeros((count, 4))
    start, step = found.ctypes.data, found.strides[0]
    columns = [range(at, at + step * count, step) for at in range(start, start + step, found.itemsize)]
    for _ in map(letter_calls().box, repeat(page), numbers, *columns):
        pass
    return found


def rooms_of_letters(page: int, numbers: Sequence[int]) -> Floats:
    """The room of letters of a text page, a row each: left, upper, right and lower edge."""
    found = np.zeros((len(numbers), 4), np.float32)
    start = found.ctypes.data
    for _ in map(letter_calls().room, repeat(page), numbers, range(start, start + 16 * len(numbers), 16)):
        pass
    return found


def _fill(function: Any, items: Sequence[int], start: int, count: int) -> None:
    step = 4 * count
    stop = start + step * len(items)
    columns = [range(start + 4 * at, stop + 4 * at, step) for at in range(count)]
    # map() calls without a step of the interpreter between, three times as fast as a loop.
    for _ in map(function, items, *columns):
        pass


def clips_of(items: Sequence[int]) -> Floats:
    """The rectangle within which each thing is shown, two opposite corners a row; zeros where it is none or has another
    shape."""
    call = calls()
    clips = list(map(call.clip, items))
    last = [count - 1 for count in map(call.clip_paths, clips)]
    if max(last, default=-1) < 0:
        return np.zeros((len(items), 4), np.float32)
    sides = np.fromiter(map(call.clip_segments, clips, last), np.int32, len(items))
    corners = [
        floats_of(call.segment_point, [each or 0 for each in map(call.clip_segment, clips, last, repeat(at))], 2)
        for at in (0, 2)
    ]
    found = np.concatenate(corners, axis=1)
    found[~np.isin(sides, _RECTANGLE)] = 0
    return found


def matrices_of(items: Sequence[int]) -> Floats:
    """The matrix of each thing, six numbers a row."""
    found = np.zeros((len(items), 6), np.float32)
    start = found.ctypes.data
    for _ in map(calls().matrix, items, range(start, start + 24 * len(items), 24)):
        pass
    return found


def pointer(item: int) -> Any:
    """A thing as pdfium's other functions take it."""
    return ctypes.cast(item, pdfium_c.FPDF_PAGEOBJECT)


def address(handle: Any) -> int:
    """The address behind one of pdfium's handles."""
    return ctypes.cast(handle, _THING).value or 0


def matrix_of(item: Any) -> Matrix:
    """A thing's own matrix."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, matrix):
        return UNIT
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def after(inner: Matrix, outer: Matrix) -> Matrix:
    """Both matrices, the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def move_box(boxes: npt.NDArray[Any], matrix: Matrix) -> npt.NDArray[Any]:
    """The bounds of each box, a row of four numbers each, after a matrix."""
    a, b, c, d, e, f = matrix
    xs = np.stack([a * boxes[:, x] + c * boxes[:, y] + e for x in (0, 2) for y in (1, 3)])
    ys = np.stack([b * boxes[:, x] + d * boxes[:, y] + f for x in (0, 2) for y in (1, 3)])
    return np.stack([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)], axis=1)
