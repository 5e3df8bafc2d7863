"""`news`: dated news of the fiscal year."""

from __future__ import annotations

from datetime import timedelta

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks
from checklist.rules.specs import NewsMatch
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.reasons import ReasonCode
from core.thai.dates import BE_OFFSET, date_mentions, fiscal_year, is_only_a_day, month_fiscal_year, month_mentions
from core.thai.normalize import find_phrase

_DAY = timedelta(days=1)


def check(spec: NewsMatch, view: EvidenceView) -> MatchResult:
    """Present if `min` entries are dated within the year and not after the day of judgement.

    Dated entries of other years only: missing, and outdated. No dates at all: review, since such news may be new."""
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    fitting: list[Quote] = []
    others: list[Quote] = []
    seen: set[tuple[str, int]] = set()
    for part, index, block in content_blocks(view):
        if _is_clock(block.text, view):
            continue
        for mention in date_mentions(block.text):
            if mention.date > view.as_of:
                continue
            if (part.resource.url, index) in seen:
                break
            seen.add((part.resource.url, index))
            target = fitting if fiscal_year(mention.date) == wanted else others
            target.append(block_quote(part, index, block))
        if (part.resource.url, index) not in seen:
            for month in month_mentions(block.text):
                if month.year is None or (month.year, month.month) > (view.as_of.year + BE_OFFSET, view.as_of.month):
                    continue
                if month_fiscal_year(month.month, month.year) == wanted:
                    seen.add((part.resource.url, index))
                    fitting.append(block_quote(part, index, block))
                    break
    if len(fitting) >= spec.min:
        return MatchResult(ElementStatus.PRESENT, tuple(fitting[:3]))
    if others or fitting:
        return MatchResult(
            ElementStatus.MISSING,
            tuple((fitting + others)[:3]),
            reason=Reason(ReasonCode.NEWS_OLD, {"wanted": str(wanted)}),
            outdated=not fitting,
        )
    return MatchResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.NEWS_UNDATED))


def _is_clock(text: str, view: EvidenceView) -> bool:
    """Whether a line says which day it was when the page was fetched, and no more.

    News begin with the same words (วันนี้วันที่ 5 ... นายก ...), and may have their day on a line of its own. The crawl's
    day is of UTC, the page's of Thailand."""
    words = view.lexicon.get("page_clock", ())
    if not is_only_a_day(text, words) or not any(find_phrase(word, text, whole=False) for word in words):
        return False
    fetched = view.snapshot.started.date()
    return all(abs(mention.date - fetched) <= _DAY for mention in date_mentions(text))
