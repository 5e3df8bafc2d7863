"""Which rows of a table name its columns, whatever kind of file the table came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.models.snapshot import Block, BlockKind

_LONGEST = 80
"""Characters of a cell that can still name a column."""
_DEEPEST = 3
"""Rows that column names take at most."""


def mark_headers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the header cells of their tables marked: rows that come again as they were at the top, and
    top rows whose merged cells can only name columns. Rows marked before stay marked."""
    tables: dict[int, dict[int, list[int]]] = {}
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append(at)
    done = list(blocks)
    for rows in tables.values():
        for row in header_rows({row: [blocks[at] for at in cells] for row, cells in rows.items()}):
            for at in rows[row]:
                if not done[at].header:
                    done[at] = replace(done[at], header=True)
    return done


def join_split_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each row that a page break cut in two as one row again: the rest of it, at the top of the next
    page, has nothing in its first column and something in others."""
    done: list[Block | None] = list(blocks)
    tables: dict[int, dict[int, list[int]]] = {}
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.CELL and block.table is not None and block.row is not None:
            tables.setdefault(block.table, {}).setdefault(block.row, []).append(at)
    for rows in tables.values():
        last: list[int] | None = None
        for row in sorted(rows):
            cells = rows[row]
            if all(blocks[at].header for at in cells):
                continue
            if last is not None and _is_rest([blocks[at] for at in last], [blocks[at] for at in cells]):
                starts = {blocks[at].col: at for at in last}
                for at in cells:
                    start = done[starts[blocks[at].col]]
                    if start is not None and blocks[at].text:
                        text = f"{start.text}\n{blocks[at].text}".strip()
                        done[starts[blocks[at].col]] = replace(start, text=text)
                    done[at] = None
                continue
            last = cells
    return [block for block in done if block is not None]


def _is_rest(row: Sequence[Block], after: Sequence[Block]) -> bool:
    if row[0].page is None or after[0].page != row[0].page + 1 or [b.col for b in row] != [b.col for b in after]:
        return False
    return bool(row[0].text) and not after[0].text and any(b.text for b in after) and any(b.span_rows == 1 for b in row)


def header_rows(rows: dict[int, list[Block]]) -> frozenset[int]:
    """The numbers of the rows of one table that name its columns, as far as the table itself shows it."""
    order = sorted(rows)
    deep = _spanned(rows, order)
    found = set(order[:deep])
    first = [_face(rows[row]) for row in order[: max(deep, 1)]]
    if not first or not all(_names(rows[row]) for row in order[: len(first)]):
        return frozenset(found)
    # Something stands between a header and its repetition; rows alike right below one another are data.
    at = len(first) + 1
    while at + len(first) <= len(order):
        if [_face(rows[row]) for row in order[at : at + len(first)]] == first:
            found.update(order[: len(first)])
            found.update(order[at : at + len(first)])
            at += len(first)
        else:
            at += 1
    return frozenset(found)


def _face(row: Iterable[Block]) -> tuple[tuple[int, str], ...]:
    return tuple((block.col or 0, "".join(block.text.split())) for block in row)


def _names(row: Sequence[Block]) -> bool:
    """Whether a row could name columns: two names or more, none of them long or a number."""
    filled = [block for block in row if block.text]
    return len(filled) >= 2 and all(len(b.text) <= _LONGEST and any(c.isalpha() for c in b.text) for b in filled)


def _spanned(rows: dict[int, list[Block]], order: list[int]) -> int:
    """How many rows the column names take where the top row holds a name over several columns next to names that
    reach down beside its parts; 0 where it does not."""
    if len(order) < 3:
        return 0
    top = rows[order[0]]
    deep = max(block.span_rows for block in top)
    wide = any(block.span_cols > 1 for block in top)
    if not wide or not 2 <= deep <= _DEEPEST or deep >= len(order) or len(top) < 2:
        return 0
    # Each top cell must reach down to the same line itself or have its parts there.
    head = [block for row in order[:deep] for block in rows[row]]
    if any(len(block.text) > _LONGEST or (block.text and not any(c.isalpha() for c in block.text)) for block in head):
        return 0
    return deep if all((b.row or 0) - order[0] + b.span_rows <= deep for b in head) else 0
