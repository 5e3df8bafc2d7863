"""Read Word documents (.docx), their headers, footers, notes and text boxes too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.spreadsheet import _MAX_SPAN
from documents.office.zip_limits import check_expansion
from documents.table_headers import mark_headers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml", "word/endnotes.xml")


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
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    walker = _Docx(limits.blocks)
    for root in roots:
        walker.walk(root)
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(mark_headers(walker.blocks)),
        note=ReadNote.NONE if walker.blocks else ReadNote.EMPTY,
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
