"""What stands behind a heading on its own line: an answer, or more of its name."""

from __future__ import annotations

from checklist.evidence_view import EvidencePart
from checklist.section.answers import heading_of
from checklist.section.classify import Answer, Content
from checklist.section.headings import is_sentence
from checklist.section.lexicon import SectionWords
from core.thai.normalize import is_thai

_SECTION_LINES = 8
_NEAR_LINES = 4
_TOLD = 12
"""Letters behind a heading's name that tell something where the other part's line does."""


def rest_of_line(part: EvidencePart, index: int, rest: str, words: SectionWords) -> Answer:
    """`ปัญหา อุปสรรค ได้แก่ ฝนตกหนัก`: an answer on the heading's own line, or its name; sure only as a sentence in the
    section of both parts, or where the other part is answered so on its line: `4. ข้อเสนอแนะ กำหนดค่าปรับ`."""
    told = is_sentence(rest, words) and _is_under_whole(part, index, words)
    told = told or (sum(map(is_thai, rest)) >= _TOLD and _other_is_told(part, index, words))
    return Answer(Content.TEXT if told else Content.DOUBT, rest, 0)


def _other_is_told(part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether a heading of the other part, numbered alike, stands near a line, both have text behind their names, and
    one of the two is a sentence."""
    blocks = part.resource.blocks
    own = heading_of(blocks[index], words)
    near = range(max(part.start, index - _NEAR_LINES), min(part.stop, index + _NEAR_LINES + 1))
    others = (heading_of(blocks[at], words) for at in near if at != index)
    if own is None or own.numbering is None or words.phrase.match(own.rest):
        return False
    alike = (
        found.rest or found.answer
        for found in others
        if found is not None and found.numbering is not None and found.numbering.style == own.numbering.style
        if found.strong and not found.parts & own.parts
    )
    return any(
        sum(map(is_thai, text)) >= _TOLD
        and (is_sentence(text, words) or (is_sentence(own.rest, words) and not words.phrase.match(text)))
        for text in alike
    )


def _is_under_whole(part: EvidencePart, index: int, words: SectionWords) -> bool:
    """Whether a line stands under a heading of both parts: `(1) ปัญหา ประชาชนไม่ทราบสิทธิ` in its section."""
    blocks = part.resource.blocks
    above = (heading_of(blocks[at], words) for at in range(index - 1, max(part.start, index - _SECTION_LINES) - 1, -1))
    return any(found is not None and found.sure and found.plain and len(found.parts) > 1 for found in above)
