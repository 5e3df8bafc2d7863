"""What stands on a page beside its text layer (answers typed over it, writing in pictures), put among the page's blocks
at its place: by the line of the text layer that stands before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.models.snapshot import Block, BlockKind
from documents.grid import Box
from documents.pdf.open_page import OpenPage

_SKELETON = re.compile("[0-9A-Za-zก-ฮ๐-๙]+")
_NOT_SKELETON = re.compile("[^0-9A-Za-zก-ฮ๐-๙]+")
_LETTERS = 0x0E80
"""Codes up to which letters are looked for: Thai ends before."""
_SPACE = ord(" ")
_BEFORE = "เแโใไ([“\"'"
_STEP = 12.0
"""Points; the strips in which a line is sought upwards."""
_MIDDLE = 1.0
_NEAR = 24.0
"""Points to the right of a box to tick within which its words begin."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something beside the text layer: its bounds in points, and its blocks."""

    box: Box
    blocks: tuple[Block, ...]
    marks: bool = False
    """A box to tick: it stands before its words, within their line."""
    noted: bool = False
    """Its blocks are what a stamp's note says, which the stamp may show or not."""
    wordless: bool = False
    """A picture, or writing with a pen: it stands for itself behind the line that it begins at."""


def put_in_place(blocks: Sequence[Block], page: OpenPage, extras: Sequence[Extra]) -> list[Block]:
    """The blocks of a page with further things among them. What lies in a table's cell is its text; what follows words
    on their line goes on with it; all else comes after the line above it."""
    done = list(blocks)
    if not extras:
        return done
    sheet = _Sheet(page)
    # From the top: what was put in before is a line above for what follows.
    for extra in sorted(extras, key=lambda extra: (-extra.box[3], extra.box[0])):
        if extra.wordless:
            cell = _cell_at(done, sheet, extra.box)
            at = _after_line_above(done, sheet, _from_middle(extra.box)) if cell is None else cell + 1
        elif _into_cell(done, sheet, extra) or _into_line(done, sheet, extra):
            continue
        else:
            at = _after_line_above(done, sheet, extra.box)
        while at < len(done) and done[at] in sheet.added:
            at += 1
        done[at:at] = extra.blocks
        sheet.added += extra.blocks
    return done


def skeleton(text: str) -> str:
    """A text's letters and digits without vowels and marks, which two extractors seldom give alike."""
    return _NOT_SKELETON.sub("", text)


def page_skeleton(text: str) -> tuple[str, npt.NDArray[np.intp]]:
    """The skeleton of a long text and where its letters stand, as `skeleton` and `skeleton_places` give them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    places = np.flatnonzero(is_skeleton(codes))
    return skeleton_text(codes[places]), places


def is_skeleton(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which characters, given by their codes, belong to a skeleton."""
    return _is_letter()[np.minimum(codes, _LETTERS - 1)]


def skeleton_text(codes: npt.NDArray[np.uint32]) -> str:
    """The text of a skeleton's codes; all are of the basic plane."""
    return codes.astype("<u2").tobytes().decode("utf-16-le")


class Skeletons:
    """The skeletons of many lines, made at once: a fifth of the time. Lines hold no line breaks."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        bare, self._places = page_skeleton(self._text)
        self._begins = np.cumsum([0, *(len(line) + 1 for line in lines)])
        self._stops = np.searchsorted(self._places, self._begins)
        stops = self._stops.tolist()
        self.bares = [bare[start:stop] for start, stop in pairwise(stops)]

    def spaces(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Of each space its line, its place in the line, and the letters of the line's skeleton before it."""
        codes = np.frombuffer(self._text.encode("utf-32-le", "surrogatepass"), np.uint32)
        spaces = np.flatnonzero(codes == _SPACE)
        lines = np.searchsorted(self._begins, spaces, side="right") - 1
        before = np.searchsorted(self._places, spaces) - self._stops[lines]
        return lines, spaces - self._begins[lines], before


@lru_cache(maxsize=1)
def _is_letter() -> npt.NDArray[np.bool_]:
    return np.array([_SKELETON.fullmatch(chr(code)) is not None for code in range(_LETTERS)])


def skeleton_places(text: str) -> list[int]:
    """Where in a text the letters of its skeleton stand."""
    # Run by run: a page's letters one by one took a third of the look at its fonts.
    places: list[int] = []
    for run in _SKELETON.finditer(text):
        places.extend(range(*run.span()))
    return places


class _Sheet:
    """A page's text by place."""

    def __init__(self, page: OpenPage) -> None:
        self.left, self.low, self.right, self.high = page.page.get_bbox()
        self.added: list[Block] = []
        self._page = page

    def text(self, left: float, bottom: float, right: float, top: float) -> str:
        """What the text layer has within bounds."""
        if right <= left or top <= bottom:
            return ""
        return self._page.text_within(left, bottom, right, top)


def _cell_at(done: Sequence[Block], sheet: _Sheet, box: Box) -> int | None:
    """The cell in which the middle of a box lies."""
    width, height = sheet.right - sheet.left, sheet.high - sheet.low
    left, bottom, right, top = box
    x, y = ((left + right) / 2 - sheet.left) / width, 1 - ((bottom + top) / 2 - sheet.low) / height
    for at, block in enumerate(done):
        if block.kind is BlockKind.CELL and block.bbox is not None:
            x0, y0, x1, y1 = block.bbox
            if x0 <= x <= x1 and y0 <= y <= y1:
                return at
    return None


def _from_middle(box: Box) -> Box:
    """The lower half of what is no taller than some lines: a line beside which it stands is one above it."""
    left, bottom, right, top = box
    return box if top - bottom > 3 * _STEP else (left, bottom, right, (bottom + top) / 2)


def _into_cell(done: list[Block], sheet: _Sheet, extra: Extra) -> bool:
    at = _cell_at(done, sheet, extra.box)
    if at is None:
        return False
    block = done[at]
    words = [each.text for each in extra.blocks if each.text]
    parts = [*words, block.text] if extra.marks else [block.text, *words]
    ocr = block.ocr or any(each.ocr for each in extra.blocks)
    done[at] = replace(block, text="\n".join(part for part in parts if part), ocr=ocr)
    return True


def _into_line(done: list[Block], sheet: _Sheet, extra: Extra) -> bool:
    left, bottom, right, top = extra.box
    middle = (bottom + top) / 2
    if top - bottom > 3 * _STEP or any(block.ocr for block in extra.blocks):
        return False
    words = " ".join(block.text for block in extra.blocks)
    so_far = skeleton(sheet.text(sheet.left, middle - _MIDDLE, sheet.right, sheet.high))
    rest = skeleton(sheet.text(right - 1, middle - _MIDDLE, sheet.right, middle + _MIDDLE))
    if extra.marks:
        behind = skeleton(sheet.text(right - 1, middle - _MIDDLE, right + _NEAR, middle + _MIDDLE))
        found = _found(done, behind, so_far.count(behind) - rest.count(behind) if behind else 0)
        if found is not None:
            at, start, _ = found
            text = done[at].text
            done[at] = replace(done[at], text=f"{text[:start]}{words} {text[start:]}")
            return True
    before = skeleton(sheet.text(sheet.left, middle - _MIDDLE, left + 1, middle + _MIDDLE))
    found = _found(done, before, so_far.count(before) - rest.count(before) - 1 if before else 0)
    if found is None:
        return False
    at, _, stop = found
    text = done[at].text
    done[at] = replace(done[at], text=f"{text[:stop]} {words} {text[stop:].lstrip()}".rstrip())
    return True


def _after_line_above(done: Sequence[Block], sheet: _Sheet, box: Box) -> int:
    """The place after the nearest line above that is found among the blocks; the beginning if none is."""
    low = box[3]
    while low < sheet.high:
        text = sheet.text(sheet.left, low, sheet.right, min(low + _STEP, sheet.high))
        so_far = skeleton(sheet.text(sheet.left, low, sheet.right, sheet.high)) if text.strip() else ""
        for line in reversed(text.splitlines()):
            wanted = skeleton(line)
            found = _found(done, wanted, so_far.count(wanted) - 1 if wanted else 0)
            if found is not None:
                return found[0] + 1
        low += _STEP
    return 0


def _found(blocks: Sequence[Block], wanted: str, skip: int) -> tuple[int, int, int] | None:
    """The block that has a line's letters, and where in it they begin and end, after as many others alike."""
    if not wanted:
        return None
    last = None
    for at, block in enumerate(blocks):
        places = skeleton_places(block.text)
        bare = "".join(block.text[n] for n in places)
        start = bare.find(wanted)
        while start >= 0:
            stop = start + len(wanted)
            end = places[stop] if stop < len(places) else len(block.text)
            last = (at, word_start(block.text, places[start]), end)
            if skip <= 0:
                return last
            skip -= 1
            start = bare.find(wanted, stop)
    return last


def word_start(text: str, at: int) -> int:
    """Where the word begins whose first letter of the skeleton is given: vowels may stand before it."""
    while at > 0 and text[at - 1] in _BEFORE:
        at -= 1
    return at
