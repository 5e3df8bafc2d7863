"""Text of a PDF page that a line strikes out: its author took it back, and a person can still read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from documents.grid import Box
from documents.pdf.page_objects import Floats

_THIN = 3.0
_SHORTEST = 8.0
"""Points of a line's thickness and length."""
_LOW, _HIGH = 0.25, 0.92
"""Part of a letter's height from its foot where a line strikes it out; one below underlines it, one above is a rule."""
_SLACK = 4.0
"""Points that a line may be longer or shorter than what it strikes out; the rule of a form or table is longer."""
_COVERED = 0.5
"""Part of the line that must lie over letters."""
_MARK = 0.9
"""Heights of a letter from the line within which a smaller piece is a mark over or under a letter that is struck."""
_SMALL = 0.8
_AT_ONCE = 1 << 18
"""Pairs of lines and pieces of text that are compared at once."""
_MOST = 200
"""A page with more lines than that holds tables or drawings."""


def strikes(rules: Iterable[Box]) -> list[Box]:
    """The lines of a page, as bounds in points, that are long and thin enough to strike out text; none where there
    are so many that they rule a table."""
    found = [(left, low, right, high) for left, low, right, high in rules if _is_long(left, low, right, high)]
    return found if len(found) <= _MOST else []


def struck_pieces(boxes: Floats, lines: Sequence[Box]) -> npt.NDArray[np.bool_]:
    """Which pieces of text, by their bounds in points, these lines strike out, with the marks of their letters."""
    x0, y0, x1, y1 = boxes.T
    height = y1 - y0
    found = np.zeros(len(boxes), bool)
    for line, crossed in _crossings(boxes, lines):
        left, low, right, high = line
        middle = (low + high) / 2
        exact = abs(x0[crossed].min() - left) <= _SLACK and abs(x1[crossed].max() - right) <= _SLACK
        if not exact or (x1 - x0)[crossed].sum() < _COVERED * (right - left):
            continue
        tall = float(np.median(height[crossed]))
        centre = (x0 + x1) / 2
        near = (centre >= left) & (centre <= right) & (y0 < middle + _MARK * tall) & (y1 > middle - _MARK * tall)
        found |= crossed | (near & (height < _SMALL * tall))
    return found


def _crossings(boxes: Floats, lines: Sequence[Box]) -> Iterator[tuple[Box, npt.NDArray[np.bool_]]]:
    """The lines that run through letters, and which pieces of text those are of."""
    if not len(boxes):
        return
    x0, y0, x1, y1 = boxes.T
    height = y1 - y0
    # As the letters' own numbers are kept.
    edges = np.array([(left, right, (low + high) / 2) for left, low, right, high in lines], np.float32)
    step = max(1, _AT_ONCE // len(boxes))
    for start in range(0, len(lines), step):
        left, right, middle = edges[start : start + step].T[:, :, None]
        place = (middle - y0) / np.maximum(height, 0.1)
        crossed = (place >= _LOW) & (place <= _HIGH) & (x1 > left) & (x0 < right) & (height > _THIN)
        for at in np.flatnonzero(crossed.any(axis=1)).tolist():
            yield lines[start + at], crossed[at]


def _is_long(left: float, low: float, right: float, high: float) -> bool:
    return high - low <= _THIN and right - left >= _SHORTEST
