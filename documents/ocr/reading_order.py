"""The reading order of recognised lines, kept when lines are added that were found later."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from documents.ocr.tesseract import Line

_BESIDE = 0.1
"""What a line of another column weighs where a line's place is sought."""


def insert_lines(read: Sequence[Line], more: Sequence[Line]) -> list[Line]:
    """Lines in reading order with further ones among them, each where it belongs."""
    found = list(read)
    for line in more:
        found.insert(_place(line, found), line)
    return found


def _place(line: Line, others: Sequence[Line]) -> int:
    """Where a line belongs among others in reading order: so that as few as can be of those above it or to its left
    follow it, and of those below or to its right precede it. Lines beside its column count little."""
    left, top, right, bottom = line.box
    middle = (top + bottom) / 2

    def weight(other: Line) -> float:
        """Above 0 if the other line should come first, below 0 if it should follow."""
        level = other.box[1] <= middle <= other.box[3]
        first = other.box[0] < left if level else (other.box[1] + other.box[3]) / 2 < middle
        near = level or (other.box[0] < right and left < other.box[2])
        return (1 if first else -1) * (1 if near else _BESIDE)

    sums = [0.0, *accumulate(map(weight, others))]
    return max(range(len(sums)), key=sums.__getitem__)
