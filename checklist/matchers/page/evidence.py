"""`evidence`: the item's evidence was found and there is something in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, shows_nothing
from checklist.matchers.posting import is_posting_info
from checklist.matchers.text.phrase import evidence_titles, names_title, without_years
from checklist.matchers.unfilled import unfilled_blocks
from checklist.rules.specs import EvidenceMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ReadState, ResourceKind
from core.thai.normalize import clusters, make_key

_WITHOUT_WORDS = (BlockKind.IMAGE, BlockKind.IFRAME)
_MIN_CLUSTERS = 6
"""Less than this beside the label is a title, not content."""
_SENTENCE = 40
"""As much as a line of a page says; a longer text that names nothing of the item is looked at by the judge."""
_FIGURE = re.compile(r"\d")


def check(spec: EvidenceMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence says more than its own label; review if it is only a picture or unread, or a sentence on
    a page without a figure where a document is asked for: it may say that there is none yet."""
    unfilled, forms = unfilled_blocks(view), _with_lines(view)
    said, first = 0, None
    bare = view.item.evidence == "document"
    for part, index, block in said_blocks(view):
        if (block.kind is BlockKind.FORM and part.resource.url in forms) or (part.resource.url, index) in unfilled:
            continue
        said += len(clusters(block.text))
        first = first or block_quote(part, index, block)
        bare = bare and part.resource.kind is ResourceKind.PAGE and not _states_something(block)
        if said >= (_SENTENCE if bare else _MIN_CLUSTERS):
            return MatchResult(ElementStatus.PRESENT, (first,))
    shown = [each for each in content_blocks(view) if (each[0].resource.url, each[1]) not in unfilled]
    noticed = any(shows_nothing(block.text, view) for _, _, block in shown)
    if said >= _MIN_CLUSTERS and first is not None and not noticed:
        return MatchResult(ElementStatus.REVIEW, (first,), reason=Reason(ReasonCode.SECTION_UNSURE))
    # The head of all pages is a picture too.
    frame = {block.src for block in view.home.blocks if block.src} if view.home is not None else set()
    own = (each for each in shown if each[2].kind in _WITHOUT_WORDS)
    picture = next(
        (block_quote(*each) for each in own if each[2].src not in frame or each[0].resource is view.home), None
    )
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


def _with_lines(view: EvidenceView) -> frozenset[str]:
    """The addresses of what has other lines than those of its forms, which say what a form says, too."""
    return frozenset(part.resource.url for part, _, block in content_blocks(view) if block.kind is not BlockKind.FORM)


def _states_something(block: Block) -> bool:
    """Whether a line is of a table or a list, or has a figure that is no year and no day."""
    return block.kind in (BlockKind.CELL, BlockKind.LIST_ITEM) or bool(_FIGURE.search(without_years(block.text)))
