"""PDF text layers: lines in the order of writing, ruled tables as cells, pages without text named.

`pdftotext -raw` keeps wrapped table headers whole where layout order loses them (`pdf_text`). Ruled tables are cut
into cells by their lines, since a column's header and its cells must stay together (`pdf_tables`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from core.models.snapshot import Block, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadError, ReadLimits
from documents.grid import find_grids
from documents.line_blocks import line_block
from documents.pdf.drawn_lines import Drawn, drawn
from documents.pdf.tables import Tables
from documents.pdf.text_layer import RawText, best_text
from documents.table_headers import join_split_rows, mark_headers
from documents.thai_repair.page import usable

_MIN_RULES = 6
"""Lines on a page from which a ruled table is looked for."""


def read_pdf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a PDF. Pages without a usable text layer are recognised by OCR where it is installed, else named.

    Raises ReadError for an encrypted or broken file."""
    with RawText(body, limits) as raw:
        try:
            document = pdfium.PdfDocument(body)
        except pdfium.PdfiumError as error:
            raise ReadError(
                ReadNote.ENCRYPTED if "password" in str(error).lower() else ReadNote.BROKEN, str(error)
            ) from error
        try:
            count = len(document)
            blocks, unread, seen = _text_layer(document, raw, limits)
            if seen == min(count, limits.pages) and raw.next() is not None:
                # More pages of text than pages: a letter looked like a page's end, so none of them can be placed.
                blocks, unread, seen = _text_layer(document, None, limits)
            if unread:
                blocks, unread, note, made = _recognise(document, blocks, unread, limits, cache)
            else:
                note, made = ReadNote.NONE, 0
            title = _title(document)
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
        note=note,
        page_count=count,
        unread_pages=tuple(unread),
        recognised=made,
    )


def _text_layer(document: Any, raw: RawText | None, limits: ReadLimits) -> tuple[list[Block], list[int], int]:
    """What the pages' text layers say, the pages whose layer does not say what they show, and the count of pages
    looked at: a limit of pages, blocks or text may end it early."""
    blocks: list[Block] = []
    unread: list[int] = []
    tables = Tables()
    count = letters = 0
    for number in range(min(len(document), limits.pages)):
        if len(blocks) >= limits.blocks or letters >= limits.text:
            break
        page = document[number]
        # Looked at first: pdftotext writes meanwhile.
        seen = drawn(page)
        found = _page_blocks(page, number + 1, seen, raw.next() if raw is not None else None, tables)
        page.close()
        if found is None:
            unread.append(number + 1)
        else:
            blocks.extend(found)
            letters += sum(len(block.text) for block in found)
        count = number + 1
    return join_split_rows(mark_headers(blocks)), unread, count


def _recognise(
    document: Any, blocks: list[Block], unread: list[int], limits: ReadLimits, cache: Path | None
) -> tuple[list[Block], list[int], ReadNote, int]:
    from documents.ocr.recognise import available, recognise_pages

    if not available():
        return blocks, unread, ReadNote.NEEDS_TOOL, 0
    tables = max((b.table + 1 for b in blocks if b.table is not None), default=0)
    read = recognise_pages(document, unread, limits, cache, tables)
    merged = sorted([*blocks, *read.blocks], key=lambda b: b.page or 0)
    return merged, list(read.unread), read.note, read.made


def _page_blocks(page: Any, number: int, seen: Drawn, raw: str | None, tables: Tables) -> list[Block] | None:
    """The blocks of one page; None if its text layer does not say what it shows."""
    text = best_text(raw, page)
    if not usable(text.text, seen.pictures, text.profile):
        tables.skip()
        return None
    grids = find_grids(seen.rules, *page.get_size()) if seen.lines >= _MIN_RULES else []
    if not grids:
        tables.skip()
        return list(_lines(text.text, number))
    return tables.read(page, number, grids, text)


def _lines(text: str, number: int) -> Iterator[Block]:
    for at, line in enumerate(text.splitlines(), 1):
        line = " ".join(line.split())
        if line:
            yield line_block(line, page=number, line=at)


def _title(document: Any) -> str:
    title = (document.get_metadata_dict(skip_empty=True).get("Title") or "").strip()
    # Word writes the file's name here, which says nothing.
    return "" if title.lower().startswith("microsoft word") else title[:300]
