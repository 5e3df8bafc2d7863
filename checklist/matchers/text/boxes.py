"""`boxes`: names side by side, as the boxes of a chart are."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks
from checklist.matchers.columns import Cells
from checklist.matchers.text.table import tables_of
from checklist.rules.specs import BoxesMatch
from checklist.section.headings import COLUMN, strip_number
from core.models.assessment import ElementStatus, Method, Quote
from core.models.snapshot import BlockKind
from core.thai.normalize import clusters, digits, make_key

_NAME = 30
"""Thai clusters of a box's name at most."""


def check(spec: BoxesMatch, view: EvidenceView) -> MatchResult:
    """Present if a row of a table without a number, or a line with columns, has at least `min` different short names
    that begin with one of `begin`, and little else: a chart whose boxes are a table's cells. A row of names above
    numbers counts something by them."""
    begin = tuple(make_key(word).text for word in spec.begin)
    for part in view.parts:
        for rows in tables_of(part).values():
            if any(_has_digit(block.text) for cells in rows.values() for _, block in cells):
                continue
            for cells in rows.values():
                if _are_boxes([block.text for _, block in cells], begin, spec.min):
                    return MatchResult(ElementStatus.PRESENT, tuple(_quotes(part, cells)))
    for part, index, block in content_blocks(view):
        if block.kind is not BlockKind.CELL and _are_boxes(block.text.split(COLUMN), begin, spec.min):
            return MatchResult(ElementStatus.PRESENT, (block_quote(part, index, block),))
    return MatchResult(ElementStatus.MISSING)


def _quotes(part: EvidencePart, cells: Cells) -> Iterator[Quote]:
    named = [(index, block) for index, block in cells if block.text.strip()]
    return (block_quote(part, index, block, Method.TABLE) for index, block in named[:2])


def _are_boxes(texts: list[str], begin: tuple[str, ...], least: int) -> bool:
    names = [strip_number(text) for text in texts if text.strip()]
    units = {name for name in names if name.startswith(begin) and len(clusters(name)) <= _NAME}
    return len(units) >= least and 2 * len(units) > len(names)


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in digits(text))
