"""Latin among Thai: a page is read as Thai, and what is doubtful then, as Latin letters are, is read again as both.
That is cheaper than both for all, and leaves Thai words Thai."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from core.thai.normalize import is_thai
from documents.ocr.batch import paper_grey, read_pictures
from documents.ocr.page_image import Grey
from documents.ocr.tesseract import BOTH, THAI, Line, Part, TesseractError, line_of, lines, mean_confidence

_FEW = 3
"""Doubtful letters that make a line doubtful. Measured on generated pages: lines with a Latin word had three and more
of them, Thai ones up to two, even on worn paper."""
_PART = 0.2
"""Part of a line's letters, where it has no three."""
_MIXED = re.compile(r"[ก-๙][0-9]|[0-9][ก-๙]")
"""What a short Latin word looks like when it is read as Thai: EIT as ย1; one doubtful letter is enough beside it."""
_ODD = re.compile(r"[๐-๙][^0-9๐-๙ ]{0,3}[0-9]|[0-9][^0-9๐-๙ ]{0,3}[๐-๙]|[๐-๙][ก-ฺเ-๎]|[ก-ฺเ-๎][๐-๙]|@")
"""What no Thai word looks like: Zoom as 7๐๐ก, e-GP as ๑-60; it is doubtful however sure each letter is."""
_FIRST, _NEXT = 12, 24
"""Doubtful lines that are read again together, the likeliest first; the next only if some of them gained."""
_LOSS = 0.03
"""Confidence that a line may lose: a Thai letter stands for itself, a Latin word is as sure as its worst letter."""
_WORD, _READ, _WAS_ODD, _WORTHLESS = 4, 0.3, 0.4, 0.4
"""Latin letters with which a line may lose more, and how much: an address is one long word; how much if what was read
is no Thai; and confidence below which it is not Latin, whatever stood there."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z&][A-Za-z]")
_SHORT = 3
_GAIN, _LEGIBLE = 0.02, 0.75
"""Confidence by which a line with a Latin word has gained, and from which it can have: noise read again gives 0.6 to
0.7, Latin mostly 0.87 up."""
_WORN, _TRIAL, _TRIED = 0.15, 3, 30
"""Part of the Thai letters that are doubtful from which doubt tells of the print, not of Latin (photographed lists of
names: 0.16 to 0.9, worn scans with many Latin words up to 0.12), how many words are tried there before the others, and
of how many letters. A page of English, read as Thai, is as doubtful: the trial tells."""
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
_LONGEST = 4
"""Letters of a word beside a doubtful one that is read again with it where one of them is not sure; else half are."""
_EDGES = frozenset("|'`\"“”‘’~_—")
"""What the edge of a letter is read as."""
_UNSURE = 0.9
"""Confidence that nearly every letter of good Thai print reaches. Below it a word beside a doubtful one may be Latin
(One of One Stop Service as อทอ), and so may one of nothing but digits (OIT as 017)."""
_PAD, _BETWEEN, _FAR = 5, 0.7, 20
"""Pixels around a line; part of the space beside a stretch that is taken with it, and pixels of it at most."""


@dataclass(frozen=True)
class _Stretch:
    """The parts of a line, from `first` to before `last`, that are doubtful together: words between spaces. Without
    parts it is the whole line."""

    line: Line
    first: int = 0
    last: int = 0

    @cached_property
    def was(self) -> Line:
        """What was read there."""
        return line_of(self.line.parts[self.first : self.last]) if self.last else self.line

    def becomes(self, read: Sequence[Line]) -> Line:
        """The line with what was read in its place."""
        if not self.last:
            text = " ".join(line.text for line in read)
            doubtful = sum(line.doubtful for line in read)
            return replace(self.line, text=text, confidence=mean_confidence(read), doubtful=doubtful)
        box, parts = self.was.box, self.line.parts
        # Where each of the new ones lies nobody needs to know, but that something was read there.
        new = [
            replace(part, box=box, spaced=part.spaced or not n)
            for line in read
            for n, part in enumerate(line.parts or (Part(line.text, line.confidence, box),))
        ]
        new = _without_marks(new, self.was.text)
        new[0] = replace(new[0], spaced=parts[self.first].spaced)
        return line_of([*parts[: self.first], *new, *parts[self.last :]])


def _without_marks(parts: list[Part], was: str) -> list[Part]:
    """What was read without marks at its ends that are edges of the letters beside it."""
    edges = "".join(_EDGES - set(was))
    while len(parts) > 1 and not parts[0].text.lstrip(edges):
        parts = parts[1:]
    while len(parts) > 1 and not parts[-1].text.rstrip(edges):
        parts = parts[:-1]
    first = replace(parts[0], text=parts[0].text.lstrip(edges) or parts[0].text)
    parts = [first, *parts[1:]]
    return [*parts[:-1], replace(parts[-1], text=parts[-1].text.rstrip(edges) or parts[-1].text)]


def _stretches(line: Line) -> list[_Stretch]:
    """The doubtful words of a line, neighbours together."""
    if not line.parts:
        return [_Stretch(line)] if _is_doubtful(line.text, line.doubtful) else []
    starts = [0, *(n for n, part in enumerate(line.parts) if n and part.spaced), len(line.parts)]
    found: list[_Stretch] = []
    for first, last in pairwise(starts):
        parts = line.parts[first:last]
        text, unsure = "".join(part.text for part in parts), any(part.confidence < _UNSURE for part in parts)
        if not (_is_doubtful(text, sum(part.doubtful for part in parts)) or (unsure and _is_number(text))):
            continue
        if found and found[-1].last == first:
            first = found.pop().first
        found.append(_Stretch(line, first, last))
    return [_with_neighbours(stretch, starts) for stretch in found]


def _with_neighbours(stretch: _Stretch, starts: Sequence[int]) -> _Stretch:
    """A stretch with a short word beside it that may be of it: many names are of two words."""
    line, first, last = stretch.line, stretch.first, stretch.last
    at = starts.index(last)
    if at + 1 < len(starts) and _is_short(line.parts[last : starts[at + 1]]):
        last = starts[at + 1]
    at = starts.index(first)
    if at and _is_short(line.parts[starts[at - 1] : first]):
        first = starts[at - 1]
    return _Stretch(line, first, last)


def _is_short(parts: Sequence[Part]) -> bool:
    text = "".join(part.text for part in parts)
    unsure = sum(len(part.text) for part in parts if part.confidence < _UNSURE)
    return _is_number(text) or (unsure > 0 and (len(text) <= _LONGEST or 2 * unsure >= len(text)))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _SHORT


def read_page_lines(page: Grey, dpi: int, mode: int, seconds: float) -> list[Line]:
    """The lines of a page, Thai and Latin, in reading order. Raises TesseractError."""
    found = lines(page, dpi, mode, seconds, THAI)
    least = _TALL * float(np.median([_height(line) for line in found if not _stretches(line)] or [0.0]))
    asked = [
        (number, stretch, page)
        for number, line in enumerate(found)
        if _height(line) >= least
        for stretch in _stretches(line)
    ]
    for number, line in _read_again(asked, dpi, paper_grey(page), seconds, worn=_is_worn(found)):
        found[number] = line
    return found


def read_cell_lines(
    pictures: Sequence[Grey], dpi: int, paper: int, seconds: float, *, latin: bool = True
) -> list[list[Line]]:
    """The lines of each picture, Thai and, unless there is none beside them, Latin, as `read_pictures` gives them.
    Raises TesseractError."""
    found = read_pictures(pictures, dpi, paper, seconds, THAI)
    if latin:
        places = [(n, at) for n, read in enumerate(found) for at in range(len(read))]
        asked = [
            (place, stretch, pictures[n])
            for place, (n, at) in enumerate(places)
            for stretch in _stretches(found[n][at])
        ]
        worn = _is_worn([line for read in found for line in read])
        for place, line in _read_again(asked, dpi, paper, seconds, worn=worn):
            n, at = places[place]
            found[n][at] = line
    return found


def holds_latin(text: str) -> bool:
    """Whether a Latin word stands in a text."""
    return _LATIN.search(text) is not None


def _is_worn(found: Sequence[Line]) -> bool:
    """Whether so many Thai letters of a reading are doubtful that a doubtful word says little."""
    thai = [part for line in found for part in line.parts if any(map(is_thai, part.text)) and not _is_figure(part.text)]
    return sum(part.doubtful for part in thai) >= _WORN * sum(len(part.text) for part in thai) > 0


def _read_again(
    asked: Sequence[tuple[int, _Stretch, Grey]], dpi: int, paper: int, seconds: float, *, worn: bool
) -> Iterator[tuple[int, Line]]:
    """The lines, by their numbers, of which a second reading made something better. `worn` print is tried first."""
    better: dict[int, list[tuple[_Stretch, list[Line]]]] = {}
    pictures = [(stretch, picture) for _, stretch, picture in asked]
    for at, read in _gained(pictures, dpi, paper, seconds, worn=worn).items():
        better.setdefault(asked[at][0], []).append((asked[at][1], read))
    for number, found in better.items():
        line = found[0][0].line
        # From the last to the first: the places of those before stay.
        for stretch, read in sorted(found, key=lambda each: -each[0].first):
            line = replace(stretch, line=line).becomes(read)
        yield number, line


def _gained(
    asked: Sequence[tuple[_Stretch, Grey]], dpi: int, paper: int, seconds: float, *, worn: bool
) -> dict[int, list[Line]]:
    """What was read better the second time, by its place among what is asked."""
    was = [stretch.was for stretch, _ in asked]
    order = sorted(range(len(asked)), key=lambda at: -_likely(was[at], asked[at][0].line))
    gained: dict[int, list[Line]] = {}
    for part, is_trial in _batches(order, was, worn=worn):
        try:
            better = _read_better({at: asked[at] for at in part}, dpi, paper, seconds)
        except TesseractError:
            # What was read stays.
            break
        gained |= better
        sure = sum(
            mean_confidence(now) >= max(_LEGIBLE, was[at].confidence + _GAIN)
            and (_any_latin(now) or (not is_trial and all(map(_is_figure, (line.text for line in now)))))
            for at, now in better.items()
        )
        if sure < _WORTH * len(part):
            break
    return gained


def _batches(order: Sequence[int], was: Sequence[Line], *, worn: bool) -> Iterator[tuple[list[int], bool]]:
    """What is read together, the likeliest first, and whether that is a trial of worn print."""
    left = list(order)
    if worn:
        words = [at for at in left if len(was[at].text) >= _SHORT and not _is_figure(was[at].text)]
        trial = ([at for at in words if len(was[at].text) <= _TRIED] or words[:1])[:_TRIAL]
        if trial:
            yield trial, True
        left = [at for at in left if at not in trial]
    first, left = left[:_FIRST], left[_FIRST:]
    # A row's number costs next to nothing, and must not be taken for writing that nobody could read.
    short = [at for at in left if len(was[at].text) <= _SHORT][:_NEXT]
    if first:
        yield [*first, *short], False
    left = [at for at in left if at not in short]
    for start in range(0, len(left), _NEXT):
        yield left[start : start + _NEXT], False


def _read_better(
    asked: dict[int, tuple[_Stretch, Grey]], dpi: int, paper: int, seconds: float
) -> dict[int, list[Line]]:
    """What a second reading made better, by its number."""
    pictures = [_cut_out(page, stretch) for stretch, page in asked.values()]
    found = {}
    for (at, (stretch, _)), picture, now in zip(
        asked.items(), pictures, read_pictures(pictures, dpi, paper, seconds, BOTH), strict=True
    ):
        kept = _of_the_line(now, picture.shape[0])
        if kept and _is_better(stretch.was, kept):
            found[at] = kept
    # A few letters alone do not tell how tall they are: what stays odd is looked for in a reading of its line.
    odd = [
        at
        for at, (stretch, _) in asked.items()
        if stretch.last
        and _is_odd(stretch.was.text)
        and 1 < len(stretch.was.text) <= _LONGEST
        and _likely(stretch.was, stretch.line) >= _UNSURE
        and not (at in found and _any_latin(found[at]))
    ]
    wholes = [(_Stretch(asked[at][0].line), asked[at][1]) for at in odd]
    again = read_pictures([_cut_out(page, line) for line, page in wholes], dpi, paper, seconds, BOTH) if odd else []
    for at, now in zip(odd, again, strict=True):
        kept = _within(now, asked[at][0])
        if kept and _any_latin(kept) and mean_confidence(kept) >= _LEGIBLE:
            found[at] = kept
    return found


def _within(read: Sequence[Line], stretch: _Stretch) -> list[Line]:
    """What a reading of a line's picture has where one of its stretches lies."""
    left, _, right, _ = stretch.was.box
    offset = max(0, stretch.line.box[0] - _PAD)
    parts = [p for line in read for p in line.parts if left <= offset + (p.box[0] + p.box[2]) / 2 <= right]
    return [line_of(parts)] if parts else []


def _is_odd(text: str) -> bool:
    return text.isdecimal() or bool(_ODD.search(text) or _MIXED.search(text))


def _is_figure(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def _any_latin(read: Sequence[Line]) -> bool:
    return any(holds_latin(line.text) for line in read)


def _of_the_line(read: Sequence[Line], tall: int) -> list[Line]:
    """What was read on a picture without what its neighbours above and below, or marks of them, were read as."""
    middle = [line for line in read if not line.parts or tall <= 2 * (line.box[1] + line.box[3]) <= 3 * tall]
    best = max((line.confidence for line in middle), default=0.0)
    return [line for line in middle if line.confidence >= _BESIDE * best]


def _likely(was: Line, line: Line) -> float:
    """How likely it is that a doubtful stretch is a number, or Latin: on a line that is sure but for it."""
    if _is_figure(was.text):
        return 1.0  # amounts must not be taken for writing that nobody could read, and cost little
    letters, all_letters = len(was.text), len(line.text)
    rest = (line.confidence * all_letters - was.confidence * letters) / max(1, all_letters - letters)
    return rest if all_letters > letters else line.confidence


def _is_better(was: Line, now: Sequence[Line]) -> bool:
    before, after = was.confidence, mean_confidence(now)
    first, second = ("".join(c for line in read for c in line.text if is_thai(c)) for read in ([was], now))
    alike = LCSseq.similarity(first, second)
    # What is Thai must have stood there before: a line's picture may hold more of its neighbour than of itself.
    if (len(second) >= _TOLD and alike < _SAME * len(second)) or (
        before >= _SURE and alike < _SAME * len(first) and not _ODD.search(was.text)
    ):
        return False
    text = " ".join(line.text for line in now)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    if second and not latin and (not first or _ODD.search(text) or _MIXED.search(text)):
        return False  # neither Thai nor Latin, or a number that became Thai
    if latin < _WORD:
        return after >= before - _LOSS
    return after >= max(_WORTHLESS, before - (_WAS_ODD if _ODD.search(was.text) else _READ))


def _height(line: Line) -> float:
    return float(np.median([bottom - top for _, top, _, bottom in line.words or [line.box]]))


def _is_doubtful(text: str, doubtful: int) -> bool:
    if _ODD.search(text) or (doubtful and _MIXED.search(text)):
        return True
    return doubtful >= min(_FEW, max(1, round(_PART * len(text))))


def _cut_out(page: Grey, stretch: _Stretch) -> Grey:
    """The picture of a stretch alone: where its line runs askew it is set level, or the lines above and below would be
    on it."""
    line, was = stretch.line, stretch.was
    boxes = np.array(line.words or [line.box], dtype=np.float64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    slope = (
        float(np.polyfit(x, y, 1)[0])
        if len(boxes) > 2 and np.ptp(x) > 4 * np.median(boxes[:, 3] - boxes[:, 1])
        else 0.0
    )
    level = boxes[:, [1, 3]] - slope * (x - line.box[0])[:, None]
    own = level[stretch.first : stretch.last] if stretch.last else level
    # Letters that were read wrongly may have been measured wrongly: what most of the line takes is taken too.
    top = int(min(own[:, 0].min(), np.median(level[:, 0]))) - _PAD
    bottom = int(max(own[:, 1].max(), np.median(level[:, 1]))) + _PAD
    left, right = max(0, was.box[0] - _room(stretch, -1)), min(page.shape[1], was.box[2] + _room(stretch, 1))
    columns = np.arange(left, max(left + 1, right))
    rows = np.arange(top, bottom)[:, None] + np.round(slope * (columns - line.box[0])).astype(int)[None, :]
    return np.ascontiguousarray(page[np.clip(rows, 0, page.shape[0] - 1), columns[None, :]])


def _room(stretch: _Stretch, side: int) -> int:
    """Pixels beside a stretch that may hold the rest of a letter that was measured wrongly: more than to the middle of
    the space before the next one, which was not."""
    parts = stretch.line.parts
    if side < 0 and stretch.first:
        space = parts[stretch.first].box[0] - parts[stretch.first - 1].box[2]
    elif side > 0 and 0 < stretch.last < len(parts):
        space = parts[stretch.last].box[0] - parts[stretch.last - 1].box[2]
    else:
        return _PAD
    return max(_PAD // 2, min(_FAR, round(_BETWEEN * space)))
