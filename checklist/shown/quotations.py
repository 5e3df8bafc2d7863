"""Pages on which an agency gives the manual's own words back: what an item must hold, in place of what it holds.

Under the label of an item many sites copy the manual's list of its elements. Those lines are the question, not the
answer: they prove nothing, and the document below them is what is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checklist.candidates.behind import says_little
from checklist.candidates.labels import grams
from checklist.evidence_view import EvidencePart
from checklist.rules.model import Item
from core.models.snapshot import Block, BlockKind, Resource, ResourceKind, Zone
from core.thai.normalize import key_text

_COVERED = 0.8
"""Share of a line's groups of letters that stand in the manual's list."""
_LONGEST = 400
_MOST_BLOCKS = 400
"""Blocks of a page that may still say next to nothing."""
_LINES = 2
"""Lines that make a list."""


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
    """The blocks of runs of lines that are made of the manual's words. Cells are columns of a table, with rows."""
    run: list[int] = []
    for index, block in [*part.numbered_blocks(), (-1, Block(BlockKind.CELL, "-"))]:
        if not block.text.strip() or block.zone is not Zone.CONTENT:
            continue
        if block.kind is not BlockKind.CELL and _is_of_manual(block.text, asked):
            run.append(index)
            continue
        if len(run) >= _LINES:
            yield from run
        run = []


def _is_of_manual(line: str, asked: frozenset[str]) -> bool:
    own = grams(_letters(line)) if len(line) <= _LONGEST else frozenset()
    return bool(own) and len(own & asked) >= _COVERED * len(own)


def _letters(text: str) -> str:
    return "".join(letter for letter in key_text(text) if not letter.isspace() and letter not in "/,.()-:;\"'“”•·")
