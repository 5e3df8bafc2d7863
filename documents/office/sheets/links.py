"""Links in the cells of a workbook: a disclosure list may be a spreadsheet whose rows lead to the evidence."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from core.models.snapshot import Block, Link
from documents.written_links import written_link

_MOST = 400
_CONTEXT = 300
_MARK = re.compile(rb"<(?:\w+:)?hyperlink\b([^<>]*)>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*>\s*(?:_xlfn\.)?HYPERLINK\(([^<]{1,12000})</", re.I
)
_TEXTS = re.compile(r'\s*"((?:[^"]|""){1,10000})"(?:\s*[,;]\s*"((?:[^"]|""){1,300})")?')
_ATTRIBUTE = re.compile(rb"(?<![\w:])([\w:]++)\s*+=\s*+[\"']([^\"']*+)[\"']")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell that leads somewhere: its row and column from 0, the address as it is written, what a formula shows."""

    place: Place
    written: str
    shown: str = ""


def cell_links(sheet: bytes, addresses: Mapping[str, str]) -> list[CellLink]:
    """Return the cells of a sheet's part that lead somewhere; `addresses` are those of the part's references."""
    found: list[CellLink] = []
    for mark in _MARK.finditer(sheet):
        attributes = _attributes(mark[1])
        reference = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        place = _place(attributes.get("ref", ""))
        if place is not None and reference in addresses:
            found.append(CellLink(place, addresses[reference]))
    for formula in _FORMULA.finditer(sheet):
        place = _place(_attributes(formula[1]).get("r", ""))
        texts = _TEXTS.match(unescape(formula[2].decode("utf-8", "replace")))
        if place is not None and texts is not None:
            found.append(CellLink(place, *(text.replace('""', '"') for text in texts.groups(default=""))))
    return found[:_MOST]


def links_of_rows(
    cells: Sequence[CellLink], blocks: Sequence[Block], first_column: int, hidden: Container[int]
) -> Iterator[Link]:
    """Yield the links of one sheet row by row, each with the words of its cell and of its row. `blocks` are the sheet's
    cells as they are shown, `first_column` is the column of those with `col` 0, `hidden` are columns nobody sees."""
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        rows.setdefault((block.line or 0) - 1, []).append(block)
    for cell in sorted(cells, key=lambda each: each.place):
        row, column = cell.place
        if row not in rows or column in hidden:
            continue
        own = next((b.text for b in rows[row] if (b.col or 0) + first_column == column), "") or cell.shown
        context = " ".join(b.text for b in rows[row])
        if (made := written_link(cell.written, _words(own), _words(context))) is not None:
            yield made


def _words(text: str) -> str:
    return " ".join(text.split())[:_CONTEXT]


def _attributes(text: bytes) -> dict[str, str]:
    return {k.decode("utf-8", "replace"): v.decode("utf-8", "replace") for k, v in _ATTRIBUTE.findall(text)}


def _place(reference: str) -> Place | None:
    """The row and column of a reference such as C3, or the first cell of C3:D4."""
    found = _PLACE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
