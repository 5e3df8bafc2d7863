"""`photos`: pictures in the evidence."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks
from checklist.rules.specs import PhotosMatch
from core.models.assessment import ElementStatus, Method, Quote
from core.models.snapshot import BlockKind


def check(spec: PhotosMatch, view: EvidenceView) -> MatchResult:
    """Present if at least `min` pictures that are no decoration stand in the content."""
    found = pictures(view)
    status = ElementStatus.PRESENT if len(found) >= spec.min else ElementStatus.MISSING
    return MatchResult(status, tuple(found[:2]))


def pictures(view: EvidenceView) -> list[Quote]:
    """Every picture in the content that is no logo, banner or icon."""
    decoration = view.lexicon.get("image_decoration", ())
    return [
        block_quote(part, index, block, Method.IMAGE)
        for part, index, block in content_blocks(view)
        if block.kind is BlockKind.IMAGE and not any(word in f"{block.text} {block.src}".lower() for word in decoration)
    ]
