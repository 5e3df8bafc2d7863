"""Read Word 97-2003 documents with antiword: its text for the lines, its DocBook for the tables among them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import Block, BlockKind, Reading, ReadNote
from core.processes import tie_command
from documents.base import ReadError, ReadLimits
from documents.line_blocks import line_block
from documents.office.embedded_images import embedded_images
from documents.office.ole import stream
from documents.office.pictures import loose_pictures, reading_with_pictures
from documents.table_headers import mark_headers

_DOCTYPE = re.compile(r"<!DOCTYPE[^<>]*+>")
_Table = list[list[str]]


def read_doc(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read a Word 97-2003 document: lines, tables as cells, then the writing on its pictures.

    Raises ReadError if antiword is absent or the file is broken."""
    program = shutil.which("antiword")
    if program is None:
        raise ReadError(ReadNote.NEEDS_TOOL, "antiword")
    with tempfile.NamedTemporaryFile(suffix=".doc") as handle:
        handle.write(body)
        handle.flush()
        text = _run([program, "-m", "UTF-8.txt", "-w", "0", handle.name], limits)
        is_cut, text = len(text) > limits.text, text[: limits.text]
        drawn = _drawn_rows(text.splitlines())
        tables = _tables(_run([program, "-x", "db", handle.name], limits, strict=False)) if drawn else []
    blocks = mark_headers(_blocks(text.splitlines(), drawn, tables)[: limits.blocks])
    # Where in the text a picture stands is not told by antiword: behind it loses nothing.
    pictures = loose_pictures(embedded_images(_picture_data(body)), len(blocks))
    return reading_with_pictures(blocks, pictures, limits, cache, cut=is_cut)


def _picture_data(body: bytes) -> bytes:
    try:
        return stream(body, "Data")
    except ReadError:
        return b""


def _run(command: list[str], limits: ReadLimits, *, strict: bool = True) -> str:
    try:
        done = subprocess.run(tie_command(command), capture_output=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError(ReadNote.TIMEOUT) from error
    if done.returncode != 0:
        if strict:
            raise ReadError(ReadNote.BROKEN, done.stderr.decode("utf-8", "replace")[:200])
        return ""
    return done.stdout.decode("utf-8", "replace")


def _is_row(line: str) -> bool:
    """Whether a line is one of a table as antiword draws it, with a bar around each cell."""
    line = line.strip()
    return line.startswith("|") and line.endswith("|") and line.count("|") > 1


def _drawn_rows(lines: list[str]) -> list[tuple[int, int]]:
    """Where tables stand among the lines: the first line of each and the one behind it."""
    runs: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if _is_row(line):
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return runs


def _tables(docbook: str) -> list[_Table]:
    try:
        root = fromstring(_DOCTYPE.sub("", docbook, count=1))
    except (SyntaxError, ValueError):
        return []
    return [[[_entry(e) for e in row.iter("entry")] for row in t.iter("row")] for t in root.iter("informaltable")]


def _entry(entry: Any) -> str:
    lines = (" ".join(line.split()) for line in "".join(entry.itertext()).splitlines())
    return "\n".join(line for line in lines if line)


def _blocks(lines: list[str], drawn: list[tuple[int, int]], tables: list[_Table]) -> list[Block]:
    """The lines as blocks. A cell that runs over several drawn lines is whole in DocBook only; where the two do not
    agree on the number of tables, each drawn line is a row."""
    if len(tables) != len(drawn):
        tables = [[line.strip().strip("|").split("|") for line in lines[start:stop]] for start, stop in drawn]
    starts = {start: number for number, (start, _) in enumerate(drawn)}
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        number = starts.get(at)
        if number is not None:
            for row, cells in enumerate(tables[number]):
                for col, cell in enumerate(cells):
                    text = "\n".join(" ".join(part.split()) for part in cell.splitlines())
                    blocks.append(Block(BlockKind.CELL, text, table=number, row=row, col=col, line=at + 1))
            at = drawn[number][1]
            continue
        text = " ".join(lines[at].split())
        if text:
            blocks.append(line_block(text, line=at + 1))
        at += 1
    return blocks
