"""`evidence`: the item's evidence was found and there is something in it."""

from __future__ import annotations

from itertools import pairwise

from checklist.evidence_view import EvidenceView, MatchResult
from checklist.matchers.base import block_quote, content_blocks, shows_nothing
from checklist.matchers.posting import is_posting_info
from checklist.matchers.text.phrase import evidence_titles, names_title
from checklist.rules.specs import EvidenceMatch
from core.models.assessment import ElementStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind, ReadState
from core.thai.normalize import clusters, find_phrase, make_key

_MIN_CLUSTERS = 6
"""Less than this beside the label is a title, not content."""

_COLUMNS = 3
"""Column names that make a row the head of a table; two cells may be a label and what it is."""
_AROUND_A_FORM = 150
"""Thai clusters around an empty table that are its title and the office's name."""
_TITLE_OF_A_TABLE = 120
"""Thai clusters of the longest line that is the title of the table below it."""


def check(spec: EvidenceMatch, view: EvidenceView) -> MatchResult:
    """Present if the evidence says more than its own label; review if it is only a picture or unread."""
    titles = {part.resource.url: evidence_titles(view, part) for part in view.parts}
    said = 0
    first = None
    picture = None
    unfilled = _heads_of_nothing(view)
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


def _heads_of_nothing(view: EvidenceView) -> frozenset[tuple[str, int]]:
    """The blocks of evidence that is nothing but the column names of tables without a filled row, and what is written
    around them: a list of columns is a form. None where a line says that there is nothing to show."""
    blocks = list(content_blocks(view))
    heads = [each for each in blocks if each[2].kind is BlockKind.CELL and (each[2].header or not each[2].row)]
    rows = {
        (part.resource.url, block.table)
        for part, _, block in blocks
        if block.kind is BlockKind.CELL and not block.header and block.row and make_key(block.text).text
    }
    named = {(part.resource.url, block.table) for part, _, block in heads}
    if rows or not any(sum((p.resource.url, b.table) == table for p, _, b in heads) >= _COLUMNS for table in named):
        return frozenset()
    lines = [block.text for _, _, block in blocks if block.kind is not BlockKind.CELL]
    # The line above a table is its title, not what is written around it: each month has its own.
    around = [
        block.text
        for (_, _, block), (_, _, below) in pairwise([*blocks, blocks[-1]])
        if block.kind is not BlockKind.CELL
        and (below.kind is not BlockKind.CELL or len(clusters(block.text)) > _TITLE_OF_A_TABLE)
    ]
    if any(block.kind in (BlockKind.IMAGE, BlockKind.IFRAME) for _, _, block in blocks):
        return frozenset()
    none = view.lexicon.get("section_none", ())
    if sum(len(clusters(text)) for text in around) > _AROUND_A_FORM or any(
        find_phrase(word, text, whole=False) for word in none for text in lines
    ):
        return frozenset()
    return frozenset((part.resource.url, index) for part, index, _ in blocks)
