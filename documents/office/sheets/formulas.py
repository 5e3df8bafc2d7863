"""Formulas whose value the file does not hold: programs that write workbooks leave it to Excel to work them out."""

from __future__ import annotations

import html
import re

from documents.office.sheets.formats import place_of

_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]{0,300}[^<>/])>(.{0,4000}?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*>([^<>]{1,2000})</")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>[^<>]")
_TEXT = re.compile(r'\s*+=?\s*+"([^"]{0,1000})"\s*+')
_TEXTS = re.compile(r'"[^"]*"')
_NUMBER = re.compile(
    r"[-+*/^]|^\W*(?:SUM|SUBTOTAL|COUNT|AVERAGE|ROUND|MIN|MAX|ROW|ABS|INT|PRODUCT|DATE|TODAY|NOW)", re.I
)
_MAX_CELLS = 20_000


def read_formulas(sheet: bytes) -> tuple[dict[tuple[int, int], str], bool]:
    """Return the texts of cells whose formula is nothing but a text, by row and column from 0, and whether the value
    of any other formula that may be a text is unknown."""
    said: dict[tuple[int, int], str] = {}
    unknown = False
    for count, cell in enumerate(_CELL.finditer(sheet)):
        formula = _FORMULA.search(cell[2]) if count < _MAX_CELLS else None
        place = place_of(cell[1]) if formula is not None and not _VALUE.search(cell[2]) else None
        if formula is None or place is None:
            continue
        text = html.unescape(formula[1].decode("utf-8", "replace"))
        literal = _TEXT.fullmatch(text)
        if literal is not None:
            said[place] = literal[1]
        elif not _NUMBER.search(_TEXTS.sub("", text)):
            unknown = True
    return said, unknown
