"""Evidence that is a form nobody has filled in: names of columns without a row, and what is written around them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from checklist.evidence_view import EvidenceView
from checklist.matchers.base import content_blocks
from core.models.snapshot import Block, BlockKind
from core.thai.normalize import clusters, digits, find_phrase, make_key

_ROW_NUMBER = re.compile(r"\d{1,3}")
_PLACE_KEPT = re.compile(r"(?<![a-z])x{4}|(?<![a-z])x{1,3}[,.]x{2,3}(?![a-z])|(?<![a-z])xxx(?![a-z])", re.I)
_COLUMNS = 3
"""Column names that make a row the head of a table; two cells may be a label and what it is."""
_AROUND_A_FORM = 150
"""Thai clusters around an empty table that are its title and the office's name."""
_TITLE_OF_A_TABLE = 120
"""Thai clusters of the longest line that is the title of the table below it."""


def unfilled_blocks(view: EvidenceView) -> frozenset[tuple[str, int]]:
    """The blocks of evidence that is nothing but the column names of tables without a filled row, and what is written
    around them: a list of columns is a form. None where a line says that there is nothing to show."""
    if any(_is_filled(block) for _, _, block in content_blocks(view)):
        return frozenset()
    blocks = list(content_blocks(view))
    heads = [each for each in blocks if each[2].kind is BlockKind.CELL and (each[2].header or not each[2].row)]
    columns = Counter((part.resource.url, block.table) for part, _, block in heads)
    if max(columns.values(), default=0) < _COLUMNS:
        return frozenset()
    lines = [block.text for _, _, block in blocks if block.kind is not BlockKind.CELL]
    # The line above a table is its title, not what is written around it: each month has its own.
    around = [
        block.text
        for (_, _, block), (_, _, below) in pairwise([*blocks, blocks[-1]])
        if block.kind is not BlockKind.CELL
        and (below.kind is not BlockKind.CELL or len(clusters(block.text)) > _TITLE_OF_A_TABLE)
    ]
    # A crest above the table says nothing of what stands in it.
    first = blocks.index(heads[0])
    if any(block.kind in (BlockKind.IMAGE, BlockKind.IFRAME) for _, _, block in blocks[first:]):
        return frozenset()
    none = view.lexicon.get("section_none", ())
    if sum(len(clusters(text)) for text in around) > _AROUND_A_FORM or any(
        find_phrase(word, text, whole=False) for word in none for text in lines
    ):
        return frozenset()
    return frozenset((part.resource.url, index) for part, index, _ in blocks)


def is_placeholder(text: str) -> bool:
    """Whether a text has letters that only keep a place: `โครงการ XXXXXXXX`, `XX,XXX`."""
    return _PLACE_KEPT.search(text) is not None


def _is_filled(block: Block) -> bool:
    """Whether a cell says something below the head of its table: not a dash, and not the number of its row."""
    if block.kind is not BlockKind.CELL or block.header or not block.row:
        return False
    text = make_key(block.text).text.strip(" -–.()")
    return bool(text) and not is_placeholder(text) and not (block.col == 0 and _ROW_NUMBER.fullmatch(digits(text)))
