"""Whether a picture holds writing, told from its spots of ink alone: a photograph is told from a page without a
recognition, which costs a hundred times as much. Letters stand level, beside each other, alike in height, on even
paper; the spots of a photograph do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from documents.ocr.page_image import Grey

LOOK_DPI = 100
"""Resolution at which a look is enough: a letter of 10 points is 8 pixels tall."""
_TALL = (5, 26)
"""Pixels of a letter, least and most."""
_WIDE = 40
_GAP = 14
"""Pixels between letters of one line at most."""
_MANY = 40
"""Letters with which a picture needs no second look."""
_FEWEST = 5
"""Letters of a line."""
_EVEN = 14.0
"""Spread of the paper between the letters of a line, in grey levels: paper 2 to 8, worn paper 12, photographs 20 up."""
_CONTRAST = 35.0
_ALIKE = 0.45
"""Part of a line's letters whose height is near their median."""
_HALF_TONES = (50, 190)
_PHOTOGRAPH = 0.12
"""Part of a page in half-tones from which photographs are on it: printed pages have 0.02, worn scans with grey paper
above these tones."""
_HEADINGS = 30
"""Letters of `ปัญหา อุปสรรค` and `ข้อเสนอแนะ` with a word under each."""
_BARE = 16
"""Letters that a page of photographs seems to have: six pages of them had 0 to 12."""

_ACROSS = 5
"""Times that a page on its side has more letters in lines once it is turned: pages of text 16 and more, photographed
tables that stand upright up to 4."""

_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of writing: left, top, right, bottom in pixels, and how many letters it seems to have."""

    box: tuple[int, int, int, int]
    letters: int


def look(grey: Grey, dpi: int) -> Grey:
    """A picture at the resolution at which `writing_rows` looks."""
    factor = LOOK_DPI / dpi
    if factor >= 1:
        return grey
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def writing_rows(grey: Grey) -> tuple[Row, ...]:
    """The lines of writing on a picture of about `LOOK_DPI` that lies straight or nearly so."""
    return _writing_rows(grey, _Spots.of(grey))


def _writing_rows(grey: Grey, spots: _Spots) -> tuple[Row, ...]:
    rows = _rows(grey, spots)
    if sum(row.letters for row in rows) >= _MANY:
        return rows
    # Letters of a poster: seen from twice as far.
    half = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    far = _rows(half, _Spots.of(half))
    if sum(row.letters for row in far) <= sum(row.letters for row in rows):
        return rows
    return tuple(Row((2 * r.box[0], 2 * r.box[1], 2 * r.box[2], 2 * r.box[3]), r.letters) for r in far)


@dataclass(frozen=True, slots=True)
class _Spots:
    """The ink of a picture, and of each spot of it left, top, width, height, pixels."""

    ink: Grey
    boxes: _Numbers

    @staticmethod
    def of(grey: Grey) -> _Spots:
        ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
        _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
        return _Spots(np.asarray(ink, dtype=np.uint8), stats[1:].astype(np.int64))


def _rows(grey: Grey, spots: _Spots) -> tuple[Row, ...]:
    if min(grey.shape) < _TALL[1]:
        return ()
    boxes = _like_letters(spots.boxes)
    if len(boxes) < _FEWEST:
        return ()
    groups = _lines(boxes, grey.shape)
    found = []
    for group in np.flatnonzero(np.bincount(groups) >= _FEWEST):
        row = _row(grey, spots.ink, boxes[groups == group])
        if row is not None:
            found.append(row)
    return tuple(sorted(found, key=lambda row: row.box[1]))


def _like_letters(boxes: _Numbers) -> _Numbers:
    """The spots that have a letter's size."""
    wide, tall = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    return boxes[(tall >= _TALL[0]) & (tall <= _TALL[1]) & (wide >= 2) & (wide <= _WIDE)]


@dataclass(frozen=True)
class Look:
    """A page seen small: what it tells is worked out once, and only if asked."""

    small: Grey

    @staticmethod
    def at(grey: Grey, dpi: int) -> Look:
        """The look at a page of so many dots per inch."""
        return Look(look(grey, dpi))

    def may_hold_writing(self) -> bool:
        """Whether a page is worth a recognition: not if it is a picture in half-tones without a line of letters,
        whichever way it lies."""
        return not self._is_in_half_tones or not self.has_no_lines()

    def is_bare_photograph(self) -> bool:
        """Whether a picture in half-tones has so little on it that no section of a report can stand there, however
        poorly it would be read: no line of letters, and fewer spots than its headings alone have letters."""
        return self._is_in_half_tones and not self._letters and len(_like_letters(self._spots.boxes)) < _HEADINGS

    def has_no_lines(self) -> bool:
        """Whether a page on which nothing was recognised has nothing to be recognised: some spots, but no lines."""
        return self._letters < _BARE and self._turned_letters < _BARE

    def runs_across(self) -> bool:
        """Whether the lines of a page run up and down, on its side: then hardly a letter stands beside others as it
        lies. A table of narrow columns, which look like such lines, is not on its side."""
        enough = _ACROSS * self._letters
        # Seldom has a page that stands upright so few letters in lines that its turned lines need be sought. They may
        # be as large as the letters of a poster.
        wide, tall = self._spots.boxes[:, cv2.CC_STAT_WIDTH], self._spots.boxes[:, cv2.CC_STAT_HEIGHT]
        most = int(np.count_nonzero((wide >= _TALL[0]) & (wide <= 2 * _TALL[1]) & (tall <= 2 * _WIDE)))
        return most > enough and self._turned_letters > enough

    @cached_property
    def _is_in_half_tones(self) -> bool:
        return float(np.mean((self.small > _HALF_TONES[0]) & (self.small < _HALF_TONES[1]))) >= _PHOTOGRAPH

    @cached_property
    def _spots(self) -> _Spots:
        return _Spots.of(self.small)

    @cached_property
    def _letters(self) -> int:
        return sum(row.letters for row in _writing_rows(self.small, self._spots))

    @cached_property
    def _turned_letters(self) -> int:
        return sum(row.letters for row in writing_rows(np.ascontiguousarray(np.rot90(self.small))))


def _lines(boxes: _Numbers, shape: tuple[int, ...]) -> _Numbers:
    """The number of the line of each letter: letters near to each other, level with their middles."""
    page = np.zeros(shape, np.uint8)
    for left, top, wide, tall, _ in boxes.tolist():
        middle = top + tall // 2
        page[max(0, middle - 1) : middle + 2, max(0, left - _GAP // 2) : left + wide + _GAP // 2] = 1
    _, groups = cv2.connectedComponents(page)
    middles = boxes[:, 1] + boxes[:, 3] // 2
    return np.asarray(groups[middles, boxes[:, 0]], dtype=np.int64)


def _row(grey: Grey, ink: Grey, letters: _Numbers) -> Row | None:
    left, top = letters[:, :2].min(axis=0).tolist()
    right, bottom = (letters[:, :2] + letters[:, 2:4]).max(axis=0).tolist()
    tall = float(np.median(letters[:, 3]))
    if bottom - top > 3.2 * tall or right - left < 2 * tall:
        return None
    alike = np.count_nonzero(np.abs(letters[:, 3] - tall) <= max(1.5, 0.25 * tall))
    if alike < _ALIKE * len(letters):
        return None
    # With the paper above and below: narrow letters leave little between them.
    pad = round(max(2, 0.4 * tall))
    part = np.s_[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad]
    spots = cv2.dilate(ink[part], np.ones((3, 3), np.uint8)) > 0
    paper, dark = grey[part][~spots], grey[part][ink[part] > 0]
    if paper.size < 0.2 * spots.size or not dark.size:
        return None
    if float(paper.std()) > _EVEN or float(np.median(paper)) - float(np.median(dark)) < _CONTRAST:
        return None
    return Row((left, top, right, bottom), len(letters))
