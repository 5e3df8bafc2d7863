"""A page with its letters: pdfium sorts them into a text page, which takes as long as the loading of the page."""

from __future__ import annotations

import ctypes
from typing import Any

from documents.pdf.page_objects import address, letter_calls
from documents.pdf.upright import turn_page

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
            self._letters = None
            self._handle = 0
