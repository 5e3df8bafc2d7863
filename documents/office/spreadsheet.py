"""Read spreadsheets: .xlsx, .xls, .ods, with merged cells as spans."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.office.zip_limits import check_expansion
from documents.table_headers import mark_headers

_MAX_ROWS = 20_000
_MAX_SPAN = 200
_MAX_COVERED = 200_000
_MAX_REPEATED = 2_000_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


Place = tuple[int, int]


def read_sheets(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read XLSX, XLS or ODS: every sheet as a table, merged cells as one cell with its spans."""
    merged: Mapping[str, Mapping[Place, Place]] = {}
    if body.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                check_expansion(archive, len(body), limits)
                merged = _opendocument_spans(archive)
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise ReadError(ReadNote.BROKEN, str(error)) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        blocks = list(_sheets(book, merged, limits))
    except PasswordError as error:
        raise ReadError(ReadNote.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(mark_headers(blocks)),
        note=ReadNote.NONE if blocks else ReadNote.EMPTY,
    )


def _sheets(book: Any, merged: Mapping[str, Mapping[Place, Place]], limits: ReadLimits) -> Iterator[Block]:
    made = 0
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_name(name)
        ends = {**merged.get(name, {}), **{start: end for start, end in (sheet.merged_cell_ranges or ())}}
        covered = _covered(ends)
        first = sheet.start or (0, 0)
        for at, row in enumerate(sheet.to_python(skip_empty_area=True, nrows=_MAX_ROWS)):
            if not any(str(v).strip() for v in row):
                continue
            for col, value in enumerate(row):
                place = (first[0] + at, first[1] + col)
                if place in covered:
                    # What a merged cell covers is not empty, it is that cell.
                    continue
                end = ends.get(place, place)
                yield Block(
                    BlockKind.CELL,
                    _cell(value),
                    table=number,
                    row=at,
                    col=col,
                    sheet=str(name)[:80],
                    line=place[0] + 1,
                    span_rows=end[0] - place[0] + 1,
                    span_cols=end[1] - place[1] + 1,
                )
                made += 1
                if made >= limits.blocks:
                    return


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


def _opendocument_spans(archive: zipfile.ZipFile) -> dict[str, dict[Place, Place]]:
    """Merged cells per sheet of an OpenDocument spreadsheet: first and last place; empty for other files."""
    if "content.xml" not in archive.namelist():
        return {}
    found: dict[str, dict[Place, Place]] = {}
    for table in fromstring(archive.read("content.xml")).iter(f"{_TABLE}table"):
        spans = found.setdefault(table.get(f"{_TABLE}name") or "", {})
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            col = 0
            for cell in row:
                rows, cols = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                if rows > 1 or cols > 1:
                    spans[at, col] = (at + rows - 1, col + cols - 1)
                col += _count(cell, "number-columns-repeated")
            at += _count(row, "number-rows-repeated")
    return found


def _count(element: Any, name: str) -> int:
    value = element.get(_TABLE + name) or "1"
    return max(1, min(int(value), _MAX_REPEATED)) if value.isascii() and value.isdigit() else 1


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value).strip()
