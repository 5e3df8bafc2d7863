"""A page with its letters: pdfium sorts them into a text page, which takes as long as the loading of the page."""

from __future__ import annotations

import ctypes
import math
import re
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium_c

from documents.pdf.page_objects import address, letter_calls
from documents.pdf.upright import turn_page

_MOST_LETTERS = 60_000
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_BUFFER = 1 << 13
"""Letters of a piece of a page that are taken at once; pypdfium2 looks for them twice, to know how many there are."""


class OpenPage:
    """A page (pypdfium2) whose letters are loaded once, when they are first asked for; closed by who opened it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._letters: Any = None
        self._handle = self._start = 0
        """Addresses of the text page and of the buffer, once a piece was asked for."""
        self._buffer: Any = None
        self._lying: list[tuple[float, float, str]] | None = None
        """The middles of pieces of text that lie on their side, and what they say."""

    @property
    def letters(self) -> Any:
        """The page's text page (pypdfium2)."""
        if self._letters is None:
            self._letters = self.page.get_textpage()
        return self._letters

    @property
    def text(self) -> str:
        """All letters as pdfium orders them."""
        return str(self.letters.get_text_range(errors="ignore")).replace("\r\n", "\n")

    def text_within(self, left: float, bottom: float, right: float, top: float) -> str:
        """The letters within bounds in points from the page's lower left corner."""
        if not self._handle:
            self._handle = address(self.letters.raw)
            self._buffer = self._buffer or (ctypes.c_ushort * _BUFFER)()
            self._start = ctypes.addressof(self._buffer)
        count = letter_calls().within(self._handle, left, top, right, bottom, self._start, _BUFFER)
        if count <= 0:
            return ""
        if count >= _BUFFER:
            return str(self.letters.get_text_bounded(left, bottom, right, top, errors="ignore"))
        return ctypes.string_at(self._start, 2 * count).decode("utf-16-le", "ignore").rstrip("\x00")

    def text_on_its_side(self, left: float, bottom: float, right: float, top: float) -> str:
        """What is written upwards or downwards within bounds, such as a narrow column's name; empty if nothing is. A
        piece counts as a whole: it may reach over the rules of its cell."""
        if self._lying is None:
            self._lying = _lying_pieces(self.letters)
        return "".join(text for x, y, text in self._lying if left <= x <= right and bottom <= y <= top)

    def turn(self, document: Any, index: int, turns: int) -> None:
        """Turn the page's contents by so many quarters clockwise; it is another page after that."""
        self._close_letters()
        self.page = turn_page(document, index, self.page, turns)

    def close(self) -> None:
        """Give page and letters back."""
        self._close_letters()
        self.page.close()

    def _close_letters(self) -> None:
        if self._letters is not None:
            self._letters.close()
            self._letters = self._lying = None
            self._handle = 0


def _lying_pieces(letters: Any) -> list[tuple[float, float, str]]:
    """The pieces of a text page (pypdfium2) whose letters lie on their side."""
    count = min(letters.count_chars(), _MOST_LETTERS)
    raw, owner = letters.raw, letter_calls().owner
    angle = pdfium_c.FPDFText_GetCharAngle
    lying = [at for at in range(count) if round(angle(raw, at) / (math.pi / 2)) % 2]
    found: list[tuple[float, float, str]] = []
    unplaced = ""
    for _, piece in groupby(lying, key=lambda at: owner(address(raw), at)):
        places = list(piece)
        text = "".join(chr(pdfium_c.FPDFText_GetUnicode(raw, at)) for at in places)
        if _MARKS.search(text):
            # pdfium has no true place of a letter that is one shape with its mark: it stands before the next one.
            unplaced += text
            continue
        boxes = [letters.get_charbox(at) for at in places]
        x = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
        y = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2
        found.append((x, y, unplaced + text))
        unplaced = ""
    if unplaced and found:
        x, y, text = found[-1]
        found[-1] = (x, y, text + unplaced)
    return found
