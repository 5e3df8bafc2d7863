"""The section as a table: a column of that name, or a row whose first cell is the heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.section.lines import Part as SectionPart
from checklist.section.lines import section_heading
from checklist.section.words import SectionWords
from checklist.thai.key import make_key
from checklist.view import Part
from oit.model import Block, BlockKind

_HEADER_ROWS = 3
"""A table's column names stand within its first rows even where nothing marks them."""
_HEADER_LENGTH = 80


@dataclass(frozen=True, slots=True)
class TableHit:
    """A header cell of the section with the cells that it heads; all are indexes of blocks."""

    header: int
    cells: tuple[int, ...]


def column_hits(wanted: SectionPart, part: Part, words: SectionWords) -> Iterator[TableHit]:
    """Columns whose header holds the section's words."""
    for rows in _tables(part).values():
        first = min(rows)
        for row in sorted(rows):
            if row >= first + _HEADER_ROWS:
                break
            for index, block in rows[row]:
                if not (block.header or row == first or _all_short(rows[row])):
                    continue
                if len(rows[row]) < 2 and len(rows) > 1 and max(len(r) for r in rows.values()) < 2:
                    continue
                if not _heads(wanted, block, words):
                    continue
                body = [r for r in sorted(rows) if r > row + block.span_rows - 1]
                body = [r for r in body if not any(b.header for _, b in rows[r])]
                cells = tuple(i for r in body for i, b in rows[r] if _covers(block, b))
                if body and not any(_names_section(words, part.resource.blocks[i]) for i in cells):
                    yield TableHit(index, cells)


def row_hits(wanted: SectionPart, part: Part, words: SectionWords) -> Iterator[TableHit]:
    """Rows whose first cell is the heading and whose other cells are the answer; or a one-cell row with it."""
    for rows in _tables(part).values():
        width = max(len(r) for r in rows.values())
        for row in sorted(rows):
            index, block = rows[row][0]
            if block.header and row == min(rows) and len(rows) > 1 and width > 2:
                continue
            if not _heads(wanted, block, words):
                continue
            others = tuple(i for i, _ in rows[row][1:])
            if len(others) >= 2 and row == min(rows):
                # The first row of a wide table names its columns.
                continue
            if others:
                yield TableHit(index, others)
            elif width == 1 and row + 1 in rows:
                yield TableHit(index, tuple(i for i, _ in rows[row + 1]))


def _heads(wanted: SectionPart, block: Block, words: SectionWords) -> bool:
    if not block.text or len(make_key(block.text).text) > _HEADER_LENGTH:
        return False
    heading = section_heading(block.text.replace("\n", " "), words, marked=True)
    return heading is not None and wanted in heading.parts


def _names_section(words: SectionWords, block: Block) -> bool:
    """Headings one below the other are row labels, not a column's content."""
    return _heads("problems", block, words) or _heads("suggestions", block, words)


def _covers(header: Block, cell: Block) -> bool:
    left = header.col or 0
    return left <= (cell.col or 0) < left + header.span_cols


def _all_short(row: list[tuple[int, Block]]) -> bool:
    return len(row) >= 2 and all(len(b.text) <= _HEADER_LENGTH for _, b in row)


def _tables(part: Part) -> dict[int, dict[int, list[tuple[int, Block]]]]:
    tables: dict[int, dict[int, list[tuple[int, Block]]]] = {}
    for index, block in part.indexed():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append((index, block))
    return tables
