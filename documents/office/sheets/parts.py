"""What stands beside the cells of a workbook (XLSX, ODS): hidden rows, columns and sheets, text boxes, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from documents.base import ReadError
from documents.office.open_xml import A, Package, R, diagram_lines, shape_lines
from documents.office.sheets.extent import closed_up
from documents.office.sheets.formats import BlankFormats, read_formats
from documents.office.sheets.formulas import read_formulas
from documents.office.sheets.links import CellLink, cell_links

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_DRAWING = re.compile(rb"<(?:\w+:)?drawing\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"(?<![\w:])([\w:]++)\s*+=\s*+[\"']([^\"']*+)[\"']")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MAX_COLUMNS = 16_384
_MAX_ROWS = 1 << 20
_EMU = 914_400


@dataclass(frozen=True, slots=True)
class Shown:
    """A text box or picture over a sheet: the row (from 0) that it begins in, its lines or its part's name, its size
    in inches."""

    row: int
    lines: tuple[str, ...] = ()
    picture: str = ""
    inches: tuple[float, float] = (0.0, 0.0)


@dataclass(slots=True)
class SheetParts:
    """One sheet. Rows and columns count from 0."""

    hidden: bool = False
    cut: bool = False
    """Too large to be read."""
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose format shows nothing of what they hold."""
    said: dict[tuple[int, int], str] = field(default_factory=dict)
    """Texts of cells whose formula is a text and whose value no program has worked out yet."""
    shown: list[Shown] = field(default_factory=list)
    links: list[CellLink] = field(default_factory=list)
    part: str = ""
    near: bytes = b""
    """The sheet's part with its cells near to each other, where they were spread too widely."""


def read_sheet_parts(package: Package) -> dict[str, SheetParts]:
    """Return the sheets of a workbook by name; a part that is too large is left out."""
    main = package.main("xl/workbook.xml")
    book = package.xml(main)
    if book is None:
        return {}
    targets = package.relations(main)
    formats = read_formats(package.xml("xl/styles.xml"))
    found: dict[str, SheetParts] = {}
    for sheet in book.iter(f"{_S}sheet"):
        parts = found[sheet.get("name") or ""] = SheetParts(sheet.get("state") in ("hidden", "veryHidden"))
        name = targets.get(sheet.get(f"{R}id") or "", "")
        if not parts.hidden and name in package.names:
            _read_sheet(package, name, parts, formats)
    return found


def read_table_parts(table: Any, parts: SheetParts) -> None:
    """Add what one table of an OpenDocument spreadsheet hides and what lies over it."""
    row = col = 0
    for mark in table.iter(f"{_TABLE}table-column"):
        count = _repeated(mark, "number-columns-repeated", _MAX_COLUMNS)
        if mark.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            parts.columns.update(range(col, min(col + count, _MAX_COLUMNS)))
        col += count
    for shapes in table.findall(f"{_TABLE}shapes"):
        _add_frames(shapes, 0, parts)
    for mark in table.iter(f"{_TABLE}table-row"):
        count = _repeated(mark, "number-rows-repeated", _MAX_ROWS)
        if mark.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            parts.rows.update(range(row, min(row + count, _MAX_ROWS)))
        else:
            _add_frames(mark, row, parts)
        row += count


def _add_frames(holder: Any, row: int, parts: SheetParts) -> None:
    for frame in holder.iter():
        if frame.tag in (f"{_DRAW}text-box", f"{_DRAW}custom-shape", f"{_DRAW}rect"):
            texts = (" ".join("".join(p.itertext()).split()) for p in frame.iter(f"{_TEXT}p"))
            lines = tuple(line for line in texts if line)
            if lines:
                parts.shown.append(Shown(row, lines))
        elif frame.tag == f"{_DRAW}image" and frame.get(_XLINK):
            parts.shown.append(Shown(row, picture=str(frame.get(_XLINK)).removeprefix("./")))


def _repeated(mark: Any, name: str, most: int) -> int:
    text = mark.get(_TABLE + name) or "1"
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() else 1


def _read_sheet(package: Package, name: str, parts: SheetParts, formats: BlankFormats) -> None:
    try:
        body = package.read(name)
    except ReadError:
        parts.cut = True
        return
    near = closed_up(body)
    if near is not body:
        parts.part, parts.near = name, near
        body = near
    parts.cells = formats.cells_in(body)
    if b"<f" in body or b":f" in body:
        parts.said, unknown = read_formulas(body)
        package.cut = package.cut or unknown
    if b"hidden" in body or b' ht="0' in body or b'width="0' in body:
        for mark in _ROW.finditer(body):
            attributes = _attributes(mark[1])
            number = attributes.get("r", "")
            flat = attributes.get("ht") in ("0", "0.0")
            if (flat or _is_on(attributes.get("hidden"))) and number.isdigit():
                parts.rows.add(int(number) - 1)
        for mark in _COLUMN.finditer(body):
            attributes = _attributes(mark[1])
            first, last = attributes.get("min", ""), attributes.get("max", "")
            narrow = attributes.get("width") in ("0", "0.0")
            if (narrow or _is_on(attributes.get("hidden"))) and first.isdigit() and last.isdigit():
                parts.columns.update(range(int(first) - 1, min(int(last), _MAX_COLUMNS)))
    if b"yperlink" in body or b"HYPERLINK" in body:
        parts.links = cell_links(body, package.addresses(name))
    drawing = _DRAWING.search(body)
    if drawing is not None:
        reference = next((v for k, v in _attributes(drawing[1]).items() if k.endswith(":id")), "")
        target = package.relations(name).get(reference, "")
        root = package.xml(target) if target else None
        if root is not None:
            for anchor in root:
                _read_anchor(package, target, anchor, parts)


def _read_anchor(package: Package, drawing: str, anchor: Any, parts: SheetParts) -> None:
    if any(_is_on(each.get("hidden")) for each in anchor.iter(f"{_D}cNvPr")):
        return
    row = _number(anchor.find(f"{_D}from/{_D}row"))
    lines = [line for body in anchor.iter(f"{_D}txBody") for line in shape_lines(body)]
    targets = package.relations(drawing)
    for diagram in anchor.iter(f"{_DGM}relIds"):
        lines += diagram_lines(package.xml(targets.get(diagram.get(f"{R}dm") or "", "")))
    if lines:
        parts.shown.append(Shown(row, tuple(lines)))
    extent = anchor.find(f".//{A}xfrm/{A}ext")
    sizes = [extent.get(name) or "" if extent is not None else "" for name in ("cx", "cy")]
    wide, tall = (int(size) / _EMU if size.isascii() and size.isdigit() else 0.0 for size in sizes)
    for blip in anchor.iter(f"{A}blip"):
        picture = targets.get(blip.get(f"{R}embed") or "", "")
        if picture in package.names:
            parts.shown.append(Shown(row, picture=picture, inches=(wide, tall)))


def _attributes(text: bytes) -> dict[str, str]:
    return {key.decode(): value.decode("ascii", "replace") for key, value in _ATTRIBUTE.findall(text[:2000])}


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _number(mark: Any) -> int:
    text = (mark.text or "").strip() if mark is not None else ""
    return int(text) if text.isascii() and text.isdigit() else 0
