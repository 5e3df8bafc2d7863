"""`photos`: pictures in the evidence."""

from __future__ import annotations

from checklist.matchers.blocks import block_quote, content_blocks
from checklist.rules.model import PhotosMatch
from checklist.view import EvidenceView, MatchResult
from oit.model import BlockKind, ElementStatus, Method


def check(spec: PhotosMatch, view: EvidenceView) -> MatchResult:
    """Present if at least `min` pictures that are no decoration stand in the content."""
    decoration = view.lexicon.get("image_decoration", ())
    found = [
        block_quote(part, index, block, Method.IMAGE)
        for part, index, block in content_blocks(view)
        if block.kind is BlockKind.IMAGE and not any(word in f"{block.text} {block.src}".lower() for word in decoration)
    ]
    status = ElementStatus.PRESENT if len(found) >= spec.min else ElementStatus.MISSING
    return MatchResult(status, tuple(found[:2]))
