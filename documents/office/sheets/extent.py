"""Sheets whose cells stand far apart: a library sets aside a place for every cell between the first and the last, and
one stray cell in the last corner of a sheet makes them 17 thousand million."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from documents.office.sheets.formats import place_of

_PLACES = 4_000_000
"""Places of a sheet that may be set aside."""
_ROWS = 20_000
"""Rows of a sheet that are read."""
_GAP = 200
"""Empty rows or columns between two that are not."""
_MOST_COLUMNS = 16_384
_LEFT = 2
"""Of a gap what is left."""
_TAG = re.compile(rb"<(?:\w+:)?(?:row|c)\b[^<>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\sr=[\"'](\d{1,7})[\"']")
_PLACE = re.compile(rb"(?<=\sr=[\"'])([A-Z]{0,3})(\d{1,7})(?=[\"'])")
_REPEATED = re.compile(rb"(number-(?:rows|columns)-repeated=[\"'])\d{4,9}([\"'])")
"""A run of a thousand or more."""
_DIGITS = 10
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_WIDTHS = (
    (re.compile(rb"\sr=[\"'][A-Z]{3}\d"), 16_384),
    (re.compile(rb"\sr=[\"'][A-Z]{2}\d"), 702),
)
"""What shows a sheet to have more columns than 26, and how many it may have."""


def closed_up(sheet: bytes) -> bytes:
    """Return a sheet's part with its cells near to each other: as it is, unless they are spread so widely that a
    library could not hold what lies between them, or that some stand below the rows that are read. Then long runs of
    empty rows and columns are taken out."""
    numbers = [int(number) for number in _ROW.findall(sheet)]
    tall = max(numbers, default=0) - min(numbers, default=0) + 1
    wide = next((columns for pattern, columns in _WIDTHS if pattern.search(sheet)), 26)
    if tall <= _ROWS and tall * wide <= _PLACES:
        return sheet
    rows: set[int] = set()
    columns: set[int] = set()
    for tag in _TAG.finditer(sheet):
        place = _PLACE.search(tag[0])
        at = place_of(tag[0]) if place is not None and place[1] else None
        if at is not None:
            rows.add(at[0])
            columns.add(at[1])
    near_rows, near_columns = _without_gaps(rows), _without_gaps(columns)
    spread = tall > _ROWS or tall * (max(columns, default=0) + 1) > _PLACES
    if not spread or (all(at == to for at, to in near_rows.items()) and all(a == b for a, b in near_columns.items())):
        return sheet

    def moved(tag: re.Match[bytes]) -> bytes:
        return _PLACE.sub(lambda place: _name(place, near_rows, near_columns), tag[0], count=1)

    return _TAG.sub(moved, sheet)


def takes_too_much(sheet: bytes) -> bool:
    """Return whether a sheet's part, as it is, makes a library set aside more places than can be held."""
    tags = [tag[0] for tag in _TAG.finditer(sheet)]
    found = [place_of(tag) for tag in tags]
    places = [place for place in found if place is not None]
    tall = 1 + max([*(int(number) - 1 for number in _ROW.findall(sheet)), *(row for row, _ in places)], default=0)
    # A cell without its place stands behind the one before.
    wide = 1 + max((column for _, column in places), default=0) + min(len(tags) - len(places), _MOST_COLUMNS)
    return tall * min(wide, _MOST_COLUMNS) > _PLACES


def is_spread(table: Any) -> bool:
    """Whether the cells of an OpenDocument table that hold something are spread so widely."""
    row = far = down = 0
    for line in table.iter(f"{TABLE}table-row"):
        column = 0
        for cell in line:
            if len(cell) or any(key.endswith("}value") for key in cell.keys()):  # noqa: SIM118 - an element's
                far, down = max(far, column + 1), row + 1
            column += _count(cell, "columns")
        row += _count(line, "rows")
    return down > _ROWS or down * far > _PLACES


def closed_up_table(content: bytes) -> bytes:
    """Return an OpenDocument spreadsheet's content without its long runs of equal, empty rows, columns and cells."""
    return _REPEATED.sub(rb"\g<1>%d\g<2>" % _LEFT, content)


def _count(mark: Any, name: str) -> int:
    value = mark.get(f"{TABLE}number-{name}-repeated") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < _DIGITS else 1


def _without_gaps(used: Iterable[int]) -> dict[int, int]:
    near: dict[int, int] = {}
    taken = before = -1
    for number in sorted(used):
        gap = number - before
        taken += gap if gap <= _GAP else _LEFT
        near[number] = taken
        before = number
    return near


def _name(place: re.Match[bytes], rows: dict[int, int], columns: dict[int, int]) -> bytes:
    row = int(place[2]) - 1
    if not place[1]:
        return str(rows.get(row, row) + 1).encode()
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    column = columns.get(column - 1, column - 1) + 1
    letters = b""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = bytes((65 + rest,)) + letters
    return letters + str(rows.get(row, row) + 1).encode()
