"""`evidence`: the item's evidence was found and there is something in it."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, shows_nothing
from checklist.matchers.posting import is_posting_info
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.matchers.unfilled import unfilled_blocks
from checklist.rules.specs import EvidenceMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ReadState
from core.thai.normalize import clusters, make_key

_WITHOUT_WORDS = (BlockKind.IMAGE, BlockKind.IFRAME)
_MIN_CLUSTERS = 6
"""Less than this beside the label is a title, not content."""


def check(spec: EvidenceMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence says more than its own label; review if it is only a picture or unread."""
    unfilled = unfilled_blocks(view)
    said, first = 0, None
    for part, index, block in said_blocks(view):
        if (part.resource.url, index) in unfilled:
            continue
        said += len(clusters(block.text))
        first = first or block_quote(part, index, block)
        if said >= _MIN_CLUSTERS:
            return MatchResult(ElementStatus.PRESENT, (first,))
    shown = (each for each in content_blocks(view) if (each[0].resource.url, each[1]) not in unfilled)
    picture = next((block_quote(*each) for each in shown if each[2].kind in _WITHOUT_WORDS), None)
    if picture is not None:
        return MatchResult(ElementStatus.REVIEW, (picture,), reason=Reason(ReasonCode.PICTURE_ONLY))
    if any(p.resource.read_state in (ReadState.UNREAD, ReadState.PARTIAL) for p in view.parts):
        return MatchResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.UNREAD_EVIDENCE))
    return MatchResult(ElementStatus.MISSING, reason=Reason(ReasonCode.NOTHING_SHOWN))


def said_blocks(view: EvidenceView) -> Iterator[tuple[EvidencePart, int, Block]]:
    """The blocks of the evidence with words that are more than its titles, a notice that there is nothing yet, when it
    was put up, and the frame of all pages."""
    titles = {part.resource.url: evidence_titles(view, part) for part in view.parts}
    home = view.snapshot.resources[0]
    # What stands on the home page as well is the frame of all pages, such as the office's name.
    common = {make_key(block.text).text for block in home.blocks if block.kind is BlockKind.HEADING}
    for part, index, block in content_blocks(view):
        if block.kind in _WITHOUT_WORDS:
            continue
        if not make_key(block.text).text or names_title(block.text, titles[part.resource.url]):
            continue
        if shows_nothing(block.text, view) or is_posting_info(block.text, view.lexicon):
            continue
        framed = block.kind is BlockKind.HEADING and part.resource is not home
        if framed and make_key(block.text).text in common:
            continue
        yield part, index, block
