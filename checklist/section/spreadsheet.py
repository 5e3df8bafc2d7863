"""A sheet is not one table: lines of text, and tables among them, share its columns."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence_view import EvidencePart
from checklist.section.headings import numbering
from core.models.snapshot import Block, BlockKind

Row = list[tuple[int, Block]]
Rows = dict[int, Row]
_MAX_SPAN = 200
_HEAD_ROWS = 3
_PAIR = 2
"""Cells of a row that has a name and a text."""
_LINE_LENGTH = 40
"""A longer text alone in its row is a paragraph, not the name of a row whose other cells are empty."""


def tables(part: EvidencePart) -> Iterator[Rows]:
    """Every table of the part; a sheet's are cut out of it, without the columns that they do not use."""
    found: dict[int, Rows] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            found.setdefault(block.table, {}).setdefault(block.row, []).append((index, block))
    alone = _cells_only(part)
    for rows in _continued(list(found.values())):
        if alone or _from_sheet(rows):
            yield from _bands(rows)
        else:
            yield rows


def _continued(found: list[Rows]) -> Iterator[Rows]:
    """The tables, one whose names are alone at the foot of a page together with its rows on the next one."""
    at = 0
    while at < len(found):
        rows, at = found[at], at + 1
        if at < len(found) and _is_head_of(rows, found[at]):
            below = found[at]
            start = max(rows) + 1 - min(below)
            rows, at = rows | {start + number: row for number, row in below.items()}, at + 1
        yield rows


def _is_head_of(rows: Rows, below: Rows) -> bool:
    """Whether a table is nothing but names, in a few rows, and another on the next page has its columns."""
    head = [block for row in rows.values() for _, block in row]
    if len(rows) > _HEAD_ROWS or any(not block.text.strip() or len(block.text) > _LINE_LENGTH for block in head):
        return False
    first = [block for _, block in below[min(below)]]
    pages = {block.page for block in head}
    page = pages.pop() if len(pages) == 1 else None
    if page is None or first[0].page != page + 1:
        return False
    columns = sorted({block.col or 0 for block in head if block.span_cols == 1})
    return len(columns) > 1 and columns == [block.col for block in first]


def line_cells(part: EvidencePart) -> frozenset[int]:
    """Cells that are lines of text: those of sheets that stand alone in their row, and in other tables, which forms
    draw as boxes around their text, those that are a whole row."""
    alone = _cells_only(part)
    lines: set[int] = set()
    rows: dict[tuple[int, int], Row] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None:
            for row in range(block.row or 0, (block.row or 0) + min(block.span_rows, _MAX_SPAN)):
                rows.setdefault((block.table, row), []).append((index, block))
    for row_cells in rows.values():
        in_sheet = alone or row_cells[0][1].sheet
        cells = _filled(row_cells) if in_sheet else row_cells
        if len(cells) == 1 and (in_sheet or not cells[0][1].col):
            lines.add(cells[0][0])
    return frozenset(lines)


def box_cells(part: EvidencePart) -> frozenset[int]:
    """Cells of several lines in the last row of a table that stand beside others: they name no column, so what they
    hold is a label and, below it, what was written there."""
    rows: dict[int, Rows] = {}
    for index, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            rows.setdefault(block.table, {}).setdefault(block.row, []).append((index, block))
    return frozenset(
        index
        for table in rows.values()
        for index, block in table[max(table)]
        if "\n" in block.text and not block.header and len(table[max(table)]) > 1
    )


def _cells_only(part: EvidencePart) -> bool:
    """A CSV file is a sheet too, and names none."""
    return all(block.kind is BlockKind.CELL and block.page is None for block in part.blocks)


def _from_sheet(rows: Rows) -> bool:
    return any(block.sheet for row in rows.values() for _, block in row)


def _filled(row: Row) -> Row:
    return [(index, block) for index, block in row if block.text.strip()]


def _bands(rows: Rows) -> Iterator[Rows]:
    """Runs of rows that belong together: an empty row ends one, and a line of text under a table does."""
    band: Rows = {}
    wide = False
    numbers = sorted(rows)
    for at, number in enumerate(numbers):
        filled = _filled(rows[number])
        if band and number > numbers[at - 1] + 1 and len(filled) <= _PAIR < max(map(len, map(_filled, band.values()))):
            # Behind a row of which nothing was kept a name and its text; rows as wide as before go on with the table.
            yield from _trimmed(band)
            band, wide = {}, False
        following = _filled(rows[numbers[at + 1]]) if at + 1 < len(numbers) else []
        if not filled or (
            wide and len(filled) == 1 and _is_line(filled[0][1], following) and not _is_headed(filled, band)
        ):
            yield from _trimmed(band)
            band, wide = {}, False
            continue
        if len(filled) > 1:
            wide = True
            band[number] = rows[number]
        elif wide:
            band[number] = rows[number]
    yield from _trimmed(band)


def _is_headed(row: Row, band: Rows) -> bool:
    """Whether a row's one text stands right under the name of its column, in a table of names so far."""
    if len(band) != 1 or numbering(row[0][1].text) is not None:
        return False
    names = _filled(next(iter(band.values())))
    return len(names) > 1 and any(name.col == row[0][1].col and len(name.text) <= _LINE_LENGTH for _, name in names)


def _is_line(block: Block, following: Row) -> bool:
    return numbering(block.text) is not None or len(block.text) > _LINE_LENGTH or len(following) == 1


def _trimmed(band: Rows) -> Iterator[Rows]:
    used = {block.col for row in band.values() for _, block in _filled(row)}
    if used:
        yield {number: [cell for cell in row if cell[1].col in used] for number, row in band.items()}
