"""What beside the lines of a section may be its answer, or makes a line under its heading no answer of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checklist.evidence_view import EvidencePart
from checklist.section.answers import heading_of
from checklist.section.classify import Answer, Content, classify
from checklist.section.headings import SectionPart, is_sentence
from checklist.section.lexicon import SectionWords
from core.models.snapshot import HELD_PICTURE, Block, BlockKind, ResourceKind, Zone

_BULLET = re.compile(r"^\s{0,4}([^\w\s()\[\]\"'“”‘’]{1,3})\s?(?=[^\W\d])")
"""A mark before a line's words."""
_NEAR = 6
"""Blocks under a heading among which its picture stands."""


def weigh_beside(part: EvidencePart, last: int, answer: tuple[Answer, int], words: SectionWords) -> Answer:
    """What answers a heading whose last line is `last`, seen with what stands beside it: a picture where nothing else
    does may be the answer, and a line behind the heading's own bullet may be the next heading."""
    found, at = answer
    if not found.content.filled:
        return weigh_picture(part, last, found, words)
    if found.content is Content.TEXT and at == last + 1 and _is_next_bullet(part, last, at, words):
        return Answer(Content.DOUBT, found.quote, 0)
    return found


def weigh_picture(part: EvidencePart, last: int, found: Answer, words: SectionWords) -> Answer:
    """What answers a heading: where nothing does, a picture under it may."""
    if found.content.filled or found.content is Content.DOUBT or not _picture_below(part, last, words):
        return found
    return Answer(Content.DOUBT, "", 0)


def _may_say(part: EvidencePart, block: Block) -> bool:
    """Whether a block is a picture on which a text may stand: in a document one that is no photo; a web page has its
    icons everywhere, and only of one that it holds itself is known that it is large."""
    if block.kind is not BlockKind.IMAGE or block.zone is not Zone.CONTENT:
        return False
    return not block.src if part.resource.kind is ResourceKind.DOCUMENT else block.src == HELD_PICTURE


def holds_picture(part: EvidencePart) -> bool:
    """Whether a web page holds a picture on which a section may stand that it seems to lack."""
    on_page = part.resource.kind is ResourceKind.PAGE
    return on_page and any(_may_say(part, block) for _, block in part.numbered_blocks())


def _picture_below(part: EvidencePart, last: int, words: SectionWords) -> bool:
    """Whether a picture that may say something stands under a heading, before anything is said."""
    for block in part.resource.blocks[last + 1 : min(part.stop, last + 1 + _NEAR)]:
        if block.kind is BlockKind.IMAGE:
            if _may_say(part, block):
                return True
            continue
        if block.kind is BlockKind.CELL or classify(block.text, words).filled:
            return False
    return False


def has_picture(part: EvidencePart, cells: Sequence[int]) -> bool:
    """Whether a picture that is no photo stands in one of a document's cells: it follows the cell's own text."""
    if part.resource.kind is not ResourceKind.DOCUMENT:
        return False
    blocks = part.resource.blocks
    return any(at + 1 < part.stop and _may_say(part, blocks[at + 1]) for at in cells)


def _is_next_bullet(part: EvidencePart, last: int, at: int, words: SectionWords) -> bool:
    """Whether a line that says nothing of anything stands behind the same bullet as the heading above it."""
    blocks = part.resource.blocks
    own, other = _BULLET.match(blocks[last].text), _BULLET.match(blocks[at].text)
    return own is not None and other is not None and own[1] == other[1] and not is_sentence(blocks[at].text, words)


def heading_in_margin(wanted: SectionPart, part: EvidencePart, words: SectionWords) -> int | None:
    """Where a heading of the section with a text stands in the head or foot of a document's pages; None if none does.
    What stands there is most often a title, and may be anything."""
    if part.resource.kind is not ResourceKind.DOCUMENT:
        return None
    for index, block in part.numbered_blocks():
        found = heading_of(block, words) if block.zone is Zone.FOOTER else None
        if found is None or not found.strong or wanted not in found.parts:
            continue
        below = part.resource.blocks[index + 1 : index + 2] if index + 1 < part.stop else ()
        if found.answer or any(b.zone is Zone.FOOTER and classify(b.text, words).filled for b in below):
            return index
    return None
