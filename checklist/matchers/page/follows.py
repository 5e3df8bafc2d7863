"""`follows`: a report names the plan that it reports on, and that plan is of the right year."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.text.phrase import excerpt
from checklist.rules.specs import FollowsMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import ResourceKind, Zone
from core.thai.dates import year_mentions
from core.thai.normalize import find_phrase

_REACH = 60
"""Characters behind a plan's name within which a year is the plan's."""


def check(spec: FollowsMatch, view: EvidenceView) -> MatchResult:
    """Present if the plan is named with the wanted year or with none; review if only with others; else missing."""
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    other: tuple[Quote, tuple[int, ...]] | None = None
    for quote, years in _named(spec, view):
        if not years or wanted in years:
            return MatchResult(ElementStatus.PRESENT, (quote,))
        other = other or (quote, years)
    if other is None:
        return MatchResult(ElementStatus.MISSING)
    values = {"found": ", ".join(str(year) for year in other[1]), "wanted": str(wanted)}
    return MatchResult(ElementStatus.REVIEW, (other[0],), reason=Reason(ReasonCode.PLAN_OF_OTHER_YEAR, values))


def _named(spec: FollowsMatch, view: EvidenceView) -> Iterator[tuple[Quote, tuple[int, ...]]]:
    for part in view.parts:
        for index, block in part.numbered_blocks():
            if part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT:
                continue
            for phrase in spec.plan:
                for hit in find_phrase(phrase, block.text, whole=False):
                    behind = block.text[hit.stop : hit.stop + _REACH]
                    quote = Quote(
                        part.resource.url,
                        excerpt(block.text, hit.start, hit.stop),
                        Method.TEXT,
                        page=block.page,
                        line=block.line,
                        sheet=block.sheet,
                        block=index,
                        bbox=block.bbox,
                    )
                    yield quote, tuple(mention.year for mention in year_mentions(behind))
