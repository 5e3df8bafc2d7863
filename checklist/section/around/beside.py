"""What beside the lines of a section may be its answer, or makes a line under its heading no answer of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checklist.evidence_view import EvidencePart
from checklist.section.answers import heading_of
from checklist.section.classify import Answer, Content, classify
from checklist.section.headings import SectionPart, is_sentence
from checklist.section.lexicon import SectionWords
from core.models.snapshot import BlockKind, ResourceKind, Zone

_BULLET = re.compile(r"^\s{0,4}([^\w\s()\[\]\"'“”‘’]{1,3})\s?(?=[^\W\d])")
"""A mark before a line's words."""
_NEAR = 6
"""Blocks under a heading among which its picture stands."""


def weigh_beside(part: EvidencePart, last: int, answer: tuple[Answer, int], words: SectionWords) -> Answer:
    """What answers a heading whose last line is `last`, seen with what stands beside it: a picture where nothing else
    does may be the answer, and a line behind the heading's own bullet may be the next heading."""
    found, at = answer
    if not found.content.filled and found.content is not Content.DOUBT:
        picture = _picture_below(part, last, words)
        return Answer(Content.DOUBT, "", 0) if picture else found
    if found.content is Content.TEXT and at == last + 1 and _is_next_bullet(part, last, at, words):
        return Answer(Content.DOUBT, found.quote, 0)
    return found


def _picture_below(part: EvidencePart, last: int, words: SectionWords) -> bool:
    """Whether a document has a picture under a heading, before anything is said; a photo says nothing."""
    if part.resource.kind is not ResourceKind.DOCUMENT:
        # A web page has its icons everywhere.
        return False
    for block in part.resource.blocks[last + 1 : min(part.stop, last + 1 + _NEAR)]:
        if block.kind is BlockKind.IMAGE:
            if not block.src:
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
    below = (blocks[at + 1] for at in cells if at + 1 < part.stop)
    return any(block.kind is BlockKind.IMAGE and not block.src for block in below)


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
