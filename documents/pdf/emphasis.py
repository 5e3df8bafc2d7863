"""Lines of a PDF page that stand out by their font, bold among plain ones or larger than the running text, and lines
that are written in two columns."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium_c

from core.models.snapshot import Block, BlockKind
from documents.grid import Box
from documents.line_blocks import line_block
from documents.pdf.page_objects import address, letter_calls
from documents.pdf.places import page_skeleton, skeleton, skeletons

_LONGEST = 80
"""Letters of a line that can be a heading."""
_MOST = 80
"""Lines of a page that are looked at; one with more is a list or a table without rules."""
_PLAIN = 12
"""Longer lines that are asked for the size of the running text."""
_LARGER = 1.15
_COMMON = 0.7
"""Part of a page's lines that are bold from which bold says nothing."""
_NAME = 160
_COLUMN, _COLUMNS = 36.0, 3.0
"""Points, and times the size of the letters, that two columns are apart at least."""


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool
    size: float


def may_stand_out(body: bytes) -> bool:
    """Whether a PDF may have a bold font: its names stand in the open, or in packed objects, where nobody can tell."""
    return b"Bold" in body or b"bold" in body or b"/ObjStm" in body


def may_hold_headings(blocks: Sequence[Block]) -> bool:
    """Whether a page's lines are worth a look at their fonts: some are short, and not as many as in a list."""
    return 0 < sum(block.kind is not BlockKind.CELL and len(block.text) <= _LONGEST for block in blocks) <= _MOST


def mark_emphasised(blocks: Sequence[Block], textpage: Any) -> list[Block]:
    """The blocks of a page (pypdfium2 text page) with `bold` set on short lines that stand out; a numbered one of them
    is a heading. Where a line goes on in another column, a tab stands in it."""
    done = list(blocks)
    lines = [at for at, block in enumerate(done) if block.kind is not BlockKind.CELL]
    short = [at for at in lines if len(done[at].text) <= _LONGEST]
    if not short or len(short) > _MOST:
        return done
    letters = _Letters(textpage)
    asked = lines[: _MOST + _PLAIN]
    bares = dict(zip(asked, skeletons([done[at].text for at in asked]), strict=True))
    fonts = {at: font for at, bare in bares.items() if (font := letters.font(bare)) is not None}
    for at in fonts:
        text = letters.parted(done[at].text, bares[at]) if " " in done[at].text else done[at].text
        if "\t" in text:
            done[at] = replace(done[at], text=text)
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


def _is_bold(name: ctypes.Array[ctypes.c_char], size: int) -> bool:
    return 0 < size <= _NAME and b"bold" in name.value.lower()


class _Letters:
    """The fonts of a page's letters, line by line from the top."""

    def __init__(self, textpage: Any) -> None:
        self._raw = textpage.raw
        self._page = address(textpage.raw)
        text = str(textpage.get_text_range(errors="ignore"))
        self._bare, self._places = page_skeleton(text)
        self._at = 0
        self._fonts: dict[int, _Font] = {}
        self._name = ctypes.create_string_buffer(_NAME)
        self._flags = ctypes.c_int()
        self._numbers = (ctypes.c_double * 4)()
        self._bounds = ctypes.addressof(self._numbers)

    def font(self, wanted: str) -> _Font | None:
        """The font of a line, given by its skeleton; None if the line is not found, or is set in several."""
        if len(wanted) < 2:
            return None
        start = self._bare.find(wanted, self._at)
        if start < 0:
            start = self._bare.find(wanted)
            if start < 0:
                return None
        self._at = start + len(wanted)
        first, last = (self._font(int(self._places[at])) for at in (start, self._at - 1))
        return first if first == last else None

    def parted(self, line: str, wanted: str) -> str:
        """A line, with its skeleton, with a tab in place of each space that is as wide as the way to another column."""
        start = self._bare.find(wanted)
        if len(wanted) < 2 or start < 0:
            return line
        pieces = line.split(" ")
        text, at = pieces[0], start + len(skeleton(pieces[0]))
        for piece in pieces[1:]:
            within = start < at < start + len(wanted)
            text += ("\t" if within and self._gap(int(self._places[at - 1]), int(self._places[at])) else " ") + piece
            at += len(skeleton(piece))
        return text

    def _gap(self, before: int, behind: int) -> bool:
        """Whether two letters of one line stand as far apart as two columns do."""
        one, two = self._box(before), self._box(behind)
        if two[0] - one[2] <= _COLUMN:
            return False
        size = self._font(before).size
        return abs(one[1] - two[1]) < size and two[0] - one[2] > _COLUMNS * size

    def _box(self, place: int) -> Box:
        call, step = letter_calls(), ctypes.sizeof(ctypes.c_double)
        at = call.number(self._page, place)
        if not call.box(self._page, at, *range(self._bounds, self._bounds + 4 * step, step)):
            return 0.0, 0.0, 0.0, 0.0
        left, right, low, high = self._numbers
        return left, low, right, high

    def _font(self, place: int) -> _Font:
        call = letter_calls()
        at = call.number(self._page, place)
        # The letters of one piece of text share its font.
        owner = call.owner(self._page, at)
        font = self._fonts.get(owner) if owner else None
        if font is None:
            size = pdfium_c.FPDFText_GetFontInfo(self._raw, at, self._name, _NAME, self._flags)
            font = _Font(_is_bold(self._name, size), round(call.size(self._page, at), 1))
            self._fonts[owner] = font
        return font
