"""Years of a scan read again from the shapes of their digits, where the recognised text has a year's place: what
Tesseract reads there is another year, since it has no ๔ ๖ ๗ ๘ ๙. A year so read may prove, never accuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from core.thai.dates import year_places
from documents.ocr.digits.shapes import DIGITS, Digit, digit_shapes
from documents.ocr.page_image import Grey
from documents.ocr.tesseract import AM, Line, Part

_FIRST, _LAST = 2540, 2599
"""Years that are looked for: Buddhist ones of disclosure."""
_CENTURY = 2
"""Digits that all of them have alike."""
_SURE, _FAR = 0.2, 9.0
"""How much nearer each of the others must be than the next likeliest, and how far any may be from its typefaces'
shapes."""
_SMALLEST = 7
"""Pixels of a digit's height."""
_ALIKE, _LEVEL, _APART, _EVEN = 0.55, 0.3, 0.6, 0.3
"""Heights of a year's digits in those of its tallest, how far their feet are apart, how wide the spaces between them
are and how much wider one is than another at most, in the same: in a wider one stands the point of an amount."""
_ASIDE, _BEYOND, _ABOVE = 0.7, 1.2, 0.25
"""What is looked at around a year's place, before, behind, and above and below it, in heights of its letters."""
_NARROW, _MOST = 0.6, 4
"""Width of a narrow digit in its heights, and how many may run together."""
_USUAL = 66
"""Percentile of the heights of spots that a letter has: marks and dirt have less."""
_INKED = 40.0

_MANY = 300
"""Spots where a year has its place from which they are a picture's."""
_TRUSTED, _AGAIN = 0.57, 0.35
"""Surety from which a year that stands in a document once is believed, and one that stands there again. A digit whose
tail the scan has lost reached 0.52."""
_SELDOM = 4
"""Times that another year stands there for each time of one that is then taken for a misreading of it."""

_Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GlyphYear:
    """A year read from its shapes, for what stands in a text from `start` to before `stop`; `sure` is the surety of the
    less sure of its last two digits, 0 to 1."""

    year: int
    start: int
    stop: int
    sure: float


def years_of_line(grey: Grey, line: Line) -> tuple[GlyphYear, ...]:
    """The years in a line of a page that was recognised on `grey`."""
    places = year_places(line.text)
    if not places:
        return ()
    owners = _owners(line)
    if owners is None:
        return _in_order(grey, line.box, places)
    found = []
    for start, stop in places:
        parts = [line.parts[at] for at in dict.fromkeys(owners[start:stop]) if at >= 0]
        if parts and (seen := _best(list(_runs(grey, _around(parts, grey))))) is not None:
            found.append(replace(seen, start=start, stop=stop))
    return tuple(found)


def years_of_text(grey: Grey, box: _Box, text: str) -> tuple[GlyphYear, ...]:
    """The years in a text of which only the box is known, such as a table's cell: as many as it has places for, or
    none."""
    places = year_places(text)
    return _in_order(grey, box, places) if places else ()


def believed(years: Iterable[GlyphYear]) -> frozenset[int]:
    """Which of the years read in one document are to be believed: those read for sure, or surely enough and more than
    once; and none that is seldom beside another one, since a misread digit makes such a year."""
    found = list(years)
    often = Counter(each.year for each in found)
    most = max(often.values(), default=0)
    return frozenset(
        each.year
        for each in found
        if each.sure >= (_AGAIN if often[each.year] > 1 else _TRUSTED) and _SELDOM * often[each.year] > most
    )


def with_years(text: str, years: Sequence[GlyphYear], wanted: Set[int]) -> str:
    """A text with the years read in it in their places; empty unless each of its places has one that is wanted: of a
    plan's first year without its last one something else would follow."""
    if not years or {year.start for year in years if year.year in wanted} != {start for start, _ in year_places(text)}:
        return ""
    for year in sorted(years, key=lambda each: -each.start):
        digits = "".join(DIGITS[int(digit)] for digit in str(year.year))
        text = text[: year.start] + digits + text[year.stop :]
    return text


def _in_order(grey: Grey, box: _Box, places: Sequence[tuple[int, int]]) -> tuple[GlyphYear, ...]:
    runs = list(_runs(grey, box))
    if len(runs) != len(places):
        return ()
    return tuple(replace(run, start=start, stop=stop) for run, (start, stop) in zip(runs, places, strict=True))


def _best(runs: Sequence[GlyphYear]) -> GlyphYear | None:
    return max(runs, key=lambda run: run.sure, default=None)


def _owners(line: Line) -> list[int] | None:
    """The part of a line that each letter of its text comes from, -1 for a space; None where that cannot be told."""
    raw = "".join(part.text for part in line.parts)
    owner = [at for at, part in enumerate(line.parts) for _ in part.text]
    for match in reversed(list(AM.finditer(raw))):
        # The text has one letter for the two that am is made of.
        owner[match.start() : match.end()] = owner[match.start() + 1 : match.end()]
    letters = iter(owner)
    found = [-1 if letter == " " else next(letters, -2) for letter in line.text]
    return None if not line.parts or -2 in found or next(letters, None) is not None else found


def _around(parts: Sequence[Part], grey: Grey) -> _Box:
    left, top = min(part.box[0] for part in parts), min(part.box[1] for part in parts)
    right, bottom = max(part.box[2] for part in parts), max(part.box[3] for part in parts)
    tall = float(np.median([part.box[3] - part.box[1] for part in parts]))
    height, width = grey.shape
    return (
        max(0, round(left - _ASIDE * tall)),
        max(0, round(top - _ABOVE * tall)),
        min(width, round(right + _BEYOND * tall)),
        min(height, round(bottom + _ABOVE * tall)),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A spot of ink, and its picture with nothing else on it."""

    box: _Box
    picture: Grey

    @property
    def tall(self) -> int:
        return self.box[3] - self.box[1]


def _runs(grey: Grey, box: _Box) -> Iterator[GlyphYear]:
    """The years within a box, line after line, from left to right, none within another."""
    for row in _rows(_whole(_spots(grey[box[1] : box[3], box[0] : box[2]]))):
        told = _tell(row)
        at = 0
        while at + 4 <= len(row):
            year = _year(told[at : at + 4]) if _is_level(row[at : at + 4]) else None
            if year is None or _goes_on(row, told, at):
                at += 1
                continue
            yield year
            at += 4


def _rows(spots: Sequence[_Spot]) -> list[list[_Spot]]:
    """Spots by the line on which they stand, each line from left to right."""
    rows: list[list[_Spot]] = []
    for spot in sorted(spots, key=lambda each: each.box[3]):
        if rows and spot.box[3] - rows[-1][-1].box[3] <= _LEVEL * spot.tall:
            rows[-1].append(spot)
        else:
            rows.append([spot])
    return [sorted(row, key=lambda each: each.box[0]) for row in rows]


def _tell(spots: Sequence[_Spot]) -> list[Digit]:
    return digit_shapes().tell([spot.picture for spot in spots])


def _whole(spots: Sequence[_Spot]) -> list[_Spot]:
    """The spots of letters' size; those in which several digits run together cut where they are likest to digits."""
    if not spots or len(spots) > _MANY:
        return []
    least = _ALIKE * float(np.percentile([spot.tall for spot in spots], _USUAL))
    found: list[_Spot] = []
    for spot in spots:
        if spot.tall < least:
            continue
        best = [spot]
        for count in range(2, _counted(spot) + 1):
            best = max(best, *_cuts(spot, count), key=_least)
        found += best
    return found


def _least(spots: list[_Spot]) -> float:
    """How likely all of some spots are digits."""
    return min(map(_worth, _tell(spots)))


def _worth(digit: Digit) -> float:
    """How likely a shape is a digit."""
    return -digit.far if digit.value >= 0 else -2 * _FAR - digit.far


def _goes_on(spots: Sequence[_Spot], told: Sequence[Digit], at: int) -> bool:
    """Whether a fifth digit stands right before or behind four: then they are no year."""
    for first, beside in ((at - 1, at - 1), (at, at + 4)):
        if not 0 <= beside < len(spots) or told[beside].value < 0 or told[beside].far > _FAR:
            continue
        if _is_level(spots[first : first + 5]):
            return True
    return False


def _year(digits: Sequence[Digit]) -> GlyphYear | None:
    """The year that four digits make, if each of them is one for sure."""
    if any(digit.value < 0 or digit.far > _FAR for digit in digits):
        return None
    year = int("".join(str(digit.value) for digit in digits))
    # What stands first may be one thing only: that it is a digit is enough.
    sure = min(digit.sure for digit in digits[_CENTURY:])
    return GlyphYear(year, 0, 0, round(sure, 3)) if _FIRST <= year <= _LAST and sure >= _SURE else None


def _is_level(spots: Sequence[_Spot]) -> bool:
    """Whether spots stand beside each other on one line, alike in size."""
    tall = max(spot.tall for spot in spots)
    feet = [spot.box[3] for spot in spots]
    gaps = [two.box[0] - one.box[2] for one, two in pairwise(spots)]
    return (
        min(spot.tall for spot in spots) >= max(_SMALLEST, _ALIKE * tall)
        and max(feet) - min(feet) <= _LEVEL * tall
        and max(gaps) <= _APART * tall
        and max(gaps) - min(gaps) <= _EVEN * tall
    )


def _spots(picture: Grey) -> list[_Spot]:
    """The spots of a picture that may be digits, from left to right."""
    if min(picture.shape, default=0) < _SMALLEST:
        return []
    paper, dark = float(np.percentile(picture, 90)), float(np.percentile(picture, 2))
    if paper - dark < _INKED:
        return []
    ink = (picture < (paper + dark) / 2).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    found = []
    for number, (x, y, wide, tall, _) in enumerate(stats.tolist()):
        if number == 0 or tall < _SMALLEST or wide < 2:
            continue
        cut = np.s_[y : y + tall, x : x + wide]
        other = (labels[cut] > 0) & (labels[cut] != number)
        own = np.where(other, np.uint8(paper), picture[cut])
        found.append(_Spot((x, y, x + wide, y + tall), own))
    return found


def _counted(spot: _Spot) -> int:
    """How many digits may run together in a spot."""
    return min(_MOST, int((spot.box[2] - spot.box[0]) / (_NARROW * spot.tall)))


def _cuts(spot: _Spot, count: int) -> Iterator[list[_Spot]]:
    """A spot cut into so many: each time where there is least ink, and into equal parts."""
    wide = spot.box[2] - spot.box[0]
    dark = 255.0 - spot.picture.mean(axis=0)
    reach = max(1, wide // count // 4)
    middles = [wide * number // count for number in range(1, count)]
    for places in ([at - reach + int(np.argmin(dark[at - reach : at + reach])) for at in middles], middles):
        yield _cut(spot, places)


def _cut(spot: _Spot, places: Sequence[int]) -> list[_Spot]:
    left, top, right, bottom = spot.box
    return [
        _Spot((left + one, top, left + two, bottom), _trimmed(spot.picture[:, one:two]))
        for one, two in pairwise([0, *places, right - left])
    ]


def _trimmed(picture: Grey) -> Grey:
    """A picture without the empty rows above and below its ink."""
    rows = np.flatnonzero(picture.min(axis=1) < (float(picture.min()) + float(picture.max())) / 2)
    return picture[rows[0] : rows[-1] + 1] if len(rows) else picture
