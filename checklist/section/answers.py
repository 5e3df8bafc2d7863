"""What answers a heading of the section: the rest of its line, the lines below it, the lines of its box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklist.evidence_view import EvidencePart
from checklist.section.classify import Answer, Content, classify, first_answer
from checklist.section.headings import SectionHeading, SectionPart, has_leaders, numbering, section_heading
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, ResourceKind, Zone
from core.thai.normalize import make_key

_BELOW = 40
"""Blocks looked at under a heading."""
_NEXT_LINE = 60
"""Characters; a longer line is text, not the rest of a heading or the name of a section."""
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\s+\D")
"""`5 การติดตาม` behind 4.3."""
_OCR_ANSWER = 0.75
"""A heading is known by its words; an answer may be anything, and dirt read as letters reaches 0.72."""


def heading_of(block: Block, words: SectionWords) -> SectionHeading | None:
    if not block.text or has_leaders(block.text):
        return None
    marked = block.kind is BlockKind.HEADING or block.bold
    return section_heading(block.text, words, marked=marked)


def whole_heading(
    part: EvidencePart, index: int, heading: SectionHeading, words: SectionWords
) -> tuple[SectionHeading, int]:
    """A heading with its next line, if it goes on there (`ปัญหา อุปสรรค และ` over `ข้อเสนอแนะ`), and its last line."""
    blocks = part.resource.blocks
    block, later = blocks[index], index + 1
    if later >= part.stop or heading.answer:
        return heading, index
    below = blocks[later]
    same = (below.page, below.zone) == (block.page, block.zone) and BlockKind.CELL not in (below.kind, block.kind)
    goes_on = words.runs_on.search(make_key(block.text).text) or words.goes_on.match(make_key(below.text).text)
    if not same or not below.text or len(below.text) > _NEXT_LINE or goes_on is None:
        return heading, index
    marked = block.kind is BlockKind.HEADING or block.bold
    whole = section_heading(f"{block.text} {below.text}", words, marked=marked)
    return (whole, later) if whole is not None and whole.parts > heading.parts else (heading, index)


def boxed_answer(wanted: SectionPart, block: Block, words: SectionWords) -> tuple[SectionHeading, Answer, bool] | None:
    """The heading and its answer within one cell of several lines, and whether another heading closes it there; None
    if the cell holds no such heading."""
    if block.kind is not BlockKind.CELL or "\n" not in block.text:
        return None
    lines = block.text.splitlines()
    each = [section_heading(line, words, marked=False) for line in lines]
    headings = _wrapped(each, lines, words)
    found = [(at, heading) for at, heading in enumerate(headings) if heading is not None]
    for number, (at, heading) in enumerate(found):
        if wanted not in heading.parts:
            continue
        later = [place for place, other in found[number + 1 :] if not other.parts < heading.parts]
        stop = later[0] if later else len(lines)
        below = [line for place, line in enumerate(lines[at + 1 : stop], at + 1) if each[place] is None]
        return heading, first_answer((heading.answer, *below), words), bool(later)
    return None


def _wrapped(each: list[SectionHeading | None], lines: list[str], words: SectionWords) -> list[SectionHeading | None]:
    """The headings of a cell's lines. Where a narrow cell breaks ปัญหา อุปสรรค in two, the whole stands at the second
    line and nothing at the first."""
    found = list(each)
    for at in range(len(lines) - 1):
        first, second = found[at], each[at + 1]
        if first is None or second is None or first.strong or second.strong or first.answer:
            continue
        whole = section_heading(f"{lines[at]} {lines[at + 1]}", words, marked=False)
        if whole is not None and whole.strong:
            found[at], found[at + 1] = None, whole
    return found


def answer_below(
    wanted: SectionPart,
    part: EvidencePart,
    index: int,
    heading: SectionHeading,
    words: SectionWords,
    furniture: frozenset[int],
    lines: frozenset[int],
) -> tuple[Answer, int]:
    own = classify(heading.answer, words)
    if own.filled:
        return Answer(own, heading.answer, 0), index
    indexes = [i for i in _below(wanted, part, index, heading, words, lines) if i not in furniture]
    blocks = part.resource.blocks
    dotted = next((i for i in indexes if classify(blocks[i].text, words) is Content.DOTS), None)
    if dotted is not None:
        # A dotted line left blank ends the place: what stands on the next page is another section's.
        indexes = [i for i in indexes if i <= dotted or blocks[i].page == blocks[dotted].page]
    legible = [i for i in indexes if is_legible(blocks[i])]
    for among in (legible, indexes):
        answer = first_answer((blocks[i].text for i in among), words)
        if answer.content.filled or (own is Content.NOTHING and among is indexes):
            return answer, among[answer.index] if answer.index >= 0 else -1
    return Answer(own, heading.answer, 0), index


def _below(
    wanted: SectionPart,
    part: EvidencePart,
    index: int,
    heading: SectionHeading,
    words: SectionWords,
    lines: frozenset[int],
) -> Iterator[int]:
    blocks = part.resource.blocks
    other_part = False
    level = blocks[index].level if blocks[index].kind is BlockKind.HEADING else 0
    for later in range(index + 1, min(part.stop, index + 1 + _BELOW)):
        block = blocks[later]
        if block.zone is not Zone.CONTENT and part.resource.kind is ResourceKind.PAGE:
            break
        if block.kind in (BlockKind.FORM, BlockKind.IFRAME, BlockKind.IMAGE):
            continue
        if blocks[index].kind is BlockKind.CELL and block.kind is BlockKind.CELL and block.text and later not in lines:
            # Under the title of a table stand its rows.
            break
        other = heading_of(block, words)
        if other is not None and (other.parts or other.remedies):
            if not heading.parts >= other.parts or other.remedies:
                break
            # 3.1 ปัญหา under 3. ปัญหาและข้อเสนอแนะ: what it holds says nothing of ข้อเสนอแนะ.
            other_part = wanted not in other.parts
            if wanted in other.parts and classify(other.answer, words).filled:
                yield later
            continue
        if words.signed.match(make_key(block.text).text):
            break
        if _is_sibling(block, heading, level, words) or _ends(block, words, in_table=later not in lines):
            break
        if not other_part:
            yield later


def _ends(block: Block, words: SectionWords, *, in_table: bool) -> bool:
    """Whether a line is the name of what comes behind the section: an appendix, pictures, another section."""
    return (
        not (in_table and block.kind is BlockKind.CELL)
        and len(block.text) <= _NEXT_LINE
        and bool(words.ends.match(make_key(block.text).text))
    )


def _is_sibling(block: Block, heading: SectionHeading, level: int, words: SectionWords) -> bool:
    """Whether a block begins the next section of the same rank."""
    number = numbering(block.text)
    if number is not None and number.chapter and not (heading.numbering is not None and heading.numbering.chapter):
        return True
    if heading.numbering is not None and len(heading.numbering.value) > 1:
        bare = _BARE_NUMBER.match(make_key(block.text).text)
        if bare is not None and int(bare[1]) == heading.numbering.value[0] + 1:
            return True
    if number is not None and heading.numbering is not None and number.style == heading.numbering.style:
        return number.value > heading.numbering.value
    if number is not None and heading.numbering is not None:
        # 5.1) ends where 6. begins; 1) under 5. does not end it.
        depth, own = len(number.value), len(heading.numbering.value)
        if depth < own and number.value[0] > heading.numbering.value[0]:
            return True
        if depth == own and number.value[0] == heading.numbering.value[0] + 1 and number.style.startswith(str(own)):
            return number.value[0] > 1 and block.kind is BlockKind.HEADING
    if block.kind is BlockKind.HEADING:
        if level and block.level:
            return block.level <= level
        return classify(block.text, words) is not Content.NONE and number is None
    return False


def is_legible(block: Block) -> bool:
    """Whether what a block says can answer: it was not recognised, or recognised well."""
    return not block.ocr or (block.confidence or 0.0) >= _OCR_ANSWER
