"""Older and rarer formats: DOC, RTF and PPTX."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation
from striprtf.striprtf import rtf_to_text

from core.models.snapshot import Block, BlockKind, Reading, ReadState, ResourceKind
from crawler.readers.base import ReadError, ReadLimits
from crawler.readers.lines import line_block
from crawler.readers.office import check_expansion
from crawler.readers.tables import mark_headers


def read_doc(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a Word 97-2003 document with antiword. Raises ReadError if it is absent or the file is broken."""
    program = shutil.which("antiword")
    if program is None:
        raise ReadError("needs-tool", "antiword")
    with tempfile.NamedTemporaryFile(suffix=".doc") as handle:
        handle.write(body)
        handle.flush()
        try:
            done = subprocess.run(
                [program, "-m", "UTF-8.txt", "-w", "0", handle.name],
                capture_output=True,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ReadError("timeout") from error
    if done.returncode != 0:
        raise ReadError("broken", done.stderr.decode("utf-8", "replace")[:200])
    return _of_lines(done.stdout.decode("utf-8", "replace")[: limits.text])


def read_rtf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read rich text; Thai text in it is windows-874 unless it says otherwise."""
    source = body.decode("cp874", "replace")
    text = rtf_to_text(source, encoding="cp874", errors="replace")  # type: ignore[no-untyped-call]
    return _of_blocks(list(_with_rows(str(text)[: limits.text]))[: limits.blocks])


def _with_rows(text: str) -> Iterator[Block]:
    """Lines as blocks; a row of a table comes as cells that each end with a bar."""
    table, row = 0, -1
    for at, line in enumerate(text.splitlines(), 1):
        if line.count("|") > 1 and line.rstrip().endswith("|"):
            row += 1
            for col, cell in enumerate(line.rstrip()[:-1].split("|")):
                yield Block(BlockKind.CELL, " ".join(cell.split()), table=table, row=row, col=col, line=at)
        elif line.strip():
            table, row = table + (row >= 0), -1
            yield line_block(" ".join(line.split()), line=at)


def read_pptx(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read slides: titles as headings, text and table cells; the slide's number is the page."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
        slides = Presentation(io.BytesIO(body)).slides
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise ReadError("broken", str(error)) from error
    reader = _Slides(limits.blocks)
    for number, slide in enumerate(slides, 1):
        reader.shapes(slide.shapes, slide.shapes.title, number)
    return replace(_of_blocks(mark_headers(reader.blocks)), page_count=len(slides))


class _Slides:
    def __init__(self, limit: int) -> None:
        self.blocks: list[Block] = []
        self._limit = limit
        self._tables = 0

    def shapes(self, shapes: Any, title: Any, page: int) -> None:
        """Read a slide's shapes, those in groups too."""
        for shape in shapes:
            if len(self.blocks) >= self._limit:
                return
            if hasattr(shape, "shapes"):
                self.shapes(shape.shapes, title, page)
            elif shape.has_text_frame:
                for paragraph in shape.text_frame.paragraphs:
                    runs = [run for run in paragraph.runs if run.text.strip()]
                    bold = bool(runs) and all(run.font.bold for run in runs)
                    for text in _broken(paragraph.text):
                        if shape == title:
                            self.blocks.append(Block(BlockKind.HEADING, text, level=1, page=page))
                        else:
                            self.blocks.append(line_block(text, page=page, bold=bold))
            elif getattr(shape, "has_table", False) and shape.has_table:
                self._table(shape.table, page)

    def _table(self, table: Any, page: int) -> None:
        for at, row in enumerate(table.rows):
            for col, cell in enumerate(row.cells):
                if not cell.is_spanned:
                    text = "\n".join(_broken(cell.text))
                    spans = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                    self.blocks.append(
                        Block(
                            BlockKind.CELL, text, page=page, table=self._tables, row=at, col=col,
                            span_rows=spans[0], span_cols=spans[1],
                        )
                    )  # fmt: skip
        self._tables += 1


def _broken(text: str) -> list[str]:
    """A text's lines; slides break them by hand with a vertical tab."""
    lines = (" ".join(line.split()) for line in text.replace("\v", "\n").split("\n"))
    return [line for line in lines if line]


def _of_lines(text: str) -> Reading:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _of_blocks([line_block(line, line=at) for at, line in enumerate(lines, 1) if line])


def _of_blocks(blocks: list[Block]) -> Reading:
    return Reading(
        kind=ResourceKind.DOCUMENT, state=ReadState.READ, blocks=tuple(blocks), note="" if blocks else "empty"
    )
