"""Chapters that are called after the section and hold other matters only: a summary under `ส่วนที่ 4 ข้อเสนอแนะ`."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.evidence_view import EvidencePart
from checklist.section.classify import classify
from checklist.section.headings import READ, SectionHeading, numbering, strip_number
from checklist.section.lexicon import SectionWords
from core.models.snapshot import BlockKind
from core.thai.normalize import make_key

_NAME = 60
"""Characters of the longest name of a part of a chapter."""
_PART = 2
"""Depth of a chapter's own parts: 4.1."""


def holds_only_others(
    part: EvidencePart, index: int, indexes: Sequence[int], heading: SectionHeading, words: SectionWords
) -> bool:
    """Whether what stands under a chapter's heading at `index` is nothing but parts of it, each under a name of another
    matter that is set off and numbered as the chapter's, and none of it says a word of the section."""
    blocks = part.resource.blocks
    chapter = _chapter(part, index, heading)
    lines = [at for at in indexes if classify(blocks[at].text, words).filled]
    if chapter is None or len(lines) < _PART or not _names_other(part, lines[0], chapter, words):
        return False
    for at in lines:
        block = blocks[at]
        if block.kind is BlockKind.CELL or block.ocr or words.matter.search(make_key(block.text[:READ]).text):
            return False
        number = numbering(block.text)
        set_off = block.kind is BlockKind.HEADING or block.bold
        if (set_off or number is not None) and not _names_other(part, at, chapter, words):
            return False
    return True


def _chapter(part: EvidencePart, index: int, heading: SectionHeading) -> int | None:
    """The number of the chapter that a heading names, its own or that of the line above it; None if it has none."""
    number = heading.numbering
    if number is None and index > part.start:
        above = part.resource.blocks[index - 1]
        number = numbering(above.text) if not strip_number(above.text) else None
    return number.value[0] if number is not None and number.chapter and len(number.value) == 1 else None


def _names_other(part: EvidencePart, at: int, chapter: int, words: SectionWords) -> bool:
    """Whether a line is the name of one of a chapter's parts, which begins as names of other matters do."""
    block = part.resource.blocks[at]
    number = numbering(block.text)
    if number is None or len(number.value) != _PART or number.value[0] != chapter or len(block.text) > _NAME:
        return False
    set_off = block.kind is BlockKind.HEADING or block.bold
    return set_off and words.topic.match(strip_number(block.text)) is not None
