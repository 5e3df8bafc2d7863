"""PDF text layers: lines in the order of writing, ruled tables as cells, pages without text named.

`pdftotext -raw` keeps wrapped table headers whole where layout order loses them (`pdf_text`). Ruled tables are cut
into cells by their lines, since a column's header and its cells must stay together (`ruled/tables`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from core.models.snapshot import Block, Link, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.grid import Box, Grid, find_grids
from documents.line_blocks import line_block
from documents.ocr.recognise import Part, available, recognise_pages
from documents.pdf.annotations import Answers, without_answers
from documents.pdf.drawn_lines import Drawn, collect_drawn
from documents.pdf.emphasis import mark_emphasised, may_hold_headings
from documents.pdf.links import LINK_PAGES, MOST_LINKS, page_links, read_links
from documents.pdf.open_page import OpenPage
from documents.pdf.packed import may_hold
from documents.pdf.pictures import unread_parts
from documents.pdf.places import Extra, put_in_place
from documents.pdf.ruled.tables import Tables
from documents.pdf.text_layer import RawText, best_text
from documents.pdf.unruled.columns import PlacedTable
from documents.pdf.unruled.tables import find_unruled, may_hold_table
from documents.pdf.unseen_text import mark_unseen, may_have_layers, unseen_text
from documents.pdf.upright import is_shattered, lying, sideways, upright_page
from documents.pdf.wordless import WordlessPictures
from documents.table_headers import join_split_rows, mark_headers
from documents.thai_repair.page import PageText, repair_page, usable

_MIN_RULES = 6
"""Lines on a page from which a ruled table is looked for."""


def read_pdf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a PDF. Pages without a usable text layer are recognised by OCR where it is installed, else named.

    Raises ReadError for an encrypted or broken file."""
    # No text is written without a font. pdftotext decodes the pictures of a scan, which takes longer than most texts.
    written = may_hold(body, b"/Font")
    with RawText(body, limits, blank=not written) as raw:
        try:
            document = pdfium.PdfDocument(body)
        except pdfium.PdfiumError as error:
            raise ReadError(
                ReadNote.ENCRYPTED if "password" in str(error).lower() else ReadNote.BROKEN, str(error)
            ) from error
        try:
            count = len(document)
            pages = _Pages(
                document,
                layers=written and may_have_layers(body),
            )
            layer = _text_layer(pages, raw, limits)
            if layer.seen == min(count, limits.pages) and raw.has_more():
                # More pages of text than pages: a letter looked like a page's end, so none of them can be placed.
                layer = _text_layer(pages.anew(), None, limits)
            blocks, unread, note, made = _recognise(document, layer, limits, cache)
            seen = layer.seen
            title = _title(document)
            links = (*layer.links, *read_links(document, layer.seen, MOST_LINKS - len(layer.links)))
        finally:
            document.close()
    if seen < count:
        note = ReadNote.TOO_MANY_PAGES if count > limits.pages else ReadNote.TOO_LARGE
    state = ReadState.READ
    if unread or seen < count:
        state = ReadState.PARTIAL if blocks else ReadState.UNREAD
    elif not blocks:
        # Blank sheets in a report are read; a document of nothing else was damaged on its way.
        state, note = ReadState.UNREAD, note or ReadNote.EMPTY
    return Reading(
        kind=ResourceKind.DOCUMENT,
        state=state,
        content_type="application/pdf",
        title=title,
        blocks=tuple(blocks),
        links=links,
        note=note,
        page_count=count,
        unread_pages=tuple(unread),
        recognised=made,
    )


@dataclass(slots=True)
class _Layer:
    """What the pages' text layers say, what the layers do not say, and the count of pages looked at."""

    blocks: list[Block]
    parts: list[Part]
    """Pages whose layer does not say what they show, and pictures with writing on pages whose layer does."""
    seen: int
    links: list[Link]
    """On those of the first 30 pages that were looked at."""


def _text_layer(pages: _Pages, raw: RawText | None, limits: ReadLimits) -> _Layer:
    """Read the pages' text layers; a limit of pages, blocks or text may end it early."""
    layer = _Layer([], [], 0, pages.links)
    letters = 0
    for index in range(min(len(pages), limits.pages)):
        if len(layer.blocks) >= limits.blocks or letters >= limits.text:
            break
        found, parts = pages.read(index, raw)
        layer.blocks += found
        layer.parts += parts
        letters += sum(len(block.text) for block in found)
        layer.seen = index + 1
    layer.blocks = join_split_rows(mark_headers(layer.blocks))
    return layer


def _recognise(
    document: Any, layer: _Layer, limits: ReadLimits, cache: Path | None
) -> tuple[list[Block], list[int], ReadNote, int]:
    """All blocks of the document, pages that stay unread, why, and how many recognitions were made."""
    if not layer.parts:
        return layer.blocks, [], ReadNote.NONE, 0
    if not available():
        return layer.blocks, sorted({part.page for part in layer.parts}), ReadNote.NEEDS_TOOL, 0
    tables = max((b.table + 1 for b in layer.blocks if b.table is not None), default=0)
    read = recognise_pages(document, layer.parts, limits, cache, tables)
    if not layer.blocks and not read.blocks:
        # A blank back is read; a document of nothing but blank pages is one that could not be read.
        read = replace(read, unread=tuple(sorted({part.page for part in layer.parts})))
    beside = {part.page for part in layer.parts if part.box is not None}
    merged = [block for block in layer.blocks if block.page not in beside]
    merged += [block for block in read.blocks if block.page not in beside]
    for number in beside:
        mine = [block for block in layer.blocks if block.page == number]
        merged += _with_pictures(document, number, mine, layer.parts, read.blocks)
    merged.sort(key=lambda block: block.page or 0)
    return merged, list(read.unread), read.note, read.made


def _with_pictures(
    document: Any, number: int, blocks: list[Block], parts: list[Part], read: tuple[Block, ...]
) -> list[Block]:
    """A page's blocks with what was read from its pictures at their places."""
    page = OpenPage(document[number - 1])
    try:
        left, low, right, high = page.page.get_bbox()
        width, height = right - left, high - low
        extras = []
        for part in parts:
            if part.page != number or part.box is None:
                continue
            x0, y0, x1, y1 = part.box
            inside = tuple(block for block in read if block.page == number and _is_inside(block.bbox, part.box))
            if inside:
                bounds = (left + x0 * width, high - y1 * height, left + x1 * width, high - y0 * height)
                extras.append(Extra(bounds, inside))
        return put_in_place(blocks, page, extras)
    finally:
        page.close()


def _is_inside(box: Box | None, part: Box) -> bool:
    if box is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return part[0] <= x <= part[2] and part[1] <= y <= part[3]


class _Pages:
    """The text layers of one document, page after page. With `layers` parts of its pages may be off."""

    def __init__(self, document: Any, *, layers: bool) -> None:
        self._document = document
        self._layers = layers
        self._tables = Tables()
        self._answers = Answers(document)
        self._wordless = WordlessPictures()
        self._unended: PlacedTable | None = None
        """The table without rules that reached the end of the page before."""
        self.links: list[Link] = []
        """Those on the pages read so far, the first 30 and 400 links at most."""

    def __len__(self) -> int:
        return len(self._document)

    def anew(self) -> _Pages:
        """The same, to be read from the first page on."""
        return _Pages(self._document, layers=self._layers)

    def read(self, index: int, raw: RawText | None) -> tuple[list[Block], list[Part]]:
        """The blocks of a page and what is left to be recognised of it: the whole page if its text layer does not say
        what it shows."""
        number = index + 1
        try:
            page = OpenPage(upright_page(self._document, index))
        except pdfium.PdfiumError:
            # A damaged page costs itself.
            self._tables.skip()
            if raw is not None:
                raw.next()
            return [], [Part(number)]
        try:
            found = self._read(index, page, raw)
            if index < LINK_PAGES:
                # Here, not afterwards: a page takes as long to load as to read.
                self.links += page_links(self._document, page, MOST_LINKS - len(self.links))
            return found
        finally:
            page.close()

    def _read(self, index: int, page: OpenPage, raw: RawText | None) -> tuple[list[Block], list[Part]]:
        # Looked at first: pdftotext writes meanwhile.
        seen = collect_drawn(page.page)
        answers = self._answers.of_page(page.page, index + 1)
        written = raw.next() if raw is not None else None
        written, answers = without_answers(written, answers, page.page.get_bbox())
        text = best_text(written, page)
        if not usable(text.text, seen.pictures, text.profile):
            self._tables.skip()
            return [], [Part(index + 1)]
        blocks = self._blocks(index, page, seen, text, layers=self._layers and written is None)
        parts = unread_parts(page, index + 1, seen.images) if seen.images else []
        wordless = self._wordless.of_page(page, index + 1, seen.images, seen.scrawls, parts)
        return put_in_place(blocks, page, (*answers, *wordless)), parts

    def _blocks(self, index: int, page: OpenPage, seen: Drawn, text: PageText, *, layers: bool) -> list[Block]:
        grids = _grids(page.page, seen)
        # What is on a layer that is off, pdftotext leaves out by itself; cells are cut out by pdfium.
        layers |= self._layers and bool(grids)
        unseen = unseen_text(page.page, seen, layers=layers)
        turns = sideways(page.letters) if grids or is_shattered(text.text) else 0
        if turns:
            blocks = self._on_its_side(index, page, turns)
            # The page was opened anew.
            unseen = unseen_text(page.page, collect_drawn(page.page), layers=layers) if unseen.items else unseen
        elif not grids:
            blocks = self._without_rules(index, page, text)
        else:
            self._unended = None
            blocks = self._tables.read(page, index + 1, grids, text)
            blocks = mark_emphasised(blocks, page.letters)
        return mark_unseen(blocks, page.letters, unseen) if unseen.items else blocks

    def _without_rules(self, index: int, page: OpenPage, text: PageText) -> list[Block]:
        """The blocks of a page without rules: lines, and cells of tables that the places of their writing show."""
        blocks = list(_lines(text.text, index + 1))
        if may_hold_headings(blocks):
            blocks = mark_emphasised(blocks, page.letters)
        before, self._unended = self._unended, None
        if before is not None or may_hold_table([block.text for block in blocks]):
            found = find_unruled(page.letters, before)
            self._unended = found.last
            if found.grids:
                return mark_emphasised(self._tables.read(page, index + 1, list(found.grids), text), page.letters)
        self._tables.skip()
        return blocks

    def _on_its_side(self, index: int, page: OpenPage, turns: int) -> list[Block]:
        """The blocks of a page whose writing lies on its side."""
        page.turn(self._document, index, turns)
        # pdftotext parts the letters of lines on their side.
        text = repair_page(page.text)
        grids = _grids(page.page, collect_drawn(page.page))
        if grids:
            self._unended = None
            blocks = self._tables.read(page, index + 1, grids, text)
            blocks = mark_emphasised(blocks, page.letters) if may_hold_headings(blocks) else blocks
        else:
            blocks = self._without_rules(index, page, text)
        page.turn(self._document, index, -turns)
        return [replace(b, bbox=lying(b.bbox, turns)) if b.bbox is not None else b for b in blocks]


def _grids(page: Any, seen: Drawn) -> list[Grid]:
    width, height = page.get_size()
    return find_grids(seen.rules, width, height, seen.fills) if seen.lines >= _MIN_RULES else []


def _lines(text: str, number: int) -> Iterator[Block]:
    for at, line in enumerate(text.splitlines(), 1):
        line = " ".join(line.split())
        if line:
            yield line_block(line, page=number, line=at)


def _title(document: Any) -> str:
    title = (document.get_metadata_dict(skip_empty=True).get("Title") or "").strip()
    # Word writes the file's name here, which says nothing.
    return "" if title.lower().startswith("microsoft word") else title[:300]
