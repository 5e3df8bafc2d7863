"""Read spreadsheets: .xlsx, .xls, .ods, with merged cells as spans."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.open_xml import Package
from documents.office.pictures import Picture, reading_with_pictures
from documents.office.sheets.binary import read_binary_parts
from documents.office.sheets.bounded import with_parts
from documents.office.sheets.extent import TABLE, closed_up_table, is_spread
from documents.office.sheets.links import links_of_rows
from documents.office.sheets.parts import SheetParts, read_sheet_parts, read_table_parts
from documents.office.zip_limits import check_expansion
from documents.table_headers import mark_headers

_CONTENT = "content.xml"
_MAX_ROWS = 20_000
_MAX_SPAN = 200
_MAX_COVERED = 200_000
_MAX_REPEATED = 2_000_000


Place = tuple[int, int]


def read_sheets(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read XLSX, XLS or ODS: every sheet as a table, merged cells as one cell with its spans, text boxes and pictures
    in the row that they begin in. Hidden sheets, rows and columns are left out.

    Raises ReadError for a broken, locked or too large file."""
    try:
        if not body.startswith(b"PK"):
            book = _Book(body, read_binary_parts(body), limits)
            blocks = mark_headers(book.blocks())
            return reading_with_pictures(blocks, [], limits, cache, cut=book.cut)
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            package = Package(archive, len(body), limits)
            if _CONTENT in package.names:
                merged, parts, near = _opendocument(package)
            else:
                merged, parts = {}, _open_xml(package)
                near = {each.part: each.near for each in parts.values() if each.near}
            if near:
                # All of it is copied, what no reader asks for too.
                check_expansion(archive, len(body), limits)
            book = _Book(with_parts(archive, near) if near else body, parts, limits, merged)
            blocks = mark_headers(book.blocks())
            pictures = book.pictures(blocks, package.read)
            reading = reading_with_pictures(blocks, pictures, limits, cache, cut=package.cut or book.cut)
            return replace(reading, links=book.links(blocks))
    except PasswordError as error:
        raise ReadError(ReadNote.ENCRYPTED) from error
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error


def _open_xml(package: Package) -> dict[str, SheetParts]:
    for name in package.names:
        if name.startswith("xl/sharedStrings"):
            package.reserve(name)
    return read_sheet_parts(package)


class _Book:
    """The sheets of one workbook, with what its own format says of them."""

    def __init__(
        self,
        body: bytes,
        parts: Mapping[str, SheetParts],
        limits: ReadLimits,
        merged: Mapping[str, Mapping[Place, Place]] | None = None,
    ) -> None:
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        self._parts = parts
        self._merged = merged or {}
        self._limit = limits.blocks
        self.cut = False
        """Whether rows of a sheet were left out: there were too many."""

    def blocks(self) -> list[Block]:
        """Return the cells and text boxes of all sheets that are shown."""
        found: list[Block] = []
        for number, meta in enumerate(self._book.sheets_metadata):
            parts = self._parts.get(meta.name) or SheetParts()
            if meta.visible is not SheetVisibleEnum.Visible or parts.hidden or parts.cut:
                continue
            sheet = self._book.get_sheet_by_name(meta.name)
            self.cut = self.cut or sheet.height > _MAX_ROWS
            cells = list(_cells(sheet, meta.name, number, self._merged, parts))
            boxes = {row: lines for row, lines in _boxes(parts)}
            for block in cells:
                for row in [row for row in boxes if row < (block.line or 0)] if boxes else []:
                    found += _box_blocks(boxes.pop(row), meta.name, row)
                found.append(block)
                if len(found) >= self._limit:
                    return found
            for row in sorted(boxes):
                found += _box_blocks(boxes[row], meta.name, row)
        return found[: self._limit]

    def links(self, blocks: list[Block]) -> tuple[Link, ...]:
        """Return what the cells of the sheets that are shown lead to, row by row."""
        found: list[Link] = []
        for name, parts in self._parts.items():
            if not parts.links or parts.hidden or parts.cut:
                continue
            start = self._book.get_sheet_by_name(name).start or (0, 0)
            own = [block for block in blocks if block.kind is BlockKind.CELL and block.sheet == name[:80]]
            found += links_of_rows(parts.links, own, start[1], parts.columns)
        return tuple(found)

    def pictures(self, blocks: list[Block], load: Callable[[str], bytes]) -> list[Picture]:
        """Return the pictures over the sheets, each before the first cell of its row."""
        found = []
        for name, parts in self._parts.items():
            shown = [each for each in parts.shown if each.picture and not parts.hidden and not parts.cut]
            sheet = name[:80] if shown else None
            places = [(at, block.line or 0) for at, block in enumerate(blocks) if block.sheet == sheet]
            for each in shown:
                at = next((at for at, line in places if line > each.row), places[-1][0] + 1 if places else len(blocks))
                found.append(Picture(at, each.picture, load, each.inches))
        return sorted(found, key=lambda picture: picture.at)


def _boxes(parts: SheetParts) -> list[tuple[int, list[str]]]:
    rows: dict[int, list[str]] = {}
    for each in parts.shown:
        if each.lines:
            rows.setdefault(each.row, []).extend(each.lines)
    return sorted(rows.items())


def _box_blocks(lines: list[str], sheet: str, row: int) -> list[Block]:
    return [replace(line_block(text, line=row + 1), sheet=sheet[:80]) for text in lines]


def _cells(
    sheet: Any, name: str, number: int, merged: Mapping[str, Mapping[Place, Place]], parts: SheetParts
) -> Iterator[Block]:
    ends = {**merged.get(name, {}), **{start: end for start, end in (sheet.merged_cell_ranges or ())}}
    covered = _covered(ends)
    first = sheet.start or (0, 0)
    for at, row in enumerate(_values(sheet, first, parts)):
        if first[0] + at in parts.rows or not any(str(v).strip() for v in row):
            continue
        for col, value in enumerate(row):
            place = (first[0] + at, first[1] + col)
            if place in covered or place[1] in parts.columns:
                # What a merged cell covers is not empty, it is that cell.
                continue
            end = ends.get(place, place)
            yield Block(
                BlockKind.CELL,
                "" if place in parts.cells else _cell(value),
                table=number,
                row=at,
                col=col,
                sheet=name[:80],
                line=place[0] + 1,
                span_rows=end[0] - place[0] + 1,
                span_cols=end[1] - place[1] + 1,
            )


def _values(sheet: Any, first: Place, parts: SheetParts) -> list[list[Any]]:
    """The values of a sheet, with the texts of formulas that no program has worked out."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=True, nrows=_MAX_ROWS)
    for (row, col), text in parts.said.items():
        at, beside = row - first[0], col - first[1]
        if 0 <= at < len(rows) and beside >= 0:
            rows[at] += [""] * (beside + 1 - len(rows[at]))
            rows[at][beside] = text
    return rows


def _covered(ends: Mapping[Place, Place]) -> set[Place]:
    """Places within merged cells but for their first ones; at most as many as a sheet may have cells."""
    places: set[Place] = set()
    for start, end in ends.items():
        if (end[0] - start[0] + 1) * (end[1] - start[1] + 1) + len(places) > _MAX_COVERED:
            continue
        places.update(
            (r, c) for r in range(start[0], end[0] + 1) for c in range(start[1], end[1] + 1) if (r, c) != start
        )
    return places


_Merged = dict[str, dict[Place, Place]]


def _opendocument(package: Package) -> tuple[_Merged, dict[str, SheetParts], dict[str, bytes]]:
    """Merged cells (first and last place) and hidden and drawn things per sheet of an OpenDocument spreadsheet, and its
    content with its cells near to each other where they are spread too widely."""
    content = package.read(_CONTENT)
    root = fromstring(content)
    near: dict[str, bytes] = {}
    if any(is_spread(table) for table in root.iter(f"{TABLE}table")):
        near[_CONTENT] = content = closed_up_table(content)
        root = fromstring(content)
    spans_of: dict[str, dict[Place, Place]] = {}
    parts_of: dict[str, SheetParts] = {}
    for table in root.iter(f"{TABLE}table"):
        name = table.get(f"{TABLE}name") or ""
        read_table_parts(table, parts_of.setdefault(name, SheetParts()))
        spans = spans_of.setdefault(name, {})
        at = 0
        for row in table.iter(f"{TABLE}table-row"):
            col = 0
            for cell in row:
                rows, cols = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                if rows > 1 or cols > 1:
                    spans[at, col] = (at + rows - 1, col + cols - 1)
                col += _count(cell, "number-columns-repeated")
            at += _count(row, "number-rows-repeated")
    return spans_of, parts_of, near


def _count(element: Any, name: str) -> int:
    value = element.get(TABLE + name) or "1"
    return max(1, min(int(value), _MAX_REPEATED)) if value.isascii() and value.isdigit() else 1


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value).strip()
