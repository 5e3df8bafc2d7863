"""`count`: enough documents or entries of the kind."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import content_blocks
from checklist.rules.specs import CountMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import ReadState


def check(spec: CountMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence holds `min` different documents or pages with content."""
    with_content = {part.resource.url for part, _, block in content_blocks(view) if block.text.strip()}
    with_content |= {p.resource.url for p in view.parts if p.resource.read_state is not ReadState.READ}
    if len(with_content) >= spec.min:
        quotes = tuple(Quote(p.resource.url, p.label or p.resource.title, Method.LINK) for p in view.parts[:2])
        return MatchResult(ElementStatus.PRESENT, quotes)
    return MatchResult(
        ElementStatus.MISSING,
        reason=Reason(ReasonCode.TOO_FEW, {"found": str(len(with_content)), "needed": str(spec.min)}),
    )
