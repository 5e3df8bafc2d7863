"""Read Word documents (.docx), their headers, footers, notes, text boxes, diagrams and pictures too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadNote, Zone
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block, note_line
from documents.office.open_xml import Package, diagram_lines
from documents.office.pictures import EMU, Picture, reading_with_pictures
from documents.office.sheets.spreadsheet import _MAX_SPAN
from documents.office.word.chunks import chunk_blocks
from documents.office.word.links import read_links
from documents.office.word.paragraphs import is_placeholder, read_paragraph
from documents.office.word.styles import Numbering, Styles, W, is_on, list_place, outline_level, value
from documents.table_headers import mark_headers

_BESIDE = ("word/header", "word/footer")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_WRAPPED = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag")
_GONE = (f"{W}del", f"{W}moveFrom")


def read_docx(body: bytes, limits: ReadLimits, cache: Path | None = None, *, taken_in: bool = False) -> Reading:
    """Read a DOCX: paragraphs with Word's numbers, nested tables, text boxes, diagrams and pictures in reading order,
    then headers, footers and notes. What Word hides is left out. One that is `taken_in` by another takes in none.

    Raises ReadError for a broken file or one whose text unfolds beyond its limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            package = Package(archive, len(body), limits, taken_in=taken_in)
            walker = _read(package, limits)
            blocks = mark_headers(walker.blocks)
            reading = reading_with_pictures(blocks, walker.pictures, limits, cache, cut=package.cut)
            return replace(reading, links=walker.links)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error


def _read(package: Package, limits: ReadLimits) -> _Docx:
    main = package.main("word/document.xml")
    body = fromstring(package.read(main))
    styles = Styles(package.xml("word/styles.xml"))
    walker = _Docx(package, styles, Numbering(package.xml("word/numbering.xml")), limits)
    for name in _NOTES:
        notes = package.xml(name)
        if notes is not None:
            walker.keep_notes(notes)
    walker.walk_part(body, main)
    walker.links = read_links(body, package.addresses(main))
    beside = [n for n in package.names if n.startswith(_BESIDE) and n.endswith(".xml")]
    for name in sorted(beside, key=lambda n: ([n.startswith(p) for p in _BESIDE].index(True), n)):
        root = package.xml(name)
        if root is not None:
            # The pictures of a page's head and foot are crests and lines.
            walker.walk_part(root, "", Zone.FOOTER)
    return walker


class _Docx:
    def __init__(self, package: Package, styles: Styles, numbering: Numbering, limits: ReadLimits) -> None:
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.links: tuple[Link, ...] = ()
        self._package = package
        self._styles = styles
        self._numbering = numbering
        self._limits = limits
        self._limit = limits.blocks
        self._tables = 0
        self._line = 0
        self._part = ""
        self._on_page = True
        self._notes: dict[tuple[str, str], Any] = {}
        self._noted = 0

    def walk_part(self, root: Any, name: str, zone: Zone = Zone.CONTENT) -> None:
        """Read one part; with an empty name its pictures and diagrams are left out."""
        self._on_page = root.find(f"{W}background") is None
        self._part = name
        first = len(self.blocks)
        self._walk(root)
        if zone is not Zone.CONTENT:
            self.blocks[first:] = [replace(block, zone=zone) for block in self.blocks[first:]]

    def keep_notes(self, root: Any) -> None:
        """Keep the notes of one part for the paragraphs that refer to them."""
        for note in root:
            kind = "footnote" if note.tag == f"{W}footnote" else "endnote"
            if note.get(f"{W}type") in (None, "normal"):
                self._notes[kind, note.get(f"{W}id") or ""] = note

    def _walk(self, element: Any) -> None:
        for child in element:
            if len(self.blocks) >= self._limit:
                return
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{W}altChunk" and self._part:
                taken = chunk_blocks(child, self._package, self._part, self._limits, tables=self._tables)
                self._tables += len({block.table for block in taken if block.table is not None})
                self.blocks += taken
            elif child.tag not in _GONE and not (child.tag == f"{W}sdt" and is_placeholder(child)):
                self._walk(child)

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of(value(properties.find(f"{W}pStyle")) if properties is not None else "")
        found = read_paragraph(paragraph, style, self._styles, on_page=self._on_page)
        lines = self._numbered(found.lines, properties, style)
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        level = outline_level(outline) if outline is not None else style.level
        for text in lines:
            self._line += 1
            if level:
                self.blocks.append(Block(BlockKind.HEADING, text, level=level, line=self._line, bold=found.bold))
            else:
                self.blocks.append(line_block(text, line=self._line, bold=found.bold))
        on_page, self._on_page = self._on_page, False
        for box in found.boxes:
            self._walk(box)
        for note in self._taken(found.notes):
            first = len(self.blocks)
            self._walk(note)
            self._noted += 1
            self.blocks[first:] = [
                replace(block, text=note_line(self._noted, block.text)) if not at else block
                for at, block in enumerate(self.blocks[first:])
            ]
        self._on_page = on_page
        self._draw(found.drawn)

    def _taken(self, references: list[tuple[str, str]]) -> list[Any]:
        """The notes that a paragraph refers to; each is read once."""
        return [self._notes.pop(each) for each in references if each in self._notes]

    def _numbered(self, lines: list[str], properties: Any, style: Any) -> list[str]:
        """A paragraph's lines with the number that Word prints before the first one."""
        if not lines:
            return lines
        mark = properties.find(f"{W}numPr") if properties is not None else None
        list_id, level = list_place(mark, style)
        label = self._numbering.next_label(list_id, level) if list_id else ""
        return [f"{label} {lines[0]}", *lines[1:]] if label else lines

    def _draw(self, drawn: list[Any]) -> None:
        """Take the pictures and diagrams of a paragraph, where they stand."""
        targets = self._package.relations(self._part) if drawn and self._part else {}
        for each in drawn:
            name = targets.get(each.reference)
            if name is None or name not in self._package.names:
                continue
            if each.diagram:
                for text in diagram_lines(self._package.xml(name)):
                    self._line += 1
                    self.blocks.append(line_block(text, line=self._line))
            else:
                inches = (each.wide / EMU, each.tall / EMU)
                self.pictures.append(Picture(len(self.blocks), name, self._package.read, inches))

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        above: dict[int, int] = {}
        on_page = self._on_page
        properties = table.find(f"{W}tblPr")
        style = value(properties.find(f"{W}tblStyle")) if properties is not None else ""
        bare = not self._styles.shades(style) and (properties is None or properties.find(f"{W}shd") is None)
        for at, row in enumerate(_inside(table, "tr")):
            if is_on(row.find(f"{W}trPr/{W}hidden")) or row.find(f"{W}trPr/{W}del") is not None:
                continue
            header = row.find(f"{W}trPr/{W}tblHeader") is not None
            col = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in _inside(row, "tc"):
                wide = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and col in above:
                    start = self.blocks[above[col]]
                    self.blocks[above[col]] = replace(start, span_rows=start.span_rows + 1)
                else:
                    above[col] = len(self.blocks)
                    self._on_page = on_page and bare and cell.find(f"{W}tcPr/{W}shd") is None
                    self._cell(
                        cell, Block(BlockKind.CELL, "", table=number, row=at, col=col, span_cols=wide, header=header)
                    )
                col += wide
        self._on_page = on_page

    def _cell(self, cell: Any, block: Block) -> None:
        place = len(self.blocks)
        self.blocks.append(block)
        drawn: list[Any] = []
        lines = self._cell_lines(cell, drawn)
        for mark in _inside(cell, "altChunk"):
            lines += [b.text for b in chunk_blocks(mark, self._package, self._part, self._limits, tables=0) if b.text]
        self.blocks[place] = replace(block, text="\n".join(lines))
        self._draw(drawn)
        for inner in _inside(cell, "tbl"):
            self._table(inner)

    def _cell_lines(self, holder: Any, drawn: list[Any]) -> list[str]:
        """The lines of a cell or of a box within it; what is drawn in it is added to `drawn`."""
        lines: list[str] = []
        for paragraph in _inside(holder, "p"):
            properties = paragraph.find(f"{W}pPr")
            style = self._styles.of(value(properties.find(f"{W}pStyle")) if properties is not None else "")
            found = read_paragraph(paragraph, style, self._styles, on_page=self._on_page)
            lines += self._numbered(found.lines, properties, style)
            drawn += found.drawn
            on_page, self._on_page = self._on_page, False
            for box in found.boxes:
                lines += self._cell_lines(box, drawn)
            for note in self._taken(found.notes):
                said = self._cell_lines(note, drawn)
                self._noted += 1
                lines += [note_line(self._noted, said[0]), *said[1:]] if said else []
            self._on_page = on_page
        return lines


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Children of one kind, those in content controls and custom markup too."""
    for child in element:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _WRAPPED and not (child.tag == f"{W}sdt" and is_placeholder(child)):
            yield from _inside(child, tag)


def _number(mark: Any, otherwise: int) -> int:
    """A mark's value as a count of columns; a broken one counts as if it were not there."""
    text = value(mark)
    return min(int(text), _MAX_SPAN) if text.isascii() and text.isdigit() and int(text) else otherwise
