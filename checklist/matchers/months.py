"""`months`: a report for each of enough months of the fiscal year."""

from __future__ import annotations

from checklist.matchers.blocks import block_quote, content_blocks
from checklist.rules.model import MonthsMatch
from checklist.thai.dates import fiscal_year, month_fiscal_year, month_mentions
from checklist.thai.key import digits, make_key
from checklist.view import EvidenceView, MatchResult, Part
from oit.model import Block, BlockKind, ElementStatus, Method, Quote, Reason

_ROW = 30
"""Cells on each side of one within which its row is looked for."""


def check(spec: MonthsMatch, view: EvidenceView) -> MatchResult:
    """Present if `count` different months of the year are named, in labels, headings or tables.

    A month without a year counts as the wanted year's, unless it stands beside another. Months that are not
    over at the day of judgement are not asked for. A row of a table that has the month and nothing else, not even
    "no procurement", is for a person."""
    wanted = view.edition.year - 1 if spec.year == "previous" else view.edition.year
    found: dict[int, Quote] = {}
    empty: dict[int, Quote] = {}
    for part in view.parts:
        for mention in month_mentions(part.label):
            _note(found, mention.month, mention.year, wanted, Quote(part.resource.url, part.label, Method.LINK))
    for part, index, block in content_blocks(view):
        mentions = month_mentions(block.text)
        target = empty if mentions and _row_is_empty(part, index, block) else found
        for mention in mentions:
            _note(target, mention.month, mention.year, wanted, block_quote(part, index, block))
    needed = min(spec.count, _months_over(view, wanted))
    quotes = tuple(found.values())
    if len(found) >= needed:
        return MatchResult(ElementStatus.PRESENT, quotes[:3])
    if len(found.keys() | empty.keys()) >= needed:
        doubtful = tuple(quote for month, quote in empty.items() if month not in found)
        reason = Reason("months_empty", {"found": str(len(doubtful))})
        return MatchResult(ElementStatus.REVIEW, doubtful[:3], reason=reason)
    reason = Reason("months_counted", {"found": str(len(found)), "needed": str(needed)})
    return MatchResult(ElementStatus.MISSING, quotes[:3], reason=reason)


def _row_is_empty(part: Part, index: int, block: Block) -> bool:
    """Whether a month stands first in a row whose other cells say nothing."""
    if block.kind is not BlockKind.CELL or block.header or not block.row:
        return False
    row = [
        other
        for other in part.resource.blocks[max(part.start, index - _ROW) : min(part.stop, index + _ROW)]
        if (other.table, other.row) == (block.table, block.row) and other is not block
    ]
    said = [other for other in row if make_key(other.text).text.strip(" -–.0123456789")]
    figures = [other for other in row if other.col != 0 and any(c.isdigit() for c in digits(other.text))]
    return bool(row) and not said and not figures


def _note(found: dict[int, Quote], month: int, year: int | None, wanted: int, quote: Quote) -> None:
    if year is None or month_fiscal_year(month, year) == wanted:
        found.setdefault(month, quote)


def _months_over(view: EvidenceView, wanted: int) -> int:
    """Months of the fiscal year that are over at the day of judgement, 0-12."""
    now = fiscal_year(view.as_of)
    if now != wanted:
        return 12 if now > wanted else 0
    return (view.as_of.month - 10) % 12
