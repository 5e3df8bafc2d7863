"""Where a quote stands on a PDF page: its letters' boxes, found through the comparison key, so that a text that was
repaired or wrapped is still found where it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from rapidfuzz import fuzz

from core.thai.normalize import make_key
from documents.ocr.page_image import Box
from documents.thai_repair.page import repair

_LIKENESS = 85.0
_SHORTEST = 3
_MAX_LETTERS = 60_000
_MAX_QUOTE = 300


def quote_boxes(page: Any, quote: str) -> tuple[Box, ...]:
    """The boxes of a quote on a page (pypdfium2), one per line: left, bottom, right, top in the page's own points.
    Empty if the quote does not stand there."""
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), _MAX_LETTERS)
        letters = "".join(_letter(textpage, n) for n in range(count))
        span = _span(letters, quote)
        if span is None:
            return ()
        return _lines([box for n in range(*span) if letters[n].strip() and (box := _char_box(textpage, n)) is not None])
    finally:
        textpage.close()


def _letter(textpage: Any, number: int) -> str:
    code = int(pdfium_c.FPDFText_GetUnicode(textpage, number))
    # One letter each, so that places in the text are numbers of letters.
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "


def _char_box(textpage: Any, number: int) -> Box | None:
    try:
        left, bottom, right, top = textpage.get_charbox(number, loose=True)
    except pdfium.PdfiumError:
        return None
    return (left, bottom, right, top) if right > left and top > bottom else None


def _span(letters: str, quote: str) -> tuple[int, int] | None:
    """Where the quote begins and ends among the page's letters."""
    repaired = repair(letters)
    texts = [letters, repaired] if len(repaired) == len(letters) and repaired != letters else [letters]
    for text in texts:
        key = make_key(text)
        places = [n for n, letter in enumerate(key.text) if not letter.isspace()]
        bare = "".join(key.text[n] for n in places)
        for wanted in _wanted(quote):
            start = bare.find(wanted)
            stop = start + len(wanted)
            if start < 0 and len(wanted) >= 2 * _SHORTEST:
                fit = fuzz.partial_ratio_alignment(wanted, bare, score_cutoff=_LIKENESS)
                if fit is not None and fit.dest_end - fit.dest_start >= _SHORTEST:
                    start, stop = fit.dest_start, fit.dest_end
            if start >= 0:
                return key.span(places[start], places[stop - 1] + 1)
    return None


def _wanted(quote: str) -> list[str]:
    """The quote's key without spaces; then that of its first line, since a cell's lines may stand apart."""
    found = []
    for text in (quote[:_MAX_QUOTE], quote.strip().partition("\n")[0][:_MAX_QUOTE]):
        bare = "".join(make_key(text).text.split())
        if len(bare) >= _SHORTEST and bare not in found:
            found.append(bare)
    return found


def _lines(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Letters that stand beside each other as one box."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if lines:
            last = lines[-1]
            overlap = min(top, last[3]) - max(bottom, last[1])
            if overlap > 0.4 * min(top - bottom, last[3] - last[1]) and left > last[0] - (top - bottom):
                lines[-1] = (min(left, last[0]), min(bottom, last[1]), max(right, last[2]), max(top, last[3]))
                continue
        lines.append((left, bottom, right, top))
    return tuple(lines)
