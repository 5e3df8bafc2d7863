"""Cell formats that show nothing: the number format `;;;`, white letters on no fill, letters of one point or struck
out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from documents.office.word.styles import is_white

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]{0,300})>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_FORMAT = re.compile(rb"""\bs=["'](\d{1,5})["']""")
_NOTHING = re.compile(r"(?:\[[^\]]*\])?\s*;\s*;\s*;\s*")
_COLOURED = (b"<tablePart", b"<conditionalFormatting")
"""What gives cells a ground that their own formats do not name."""
_TINY = 1.0
_MAX_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class BlankFormats:
    """Numbers of formats under which nothing is seen, and of those under which nothing is seen on white."""

    blank: frozenset[int] = frozenset()
    white: frozenset[int] = frozenset()

    def cells_in(self, sheet: bytes) -> set[tuple[int, int]]:
        """Return the places of a sheet whose format shows nothing, as row and column from 0."""
        wanted = self.blank if any(mark in sheet for mark in _COLOURED) else self.blank | self.white
        found: set[tuple[int, int]] = set()
        for mark in _CELL.finditer(sheet) if wanted else ():
            form, place = _FORMAT.search(mark[1]), place_of(mark[1])
            if form is not None and place is not None and int(form[1]) in wanted:
                found.add(place)
                if len(found) >= _MAX_CELLS:
                    break
        return found


def place_of(attributes: bytes) -> tuple[int, int] | None:
    """Return the row and column, from 0, that a cell's attributes name."""
    place = _PLACE.search(attributes)
    return (int(place[2]) - 1, _column(place[1])) if place is not None else None


def read_formats(styles: Any | None) -> BlankFormats:
    """Read a workbook's formats; without any, nothing is blank."""
    if styles is None:
        return BlankFormats()
    numbers = {
        each.get("numFmtId") for each in styles.iter(f"{_S}numFmt") if _NOTHING.fullmatch(each.get("formatCode") or "")
    }
    fonts = styles.find(f"{_S}fonts")
    every = list(fonts) if fonts is not None else []
    pale = {at for at, font in enumerate(every) if _is_pale(font.find(f"{_S}color"))}
    tiny = {
        at for at, font in enumerate(every) if _is_tiny(font.find(f"{_S}sz")) or _is_struck(font.find(f"{_S}strike"))
    }
    fills = styles.find(f"{_S}fills")
    bare = {at for at, fill in enumerate(fills) if _is_bare(fill)} if fills is not None else {0}
    blank: set[int] = set()
    white: set[int] = set()
    cells = styles.find(f"{_S}cellXfs")
    for at, form in enumerate(cells if cells is not None else ()):
        font = _count(form.get("fontId"))
        if form.get("numFmtId") in numbers or font in tiny:
            blank.add(at)
        elif font in pale and _count(form.get("fillId")) in bare:
            white.add(at)
    return BlankFormats(frozenset(blank), frozenset(white))


def _is_pale(colour: Any | None) -> bool:
    if colour is None:
        return False
    # Theme colour 0 is that of the paper.
    return is_white((colour.get("rgb") or "")[-6:]) or (colour.get("theme") == "0" and not colour.get("tint"))


def _is_tiny(size: Any | None) -> bool:
    try:
        return size is not None and float(size.get("val") or 11) <= _TINY
    except ValueError:
        return False


def _is_struck(mark: Any | None) -> bool:
    return mark is not None and mark.get("val") not in ("0", "false")


def _is_bare(fill: Any) -> bool:
    pattern = fill.find(f"{_S}patternFill")
    if pattern is None:
        return False
    kind = pattern.get("patternType") or "none"
    ground = pattern.find(f"{_S}fgColor")
    return kind == "none" or (kind == "solid" and ground is not None and _is_pale(ground))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
