"""Read rich text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from core.models.snapshot import Block, BlockKind, Reading
from documents.base import ReadLimits
from documents.line_blocks import line_block, reading_from_blocks


def read_rtf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read rich text; Thai text in it is windows-874 unless it says otherwise."""
    source = body.decode("cp874", "replace")
    text = rtf_to_text(source, encoding="cp874", errors="replace")  # type: ignore[no-untyped-call]
    return reading_from_blocks(list(_with_rows(str(text)[: limits.text]))[: limits.blocks])


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
