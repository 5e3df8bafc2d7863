"""OpenDocument text and slides (ODT, ODP): headings, lists with their numbers, tables with merged cells, form fields,
pictures; without what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import Block, BlockKind, Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block, note_line, written_line
from documents.office.odf_styles import Styles, count, form_fields, length
from documents.office.open_xml import Package
from documents.office.pictures import Picture, reading_with_pictures
from documents.table_headers import mark_headers

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_NOTE = f"{_TEXT}note"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACES = re.compile(r"[\n\t]")
_SKIPPED = frozenset({
    f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}forms", f"{_OFFICE}automatic-styles",
    f"{_PRESENTATION}notes", f"{_OFFICE}annotation",
})  # fmt: skip
_UNSEEN = frozenset({
    f"{_TEXT}placeholder", f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph", f"{_OFFICE}annotation",
    f"{_SVG}title", f"{_SVG}desc", f"{_TEXT}ruby-text",
})  # fmt: skip
"""What stands in a paragraph and is not shown there: prompts of empty fields, hidden text, notes of a reviewer."""
_INNER = frozenset({
    f"{_TABLE}table", f"{_DRAW}text-box", f"{_DRAW}custom-shape", f"{_DRAW}rect", f"{_DRAW}ellipse", _NOTE,
})  # fmt: skip
"""What stands anchored in a paragraph and is not its text."""
_MAX_SPAN = 200


def read_odt(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read an OpenDocument text or presentation in reading order; a slide's number is the page.

    Raises ReadError for a broken file or one whose text unfolds beyond its limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            package = Package(archive, len(body), limits)
            root = fromstring(package.read("content.xml"))
            styles = Styles([each for each in (package.xml("styles.xml"), root) if each is not None])
            walker = _Walker(root, styles, package, limits.blocks)
            walker.walk(root)
            blocks = mark_headers(walker.blocks)
            read = reading_with_pictures(blocks, walker.pictures, limits, cache, cut=package.cut)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    return replace(read, page_count=walker.page or None)


class _Walker:
    def __init__(self, root: Any, styles: Styles, package: Package, limit: int) -> None:
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.page = 0
        self._styles = styles
        self._package = package
        self._fields = form_fields(root)
        self._limit = limit
        self._tables = 0
        self._line = 0
        self._noted = 0
        self._label = ""
        # Slides, boxes and cells may have a ground of any colour.
        self._on_white = root.find(f".//{_DRAW}page") is None

    def walk(self, element: Any) -> None:
        """Read all that an element holds."""
        for child in element:
            if len(self.blocks) >= self._limit:
                return
            if child.tag in _SKIPPED or self._styles.is_hidden(child):
                self.page += child.tag == f"{_DRAW}page"
                continue
            if child.tag == f"{_TEXT}list":
                self._list(child)
            elif child.tag in (f"{_TEXT}h", f"{_TEXT}p"):
                self._paragraph(child)
            elif child.tag == f"{_TABLE}table":
                self._table(child)
            else:
                self.page += child.tag == f"{_DRAW}page"
                self.walk(child)

    def _paragraph(self, element: Any) -> None:
        page = self.page or None
        bold = self._is_bold(element)
        label, self._label = self._label, ""
        lines = self._lines(element)
        if lines and not label and element.tag == f"{_TEXT}h":
            label = self._styles.outline_label(count(element, f"{_TEXT}outline-level", _MAX_SPAN))
        for text in [f"{label} {lines[0]}", *lines[1:]] if lines and label else lines:
            self._line += 1
            if element.tag == f"{_TEXT}h":
                level = min(9, count(element, f"{_TEXT}outline-level", _MAX_SPAN))
                self.blocks.append(Block(BlockKind.HEADING, text, level=level, line=self._line, page=page, bold=bold))
            else:
                self.blocks.append(line_block(text, line=self._line, page=page, bold=bold))
        for inner in _anchored(element, self._styles):
            if inner.tag == f"{_DRAW}image":
                self._picture(inner, element)
            else:
                first, on_white, self._on_white = len(self.blocks), self._on_white, False
                self.walk([inner] if inner.tag == f"{_TABLE}table" else inner)
                self._on_white = on_white
                if inner.tag == _NOTE:
                    self._number_note(first)

    def _number_note(self, first: int) -> None:
        """Put the number of a note before its first line."""
        self._noted += 1
        for at in range(first, min(first + 1, len(self.blocks))):
            self.blocks[at] = replace(self.blocks[at], text=note_line(self._noted, self.blocks[at].text))

    def _list(self, element: Any) -> None:
        """Read a list; the number of an item stands before its first line."""
        self._styles.enter_list(element)
        for item in element:
            if item.tag == f"{_TEXT}list-item":
                self._label = self._styles.next_label(item)
                self.walk(item)
                self._label = ""
            elif item.tag == f"{_TEXT}list-header":
                self.walk(item)
        self._styles.leave_list()

    def _picture(self, image: Any, holder: Any) -> None:
        name = str(image.get(_XLINK) or "").removeprefix("./")
        if name in self._package.names:
            frame = next((each for each in holder.iter(f"{_DRAW}frame") if image in list(each)), None)
            inches = (length(frame, "width"), length(frame, "height")) if frame is not None else (0.0, 0.0)
            self.pictures.append(Picture(len(self.blocks), name, self._package.read, inches, self.page or None))

    def _lines(self, paragraph: Any) -> list[str]:
        """A paragraph's own text, its lines as broken by hand, with the form fields in it as they are filled."""
        pieces: list[str] = []

        def collect(element: Any, outer: bool) -> None:
            unseen = self._on_white and self._styles.is_unseen(element, inherited=outer)
            pieces.append("" if unseen else element.text or "")
            for child in element:
                if child.tag == f"{_TEXT}line-break":
                    pieces.append("\n")
                elif child.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
                    pieces.append("\t" if child.tag == f"{_TEXT}tab" else " ")
                elif child.tag == f"{_DRAW}control":
                    pieces.append(self._fields.get(child.get(f"{_DRAW}control") or "", ""))
                elif child.tag not in _INNER and child.tag not in _UNSEEN and not self._styles.is_hidden(child):
                    collect(child, unseen)
                pieces.append("" if unseen else child.tail or "")

        collect(paragraph, False)
        # A line's end or a tab in the file itself is a space.
        text = "".join(piece if piece in ("\n", "\t") else _SPACES.sub(" ", piece) for piece in pieces)
        return [line for line in map(written_line, text.split("\n")) if line]

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        at = 0
        for row in _rows(table):
            if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                continue
            col = 0
            for cell in row:
                covered = cell.tag == f"{_TABLE}covered-table-cell"
                if not covered and cell.tag != f"{_TABLE}table-cell":
                    continue
                if not covered:
                    self._cell(cell, number, at, col)
                col += count(cell, f"{_TABLE}number-columns-repeated", _MAX_SPAN)
            # An empty row may stand for thousands.
            at += count(row, f"{_TABLE}number-rows-repeated", _MAX_SPAN)

    def _cell(self, cell: Any, table: int, row: int, col: int) -> None:
        on_white, self._on_white = self._on_white, False
        self._cell_blocks(cell, table, row, col)
        self._on_white = on_white

    def _cell_blocks(self, cell: Any, table: int, row: int, col: int) -> None:
        paragraphs = [p for p in _own(cell, (f"{_TEXT}p", f"{_TEXT}h"))]
        text = "\n".join(line for paragraph in paragraphs for line in self._lines(paragraph))
        self.blocks.append(
            Block(
                BlockKind.CELL,
                text,
                table=table,
                row=row,
                col=col,
                page=self.page or None,
                span_rows=count(cell, f"{_TABLE}number-rows-spanned", _MAX_SPAN),
                span_cols=count(cell, f"{_TABLE}number-columns-spanned", _MAX_SPAN),
                bold=bool(text) and all(self._is_bold(p) for p in paragraphs if self._lines(p)),
            )
        )
        for paragraph in paragraphs:
            for inner in _anchored(paragraph, self._styles):
                if inner.tag == f"{_DRAW}image":
                    self._picture(inner, paragraph)
                elif inner.tag != f"{_TABLE}table":
                    self.walk(inner)
        for inner in _own(cell, (f"{_TABLE}table",)):
            self._table(inner)

    def _is_bold(self, paragraph: Any) -> bool:
        """Whether all text of a paragraph is bold: by its own style, or by those of its pieces."""
        if paragraph.get(f"{_TEXT}style-name") in self._styles.bold:
            return True
        loose = [paragraph.text or "", *(piece.tail or "" for piece in paragraph)]
        pieces = [piece for piece in paragraph if piece.tag == f"{_TEXT}span" and "".join(piece.itertext()).strip()]
        return (
            bool(pieces)
            and not "".join(loose).strip()
            and all(piece.get(f"{_TEXT}style-name") in self._styles.bold for piece in pieces)
        )


def _anchored(element: Any, styles: Styles) -> Iterator[Any]:
    for child in element:
        if child.tag in _INNER or child.tag == f"{_DRAW}image":
            yield child
        elif child.tag not in _UNSEEN and not styles.is_hidden(child):
            yield from _anchored(child, styles)


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
