"""Read Word 97-2003 documents with antiword: its text for the lines, its DocBook for what the text does not show, the
tables among them and bold letters."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
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
_LIST_MARK = re.compile(r"\S{1,8}\s+")
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
        docbook = _docbook(_run([program, "-x", "db", handle.name], limits, strict=False))
    drawn = _drawn_rows(text.splitlines())
    blocks = mark_headers(_blocks(text.splitlines(), drawn, _tables(docbook), _bold(docbook))[: limits.blocks])
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


def _docbook(written: str) -> Any | None:
    try:
        return fromstring(_DOCTYPE.sub("", written, count=1))
    except (SyntaxError, ValueError):
        return None


def _tables(root: Any | None) -> list[_Table]:
    found = root.iter("informaltable") if root is not None else ()
    return [[[_entry(e) for e in row.iter("entry")] for row in table.iter("row")] for table in found]


def _bold(root: Any | None) -> frozenset[str]:
    """The lines that are bold wherever they stand, without spaces; those of titles too."""
    bold: set[str] = set()
    plain: set[str] = set()
    for paragraph in root.iter() if root is not None else ():
        if paragraph.tag not in ("para", "title"):
            continue
        for weight, text in _lines(paragraph):
            (bold if weight or paragraph.tag == "title" else plain).add("".join(text.split()))
    return frozenset(bold - plain - {""})


def _lines(paragraph: Any) -> Iterator[tuple[bool, str]]:
    """The lines of a paragraph, each with whether all of it is bold."""
    text, weighs = "", True
    for weight, piece in _pieces(paragraph, bold=False):
        first, *others = piece.split("\n")
        text, weighs = text + first, weighs and (weight or not first.strip())
        for other in others:
            yield weighs, text
            text, weighs = other, weight or not other.strip()
    yield weighs, text


def _pieces(element: Any, *, bold: bool) -> Iterator[tuple[bool, str]]:
    yield bold, element.text or ""
    for child in element:
        yield from _pieces(child, bold=bold or (child.tag == "emphasis" and child.get("role") == "bold"))
        yield bold, child.tail or ""


def _entry(entry: Any) -> str:
    lines = (" ".join(line.split()) for line in "".join(entry.itertext()).splitlines())
    return "\n".join(line for line in lines if line)


def _blocks(lines: list[str], drawn: list[tuple[int, int]], tables: list[_Table], bold: frozenset[str]) -> list[Block]:
    """The lines as blocks, those among `bold` as such. A cell that runs over several drawn lines is whole in DocBook
    only; where the two do not agree on the number of tables, each drawn line is a row."""
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
            blocks.append(line_block(text, line=at + 1, bold=_weighs(text, bold)))
        at += 1
    return blocks


def _weighs(line: str, bold: frozenset[str]) -> bool:
    """Whether a line is among bold ones, which have not the number or bullet that a list puts before it."""
    mark = _LIST_MARK.match(line)
    return any("".join(text.split()) in bold for text in (line, line[mark.end() :] if mark else ""))
