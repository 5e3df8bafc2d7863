"""Latin among Thai: a page is read as Thai, and what is doubtful then, as Latin letters are, is read again as both.
That is cheaper than both for all, and leaves Thai words Thai."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import LCSseq

from core.thai.normalize import is_thai
from documents.ocr.batch import paper_grey, read_pictures
from documents.ocr.page_image import Grey
from documents.ocr.tesseract import BOTH, THAI, Line, TesseractError, lines, mean_confidence

_FEW = 3
"""Doubtful letters that make a line doubtful. Measured on generated pages: lines with a Latin word had three and more
of them, Thai ones up to two, even on worn paper."""
_PART = 0.2
"""Part of a line's letters, where it has no three."""
_MIXED = re.compile(r"[ก-๙][0-9]|[0-9][ก-๙]")
"""What a short Latin word looks like when it is read as Thai: EIT as ย1; one doubtful letter is enough beside it."""
_FIRST, _NEXT = 12, 24
"""Doubtful lines that are read again together, the likeliest first; the next only if some of them gained."""
_LOSS = 0.03
"""Confidence that a line may lose: a Thai letter stands for itself, a Latin word is as sure as its worst letter."""
_WORD, _READ = 4, 0.3
"""Latin letters with which a line may lose more, and how much: an address is one long word."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z&][A-Za-z]")
_SHORT = 3
_GAIN, _LEGIBLE = 0.02, 0.75
"""Confidence by which a line with a Latin word has gained, and from which it can have: noise read again gives 0.6 to
0.7, Latin mostly 0.87 up."""
_WORTH = 0.2
"""Part of the lines read again that must have gained, or the rest is noise."""
_TALL = 0.65
"""Height of a doubtful line's letters in those of the page: Tesseract takes the marks above a Thai line for a line of
its own now and then, which is half as tall."""
_BESIDE = 0.7
"""Part of the best confidence on a line's picture below which something is not of the line."""
_TOLD, _SAME = 5, 0.6
"""Thai letters that tell one line from another, and the part of them that must have been read before."""
_SURE = 0.87
"""Confidence of a line from which most of its Thai letters are right: Latin read as Thai stays below."""
_PAD = 5
"""Pixels around a line."""


def read_page_lines(page: Grey, dpi: int, mode: int, seconds: float) -> list[Line]:
    """The lines of a page, Thai and Latin, in reading order. Raises TesseractError."""
    found = lines(page, dpi, mode, seconds, THAI)
    least = _TALL * float(np.median([_height(line) for line in found if not _is_doubtful([line])] or [0.0]))
    doubtful = {n: line for n, line in enumerate(found) if _is_doubtful([line]) and _height(line) >= least}
    asked = {n: ([line], _cut_out(page, line)) for n, line in doubtful.items()}
    for number, read in _read_again(asked, dpi, paper_grey(page), seconds).items():
        text = " ".join(part.text for part in read)
        found[number] = replace(found[number], text=text, confidence=mean_confidence(read), doubtful=_doubtful(read))
    return found


def read_cell_lines(
    pictures: Sequence[Grey], dpi: int, paper: int, seconds: float, *, latin: bool = True
) -> list[list[Line]]:
    """The lines of each picture, Thai and, unless there is none beside them, Latin, as `read_pictures` gives them.
    Raises TesseractError."""
    found = read_pictures(pictures, dpi, paper, seconds, THAI)
    if latin:
        doubtful = {n: (read, pictures[n]) for n, read in enumerate(found) if read and _is_doubtful(read)}
        for number, read in _read_again(doubtful, dpi, paper, seconds).items():
            found[number] = read
    return found


def holds_latin(text: str) -> bool:
    """Whether a Latin word stands in a text."""
    return _LATIN.search(text) is not None


def _read_again(
    doubtful: dict[int, tuple[list[Line], Grey]], dpi: int, paper: int, seconds: float
) -> dict[int, list[Line]]:
    """What a second reading made of the doubtful, by its number, where that is better."""
    order = sorted(doubtful, key=lambda number: -mean_confidence(doubtful[number][0]))
    # A row's number costs next to nothing, and must not be taken for writing that nobody could read.
    short = [n for n in order[_FIRST:] if sum(len(line.text) for line in doubtful[n][0]) <= _SHORT][:_NEXT]
    order = [*order[:_FIRST], *short, *(n for n in order[_FIRST:] if n not in short)]
    gained: dict[int, list[Line]] = {}
    starts = [*([0] if order else []), *range(_FIRST + len(short), len(order), _NEXT)]
    for start, end in zip(starts, [*starts[1:], len(order)], strict=False):
        part = order[start:end]
        try:
            read = read_pictures([doubtful[number][1] for number in part], dpi, paper, seconds, BOTH)
        except TesseractError:
            # What was read stays.
            break
        sure = 0
        for number, now in zip(part, read, strict=True):
            was = doubtful[number][0]
            # Beside a line there may be marks of its neighbours on the picture.
            best = max((line.confidence for line in now), default=0.0)
            kept = [line for line in now if line.confidence >= _BESIDE * best] if len(was) == 1 else now
            if kept and _is_better(was, kept):
                gained[number] = kept
                sure += mean_confidence(kept) >= max(_LEGIBLE, mean_confidence(was) + _GAIN) and any(
                    holds_latin(line.text) for line in kept
                )
        if sure < _WORTH * len(part):
            break
    return gained


def _is_better(was: Sequence[Line], now: Sequence[Line]) -> bool:
    before, after = mean_confidence(was), mean_confidence(now)
    first, second = ("".join(c for line in read for c in line.text if is_thai(c)) for read in (was, now))
    alike = LCSseq.similarity(first, second)
    # What is Thai must have stood there before: a line's picture may hold more of its neighbour than of itself.
    if (len(second) >= _TOLD and alike < _SAME * len(second)) or (before >= _SURE and alike < _SAME * len(first)):
        return False
    latin = sum(c.isascii() and c.isalpha() for line in now for c in line.text)
    return after >= before - _LOSS or (latin >= _WORD and after >= before - _READ)


def _height(line: Line) -> float:
    return float(np.median([bottom - top for _, top, _, bottom in line.words or [line.box]]))


def _doubtful(read: Sequence[Line]) -> int:
    return sum(line.doubtful for line in read)


def _is_doubtful(read: Sequence[Line]) -> bool:
    doubtful, letters = _doubtful(read), sum(len(line.text) for line in read)
    if doubtful and any(_MIXED.search(line.text) for line in read):
        return True
    return doubtful >= min(_FEW, max(1, round(_PART * letters)))


def _cut_out(page: Grey, line: Line) -> Grey:
    """The picture of a line alone: where it runs askew it is set level, or the lines above and below would be on it."""
    boxes = np.array(line.words or [line.box], dtype=np.float64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    slope = (
        float(np.polyfit(x, y, 1)[0])
        if len(boxes) > 2 and np.ptp(x) > 4 * np.median(boxes[:, 3] - boxes[:, 1])
        else 0.0
    )
    left, _, right, _ = line.box
    drop = slope * (x - left)
    top, bottom = int((boxes[:, 1] - drop).min()) - _PAD, int((boxes[:, 3] - drop).max()) + _PAD
    left, right = max(0, left - _PAD), min(page.shape[1], right + _PAD)
    columns = np.arange(left, right)
    rows = np.arange(top, bottom)[:, None] + np.round(slope * (columns - line.box[0])).astype(int)[None, :]
    return np.ascontiguousarray(page[np.clip(rows, 0, page.shape[0] - 1), columns[None, :]])
