"""Plain text and CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadLimits, cut_short
from documents.encoding import decode
from documents.line_blocks import line_block
from documents.table_headers import mark_headers

_SEPARATORS = (",", ";", "\t", "|")
_TRIED_ROWS = 200


def read_text(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read plain text, a block a line; lines of cells between tabs are a table."""
    text, encoding = decode(body)
    lines = list(enumerate(text[: limits.text].splitlines(), 1))
    blocks: list[Block] = []
    table = -1
    rows = 0
    for place, (at, line) in enumerate(lines):
        if not line.strip():
            rows = 0
            continue
        tabs = line.strip(" ").count("\t")
        near = [other.strip(" ").count("\t") for _, other in lines[max(0, place - 1) : place + 2]]
        if tabs and near.count(tabs) >= 2:
            table, rows = (table + 1, 1) if rows == 0 else (table, rows + 1)
            cells = enumerate(line.strip(" ").split("\t"))
            blocks += [Block(BlockKind.CELL, c.strip(), table=table, row=rows - 1, col=n, line=at) for n, c in cells]
        else:
            rows = 0
            blocks.append(line_block(" ".join(line.split()), line=at))
    reading = Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(blocks[: limits.blocks]),
        encoding=encoding,
        note=ReadNote.NONE if blocks else ReadNote.EMPTY,
    )
    return cut_short(reading) if len(text) > limits.text else reading


def _separator(text: str) -> str:
    """The separator that gives most rows of one and the same width: lines above a table, and commas within its
    numbers, part nothing twice alike."""

    def worth(separator: str) -> int:
        try:
            widths = Counter(map(len, islice(csv.reader(io.StringIO(text), delimiter=separator), _TRIED_ROWS)))
        except csv.Error:
            return 0
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(_SEPARATORS, key=worth)


def read_csv(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read CSV as one table; the separator is found by trying."""
    text, encoding = decode(body)
    is_cut = len(text) > limits.text
    text = text[: limits.text].lstrip("\ufeff")
    blocks: list[Block] = []
    for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text))):
        for col, cell in enumerate(cells):
            blocks.append(Block(BlockKind.CELL, cell.strip(), table=0, row=row, col=col, line=row + 1))
        if len(blocks) >= limits.blocks:
            break
    reading = Reading(
        kind=ResourceKind.DOCUMENT,
        state=ReadState.READ,
        blocks=tuple(mark_headers(blocks)),
        encoding=encoding,
        note=ReadNote.NONE if blocks else ReadNote.EMPTY,
    )
    return cut_short(reading) if is_cut else reading
