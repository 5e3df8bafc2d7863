"""Older and rarer formats: DOC, RTF, ODT and PPTX."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from defusedxml.ElementTree import fromstring
from pptx import Presentation
from striprtf.striprtf import rtf_to_text

from crawler.readers.base import ReadError, ReadLimits
from crawler.readers.lines import line_block
from crawler.readers.office import check_expansion
from oit.model import Block, BlockKind, Reading, ReadState, ResourceKind

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


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


def read_odt(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read an OpenDocument text: headings, paragraphs and table cells in reading order."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
            root = fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise ReadError("broken", str(error)) from error
    blocks: list[Block] = []
    tables = 0

    def walk(element: object) -> None:
        nonlocal tables
        for child in element:  # type: ignore[attr-defined]
            text = " ".join("".join(child.itertext()).split())
            if child.tag == f"{_TEXT}h":
                blocks.append(Block(BlockKind.HEADING, text, level=2, line=len(blocks) + 1))
            elif child.tag == f"{_TEXT}p":
                if text:
                    blocks.append(line_block(text, line=len(blocks) + 1))
            elif child.tag == f"{_TABLE}table":
                number = tables
                tables += 1
                for at, row in enumerate(child.iter(f"{_TABLE}table-row")):
                    for col, cell in enumerate(c for c in row if c.tag == f"{_TABLE}table-cell"):
                        inside = " ".join("".join(cell.itertext()).split())
                        blocks.append(Block(BlockKind.CELL, inside, table=number, row=at, col=col))
            else:
                walk(child)

    walk(root)
    return _of_blocks(blocks)


def read_pptx(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read slides: titles as headings, text and table cells; the slide's number is the page."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            check_expansion(archive, len(body), limits)
        slides = Presentation(io.BytesIO(body)).slides
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise ReadError("broken", str(error)) from error
    blocks: list[Block] = []
    tables = 0
    for number, slide in enumerate(slides, 1):
        for shape in slide.shapes:
            if shape.has_text_frame:
                title = shape == slide.shapes.title
                for paragraph in shape.text_frame.paragraphs:
                    text = " ".join(paragraph.text.split())
                    if text and title:
                        blocks.append(Block(BlockKind.HEADING, text, level=1, page=number))
                    elif text:
                        blocks.append(line_block(text, page=number))
            elif getattr(shape, "has_table", False) and shape.has_table:
                for at, row in enumerate(shape.table.rows):
                    for col, cell in enumerate(row.cells):
                        blocks.append(
                            Block(BlockKind.CELL, cell.text.strip(), page=number, table=tables, row=at, col=col)
                        )
                tables += 1
    return replace(_of_blocks(blocks), page_count=len(slides))


def _of_lines(text: str) -> Reading:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _of_blocks([line_block(line, line=at) for at, line in enumerate(lines, 1) if line])


def _of_blocks(blocks: list[Block]) -> Reading:
    return Reading(
        kind=ResourceKind.DOCUMENT, state=ReadState.READ, blocks=tuple(blocks), note="" if blocks else "empty"
    )
