"""The label of a list's row or line that goes on with what answers it: `O5 | ข้อมูลการติดต่อ | เลขที่ …`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checklist.candidates.labels import LABEL_LENGTH, ItemNames, item_number
from checklist.evidence_view import EvidencePart
from core.models.snapshot import Block, BlockKind, Resource

_BREAK = re.compile(r"[:：\n]|(?<=\s)[-–—](?=\s)")
_MOST_BREAKS = 4
_NAMED = 0.86
"""Likeness from which words are an item's title."""
_AS_NEAR = 0.02
_ROWS = 2
"""Rows with links beside what a column says from which it explains them."""


def label_before_text(blocks: Sequence[Block], text: str, item: str, names: ItemNames) -> str:
    """The words of a row's blocks, or of one line, that name an item, without what is told behind them: its first
    cells, or what stands before a colon. All of `text` if the title ends nowhere."""
    best, label = 0.0, text
    for words in _beginnings(blocks, text):
        found = next((match for match in names.matches(words) if match.item == item), None)
        if found is not None and found.likeness >= _NAMED and found.likeness > best + _AS_NEAR:
            best, label = found.likeness, words
    return label


def head_of_line(text: str, prefix: str) -> str:
    """A line that is too long for a label: what stands before its colon, if an item's number does; else all of it. Of
    several lines, as a row of tabs has them, each names something of its own."""
    if len(text) <= LABEL_LENGTH or "\n" in text:
        return text
    head = _BREAK.split(text[:LABEL_LENGTH], maxsplit=1)[0].rstrip()
    numbered = len(head) < LABEL_LENGTH and item_number(head, zero=True, plain=False, prefix=prefix) is not None
    return head if numbered else text


def is_one_row(part: EvidencePart) -> bool:
    """Whether a part of a page is a table's row with its label in a cell of its own, or a line that begins with it. Not
    where it speaks in a column in which other rows have their links: there stand the answers."""
    own = [block for _, block in part.numbered_blocks() if block.text or block.kind is not BlockKind.PARAGRAPH]
    if part.is_whole or not own or not part.label:
        return False
    first = own[0]
    if first.kind is BlockKind.CELL and first.table is not None:
        ways = _leading_columns(part.resource)
        told = (b for b in own if b.text and b.text not in part.label)
        in_place = any((b.table, b.col) in ways for b in told)
        return not in_place and all((block.table, block.row) == (first.table, first.row) for block in own)
    return len(own) == 1 and first.text != part.label and first.text.startswith(part.label)


def explaining_columns(page: Resource) -> frozenset[tuple[int, int]]:
    """Columns (table, column) that say something in rows whose links stand beside it, and lead nowhere themselves: the
    titles, and what the list says of each item."""
    linked = {link.block for link in page.links}
    leading = {(b.table, b.row) for at, b in enumerate(page.blocks) if at in linked and b.kind is BlockKind.CELL}
    ways = _leading_columns(page)
    said: Counter[tuple[int, int]] = Counter()
    for block in page.blocks:
        if block.table is not None and block.col is not None and block.text and (block.table, block.row) in leading:
            said[block.table, block.col] += 1
    return frozenset(column for column, times in said.items() if times >= _ROWS and column not in ways)


def _leading_columns(page: Resource) -> frozenset[tuple[int | None, int | None]]:
    """The columns (table, column) of a page in which links stand."""
    cells = (page.blocks[link.block] for link in page.links if 0 <= link.block < len(page.blocks))
    return frozenset((cell.table, cell.col) for cell in cells if cell.kind is BlockKind.CELL)


def _beginnings(blocks: Sequence[Block], text: str) -> Iterator[str]:
    cells = [block.text for block in blocks if block.kind is BlockKind.CELL and block.text]
    if len(cells) > 1:
        yield from (" ".join(cells[:stop]) for stop in range(1, len(cells)))
        return
    for found, _ in zip(_BREAK.finditer(text), range(_MOST_BREAKS), strict=False):
        if text[: found.start()].strip():
            yield text[: found.start()].rstrip()
