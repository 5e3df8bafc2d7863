"""Bands of writing that recognition of a whole page passed over, such as one word between leader dots: found by
their ink, freed of the dots, and recognised again on a sheet of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from core.thai.normalize import is_thai
from documents.ocr.batch import paper_grey, read_pictures
from documents.ocr.page_image import Grey, noise, spot_boxes
from documents.ocr.tesseract import Line, TesseractError, mean_confidence

_MOST = 12
"""Bands of one page; one with more holds a picture or writing by hand."""
_SURE = 0.9
"""Confidence below which a line is dropped. Measured on real scans: print that was passed over gives 0.9 and more,
stamps, signatures, photographs and torn letters hardly ever 0.85."""
_SOLID = 0.5
"""A line read with less counts as unread: dirt, or a word among leader dots that spoil it."""
_ECHOED, _SURE_LINE, _ECHO, _NEAR = 0.65, 0.8, 0.85, 3
"""Confidence below which a line may be an echo, from which it may have one, part of the weak one's words that lies
where the sure one runs (0.25 where it is none), and how many words on either side tell where that is."""
_LEADERS = re.compile(r"[.…·]{3}|\.\s\.\s\.")
"""Leader dots in a line of which a letter is doubtful."""
_COVER = (0.5, 0.25)
"""How far a recognised word reaches beyond its box, across and up and down; this and what follows in heights of a
letter."""
_BODY, _LETTER = 0.45, 2.6
"""What is lower is a mark, a dot or a dash; what is taller a stamp, a signature or a picture."""
_BAND_TALL, _BAND_WIDE = 2.8, 1.2
"""Most and least that a band measures."""
_AROUND = (0.5, 0.8, 0.5)
"""How far a band's picture reaches beyond its letters, aside, above and below: for marks."""
_FEWEST = 3
"""Letters; two strokes may be anything."""
_HEADING, _LONG, _INDENT = 6, 3.5, 0.15
"""Letters of a heading at least, its width in its heights, and part of the page's width from the margin within which
it begins. Stamps and signatures stand further right."""
_KEPT = 0.3
"""Confidence of a line that becomes text (documents/ocr/recognise.py)."""
_GRAIN = 2.0
"""Noise (`page_image.noise`) from which a page has tens of thousands of spots."""
_DOT_INCHES = 0.04
_DOTS_APART_INCHES = 0.15
_FEWEST_DOTS = 4
_WORD_GAP_INCHES = 0.2

_Numbers = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of unread writing: the box around its letters in pixels, and its picture with nothing else on it."""

    box: tuple[int, int, int, int]
    picture: Grey
    letters: int


def read_bands(grey: Grey, dpi: int, read: Sequence[Line], seconds: float) -> tuple[Line, ...]:
    """What stands in the bands of a page that its recognised lines pass over, as lines of that page: what is read with
    confidence, and what is not but may head a section, without text where nothing was read. Nothing is dropped in
    silence that might."""
    bands = sorted(unread_bands(grey, dpi, read), key=lambda band: -band.letters)
    try:
        pictures = read_pictures([b.picture for b in bands[:_MOST]], dpi, paper_grey(grey), seconds)
    except TesseractError:
        pictures = []
    pictures = [*pictures, *([] for _ in bands[len(pictures) :])]
    margin = min((line.box[0] for line in read if line.confidence >= _SURE_LINE), default=0)
    margin += round(_INDENT * grey.shape[1])
    found = []
    for band, lines in zip(bands, pictures, strict=True):
        sure = [line for line in lines if line.confidence >= _SURE]
        text = " ".join(line.text for line in sure)
        if _letters(text) >= _FEWEST:
            found.append(Line(text, mean_confidence(sure), band.box))
        elif _may_head(band, margin) and not any(_shows(line, band) for line in read):
            fair = [line for line in lines if line.confidence >= _SOLID]
            text = " ".join(line.text for line in fair)
            told = sum(map(is_thai, text)) >= _FEWEST
            found.append(Line(text if told else "", mean_confidence(fair) if told else 0.0, band.box))
    return tuple(sorted(found, key=lambda line: line.box[1]))


def _may_head(band: Band, margin: int) -> bool:
    """Whether a band may be the heading of a section: it begins where lines begin, and has a heading's letters."""
    left, top, right, bottom = band.box
    return left <= margin and band.letters >= _HEADING and right - left >= _LONG * (bottom - top)


def _shows(line: Line, band: Band) -> bool:
    """Whether a doubtful line that is kept shows a band's ink."""
    return line.confidence >= _KEPT and _is_within(Line("", 0.0, band.box), line)


def replace_weak(read: Sequence[Line], again: Sequence[Line]) -> list[Line]:
    """The recognised lines without the doubtful ones of which most was read again with confidence."""

    def is_replaced(line: Line) -> bool:
        inside = [more for more in again if more.confidence >= _SURE and _is_within(more, line)]
        return bool(inside) and 2 * sum(_letters(more.text) for more in inside) >= _letters(line.text)

    return [line for line in read if not _is_weak(line) or not is_replaced(line)]


def drop_echoes(read: Sequence[Line]) -> list[Line]:
    """The recognised lines without weak ones that are the ink of a sure one read a second time, such as its marks."""
    if not any(line.words and line.confidence < _ECHOED for line in read):
        return list(read)
    sure = [_strip(line) for line in read if line.confidence >= _SURE_LINE and line.words]

    def is_echo(line: Line) -> bool:
        return any(_covered(np.array(line.words, dtype=np.int64), words) >= _ECHO for words in sure)

    return [line for line in read if line.confidence >= _ECHOED or not line.words or not is_echo(line)]


def _strip(line: Line) -> _Numbers:
    """The words of a line, each as tall as its neighbours together: where the line runs, however crooked."""
    words = np.array(sorted(line.words), dtype=np.int64)
    found = words.copy()
    for at in range(len(words)):
        near = words[max(0, at - _NEAR) : at + _NEAR + 1]
        found[at] = near[:, 0].min(), near[:, 1].min(), near[:, 2].max(), near[:, 3].max()
    return found


def _covered(words: _Numbers, strip: _Numbers) -> float:
    """Part of the area of some words that lies within a line's strip."""
    low = np.maximum(words[:, None, :2], strip[None, :, :2])
    high = np.minimum(words[:, None, 2:], strip[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=2).max(axis=1)
    return float(shared.sum() / max(1, np.prod(words[:, 2:] - words[:, :2], axis=1).sum()))


def _is_weak(line: Line) -> bool:
    return line.confidence < _SOLID or (line.doubtful > 0 and _LEADERS.search(line.text) is not None)


def _is_within(inner: Line, outer: Line) -> bool:
    left, top, right, bottom = outer.box
    x, y = (inner.box[0] + inner.box[2]) / 2, (inner.box[1] + inner.box[3]) / 2
    return left <= x <= right and top <= y <= bottom


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def unread_bands(grey: Grey, dpi: int, read: Sequence[Line]) -> tuple[Band, ...]:
    """Stretches of writing on a page (tables painted over) that no recognised line covers. Leader dots, rules,
    scribbles and pictures are none."""
    solid = [word for line in read if not _is_weak(line) for word in line.words]
    if not solid:
        return ()
    words = np.array(solid, dtype=np.int64)
    tall = float(np.median(words[:, 3] - words[:, 1]))
    dark = np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12), dtype=np.uint8
    )
    # Most pages have none, and then no dot of theirs needs a number; a grainy one has so many spots of ink that
    # numbering is cheaper than their outlines.
    if noise(grey) < _GRAIN and not _unread_lines(spot_boxes(dark), words, tall, dark.shape, dpi):
        return ()
    ink = _Ink.of(dark)
    lines = _unread_lines(ink.boxes, words, tall, dark.shape, dpi)
    if not lines:
        return ()
    # Whatever is not known to belong elsewhere stays: a word that loses its small marks becomes another word.
    high = ink.boxes[:, 3] - ink.boxes[:, 1]
    foreign = _mark_covered(ink.boxes, words, (0, 0), dark.shape) | (high >= _BODY * tall) | ink.leaders(dpi)
    return tuple(_band(grey, ink, line, foreign, tall) for line in lines)


def _unread_lines(boxes: _Numbers, words: _Numbers, tall: float, shape: tuple[int, ...], dpi: int) -> list[_Numbers]:
    """The spots of each stretch of letters that no recognised word covers."""
    high = boxes[:, 3] - boxes[:, 1]
    reach = (round(_COVER[0] * tall), round(_COVER[1] * tall))
    letter = (high >= _BODY * tall) & (high <= _LETTER * tall) & ~_mark_covered(boxes, words, reach, shape)
    if np.count_nonzero(letter) < _FEWEST:
        return []
    groups = _joined(boxes[letter], shape, round(_WORD_GAP_INCHES * dpi), 0)
    numbers = np.flatnonzero(letter)
    lines = [numbers[groups == group] for group in np.flatnonzero(np.bincount(groups, minlength=1) >= _FEWEST)]
    return [line for line in lines if _is_writing(boxes[line], tall)]


def _mark_covered(boxes: _Numbers, words: _Numbers, reach: tuple[int, int], shape: tuple[int, ...]) -> _Flags:
    """Which spots have their middle on a recognised word, which reaches so many pixels beyond its box, aside and up and
    down. Words, not lines: the box of a long line on a crooked page covers its neighbours too."""
    page = np.zeros(shape, np.uint8)
    aside, above = reach
    for left, top, right, bottom in words.tolist():
        page[max(0, top - above) : bottom + above, max(0, left - aside) : right + aside] = 1
    x, y = (boxes[:, 0] + boxes[:, 2]) // 2, (boxes[:, 1] + boxes[:, 3]) // 2
    return np.asarray(page[y, x] > 0)


@dataclass(frozen=True, slots=True)
class _Ink:
    """The spots of ink on a page: each pixel's spot, and of each spot left, top, right, bottom."""

    labels: npt.NDArray[np.int32]
    boxes: _Numbers

    @staticmethod
    def of(dark: Grey) -> _Ink:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
        # Number 0 is the paper: it keeps its number, but is as large as the page and so no letter and no dot.
        boxes = np.concatenate([stats[:, :2], stats[:, :2] + stats[:, 2:4]], axis=1)
        return _Ink(np.asarray(labels, dtype=np.int32), boxes.astype(np.int64))

    def leaders(self, dpi: int) -> _Flags:
        """Which spots are dots of a row of them: small, round, level, one beside the other."""
        wide, high = self.boxes[:, 2] - self.boxes[:, 0], self.boxes[:, 3] - self.boxes[:, 1]
        dots = (np.maximum(wide, high) <= _DOT_INCHES * dpi) & (np.abs(wide - high) <= np.maximum(1, high // 3))
        rows = _joined(self.boxes[dots], self.labels.shape, round(_DOTS_APART_INCHES * dpi), 0)
        found = np.zeros(len(self.boxes), np.bool_)
        found[dots] = np.bincount(rows, minlength=1)[rows] >= _FEWEST_DOTS
        return found


def _joined(boxes: _Numbers, shape: tuple[int, ...], across: int, down: int) -> _Numbers:
    """The number of the group of each box; boxes nearer to each other than so many pixels are of one group."""
    page = np.zeros(shape, np.uint8)
    left, right = across // 2, across - across // 2
    top, bottom = down // 2, down - down // 2
    for box in boxes.tolist():
        page[max(0, box[1] - top) : box[3] + bottom, max(0, box[0] - left) : box[2] + right] = 1
    _, groups = cv2.connectedComponents(page)
    return np.asarray(groups[boxes[:, 1], boxes[:, 0]], dtype=np.int64)


def _is_writing(letters: _Numbers, tall: float) -> bool:
    high = int(letters[:, 3].max() - letters[:, 1].min())
    wide = int(letters[:, 2].max() - letters[:, 0].min())
    return high <= _BAND_TALL * tall and wide >= _BAND_WIDE * tall


def _band(grey: Grey, ink: _Ink, letters: _Numbers, foreign: _Flags, tall: float) -> Band:
    left, top = ink.boxes[letters, :2].min(axis=0).tolist()
    right, bottom = ink.boxes[letters, 2:].max(axis=0).tolist()
    height, width = grey.shape
    aside, above, below = (round(part * tall) for part in _AROUND)
    part = np.s_[max(0, top - above) : min(height, bottom + below), max(0, left - aside) : min(width, right + aside)]
    erased = foreign.copy()
    erased[letters] = erased[0] = False
    picture = grey[part].copy()
    # The edge of a spot is paler than its ink.
    mask = cv2.dilate(erased[ink.labels[part]].astype(np.uint8), np.ones((3, 3), np.uint8))
    picture[mask > 0] = np.median(picture)
    return Band((left, top, right, bottom), picture, len(letters))
