"""Office documents: DOCX with everything a reader of the page sees, spreadsheets as cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from core.models.snapshot import Block, BlockKind, Reading, ReadState, ResourceKind
from crawler.readers.base import ReadError, ReadLimits
from crawler.readers.lines import line_block
from crawler.readers.tables import mark_headers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml", "word/endnotes.xml")
_MAX_ROWS = 20_000
_MAX_SPAN = 200
_MAX_COVERED = 200_000
_MAX_REPEATED = 2_000_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_docx(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a DOCX: paragraphs, nested tables, text boxes, headers, footers and notes, in reading order.

    Raises ReadError for a broken file or one that unfolds beyond its limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
            names = [n for n in archive.namelist() if n.startswith(_PARTS) and n.endswith(".xml")]
            names.sort(key=lambda n: [n.startswith(p) for p in _PARTS].index(True))
            roots = [fromstring(archive.read(name)) for name in names]
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError("broken", str(error)) from error
    walker = _Docx(limits.blocks)
    for root in roots:
        walker.walk(root)
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(mark_headers(walker.blocks)),
        note="" if walker.blocks else "empty",
    )


class _Docx:
    def __init__(self, limit: int) -> None:
        self.blocks: list[Block] = []
        self._limit = limit
        self._tables = 0
        self._line = 0

    def walk(self, element: Any) -> None:
        for child in element:
            if len(self.blocks) >= self._limit:
                return
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            else:
                self.walk(child)

    def _paragraph(self, paragraph: Any) -> None:
        lines = _text(paragraph).splitlines()
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
        bold = _bold(paragraph)
        for text in lines:
            self._line += 1
            if name.startswith("heading") or name in ("title", "subtitle"):
                level = int(name[-1]) if name[-1:].isdigit() else 1
                self.blocks.append(Block(BlockKind.HEADING, text, level=level, line=self._line, bold=bold))
            else:
                self.blocks.append(line_block(text, line=self._line, bold=bold))
        for box in _boxes(paragraph):
            self.walk(box)

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        above: dict[int, int] = {}
        for at, row in enumerate(_inside(table, "tr")):
            header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            col = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            for cell in _inside(row, "tc"):
                wide = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(f"{_W}val") != "restart" and col in above:
                    start = self.blocks[above[col]]
                    self.blocks[above[col]] = replace(start, span_rows=start.span_rows + 1)
                else:
                    above[col] = len(self.blocks)
                    self._cell(
                        cell, Block(BlockKind.CELL, "", table=number, row=at, col=col, span_cols=wide, header=header)
                    )
                col += wide

    def _cell(self, cell: Any, block: Block) -> None:
        text = "\n".join(t for t in (_text(p) for p in _inside(cell, "p")) if t)
        self.blocks.append(replace(block, text=text))
        for inner in _inside(cell, "tbl"):
            self._table(inner)


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph; each is there once more for programs that do not know its kind."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif not child.tag.endswith("}Fallback"):
            yield from _boxes(child)


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Children of one kind, those in content controls and custom markup too."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _inside(child, tag)


def _number(mark: Any, otherwise: int) -> int:
    """A mark's value as a count of columns; a broken one counts as if it were not there."""
    value = mark.get(f"{_W}val") if mark is not None else None
    return min(int(value), _MAX_SPAN) if value and value.isascii() and value.isdigit() and int(value) else otherwise


def _text(paragraph: Any) -> str:
    """A paragraph's own text, its lines as broken by hand: without that of text boxes in it."""
    pieces: list[str] = []

    def collect(element: Any) -> None:
        for child in element:
            if child.tag in (f"{_W}txbxContent", f"{_W}del"):
                continue
            if child.tag == f"{_W}t":
                pieces.append(child.text or "")
            elif child.tag == f"{_W}tab":
                pieces.append(" ")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            else:
                collect(child)

    collect(paragraph)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _bold(paragraph: Any) -> bool:
    runs = [r for r in paragraph.iter(f"{_W}r") if any((t.text or "").strip() for t in r.iter(f"{_W}t"))]

    def heavy(run: Any) -> bool:
        mark = run.find(f"{_W}rPr/{_W}b")
        if mark is None:
            mark = run.find(f"{_W}rPr/{_W}bCs")
        return mark is not None and mark.get(f"{_W}val") not in ("0", "false")

    return bool(runs) and all(heavy(r) for r in runs)


def check_expansion(archive: zipfile.ZipFile, size: int, limits: ReadLimits) -> None:
    """ReadError for a container with too many members or one that unfolds to too much."""
    total = sum(info.file_size for info in archive.infolist())
    if len(archive.infolist()) > 10_000 or total > limits.expanded or total > max(size, 1 << 16) * limits.ratio:
        raise ReadError("too-large")


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
            raise ReadError("broken", str(error)) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        blocks = list(_sheets(book, merged, limits))
    except PasswordError as error:
        raise ReadError("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError("broken", str(error)) from error
    return Reading(
        kind=ResourceKind.DOCUMENT, state=ReadState.READ, blocks=tuple(mark_headers(blocks)),
        note="" if blocks else "empty",
    )  # fmt: skip


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
                    BlockKind.CELL, _cell(value), table=number, row=at, col=col, sheet=str(name)[:80],
                    line=place[0] + 1,
                    span_rows=end[0] - place[0] + 1, span_cols=end[1] - place[1] + 1,
                )  # fmt: skip
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
