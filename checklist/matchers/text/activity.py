"""`activity`: something was done, and it is told when, where, with whom, with pictures."""

from __future__ import annotations

import re
from collections.abc import Callable

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks
from checklist.matchers.page.photos import pictures
from checklist.rules.specs import ActivityField, ActivityMatch
from core.models.assessment import ElementStatus, Quote, Reason
from core.models.reasons import ReasonCode
from core.thai.dates import date_mentions, fiscal_year, month_fiscal_year, month_mentions
from core.thai.normalize import digits, find_phrase

_HEADS = re.compile(r"(?<!\d)(?<!\d,)\d++(?:,\d++)*+\s*+(?:คน|ราย|ท่าน|นาย|ครัวเรือน|หมู่บ้าน)")


def check(spec: ActivityMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence shows every field; missing, with what lacks, if not.

    A date counts if it lies in the wanted fiscal year and not after the day of judgement."""
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    finders: dict[ActivityField, Callable[[], Quote | None]] = {
        "date": lambda: _date(view, wanted),
        "place": lambda: _words(view, "activity_places"),
        "people": lambda: _people(view),
        "photos": lambda: next(iter(pictures(view)), None),
    }
    found = {name: finders[name]() for name in spec.fields}
    quotes = tuple(quote for quote in found.values() if quote is not None)
    if len(quotes) == len(found):
        return MatchResult(ElementStatus.PRESENT, quotes)
    lack = next(name for name, quote in found.items() if quote is None)
    return MatchResult(ElementStatus.MISSING, quotes, reason=Reason(ReasonCode.ACTIVITY_LACKS, {"lack": lack}))


def _date(view: EvidenceView, wanted: int) -> Quote | None:
    for part, index, block in content_blocks(view):
        dates = [m.date for m in date_mentions(block.text)]
        if any(fiscal_year(day) == wanted and day <= view.as_of for day in dates):
            return block_quote(part, index, block)
        months = [m for m in month_mentions(block.text) if m.year is not None and not dates]
        if any(month_fiscal_year(m.month, m.year or 0) == wanted for m in months):
            return block_quote(part, index, block)
    return None


def _words(view: EvidenceView, name: str) -> Quote | None:
    words = view.lexicon.get(name, ())
    for part, index, block in content_blocks(view):
        if any(find_phrase(word, block.text) for word in words):
            return block_quote(part, index, block)
    return None


def _people(view: EvidenceView) -> Quote | None:
    for part, index, block in content_blocks(view):
        if _HEADS.search(digits(block.text)):
            return block_quote(part, index, block)
    return _words(view, "activity_people")
