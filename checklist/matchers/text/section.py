"""`section`: ปัญหา อุปสรรค / ข้อเสนอแนะ in the item's reports."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.rules.specs import SectionMatch
from checklist.section.check import SectionResult, check_section
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode

_ORDER = (ElementStatus.PRESENT, ElementStatus.REVIEW, ElementStatus.EMPTY, ElementStatus.MISSING)


def check(spec: SectionMatch, view: EvidenceView) -> MatchResult:
    """The best answer of any part of the evidence; headings seen are those of the document that has the most, since
    a page that only links to the report has none of its headings."""
    best: SectionResult | None = None
    seen: tuple[str, ...] = ()
    for part in view.parts:
        result = check_section(spec.part, part, view.lexicon)
        if len(result.seen) > len(seen):
            seen = result.seen
        if best is None or _ORDER.index(result.status) < _ORDER.index(best.status):
            best = result
        if best.status is ElementStatus.PRESENT:
            break
    if best is None:
        return MatchResult(ElementStatus.MISSING, reason=Reason(ReasonCode.SECTION_ABSENT))
    return MatchResult(best.status, best.quotes, best.says_none, best.reason, best.seen and seen)
