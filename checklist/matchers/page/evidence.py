"""`evidence`: the item's evidence was found and there is something in it."""

from __future__ import annotations

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, shows_nothing
from checklist.matchers.posting import is_posting_info
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.matchers.unfilled import unfilled_blocks
from checklist.rules.specs import EvidenceMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, ReadState
from core.thai.normalize import clusters, make_key

_MIN_CLUSTERS = 6
"""Less than this beside the label is a title, not content."""


def check(spec: EvidenceMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence says more than its own label; review if it is only a picture or unread."""
    titles = {part.resource.url: evidence_titles(view, part) for part in view.parts}
    said = 0
    first = None
    picture = None
    unfilled = unfilled_blocks(view)
    home = view.snapshot.resources[0]
    # What stands on the home page as well is the frame of all pages, such as the office's name.
    common = {make_key(block.text).text for block in home.blocks if block.kind is BlockKind.HEADING}
    for part, index, block in content_blocks(view):
        if (part.resource.url, index) in unfilled:
            continue
        if block.kind in (BlockKind.IMAGE, BlockKind.IFRAME):
            picture = picture or block_quote(part, index, block)
            continue
        if not make_key(block.text).text or names_title(block.text, titles[part.resource.url]):
            continue
        if shows_nothing(block.text, view) or is_posting_info(block.text, view.lexicon):
            continue
        framed = block.kind is BlockKind.HEADING and part.resource is not home
        if framed and make_key(block.text).text in common:
            continue
        said += len(clusters(block.text))
        first = first or block_quote(part, index, block)
        if said >= _MIN_CLUSTERS and first is not None:
            return MatchResult(ElementStatus.PRESENT, (first,))
    if picture is not None:
        return MatchResult(ElementStatus.REVIEW, (picture,), reason=Reason(ReasonCode.PICTURE_ONLY))
    if any(p.resource.read_state in (ReadState.UNREAD, ReadState.PARTIAL) for p in view.parts):
        return MatchResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.UNREAD_EVIDENCE))
    return MatchResult(ElementStatus.MISSING, reason=Reason(ReasonCode.NOTHING_SHOWN))
