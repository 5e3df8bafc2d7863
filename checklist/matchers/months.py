"""`months`: a report for each of enough months of the fiscal year."""

from __future__ import annotations

from checklist.matchers.blocks import block_quote, content_blocks
from checklist.rules.model import MonthsMatch
from checklist.thai.dates import fiscal_year, month_fiscal_year, month_mentions
from checklist.view import EvidenceView, MatchResult
from oit.model import ElementStatus, Method, Quote, Reason


def check(spec: MonthsMatch, view: EvidenceView) -> MatchResult:
    """Present if `count` different months of the year are named, in labels, headings or tables; outdated if none
    is, but enough of an earlier year.

    A month without a year counts as the wanted year's, unless it stands beside another. Months that are not
    over at the day of judgement are not asked for."""
    wanted = view.edition.year - 1 if spec.year == "previous" else view.edition.year
    found: dict[int, Quote] = {}
    others: dict[int, set[int]] = {}

    def note(text: str, quote: Quote) -> None:
        for mention in month_mentions(text):
            year = wanted if mention.year is None else month_fiscal_year(mention.month, mention.year)
            if year == wanted:
                found.setdefault(mention.month, quote)
            else:
                others.setdefault(year, set()).add(mention.month)

    for part in view.parts:
        note(part.label, Quote(part.resource.url, part.label, Method.LINK))
    for part, index, block in content_blocks(view):
        note(block.text, block_quote(part, index, block))
    needed = min(spec.count, _months_over(view, wanted))
    quotes = tuple(found.values())
    if len(found) >= needed:
        return MatchResult(ElementStatus.PRESENT, quotes[:3])
    earlier = max((len(months) for year, months in others.items() if year < wanted), default=0)
    if not found and earlier >= needed:
        year = max(year for year, months in others.items() if year < wanted and len(months) >= needed)
        reason = Reason("wrong_year", {"found": str(year), "wanted": str(wanted)})
        return MatchResult(ElementStatus.MISSING, reason=reason, outdated=True)
    reason = Reason("months_counted", {"found": str(len(found)), "needed": str(needed)})
    return MatchResult(ElementStatus.MISSING, quotes[:3], reason=reason)


def _months_over(view: EvidenceView, wanted: int) -> int:
    """Months of the fiscal year that are over at the day of judgement, 0-12."""
    now = fiscal_year(view.as_of)
    if now != wanted:
        return 12 if now > wanted else 0
    return (view.as_of.month - 10) % 12
