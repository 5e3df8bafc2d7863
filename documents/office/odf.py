"""OpenDocument text and slides (ODT, ODP): headings, paragraphs line by line, tables with merged cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.zip_limits import check_expansion
from documents.table_headers import mark_headers

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls"})
_INNER = frozenset({f"{_TABLE}table", f"{_DRAW}text-box"})
"""What stands anchored in a paragraph and is not its text."""
_MAX_SPAN = 200


def read_odt(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read an OpenDocument text or presentation in reading order; a slide's number is the page.

    Raises ReadError for a broken file or one that unfolds beyond its limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
            root = fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    walker = _Walker(_bold_styles(root), limits.blocks)
    walker.walk(root)
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(mark_headers(walker.blocks)),
        note=ReadNote.NONE if walker.blocks else ReadNote.EMPTY,
        page_count=walker.page or None,
    )


class _Walker:
    def __init__(self, bold: frozenset[str], limit: int) -> None:
        self.blocks: list[Block] = []
        self.page = 0
        self._bold = bold
        self._limit = limit
        self._tables = 0
        self._line = 0

    def walk(self, element: Any) -> None:
        """Read all that an element holds."""
        for child in element:
            if len(self.blocks) >= self._limit:
                return
            if child.tag in _SKIPPED:
                continue
            if child.tag in (f"{_TEXT}h", f"{_TEXT}p"):
                self._paragraph(child)
            elif child.tag == f"{_TABLE}table":
                self._table(child)
            else:
                self.page += child.tag == f"{_DRAW}page"
                self.walk(child)

    def _paragraph(self, element: Any) -> None:
        page = self.page or None
        bold = self._is_bold(element)
        for text in _lines(element):
            self._line += 1
            if element.tag == f"{_TEXT}h":
                level = min(9, _count(element, f"{_TEXT}outline-level"))
                self.blocks.append(Block(BlockKind.HEADING, text, level=level, line=self._line, page=page, bold=bold))
            else:
                self.blocks.append(line_block(text, line=self._line, page=page, bold=bold))
        for inner in _anchored(element):
            self.walk([inner] if inner.tag == f"{_TABLE}table" else inner)

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        at = 0
        for row in _rows(table):
            col = 0
            for cell in row:
                covered = cell.tag == f"{_TABLE}covered-table-cell"
                if not covered and cell.tag != f"{_TABLE}table-cell":
                    continue
                if not covered:
                    self._cell(cell, number, at, col)
                col += _count(cell, f"{_TABLE}number-columns-repeated")
            # An empty row may stand for thousands.
            at += _count(row, f"{_TABLE}number-rows-repeated")

    def _cell(self, cell: Any, table: int, row: int, col: int) -> None:
        paragraphs = [p for p in _own(cell, (f"{_TEXT}p", f"{_TEXT}h"))]
        text = "\n".join(line for paragraph in paragraphs for line in _lines(paragraph))
        self.blocks.append(
            Block(
                BlockKind.CELL,
                text,
                table=table,
                row=row,
                col=col,
                page=self.page or None,
                span_rows=_count(cell, f"{_TABLE}number-rows-spanned"),
                span_cols=_count(cell, f"{_TABLE}number-columns-spanned"),
                bold=bool(text) and all(self._is_bold(p) for p in paragraphs if _lines(p)),
            )
        )
        for inner in _own(cell, (f"{_TABLE}table",)):
            self._table(inner)

    def _is_bold(self, paragraph: Any) -> bool:
        """Whether all text of a paragraph is bold: by its own style, or by those of its pieces."""
        if paragraph.get(f"{_TEXT}style-name") in self._bold:
            return True
        loose = [paragraph.text or "", *(piece.tail or "" for piece in paragraph)]
        pieces = [piece for piece in paragraph if piece.tag == f"{_TEXT}span" and "".join(piece.itertext()).strip()]
        return (
            bool(pieces)
            and not "".join(loose).strip()
            and all(piece.get(f"{_TEXT}style-name") in self._bold for piece in pieces)
        )


def _bold_styles(root: Any) -> frozenset[str]:
    return frozenset(
        str(style.get(f"{_STYLE}name"))
        for style in root.iter(f"{_STYLE}style")
        if any(
            "bold" in (kind.get(f"{_FO}font-weight") or kind.get(f"{_STYLE}font-weight-complex") or "")
            for kind in style.iter(f"{_STYLE}text-properties")
        )
    )


def _lines(paragraph: Any) -> list[str]:
    """A paragraph's own text, its lines as broken by hand."""
    pieces: list[str] = []

    def collect(element: Any) -> None:
        pieces.append(element.text or "")
        for child in element:
            if child.tag == f"{_TEXT}line-break":
                pieces.append("\n")
            elif child.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
                pieces.append(" ")
            elif child.tag not in _INNER:
                collect(child)
            pieces.append(child.tail or "")

    collect(paragraph)
    # A line's end in the file itself is a space.
    text = "".join(piece if piece == "\n" else piece.replace("\n", " ") for piece in pieces)
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def _anchored(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _INNER:
            yield child
        else:
            yield from _anchored(child)


def _own(element: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Elements of some kinds within a cell, those in lists too, but not those of tables within it."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in (f"{_TABLE}table", f"{_TEXT}p", f"{_TEXT}h"):
            yield from _own(child, tags)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


def _count(element: Any, name: str) -> int:
    """An attribute as a count; a broken one counts as if it were not there."""
    value = element.get(name) or ""
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and int(value) else 1
