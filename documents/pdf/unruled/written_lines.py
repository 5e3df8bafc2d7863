"""The lines of a PDF page as they stand on it, in pieces that are parted by more than the space between two words."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from documents.pdf.page_objects import address, letter_calls, rooms_of_letters

_MOST = 12_000
"""Letters of a page from which it is no table that a person could read."""
_LEAST = 8
_PIECES = 3
_LOW = 0.22
"""Of a line's height: two letters of one line stand no further above each other."""
_GAP = 0.3
"""The same for the room between two pieces: a space has 0.2, the height is 1.3 to 1.8 times the size of the letters."""
_WHOLE = 0.7
"""The same for the room of a letter that stands for its line's."""
_MARKS = (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))
_AM = 0x0E33
_NAME = 160
_LEFT, _TOP, _RIGHT, _BOTTOM = 0, 1, 2, 3
"""Edges in the order in which pdfium gives a letter's."""


class Piece(NamedTuple):
    """A piece of a line: its edges in points, its first letter's number, and its letters without spaces and marks."""

    left: float
    right: float
    first: int
    codes: npt.NDArray[np.uint32]

    @property
    def text(self) -> str:
        """What is written there."""
        return "".join(map(chr, self.codes.tolist()))


class WrittenLine(NamedTuple):
    """A line of a page: its lower edge and the height of its letters in points, and its pieces from the left."""

    low: float
    height: float
    pieces: tuple[Piece, ...]
    letters: npt.NDArray[np.float32]
    """The left and right edges of its letters."""


def written_lines(letters: Any) -> list[WrittenLine]:
    """The lines of a text page (pypdfium2) from the top; none of a page with hardly any letters, or very many, or with
    less than three pieces in all its lines and less than three lines of two."""
    count = letters.count_chars()
    if not _LEAST <= count <= _MOST:
        return []
    page = address(letters.raw)
    codes = np.fromiter(map(letter_calls().unicode, repeat(page), range(count)), np.uint32, count)
    seen = np.flatnonzero((codes > 0x20) & (codes != 0xA0) & (codes < 0xFFF0) & ~np.isin(codes, _MARKS))
    edges = rooms_of_letters(page, seen.tolist())
    shown = (edges[:, _RIGHT] > edges[:, _LEFT]) & (edges[:, _TOP] > edges[:, _BOTTOM])
    seen, edges = seen[shown], edges[shown]
    if len(seen) < _LEAST:
        return []
    return _Lines(codes, seen, edges).parted()


class _Lines:
    """Letters sorted into lines."""

    def __init__(
        self, codes: npt.NDArray[np.uint32], seen: npt.NDArray[np.intp], edges: npt.NDArray[np.float32]
    ) -> None:
        self._codes = codes
        heights = edges[:, _TOP] - edges[:, _BOTTOM]
        self._height = float(np.median(heights))
        # A browser draws น้ำ with its mark, and pdfium gives the room of that alone: the vowel beside it goes on.
        edges[(codes[seen] == _AM) & (heights < _WHOLE * self._height), _RIGHT] += _GAP * self._height
        lows = np.sort(edges[heights >= _WHOLE * self._height, _BOTTOM])[::-1]
        self._lows = lows[np.concatenate(([True], lows[:-1] - lows[1:] > _LOW * self._height))]
        # A letter that a browser draws together with its mark has a room of its own, somewhere within the line's.
        middles = (edges[:, _TOP] + edges[:, _BOTTOM]) / 2
        line = np.searchsorted(-self._lows, -middles)
        whole = heights >= _WHOLE * self._height
        line[whole] = np.searchsorted(-self._lows, -edges[whole, _BOTTOM], side="right") - 1
        line = np.minimum(line, len(self._lows) - 1)
        order = np.lexsort((edges[:, _LEFT], line))
        self._line, self._seen, self._edges = line[order], seen[order], edges[order]

    def parted(self) -> list[WrittenLine]:
        """The lines in pieces."""
        starts = np.flatnonzero(np.diff(self._line, prepend=-1))
        # As far as the line reaches up to each letter: a letter may stand above another one.
        shift = self._line * 1e5
        reach = np.maximum.accumulate(self._edges[:, _RIGHT] + shift) - shift
        room = self._edges[1:, _LEFT] - reach[:-1]
        tall = np.maximum.reduceat(self._edges[:, _TOP] - self._edges[:, _BOTTOM], starts)
        wide = np.concatenate(([True], room > _GAP * np.repeat(tall, np.diff(starts, append=len(self._line)))[1:]))
        wide[starts] = True
        parts = np.flatnonzero(wide)
        each = np.bincount(self._line[parts])
        if each.max() < _PIECES and (each > 1).sum() < _PIECES:
            return []
        codes = np.split(self._codes[self._seen], parts[1:])
        left, right = self._edges[parts, _LEFT].tolist(), np.maximum.reduceat(self._edges[:, _RIGHT], parts).tolist()
        pieces = list(map(Piece, left, right, self._seen[parts].tolist(), codes))
        ends = np.searchsorted(self._line[parts], self._line[starts], side="right").tolist()
        lines = [tuple(pieces[start:stop]) for start, stop in pairwise((0, *ends))]
        sides = np.split(self._edges[:, (_LEFT, _RIGHT)], starts[1:])
        lows = self._lows[self._line[starts]].tolist()
        return list(map(WrittenLine, lows, tall.tolist(), lines, sides))


def bold_pieces(letters: Any, pieces: Sequence[Piece]) -> list[bool]:
    """Whether each piece begins in bold letters."""
    name, flags = ctypes.create_string_buffer(_NAME), ctypes.c_int()
    found = []
    for piece in pieces:
        size = pdfium_c.FPDFText_GetFontInfo(letters.raw, piece.first, name, _NAME, flags)
        found.append(0 < size <= _NAME and b"bold" in name.value.lower())
    return found
