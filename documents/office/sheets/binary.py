"""Hidden rows and columns, and the text boxes, of Excel 97-2003 workbooks: what the cell reader does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from documents.base import ReadError
from documents.office.ole import stream
from documents.office.sheets.parts import SheetParts, Shown

_SHEET, _ROW, _COLUMN, _END, _TEXT, _CONTINUE, _BEGIN = 0x0085, 0x0208, 0x007D, 0x000A, 0x01B6, 0x003C, 0x0809
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_MAX_COLUMNS = 256


def read_binary_parts(body: bytes) -> dict[str, SheetParts]:
    """Return what the sheets of a workbook hide and show beside their cells, by name; nothing for a damaged file."""
    try:
        data = stream(body, "Workbook") or stream(body, "Book")
        found: dict[str, SheetParts] = {}
        for kind, record in _records(data, 0):
            if kind == _END:
                break
            if kind == _SHEET and len(record) > 8:
                start = struct.unpack_from("<I", record, 0)[0]
                count, wide = record[6], record[7] & 1
                name = record[8 : 8 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
                found[name] = _sheet(data, start)
    except (ReadError, struct.error, IndexError):
        return {}
    return found


def _sheet(data: bytes, start: int) -> SheetParts:
    parts = SheetParts()
    depth = 0
    text_follows = 0
    for kind, record in _records(data, start):
        # A chart within a sheet is a part within a part.
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            break
        if kind == _ROW and len(record) >= 14 and record[12] & _ROW_HIDDEN:
            parts.rows.add(struct.unpack_from("<H", record, 0)[0])
        elif kind == _COLUMN and len(record) >= 10 and record[8] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", record, 0)
            parts.columns.update(range(first, min(last + 1, _MAX_COLUMNS)))
        elif kind == _TEXT and len(record) >= 14:
            text_follows = struct.unpack_from("<H", record, 10)[0]
        elif kind == _CONTINUE and text_follows and len(record) > 1:
            wide = record[0] & 1
            text = record[1:].decode("utf-16-le" if wide else "latin-1", "replace")[:text_follows]
            text_follows = 0
            lines = tuple(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)
            if lines:
                # Where the box stands is said in another place of the file: behind the cells loses nothing.
                parts.shown.append(Shown(1 << 16, lines))
    return parts


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4 : at + 4 + size]
        at += 4 + size
