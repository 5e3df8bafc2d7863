"""The sheets of a spreadsheet file as an office has it: cells with their text and the link behind them.

XLSX, XLS, ODS and CSV in UTF-8, UTF-16 or windows-874. Formats keep links in places of their own: relationships and
formulas, text:a elements, HLINK records.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import olefile
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import InputError, first_line
from core.input_files import read_input
from documents.base import ReadLimits
from documents.encoding import decode
from documents.office.sheets.bounded import bounded_workbook

_MAX_BYTES = 16 << 20
_MAX_ROWS, _MAX_COLUMNS, _MAX_SHEETS = 20_000, 200, 40
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODF_LINK = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a"
_HREF = "{http://www.w3.org/1999/xlink}href"
_FORMULA = re.compile(r'^\s*(?:of:=)?HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_HLINK, _BOF = 0x01B8, 0x0809
Links = dict[tuple[int, int], str]
"""Row and column from 0 -> address."""


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """One sheet: its rows from 0 with the text of each cell, and the links behind cells."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def link(self, row: int, column: int) -> str:
        """The link behind a cell; empty if there is none."""
        return self.links.get((row, column), "")


def read_sheets(path: Path) -> tuple[OfficeSheet, ...]:
    """Return the sheets of a file, whatever its ending says. Raises InputError."""
    try:
        body = read_input(path, _MAX_BYTES, "a list of agencies")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or first_line(error)})") from error
    if body.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, body)
    return (OfficeSheet(path.stem, _csv(path, body)),)


def _csv(path: Path, body: bytes) -> tuple[tuple[str, ...], ...]:
    # Excel's "Unicode text" without its mark: every other byte of the digits and signs is zero.
    bare = next((n for n, at in (("utf-16-le", 1), ("utf-16-be", 0)) if body[at:400:2].count(0) > 20), "")
    text = body.decode(bare, "replace") if bare else decode(body)[0]
    lines = text.splitlines()[:20]
    delimiter = max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return tuple(_cut(row) for _, row in zip(range(_MAX_ROWS), rows, strict=False))
    except csv.Error as error:
        raise InputError(f"{path}: not CSV: {first_line(error)}") from error


def _workbook(path: Path, body: bytes) -> tuple[OfficeSheet, ...]:
    try:
        body = bounded_workbook(body, ReadLimits())
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        names = book.sheet_names[:_MAX_SHEETS]
        links = _links(body, len(names))
        return tuple(
            OfficeSheet(
                name,
                tuple(
                    _cut(row) for row in book.get_sheet_by_index(n).to_python(skip_empty_area=False, nrows=_MAX_ROWS)
                ),
                links[n],
            )
            for n, name in enumerate(names)
        )
    except Exception as error:  # whatever a broken file makes of a library
        raise InputError(f"{path}: not a readable spreadsheet: {first_line(error)}") from error


def _cut(row: Sequence[object]) -> tuple[str, ...]:
    return tuple(_plain(value) for value in row[:_MAX_COLUMNS])


def _plain(value: object) -> str:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return " ".join(text.split())


def _links(body: bytes, count: int) -> list[Links]:
    """The links of each sheet; none where the file keeps them in a way that is not known."""
    try:
        if not body.startswith(b"PK"):
            found = list(_xls_links(body))
        else:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                found = list(_ods_links(archive) if "content.xml" in archive.namelist() else _xlsx_links(archive))
    except (CalamineError, OSError, KeyError, ValueError, struct.error, ElementTree.ParseError, DefusedXmlException):
        found = []
    return [*found, *({} for _ in range(count))][:count]


# --------------------------------------------------------------------------- XLSX


def _xlsx_links(archive: zipfile.ZipFile) -> Iterator[Links]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    targets = _relations(archive, "xl/workbook.xml")
    for sheet in book.iter(f"{_SHEET}sheet"):
        part = targets.get(str(sheet.get(_RELATION)), "")
        name = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
        yield _xlsx_sheet(archive, name) if name in archive.namelist() else {}


def _xlsx_sheet(archive: zipfile.ZipFile, name: str) -> Links:
    root = ElementTree.fromstring(archive.read(name))
    targets = _relations(archive, name)
    links: Links = {}
    for formula in root.iter(f"{_SHEET}c"):
        found = _FORMULA.match(formula.findtext(f"{_SHEET}f") or "")
        place = _place(formula.get("r", ""))
        if found and place:
            links[place] = found[1]
    for link in root.iter(f"{_SHEET}hyperlink"):
        place = _place(link.get("ref", ""))
        target = targets.get(str(link.get(_RELATION)), "")
        if place and target:
            links[place] = target
    return links


def _relations(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    path = PurePosixPath(name)
    beside = f"{path.parent}/_rels/{path.name}.rels"
    if beside not in archive.namelist():
        return {}
    return {str(r.get("Id")): str(r.get("Target")) for r in ElementTree.fromstring(archive.read(beside))}


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


# --------------------------------------------------------------------------- ODS


def _ods_links(archive: zipfile.ZipFile) -> Iterator[Links]:
    root = ElementTree.fromstring(archive.read("content.xml"))
    for table in root.iter(f"{_TABLE}table"):
        links: Links = {}
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in line:
                if not cell.tag.startswith(f"{_TABLE}") or not cell.tag.endswith("table-cell"):
                    continue
                formula = _FORMULA.match(cell.get(f"{_TABLE}formula") or "")
                link = next((str(a.get(_HREF)) for a in cell.iter(_ODF_LINK) if a.get(_HREF)), "")
                if formula or link:
                    links[row, column] = formula[1] if formula else link
                column += _repeated(cell.get(f"{_TABLE}number-columns-repeated"))
            row += _repeated(line.get(f"{_TABLE}number-rows-repeated"))
        yield links


def _repeated(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 1


# --------------------------------------------------------------------------- XLS


def _xls_links(body: bytes) -> Iterator[Links]:
    """Links of each sheet from the HLINK records: the sheets' substreams follow the workbook's own, in their order."""
    with olefile.OleFileIO(io.BytesIO(body)) as container:
        name = next(n for n in ("Workbook", "Book") if container.exists(n))
        stream = container.openstream(name).read()
    sheets: list[Links] = []
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            sheets.append({})
        elif kind == _HLINK and sheets and len(data) >= 8:
            first, last, left, right = struct.unpack_from("<HHHH", data)
            address = _moniker(data)
            if address and last - first < _MAX_ROWS and right - left < _MAX_COLUMNS:
                sheets[-1].update(
                    {(row, col): address for row in range(first, last + 1) for col in range(left, right + 1)}
                )
    yield from sheets[1:]


def _moniker(data: bytes) -> str:
    at = data.find(_URL_MONIKER)
    if at < 0 or at + 20 > len(data):
        return ""
    begin = at + len(_URL_MONIKER) + 4
    (length,) = struct.unpack_from("<I", data, begin - 4)
    return data[begin : begin + length].decode("utf-16-le", "replace").split("\0", 1)[0]
