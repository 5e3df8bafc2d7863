"""Pages of an item's own that hold nothing: its title, and that something is to come."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView
from checklist.matchers.page import evidence
from checklist.matchers.unfilled import unfilled_blocks
from checklist.rules.specs import EvidenceMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, ResourceKind, Zone

_SHOWN = frozenset({BlockKind.FORM, BlockKind.IMAGE, BlockKind.IFRAME})
"""What a page may show without words."""


def empty_pages(view: EvidenceView) -> tuple[Reason, ...]:
    """Return which pages name the item of the evidence and hold nothing, if all of it is such pages; else nothing.

    Words that are on no list are something: only a title, the frame of all pages, days and a notice that there is
    nothing yet prove that a page is empty. An item that asks for a page of the site itself is not answered by words."""
    if view.item.evidence in ("page", "site") or not view.parts or unfilled_blocks(view):
        return ()
    for part in view.parts:
        if part.resource.kind is not ResourceKind.PAGE:
            return ()
        if any(block.kind in _SHOWN and block.zone is Zone.CONTENT for block in part.blocks):
            return ()
    if evidence.check(EvidenceMatch(), view).status is not ElementStatus.MISSING:
        return ()
    named = {part.resource.url: part.label or part.resource.title for part in view.parts}
    return tuple(Reason(ReasonCode.NAMED_ONLY, {"page": url, "label": label}) for url, label in named.items())
