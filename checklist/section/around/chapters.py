"""Chapters that are called after the section and hold other matters only: a summary under `ส่วนที่ 4 ข้อเสนอแนะ`."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.evidence_view import EvidencePart
from checklist.section.classify import Content, classify
from checklist.section.headings import READ, SectionHeading, is_sentence, numbering, strip_number
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind
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


def names_others(part: EvidencePart, index: int, indexes: Sequence[int], words: SectionWords) -> bool:
    """Whether what stands under a heading at `index` has a name of its own over it, and nothing of it says what is
    wanting: `3.1 การบริหารงานบุคคล` over `มีพนักงาน 24 คน`. It may be other matters or what they suffer from."""
    blocks = part.resource.blocks
    filled = [at for at in indexes if classify(blocks[at].text, words).filled]
    if len(filled) < 2 or any(blocks[at].kind is BlockKind.CELL for at in filled):
        return False
    first, second = (blocks[at] for at in filled[:2])
    if not _is_part_of(blocks[index], first) or numbering(second.text) is not None or len(first.text) > _NAME:
        return False
    return all(_only_states(blocks[at].text, words) for at in filled)


def _is_part_of(heading: Block, block: Block) -> bool:
    """Whether a line heads a part of what stands under a heading: by its number, or by its rank where it has none."""
    number = numbering(block.text)
    if number is not None:
        return len(number.value) > 1
    return block.kind is heading.kind is BlockKind.HEADING and block.level > heading.level > 0


def _only_states(text: str, words: SectionWords) -> bool:
    """Whether a line says of nothing more than that it is there, or was done."""
    if classify(text, words) is not Content.TEXT or words.matter.search(make_key(text[:READ]).text):
        return False
    return not is_sentence(words.states.sub(" ", make_key(text[:READ]).text), words)
