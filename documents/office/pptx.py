"""Read slides (.pptx)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation

from core.models.snapshot import Block, BlockKind, Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block, reading_from_blocks
from documents.office.zip_limits import check_expansion
from documents.table_headers import mark_headers


def read_pptx(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read slides: titles as headings, text and table cells; the slide's number is the page."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
        slides = Presentation(io.BytesIO(body)).slides
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    reader = _Slides(limits.blocks)
    for number, slide in enumerate(slides, 1):
        reader.shapes(slide.shapes, slide.shapes.title, number)
    return replace(reading_from_blocks(mark_headers(reader.blocks)), page_count=len(slides))


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
                            BlockKind.CELL,
                            text,
                            page=page,
                            table=self._tables,
                            row=at,
                            col=col,
                            span_rows=spans[0],
                            span_cols=spans[1],
                        )
                    )
        self._tables += 1


def _broken(text: str) -> list[str]:
    """A text's lines; slides break them by hand with a vertical tab."""
    lines = (" ".join(line.split()) for line in text.replace("\v", "\n").split("\n"))
    return [line for line in lines if line]
