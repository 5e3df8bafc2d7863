"""Read slides (.pptx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from pptx import Presentation

from core.models.snapshot import Block, BlockKind, Reading, ReadNote
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.open_xml import A, Package, R, diagram_lines
from documents.office.pictures import EMU, Picture, reading_with_pictures
from documents.office.slide_paper import is_on_paper, is_white_run
from documents.table_headers import mark_headers

_TINY = 12_700
"""EMU of one point."""
_RELATION_IDS = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def read_pptx(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read slides: titles as headings, text, table cells, diagrams and pictures; the slide's number is the page.

    Hidden slides and shapes, and those beside their slide, are left out. Raises ReadError for a broken file."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            package = Package(archive, len(body), limits)
            deck = Presentation(io.BytesIO(package.as_transitional(body)))
            slides = deck.slides
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, SyntaxError) as error:
        raise ReadError(ReadNote.BROKEN, str(error)) from error
    reader = _Slides(limits.blocks, (deck.slide_width or 0, deck.slide_height or 0))
    for number, slide in enumerate(slides, 1):
        if slide._element.get("show") not in ("0", "false"):
            reader.on_paper = is_on_paper(slide)
            reader.shapes(slide.shapes, slide.shapes.title, number, slide.part)
    read = reading_with_pictures(mark_headers(reader.blocks), reader.pictures, limits, cache, cut=package.cut)
    return replace(read, page_count=len(slides))


class _Slides:
    def __init__(self, limit: int, size: tuple[int, int]) -> None:
        """`size` is the width and height of a slide in EMU, 0 for unknown."""
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.on_paper = False
        """Whether the ground of the slide that is read is white."""
        self._limit = limit
        self._size = size
        self._tables = 0

    def shapes(self, shapes: Any, title: Any, page: int, part: Any, *, grouped: bool = False) -> None:
        """Read a slide's shapes, those in groups too: the place of a grouped one is counted within its group."""
        for shape in shapes:
            if len(self.blocks) >= self._limit:
                return
            if _is_hidden(shape) or (not grouped and _is_beside(shape, self._size)):
                continue
            if hasattr(shape, "shapes"):
                self.shapes(shape.shapes, title, page, part, grouped=True)
                continue
            if shape.has_text_frame:
                self._text(shape, shape == title, page)
            elif getattr(shape, "has_table", False) and shape.has_table:
                self._table(shape.table, page)
            self._drawn(shape, page, part)

    def _text(self, shape: Any, is_title: bool, page: int) -> None:
        for paragraph in shape.text_frame.paragraphs:
            runs = [run for run in paragraph.runs if run.text.strip()]
            bold = bool(runs) and all(run.font.bold for run in runs)
            for text in _broken(_seen(paragraph, on_paper=self.on_paper)):
                if is_title:
                    self.blocks.append(Block(BlockKind.HEADING, text, level=1, page=page))
                else:
                    self.blocks.append(line_block(text, page=page, bold=bold))

    def _drawn(self, shape: Any, page: int, part: Any) -> None:
        """Take the diagrams and pictures of a shape, a picture that fills one too."""
        for mark in shape._element.iter(_RELATION_IDS):
            data = _blob(part, mark.get(f"{R}dm"))
            try:
                lines = diagram_lines(fromstring(data)) if data else []
            except (SyntaxError, ValueError):
                lines = []
            self.blocks += [line_block(text, page=page) for text in lines]
        inches = ((shape.width or 0) / EMU, (shape.height or 0) / EMU)
        for blip in shape._element.iter(f"{A}blip"):
            name = blip.get(f"{R}embed")
            if name:
                self.pictures.append(Picture(len(self.blocks), name, _loader(part), inches, page))

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


def _seen(paragraph: Any, *, on_paper: bool) -> str:
    """A paragraph's text without letters of one point or white on paper, and without what is struck out."""
    tiny = [run for run in paragraph.runs if _is_unsaid(run) or (on_paper and is_white_run(run))]
    if not tiny:
        return str(paragraph.text)
    return "".join(run.text for run in paragraph.runs if not any(run._r is each._r for each in tiny))


def _is_unsaid(run: Any) -> bool:
    if run.font.size is not None and run.font.size <= _TINY:
        return True
    look = run._r.find(f"{A}rPr")
    return look is not None and look.get("strike") in ("sngStrike", "dblStrike")


def _is_hidden(shape: Any) -> bool:
    mark = next((each for each in shape._element.iter() if str(each.tag).endswith("}cNvPr")), None)
    return mark is not None and mark.get("hidden") in ("1", "true")


def _is_beside(shape: Any, size: tuple[int, int]) -> bool:
    """Whether nothing of a shape lies on its slide."""
    if not all(size) or shape.left is None or shape.top is None or shape.rotation:
        return False
    right, low = shape.left + (shape.width or 0), shape.top + (shape.height or 0)
    return bool(shape.left >= size[0] or shape.top >= size[1] or right < 0 or low < 0)


def _blob(part: Any, reference: str | None) -> bytes:
    try:
        return bytes(part.related_part(reference).blob) if reference else b""
    except KeyError:
        return b""


def _loader(part: Any) -> Callable[[str], bytes]:
    return lambda reference: _blob(part, reference)


def _broken(text: str) -> list[str]:
    """A text's lines; slides break them by hand with a vertical tab."""
    lines = (" ".join(line.split()) for line in text.replace("\v", "\n").split("\n"))
    return [line for line in lines if line]
