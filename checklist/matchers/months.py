"""`months`: a report for each of enough months of the fiscal year."""

from __future__ import annotations

from checklist.matchers.blocks import block_quote, content_blocks
from checklist.rules.model import MonthsMatch
from checklist.thai.dates import fiscal_year, month_fiscal_year, month_mentions
from checklist.view import EvidenceView, MatchResult
from oit.model import ElementStatus, Method, Quote, Reason


def check(spec: MonthsMatch, view: EvidenceView) -> MatchResult:
    """Present if `count` different months of the year are named, in labels, headings or tables.

    A month without a year counts as the wanted year's, unless it stands beside another. Months that are not
    over at the day of judgement are not asked for."""
    wanted = view.edition.year - 1 if spec.year == "previous" else view.edition.year
    found: dict[int, Quote] = {}
    for part in view.parts:
        for mention in month_mentions(part.label):
            _note(found, mention.month, mention.year, wanted, Quote(part.resource.url, part.label, Method.LINK))
    for part, index, block in content_blocks(view):
        for mention in month_mentions(block.text):
            _note(found, mention.month, mention.year, wanted, block_quote(part, index, block))
    needed = min(spec.count, _months_over(view, wanted))
    quotes = tuple(found.values())
    if len(found) >= needed:
        return MatchResult(ElementStatus.PRESENT, quotes[:3])
    reason = Reason("months_counted", {"found": str(len(found)), "needed": str(needed)})
    return MatchResult(ElementStatus.MISSING, quotes[:3], reason=reason)


def _note(found: dict[int, Quote], month: int, year: int | None, wanted: int, quote: Quote) -> None:
    if year is None or month_fiscal_year(month, year) == wanted:
        found.setdefault(month, quote)


def _months_over(view: EvidenceView, wanted: int) -> int:
    """Months of the fiscal year that are over at the day of judgement, 0-12."""
    now = fiscal_year(view.as_of)
    if now != wanted:
        return 12 if now > wanted else 0
    return (view.as_of.month - 10) % 12
