"""PDF text layers: lines in content-stream order, ruled tables as cells, pages without text named.

`pdftotext -raw` keeps wrapped table headers whole where layout order loses them; where poppler is absent pdfium
reads in the same order. Ruled tables are cut into cells by their lines, since a column's header and its cells
must stay together.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from crawler.readers.base import ReadError, ReadLimits
from crawler.readers.grid import Box, Grid, find_grids
from crawler.readers.lines import line_block
from crawler.readers.thai_repair import repair, usable
from oit.model import Block, BlockKind, Reading, ReadState, ResourceKind

_MAX_RULES = 6000
_MAX_SEGMENTS = 800
_MIN_RULES = 6
"""Lines on a page from which a ruled table is looked for."""


def read_pdf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a PDF. Pages without a usable text layer are recognised by OCR where it is installed, else named.

    Raises ReadError for an encrypted or broken file."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        raise ReadError("encrypted" if "password" in str(error).lower() else "broken", str(error)) from error
    try:
        count = len(document)
        texts = _raw_texts(body, min(count, limits.pages), limits)
        blocks: list[Block] = []
        unread: list[int] = []
        tables = 0
        for number in range(min(count, limits.pages)):
            page = document[number]
            text = texts[number] if number < len(texts) else _pdfium_text(page)
            found, tables, readable = _page_blocks(page, number + 1, text, tables)
            page.close()
            if readable:
                blocks.extend(found)
            else:
                unread.append(number + 1)
        if unread:
            blocks, unread, note, made = _recognise(document, blocks, unread, limits, cache)
        else:
            note, made = "", 0
        title = _title(document)
    finally:
        document.close()
    if count > limits.pages:
        note = "too-many-pages"
    state = ReadState.READ
    if unread or count > limits.pages:
        state = ReadState.PARTIAL if blocks else ReadState.UNREAD
    return Reading(
        kind=ResourceKind.DOCUMENT, state=state, content_type="application/pdf", title=title, blocks=tuple(blocks),
        note=note, page_count=count, unread_pages=tuple(unread), recognised=made,
    )  # fmt: skip


def _recognise(
    document: Any, blocks: list[Block], unread: list[int], limits: ReadLimits, cache: Path | None
) -> tuple[list[Block], list[int], str, int]:
    from crawler.readers.ocr import available, recognise_pages

    if not available():
        return blocks, unread, "needs-tool", 0
    tables = max((b.table + 1 for b in blocks if b.table is not None), default=0)
    read = recognise_pages(document, unread, limits, cache, tables)
    merged = sorted([*blocks, *read.blocks], key=lambda b: b.page or 0)
    return merged, list(read.unread), read.note, read.made


def _raw_texts(body: bytes, pages: int, limits: ReadLimits) -> list[str]:
    program = shutil.which("pdftotext")
    if program is None:
        return []
    with tempfile.NamedTemporaryFile(suffix=".pdf") as handle:
        handle.write(body)
        handle.flush()
        try:
            done = subprocess.run(
                [program, "-raw", "-q", "-enc", "UTF-8", "-l", str(pages), handle.name, "-"],
                capture_output=True, timeout=limits.seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return []
    if done.returncode != 0:
        return []
    return done.stdout[: limits.text * 3].decode("utf-8", "replace").split("\f")


def _pdfium_text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range(errors="ignore")).replace("\r\n", "\n")
    finally:
        textpage.close()


def _page_blocks(page: Any, number: int, text: str, tables: int) -> tuple[list[Block], int, bool]:
    rules, images = _objects(page)
    text = repair(text)
    if not usable(text, images):
        return [], tables, False
    grids = find_grids(rules, *page.get_size()) if len(rules) >= _MIN_RULES else []
    if not grids:
        return list(_lines(text, number)), tables, True
    return _with_tables(page, number, grids, tables)


def _lines(text: str, number: int) -> Iterator[Block]:
    for at, line in enumerate(text.splitlines(), 1):
        line = " ".join(line.split())
        if line:
            yield line_block(line, page=number, line=at)


def _objects(page: Any) -> tuple[list[tuple[float, float, float, float]], bool]:
    """Bounds of thin drawn objects (rules), and whether a picture covers much of the page."""
    rules: list[tuple[float, float, float, float]] = []
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(max_depth=3):
        if item.type not in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            continue
        try:
            left, bottom, right, top = item.get_bounds()
        except pdfium.PdfiumError:
            continue
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif len(rules) < _MAX_RULES:
            rules += _strokes(item) or [(left, bottom, right, top)]
    return rules, covered >= 0.3 * width * height


def _strokes(path: Any) -> list[Box]:
    """The straight lines of a path: one drawn path often holds a whole table's rules."""
    count = pdfium_c.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MAX_SEGMENTS:
        return []
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    boxes: list[Box] = []
    last: tuple[float, float] | None = None
    for number in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, number)
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return []
        here = matrix.on_point(x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
            boxes.append((min(last[0], here[0]), min(last[1], here[1]), max(last[0], here[0]), max(last[1], here[1])))
        elif kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return []
        last = here
    return boxes


def _with_tables(page: Any, number: int, grids: list[Grid], tables: int) -> tuple[list[Block], int, bool]:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        placed: list[tuple[float, int, list[Block]]] = []
        for order, grid in enumerate(grids):
            cells = []
            for cell in grid.cells:
                # Half a point inwards: a neighbour's marks must not be taken along.
                text = textpage.get_text_bounded(
                    cell.left + 0.5, cell.bottom - 1.5, cell.right - 0.5, cell.top - 0.5, errors="ignore"
                )
                cells.append(
                    Block(
                        BlockKind.CELL, _cell_text(repair(text)), page=number, table=tables, row=cell.row, col=cell.col,
                        span_rows=cell.span_rows, span_cols=cell.span_cols,
                        bbox=(cell.left / width, 1 - cell.top / height, cell.right / width, 1 - cell.bottom / height),
                    )
                )  # fmt: skip
            tables += 1
            placed.append((grid.top, order, cells))
        blocks: list[Block] = []
        line = 0
        last = height
        for top, _, cells in sorted(placed, key=lambda p: -p[0]):
            between, line = _band(textpage, number, width, top, last, line)
            blocks += [*between, *cells]
            last = min(c.bottom for g in grids if g.top == top for c in g.cells)
        between, line = _band(textpage, number, width, 0.0, last, line)
        blocks += between
    finally:
        textpage.close()
    return blocks, tables, True


def _band(textpage: Any, number: int, width: float, bottom: float, top: float, line: int) -> tuple[list[Block], int]:
    if top - bottom < 4:
        return [], line
    text = repair(textpage.get_text_bounded(0, bottom, width, top, errors="ignore"))
    blocks = []
    for raw in text.splitlines():
        line += 1
        joined = " ".join(raw.split())
        if joined:
            blocks.append(line_block(joined, page=number, line=line))
    return blocks, line


def _cell_text(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _title(document: Any) -> str:
    title = (document.get_metadata_dict(skip_empty=True).get("Title") or "").strip()
    # Word writes the file's name here, which says nothing.
    return "" if title.lower().startswith("microsoft word") else title[:300]
