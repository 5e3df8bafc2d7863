"""`section`: ปัญหา อุปสรรค / ข้อเสนอแนะ in the item's reports."""

from __future__ import annotations

from dataclasses import replace

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.kinds import kind_words
from checklist.rules.specs import SectionMatch
from checklist.section.bound import own_reports, without_letter
from checklist.section.check import SectionResult, check_section
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode

_ORDER = (ElementStatus.PRESENT, ElementStatus.REVIEW, ElementStatus.EMPTY, ElementStatus.MISSING)


def check(spec: SectionMatch, view: EvidenceView) -> MatchResult:
    """The best answer of any part of the evidence; headings seen are those of the document that has the most, since
    a page that only links to the report has none of its headings."""
    best: SectionResult | None = None
    seen: tuple[str, ...] = ()
    for bound in view.parts:
        part = without_letter(bound, kind_words(view.lexicon))
        result = _of_own_reports(check_section(spec.part, part, view.lexicon), spec, part, view)
        if len(result.seen) > len(seen):
            seen = result.seen
        if best is None or _ORDER.index(result.status) < _ORDER.index(best.status):
            best = result
        if best.status is ElementStatus.PRESENT:
            break
    if best is None:
        return MatchResult(ElementStatus.MISSING, reason=Reason(ReasonCode.SECTION_ABSENT))
    return MatchResult(best.status, best.quotes, best.says_none, best.reason, best.seen and seen)


def _of_own_reports(found: SectionResult, spec: SectionMatch, part: EvidencePart, view: EvidenceView) -> SectionResult:
    """What a file of several reports says: the item's own decides, another's section is for a person."""
    if found.status is ElementStatus.MISSING:
        return found
    own = [check_section(spec.part, each, view.lexicon) for each in own_reports(part, view)]
    if not own:
        return found
    best = min(own, key=lambda result: _ORDER.index(result.status))
    if best.status is not ElementStatus.MISSING:
        return best
    return replace(found, status=ElementStatus.REVIEW, says_none=False, reason=Reason(ReasonCode.SECTION_UNSURE))
