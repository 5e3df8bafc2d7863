"""Lines of a PDF page that stand out by their font, bold among plain ones or larger than the running text, and lines
that are written in two columns."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, islice, pairwise, repeat
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from core.models.snapshot import Block, BlockKind
from documents.line_blocks import line_block
from documents.pdf.page_objects import address, calls, letter_boxes, letter_calls
from documents.pdf.places import Skeletons, page_skeleton, skeleton
from documents.reading_order.columns import Piece, lone_lines
from documents.reading_order.hanging import hanging_order
from documents.reading_order.late_lines import reading_order

_LONGEST = 80
"""Letters of a line that can be a heading."""
_MOST = 80
"""Lines of a page that are looked at; one with more is a list or a table without rules."""
_PLAIN = 12
"""Longer lines that are asked for the size of the running text."""
_LARGER = 1.15
_COMMON = 0.7
"""Part of a page's lines that are bold from which bold says nothing."""
_BELOW = 40
"""Lines below those in several columns that are asked for their place."""
_HANGING = 4
"""Lines with two heads and a text beside each."""
_NAME = 160
_COLUMN, _COLUMNS = 36.0, 3.0
"""Points, and times the size of the letters, that two columns are apart at least."""
_ENDS = 6
"""Letters of a line's beginning and end by which it is found where others are given twice."""
_TWICE = 8
_LEFT, _RIGHT, _LOW = 0, 1, 2
"""Edges of a letter in the order in which pdfium gives them."""


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool
    size: float


def may_hold_headings(blocks: Sequence[Block]) -> bool:
    """Whether a page's lines are worth a look at their fonts: some are short, and not as many as in a list."""
    return 0 < sum(block.kind is not BlockKind.CELL and len(block.text) <= _LONGEST for block in blocks) <= _MOST


def mark_emphasised(blocks: Sequence[Block], textpage: Any) -> list[Block]:
    """The blocks of a page (pypdfium2 text page) with `bold` set on short lines that stand out; a numbered one of them
    is a heading. Where a line goes on in another column, a tab stands in it; one that stands in one of several alone
    has a tab for each of the others."""
    done = list(blocks)
    lines = [at for at, block in enumerate(done) if block.kind is not BlockKind.CELL]
    short = [at for at in lines if len(done[at].text) <= _LONGEST]
    if not short or len(short) > _MOST:
        return done
    letters = _Letters(textpage)
    asked = lines[: _MOST + _PLAIN]
    if _as_read(done, asked, letters, among_tables=len(lines) < len(done)):
        short = [at for at in lines if len(done[at].text) <= _LONGEST]
    skeletons = Skeletons([done[at].text for at in asked])
    found = letters.fonts(skeletons.bares)
    fonts = {at: font for at, font in zip(asked, found, strict=True) if font is not None}
    gaps = letters.gaps(skeletons, [font is not None for font in found])
    for line, places in gaps.items():
        at = asked[line]
        done[at] = replace(done[at], text=_with_tabs(done[at].text, places))
    if gaps:
        pieces = letters.pieces([done[at].text for at in asked[: max(gaps) + 1 + _BELOW]], min(gaps))
        for line, (before, behind) in lone_lines(pieces).items():
            at = asked[line]
            done[at] = replace(done[at], text="\t" * before + done[at].text + "\t" * behind)
    if not fonts or sum(font.bold for font in fonts.values()) >= max(2, _COMMON * len(fonts)):
        return done
    running = [font.size for at, font in fonts.items() if len(done[at].text) > _LONGEST / 2]
    body = median(running or [font.size for font in fonts.values()])
    for at in short:
        font = fonts.get(at)
        if font is None:
            continue
        large = bool(running) and font.size >= _LARGER * body
        if font.bold or large:
            block = line_block(done[at].text, page=done[at].page, line=done[at].line, bold=True)
            done[at] = replace(block, level=4) if block.level and large else block
    return done


def _as_read(blocks: list[Block], asked: Sequence[int], letters: _Letters, *, among_tables: bool) -> bool:
    """Put the lines of a page as they stand on it: each head's text behind it where heads have a column of their own,
    and, on a page without tables, what was drawn late in the room between two lines. Tells whether any was moved."""
    runs = [[at for _, at in run] for _, run in groupby(enumerate(asked), lambda each: each[1] - each[0])]
    runs = [run for run in runs if len(run) >= _HANGING]
    if not runs:
        return False
    places = dict(zip(asked, letters.pieces([blocks[at].text for at in asked], 0), strict=True))
    moved = False
    for run in runs:
        texts = [blocks[at].text for at in run]
        mine = [pieces[0] if (pieces := places[at]) is not None else None for at in run]
        order = hanging_order(texts, mine)
        if order is None and not among_tables:
            order = reading_order(texts, mine)
        if order is not None:
            blocks[run[0] : run[-1] + 1] = [blocks[run[at]] for at in order]
            moved = True
    return moved


def _with_tabs(line: str, places: Sequence[int]) -> str:
    letters = list(line)
    for place in places:
        letters[place] = "\t"
    return "".join(letters)


class _Letters:
    """The fonts of a page's letters, line by line from the top."""

    def __init__(self, textpage: Any) -> None:
        self._raw = textpage.raw
        self._page = address(textpage.raw)
        text = str(textpage.get_text_range(errors="ignore"))
        self._text = text
        self._bare, self._where = page_skeleton(text)
        self._places: list[int] = self._where.tolist()
        self._at = 0
        self._fonts: dict[int, _Font] = {}
        self._bold: dict[int, bool] = {}
        self._name = ctypes.create_string_buffer(_NAME)
        self._flags = ctypes.c_int()

    def fonts(self, bares: Sequence[str]) -> list[_Font | None]:
        """The font of each line, given by its skeleton; None if the line is not found, or is set in several."""
        call = letter_calls()
        spans = [self._span(bare) for bare in bares]
        places = [self._places[at] for span in spans if span is not None for at in (span[0], span[1] - 1)]
        numbers = list(map(call.number, repeat(self._page), places))
        owners = map(call.owner, repeat(self._page), numbers)
        fonts = iter([self._font(number, owner) for number, owner in zip(numbers, owners, strict=True)])
        return [_same(next(fonts), next(fonts)) if span is not None else None for span in spans]

    def gaps(self, skeletons: Skeletons, wanted: Sequence[bool]) -> dict[int, list[int]]:
        """The spaces of some lines that are as wide as the way to another column, by the line's number."""
        lines, spaces, before = skeletons.spaces()
        bares = zip(skeletons.bares, wanted, strict=True)
        starts = np.array([self._bare.find(bare) if asked and len(bare) >= 2 else -1 for bare, asked in bares])
        lengths = np.array([len(bare) for bare in skeletons.bares])
        within = (starts[lines] >= 0) & (before > 0) & (before < lengths[lines])
        lines, spaces, behind = lines[within], spaces[within], (starts[lines] + before)[within]
        one, two = self._boxes(self._where[behind - 1]), self._boxes(self._where[behind])
        found: dict[int, list[int]] = {}
        for gap in np.flatnonzero(two[:, _LEFT] - one[:, _RIGHT] > _COLUMN).tolist():
            number = letter_calls().number(self._page, self._places[behind[gap] - 1])
            size = self._font(number, letter_calls().owner(self._page, number)).size
            wide = two[gap, _LEFT] - one[gap, _RIGHT] > _COLUMNS * size
            if wide and abs(one[gap, _LOW] - two[gap, _LOW]) < size:
                found.setdefault(int(lines[gap]), []).append(int(spaces[gap]))
        return found

    def pieces(self, lines: Sequence[str], first: int) -> list[list[Piece] | None]:
        """The pieces of some lines, from the `first` on; None for a line that is not found as a line of its own."""
        spans: list[list[tuple[int, int]] | None] = []
        at = 0
        for number, line in enumerate(lines):
            bares = [skeleton(piece) for piece in line.split("\t")]
            wanted = "".join(bares) if number >= first and all(bares) else ""
            start = self._start_of(wanted, at)
            if start is None and len(wanted) >= _ENDS and self._bare.count(wanted) == 1:
                # Between tables the lines may stand in another order than they were drawn in.
                start = self._start_of(wanted, 0)
            if start is not None:
                stops = list(accumulate(map(len, bares), initial=start))
                spans.append(list(pairwise(stops)))
                at = stops[-1]
                continue
            ends = self._ends_of(wanted, at) if len(bares) == 1 else None
            spans.append(None if ends is None else [ends])
            at = at if ends is None else ends[1]
        outer = [place for each in spans for start, stop in each or () for place in (start, stop - 1)]
        if not outer:
            return [None] * len(spans)
        boxes = self._boxes(self._where[outer])
        edges = ((0, _LEFT), (1, _RIGHT), (0, _LOW))
        found = map(Piece, *(boxes[end::2, edge].tolist() for end, edge in edges))
        return [None if each is None else list(islice(found, len(each))) for each in spans]

    def _ends_of(self, wanted: str, at: int) -> tuple[int, int] | None:
        """Where a line begins and ends of which pdfium gives some letters twice: a browser draws a letter again with
        each mark that stands on it."""
        if len(wanted) < 2 * _ENDS:
            return None
        start = self._bare.find(wanted[:_ENDS], at)
        stop = self._bare.find(wanted[-_ENDS:], start + len(wanted) - _ENDS) if start >= 0 else -1
        near = 0 <= stop <= start + len(wanted) - _ENDS + _TWICE
        return (start, stop + _ENDS) if near else None

    def _start_of(self, wanted: str, at: int) -> int | None:
        """Where the letters of a line begin that stand between spaces or line ends; the first such place."""
        while wanted:
            at = self._bare.find(wanted, at)
            if at < 0:
                return None
            before, behind = self._places[at] - 1, self._places[at + len(wanted) - 1] + 1
            while before >= 0 and not _parts(self._text[before]):
                before -= 1
            while behind < len(self._text) and not _parts(self._text[behind]):
                behind += 1
            if all(self._text[place : place + 1].strip() == "" for place in (before, behind) if place >= 0):
                return at
            at += 1
        return None

    def _span(self, wanted: str) -> tuple[int, int] | None:
        """Where a line's letters begin and end; the next such place, else the first."""
        if len(wanted) < 2:
            return None
        start = self._bare.find(wanted, self._at)
        if start < 0:
            start = self._bare.find(wanted)
            if start < 0:
                return None
        self._at = start + len(wanted)
        return start, self._at

    def _boxes(self, places: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        """The edges of letters by their places in the text, a row each."""
        numbers = map(letter_calls().number, repeat(self._page), places.tolist())
        return letter_boxes(self._page, numbers, len(places))

    def _font(self, number: int, owner: int | None) -> _Font:
        """The font of a letter, given with the piece of text that it is of."""
        # The letters of one piece of text share its font, and a page's pieces share few.
        font = self._fonts.get(owner) if owner else None
        if font is None:
            face = calls().text_font(owner) if owner else None
            bold = self._bold.get(face) if face else None
            if bold is None:
                bold = self._is_bold(number)
                if face:
                    self._bold[face] = bold
            font = _Font(bold, round(letter_calls().size(self._page, number), 1))
            if owner:
                self._fonts[owner] = font
        return font

    def _is_bold(self, number: int) -> bool:
        size = pdfium_c.FPDFText_GetFontInfo(self._raw, number, self._name, _NAME, self._flags)
        return 0 < size <= _NAME and b"bold" in self._name.value.lower()


@lru_cache(maxsize=1 << 12)
def _parts(letter: str) -> bool:
    """Whether a letter is a space or belongs to a skeleton."""
    return letter.isspace() or skeleton(letter) != ""


def _same(one: _Font, other: _Font) -> _Font | None:
    return one if one == other else None
