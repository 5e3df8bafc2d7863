"""`rows`: a table's rows are kinds of something, each with its amount."""

from __future__ import annotations

import re

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, own_hits
from checklist.matchers.columns import Cells, Table, tables
from checklist.rules.specs import RowsMatch
from checklist.section.headings import strip_number
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block
from core.thai.normalize import digits, is_thai, make_key

_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{4,}(?:\.\d+)?|\d+\.\d{2}")
_NAME = 40
"""Characters of a column's name."""


def check(spec: RowsMatch, view: EvidenceView) -> MatchResult:
    """Present if `min` rows of one table have an amount and different names that begin with one of `begin`. Review if
    so many rows with amounts stand under a column named as one of `perhaps`: kinds may have any name."""
    doubt: tuple[Quote, ...] = ()
    for part in view.parts:
        for table in tables(part):
            named = [label for row in table.body if (label := _label(row)) is not None]
            mine = {strip_number(block.text): (index, block) for index, block in named if _begins(block, spec.begin)}
            if len(mine) >= spec.min:
                return MatchResult(ElementStatus.PRESENT, _quotes(part, list(mine.values())))
            if not doubt and len(named) >= spec.min and _is_named(table, spec.perhaps, view):
                doubt = _quotes(part, named)
    if doubt:
        return MatchResult(ElementStatus.REVIEW, doubt, reason=Reason(ReasonCode.SECTION_UNSURE))
    return MatchResult(ElementStatus.MISSING)


def _quotes(part: EvidencePart, cells: Cells) -> tuple[Quote, ...]:
    return tuple(block_quote(part, index, block, Method.TABLE) for index, block in cells[:2])


def _label(row: Cells) -> tuple[int, Block] | None:
    """The name of a row that has an amount behind it."""
    at = next((at for at, (_, block) in enumerate(row) if any(map(is_thai, block.text))), None)
    if at is None or not any(_AMOUNT.fullmatch(digits(block.text).strip()) for _, block in row[at + 1 :]):
        return None
    return row[at]


def _begins(block: Block, words: tuple[str, ...]) -> bool:
    return strip_number(block.text).startswith(tuple(make_key(word).text for word in words))


def _is_named(table: Table, words: tuple[str, ...], view: EvidenceView) -> bool:
    names = (block.text for _, block in table.head if len(block.text) <= _NAME)
    return any(own_hits(word, name.replace("\n", " "), view, whole=False) for name in names for word in words)
