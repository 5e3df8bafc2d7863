"""`reachable`: links lead from the main web site to the evidence."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.rules.specs import ReachableMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode


def check(spec: ReachableMatch, view: EvidenceView) -> MatchResult:
    """Present if a part was reached by following links; a declared address that nothing links to is not."""
    home = view.snapshot.agency.url
    for part in view.parts:
        resource = part.resource
        if resource.found_via or resource.url == home or resource is view.home:
            quote = Quote(
                resource.found_via[-1] if resource.found_via else resource.url,
                resource.label or part.label or resource.title,
                Method.LINK,
            )
            return MatchResult(ElementStatus.PRESENT, (quote,))
    return MatchResult(ElementStatus.MISSING, reason=Reason(ReasonCode.NOT_LINKED))
