"""What a page hides proves nothing and accuses nobody: elements are judged by what a person sees.

Where only hidden text would answer, a person must look: a script that the reading did not understand may show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers import run
from checklist.rules.specs import Matcher
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, Resource

_ANSWERED = (ElementStatus.PRESENT, ElementStatus.REVIEW)


def as_shown(parts: Iterable[EvidencePart]) -> tuple[EvidencePart, ...]:
    """Return the parts without what their pages hide; blocks keep their places, so that quotes still name them."""
    known: dict[int, Resource] = {}
    found = []
    for part in parts:
        if any(block.hidden for block in part.blocks):
            resource = known.setdefault(id(part.resource), _shown(part.resource))
            part = replace(part, resource=resource)
        found.append(part)
    return tuple(found)


def with_hidden(view: EvidenceView, parts: Iterable[EvidencePart]) -> EvidenceView | None:
    """Return the same evidence with what is hidden in it, from the `parts` as they were read; None if nothing is."""
    read = {(part.resource.url, part.start, part.stop): part for part in parts}
    whole = tuple(read[part.resource.url, part.start, part.stop] for part in view.parts)
    changed = any(one is not other for one, other in zip(whole, view.parts, strict=True))
    return replace(view, parts=whole) if changed else None


def run_shown(matcher: Matcher, view: EvidenceView, whole: EvidenceView | None) -> MatchResult:
    """Check one matcher against what is shown; `whole` is the same evidence with what is hidden, None if nothing is."""
    found = run(matcher, view)
    if whole is None or found.status in _ANSWERED:
        return found
    hidden = run(matcher, whole)
    if hidden.status not in _ANSWERED:
        return found
    return MatchResult(ElementStatus.REVIEW, hidden.quotes, reason=Reason(ReasonCode.ONLY_HIDDEN))


def _shown(resource: Resource) -> Resource:
    hidden = {at for at, block in enumerate(resource.blocks) if block.hidden}
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, "", page=block.page, zone=block.zone) if at in hidden else block
        for at, block in enumerate(resource.blocks)
    )
    return replace(resource, blocks=blocks, links=tuple(li for li in resource.links if li.block not in hidden))
