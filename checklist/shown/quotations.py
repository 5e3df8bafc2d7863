"""Pages on which an agency gives the manual's own words back: what an item must hold, in place of what it holds.

Under the label of an item many sites copy the manual's list of its elements. Those lines are the question, not the
answer: they prove nothing, and the document below them is what is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checklist.candidates.labels import grams
from checklist.candidates.within.said import says_little
from checklist.evidence_view import EvidencePart
from checklist.rules.model import Item
from core.models.snapshot import Block, BlockKind, Resource, ResourceKind, Zone
from core.thai.normalize import key_text

_COVERED = 0.8
"""Share of a line's groups of letters that stand in the manual's list."""
_LONGEST = 400
_MOST_BLOCKS = 400
"""Blocks of a page that may still say next to nothing."""
_NO_LINES = (BlockKind.CELL, BlockKind.FORM)
"""A form asks, in whatever words: it is no copy of the list."""
_LINES = 2
"""Lines that make a list."""
_ASKED = 0.4
"""Share of the manual's groups of letters that a table of its words has."""
_LONGEST_CELL = 1500
"""Characters of a cell that holds all of an item's elements."""
_NUMBER = re.compile(r"[A-Za-z]{0,4}\s?[\d๐-๙]{1,3}[.)]?")
"""An item's number, or a row's."""
_COUNTED = re.compile(r"(?:^|\s)\(?[\d๐-๙]{1,2}[.)](?=\s)")


def without_quotations(item: Item, parts: Iterable[EvidencePart], home: Resource | None) -> tuple[EvidencePart, ...]:
    """The parts, each web page that says next to nothing but the list of the item's elements without that list."""
    asked = grams("".join(_letters(text) for text in (*(element.text for element in item.elements), item.title)))
    found = []
    for part in parts:
        short = part.resource.kind is ResourceKind.PAGE and part.stop - part.start <= _MOST_BLOCKS
        quoted = frozenset(_quoted(part, asked)) if short else frozenset()
        bare = replace(part, skip=part.skip | quoted) if quoted else part
        found.append(bare if quoted and says_little(bare, home) else part)
    return tuple(found)


def _quoted(part: EvidencePart, asked: frozenset[str]) -> Iterator[int]:
    """The blocks of runs of lines that are made of the manual's words, and of tables with nothing else."""
    run: list[int] = []
    tables: dict[int | None, list[tuple[int, Block]]] = {}
    for index, block in [*part.numbered_blocks(), (-1, Block(BlockKind.CELL, "-"))]:
        if not block.text.strip() or block.zone is not Zone.CONTENT:
            continue
        if block.kind is BlockKind.CELL and index >= 0:
            tables.setdefault(block.table, []).append((index, block))
        elif block.kind not in _NO_LINES and _is_of_manual(block.text, asked, _LONGEST):
            run.append(index)
            continue
        if len(run) >= _LINES:
            yield from run
        run = []
    for cells in tables.values():
        if _is_table_of_manual([block for _, block in cells], asked):
            yield from (index for index, _ in cells)


def _is_table_of_manual(cells: list[Block], asked: frozenset[str]) -> bool:
    """Whether a table holds nothing but what the manual asks for: below the names of its columns, besides the number
    before them, no cell has other words, and together they have a good part of the manual's. Its columns are called as
    the manual's are, by words that stand in no element."""
    first = min(cell.row or 0 for cell in cells)
    several = any((cell.row or 0) > first for cell in cells)
    below = [cell for cell in cells if not (several and (cell.header or cell.row == first))]
    said = [cell.text for cell in below if cell.col or not _NUMBER.fullmatch(cell.text.strip())]
    own = grams(_letters(" ".join(said)))
    return len(own & asked) >= _ASKED * len(asked) and all(_is_of_manual(text, asked, _LONGEST_CELL) for text in said)


def _is_of_manual(line: str, asked: frozenset[str], longest: int) -> bool:
    own = grams(_letters(_COUNTED.sub(" ", line))) if len(line) <= longest else frozenset()
    return bool(own) and len(own & asked) >= _COVERED * len(own)


def _letters(text: str) -> str:
    return "".join(letter for letter in key_text(text) if not letter.isspace() and letter not in "/,.()-:;\"'“”•·")
