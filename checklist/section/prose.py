"""What a report says of its problems in a text without a heading: an answer where a paragraph is about them, else for a
person to see."""

from __future__ import annotations

from itertools import islice

from checklist.evidence_view import EvidencePart
from checklist.section.classify import Content, classify
from checklist.section.headings import READ, SectionPart, ends_in_none, is_none, is_sentence, says_more
from checklist.section.lexicon import SectionWords
from core.models.snapshot import BlockKind, ResourceKind, Zone
from core.thai.normalize import is_thai, make_key

_NEAR = 60
"""Key characters from the section's words to the verb that begins what is told."""
_VERB, _TOLD = 24, 12
"""Key characters before the section's words in which their verb stands, and letters behind that tell something."""
_HITS = 8
_PAIR = 3
"""Blocks from the paragraph on problems to that on suggestions."""
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def told_in_prose(wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int]) -> int | None:
    """The first block that tells of one part (`ปัญหาและอุปสรรคที่พบ คือ ฝนตกหนัก`), or says that there was none of it,
    in a sentence of its own; None if none does. The contents tell nothing."""
    pattern = words.problems if wanted == "problems" else words.suggestions
    blocks = part.resource.blocks
    for index, block in part.numbered_blocks():
        if block.kind not in _KINDS or block.zone is not Zone.CONTENT or index in contents:
            continue
        key = make_key(block.text[:READ]).text
        below = blocks[index + 1] if index + 1 < part.stop else None
        if below is not None and block.page is not None and (below.kind, below.page) == (block.kind, block.page):
            # Lines of a page: the sentence goes on in the next one.
            whole = f"{key} {make_key(below.text[:_NEAR]).text}"
        else:
            whole = key
        if words.instruction.search(key) or words.not_heading.search(key[:_NEAR]):
            # A criterion, a law, the title of a channel for suggestions.
            continue
        for hit in islice(pattern.finditer(key), _HITS):
            behind = whole[hit.end() : hit.end() + _NEAR]
            before = key[max(0, hit.start() - _VERB) : hit.start()]
            told = words.forms.told_before.search(before)
            if (
                words.forms.says.search(behind)
                or words.forms.says_next.match(behind)
                or words.forms.none_before.search(before)
                or (told is not None and told["not"] is None and _tells(behind, words))
            ):
                return index
    return None


def proven_in_prose(
    wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int]
) -> tuple[int, Content] | None:
    """The paragraph of an office's document that is about one part and tells it (`สำหรับปัญหาในการดำเนินงาน พบว่า
    ข้อมูลล่าช้า`) or that there was none; for suggestions also one right behind that of the
    problems: `ทั้งนี้ สำนักงานมีข้อเสนอแนะให้ …`.
    None if no paragraph is: what speaks of others' problems, of conditions or of where it is told proves nothing."""
    if part.resource.kind is not ResourceKind.DOCUMENT:
        return None
    problems: int | None = None
    for index, block in part.numbered_blocks():
        if block.kind is not BlockKind.PARAGRAPH or block.zone is not Zone.CONTENT or block.ocr or index in contents:
            continue
        key = make_key(block.text[:READ]).text
        if words.instruction.search(key) or words.not_heading.search(key[:_NEAR]):
            continue
        about = _about(wanted, key, words)
        if about is not None:
            return index, about
        if _about("problems", key, words) is not None:
            problems = index
        if wanted == "suggestions" and problems is not None and 0 < index - problems <= _PAIR and _has(key, words):
            return index, Content.TEXT
    return None


def _about(wanted: SectionPart, key: str, words: SectionWords) -> Content | None:
    """What a paragraph tells that begins with the part's name, behind no more than a word such as `สำหรับ`: a sentence
    behind a verb, or that there was none. None if it tells nothing of it."""
    turn = words.turn.match(key)
    body = key[turn.end() :] if turn else key
    name = (words.problems if wanted == "problems" else words.suggestions).match(body)
    if name is None:
        return None
    if turn is not None and is_none(body[name.end() :], words):
        return Content.NONE
    verb = words.forms.says.search(body, name.end(), name.end() + _NEAR)
    if verb is None or says_more(body[name.end() : verb.start()], words):
        return None
    said = body[verb.end() :]
    if is_none(said, words) or ends_in_none(said, words):
        return Content.NONE
    return Content.TEXT if _is_told(said, words) else None


def _has(key: str, words: SectionWords) -> bool:
    """Whether a paragraph begins by saying that somebody has suggestions, and says which."""
    turn = words.turn.match(key)
    body = key[turn.end() :] if turn else key
    name = words.suggestions.search(body[: 2 * _VERB])
    told = words.forms.told_before.search(body, 0, name.start()) if name is not None else None
    if name is None or told is None or told["not"] is not None or is_sentence(body[: told.start()], words):
        return False
    return words.goes_on.match(body, name.end()) is None and _is_told(body[name.end() :], words)


def _is_told(text: str, words: SectionWords) -> bool:
    told = is_sentence(text, words) and sum(map(is_thai, text)) >= _TOLD and classify(text, words) is Content.TEXT
    return told and words.forms.leads.search(text) is None and words.forms.elsewhere.match(text) is None


def _tells(behind: str, words: SectionWords) -> bool:
    """Whether what follows a part's name says something of it, and names no other part."""
    return words.goes_on.match(behind) is None and sum(map(is_thai, behind)) >= _TOLD
