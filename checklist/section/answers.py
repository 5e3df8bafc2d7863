"""What answers a heading of the section: the rest of its line, the lines below it, the lines of its box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checklist.evidence_view import EvidencePart
from checklist.section.around.chapters import holds_only_others, names_others
from checklist.section.around.figures import without_figures
from checklist.section.classify import Answer, Content, classify, first_answer
from checklist.section.headings import (
    COLUMN,
    SectionHeading,
    SectionPart,
    denies,
    ends_in_none,
    has_leaders,
    is_none,
    is_sentence,
    numbering,
    section_heading,
    strip_number,
    tabbed_heading,
)
from checklist.section.lexicon import SectionWords
from core.models.snapshot import Block, BlockKind, Zone
from core.thai.normalize import digits, is_thai, make_key

_BELOW = 40
"""Blocks looked at under a heading."""
_CELL = 20_000
"""Characters of one cell that are looked through for headings within it."""
_NEXT_LINE = 60
"""Characters; a longer line is text, not the rest of a heading or the name of a section."""
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\s+\D")
"""`5 การติดตาม` behind 4.3."""
_BY_WEIGHT = 5
"""The level of a numbered line that only its bold letters make a heading (documents/line_blocks.py)."""
_RECORD = re.compile(r"^\W*(?P<name>[^\W\d][^\d:()]{3,20}?)\s*(?P<number>\d{1,2})(?!\d)[\s.:)]*[^\s\d.:,()/]{4}")
"""A record's kind, number and name; a page's number has no name behind it."""
_RECORD_LINES = 40
_SHARED = 5
"""Key characters of a name that a chapter's title and a line below it share."""
_STAMP = 40
"""Characters of a line that may be stamped on a page."""
_TINY = 12
"""The same where even a verb is no proof: `ตรวจแล้ว`."""
_BULLETS = "-–—•▪●○◦*✓➢"
_WEAK_ANSWER = 4
"""Thai letters of a line that was hardly read from which it may be an answer: `ไม่มี`; fewer are dirt."""
_OCR_ANSWER = 0.75
"""A heading is known by its words; an answer may be anything, and dirt read as letters reaches 0.72."""


def heading_of(block: Block, words: SectionWords) -> SectionHeading | None:
    if not block.text or has_leaders(block.text):
        return None
    if COLUMN in block.text and block.page is None:
        # On a page such a gap may be the one between two columns of text.
        tabbed = tabbed_heading(block.text, words, marked=is_set_off(block))
        if tabbed is not None:
            return tabbed
    return section_heading(block.text, words, marked=is_set_off(block))


def is_set_off(block: Block) -> bool:
    """Whether the page itself sets a block off from text."""
    return block.kind is BlockKind.HEADING or block.bold


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
    goes_on = words.runs_on.search(make_key(block.text[-_NEXT_LINE:]).text) or words.goes_on.match(
        make_key(below.text).text
    )
    if not same or not below.text or len(below.text) > _NEXT_LINE:
        return heading, index
    if not heading.plain and len(block.text) <= _NEXT_LINE:
        # `ปัญหา อุปสรรคในการ` over `ดำเนินงานตามแผน`: a known name only with its next line.
        joint = section_heading(block.text.rstrip() + below.text.lstrip(), words, marked=is_set_off(block))
        if joint is not None and joint.plain and joint.sure and not joint.answer and joint.parts == heading.parts:
            return joint, later
    if goes_on is None:
        return heading, index
    whole = section_heading(f"{block.text} {below.text}", words, marked=is_set_off(block))
    if whole is None or not whole.parts >= heading.parts:
        return heading, index
    says_more = whole.parts > heading.parts or (whole.strong and not heading.strong)
    return (whole, later) if says_more else (heading, index)


def broken_heading(part: EvidencePart, index: int, words: SectionWords) -> SectionHeading | None:
    """The heading that a line and the next one make together, where one of the section's words is broken between them:
    `4. ข้อเสนอ` over `แนะ`."""
    if index + 1 >= part.stop:
        return None
    block, below = part.resource.blocks[index], part.resource.blocks[index + 1]
    same = (below.page, below.zone) == (block.page, block.zone) and BlockKind.CELL not in (below.kind, block.kind)
    if not same or not 0 < len(below.text) <= _NEXT_LINE or not 0 < len(block.text) <= _NEXT_LINE:
        return None
    first = len(make_key(block.text.rstrip()).text)
    joint = block.text.rstrip() + below.text.lstrip()
    across = any(hit.start() < first < hit.end() for hit in words.matter.finditer(make_key(joint).text))
    found = section_heading(joint, words, marked=is_set_off(block)) if across else None
    return found if found is not None and found.sure and found.plain else None


def boxed_answer(wanted: SectionPart, block: Block, words: SectionWords) -> tuple[SectionHeading, Answer, bool] | None:
    """The heading and its answer within one cell of several lines, and whether another heading closes it there; None
    if the cell holds no such heading."""
    if block.kind is not BlockKind.CELL or "\n" not in block.text:
        return None
    lines = block.text[:_CELL].splitlines()
    each = [_sure_heading(line, words) for line in lines]
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


def labelled_answer(
    wanted: SectionPart, block: Block, words: SectionWords
) -> tuple[SectionHeading, Answer, bool] | None:
    """The same for a cell beside others: its first line must be the label, for any other may be prose that is broken
    there. None for a name broken in two lines, a doubt where the second may go on with the name (`ปัญหา อุปสรรค` over
    `ของงานก่อสร้าง`)."""
    label = _sure_heading(block.text.partition("\n")[0], words)
    is_label = label is not None and wanted in label.parts and label.strong and label.plain and not label.answer
    found = boxed_answer(wanted, block, words) if is_label else None
    name = section_heading(block.text.replace("\n", " "), words, marked=True) if found is not None else None
    if found is None or name is None or name.answer or name.rest:
        return found
    return None if name.plain else (found[0], Answer(Content.DOUBT, block.text, 0), found[2])


def _sure_heading(line: str, words: SectionWords) -> SectionHeading | None:
    found = section_heading(line, words, marked=False)
    return found if found is not None and found.sure else None


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
    own = Content.DOUBT if heading.doubtful else classify(heading.answer, words)
    if own.filled or own is Content.DOUBT:
        return Answer(own, heading.answer, 0), index
    indexes = [i for i in _below(wanted, part, index, heading, words, lines) if i not in furniture]
    blocks = part.resource.blocks
    if own is Content.NOTHING and holds_only_others(part, index, indexes, heading, words):
        return Answer(own), -1
    if _names_aspects(part, indexes, words) or names_others(part, index, indexes, words):
        return Answer(Content.DOUBT, blocks[indexes[0]].text, 0), indexes[0]
    told = without_figures(part, indexes, words)
    if told.doubt is not None and own is Content.NOTHING:
        return Answer(Content.DOUBT, blocks[told.doubt].text, 0), told.doubt
    indexes = told.indexes
    if indexes and (_is_weak(blocks[indexes[0]], heading, words) or _may_name_other(part, indexes[0], words)):
        return Answer(Content.DOUBT, blocks[indexes[0]].text, 0), indexes[0]
    dotted = next((i for i in indexes if classify(blocks[i].text, words) is Content.DOTS), None)
    if dotted is not None:
        # A dotted line left blank ends the place: what stands on the next page is another section's.
        indexes = [i for i in indexes if i <= dotted or blocks[i].page == blocks[dotted].page]
    legible = [i for i in indexes if is_legible(blocks[i])]
    filled = [i for i in legible if classify(blocks[i].text, words).filled]
    if filled and own is Content.NOTHING and all(_may_be_stamp(part, i, words) for i in filled):
        return Answer(Content.DOUBT, blocks[filled[0]].text, 0), filled[0]
    weak = _weak_answer(part, indexes, filled[0], words) if len(filled) == 1 and own is Content.NOTHING else None
    if weak is not None:
        return Answer(Content.DOUBT, blocks[weak].text, 0), weak
    for among in (legible, indexes):
        answer = first_answer((blocks[i].text for i in among), words)
        if answer.content.filled or answer.content is Content.DOUBT or (own is Content.NOTHING and among is indexes):
            return answer, among[answer.index] if answer.index >= 0 else -1
    return Answer(own, heading.answer, 0), index


def _weak_answer(part: EvidencePart, indexes: list[int], sure: int, words: SectionWords) -> int | None:
    """The line before the only one that was read well, which may be the answer and was hardly read: what was read well
    may be the rest of a form's line below it. None if there is none."""
    blocks = part.resource.blocks
    before = (at for at in indexes if at < sure and classify(blocks[at].text, words).filled)
    return next((at for at in before if sum(map(is_thai, blocks[at].text)) >= _WEAK_ANSWER), None)


def column_answer(
    wanted: SectionPart, part: EvidencePart, index: int, words: SectionWords, lines: frozenset[int]
) -> tuple[SectionHeading, Answer, int] | None:
    """One of two headings that stand side by side in a line, and what answers it; None if a line is no two such
    headings.

    Lines in two columns answer column by column; of one alone below them nobody can tell whose column it stands in."""
    block = part.resource.blocks[index]
    pieces = block.text.split(COLUMN)
    each = [section_heading(piece, words, marked=True) for piece in pieces] if len(pieces) > 1 else []
    mine = [(at, found) for at, found in enumerate(each) if found is not None and wanted in found.parts]
    others = any(found is not None and wanted not in found.parts and found.parts for found in each)
    if len(mine) != 1 or not others:
        return None
    column, heading = mine[0]
    if heading.answer:
        return heading, Answer(classify(heading.answer, words), heading.answer, 0), index
    trace, at = Answer(Content.NOTHING), index
    for below in _below(wanted, part, index, heading, words, lines):
        text = part.resource.blocks[below].text
        beside = _beside(text, pieces, column, paged=block.page is not None)
        if beside is None:
            return heading, (trace if trace.content.filled else Answer(Content.DOUBT, text, 0)), below
        found = classify(beside, words)
        if found is not Content.NOTHING:
            trace, at = Answer(found, beside, 0), below
        if found.filled:
            break
    return heading, trace, at


def _beside(text: str, names: list[str], column: int, *, paged: bool) -> str | None:
    """What stands in a column of a line below names side by side; None if nobody can tell. The lines of an office
    document may lack the tabs behind their last word, and may have more than one to reach the next stop."""
    pieces = text.split(COLUMN)
    if len(pieces) == len(names):
        return pieces[column]
    if paged:
        return "" if len(pieces) > 1 else None
    if 1 < len(pieces) < len(names) == len(list(filter(None, names))):
        return pieces[column] if column < len(pieces) else ""
    filled = [piece for piece in pieces if piece]
    heads = [piece for piece in names if piece]
    return filled[heads.index(names[column])] if len(filled) == len(heads) else None


def _below(
    wanted: SectionPart,
    part: EvidencePart,
    index: int,
    heading: SectionHeading,
    words: SectionWords,
    lines: frozenset[int],
) -> Iterator[int]:
    blocks = part.resource.blocks
    own = blocks[index]
    other_part = False
    open_bracket = own.text[-_NEXT_LINE:].count("(") > own.text[-_NEXT_LINE:].count(")")
    for later in range(index + 1, min(part.stop, index + 1 + _BELOW)):
        block = blocks[later]
        if block.zone is not Zone.CONTENT:
            break
        if block.kind in (BlockKind.FORM, BlockKind.IFRAME, BlockKind.IMAGE):
            continue
        if open_bracket and later <= index + 2:
            # `ข้อเสนอแนะ (ภาพรวมของ` over `โครงการ)`: the rest of the heading's own bracket.
            closed = ")" in block.text[:_NEXT_LINE]
            open_bracket = not closed
            if closed:
                continue
        if own.kind is BlockKind.CELL and block.kind is BlockKind.CELL and block.text and later not in lines:
            # Under the title of a table stand its rows.
            break
        other = heading_of(block, words)
        if other is not None and other.sure and (other.parts or other.remedies):
            if not heading.parts >= other.parts or other.remedies:
                break
            # 3.1 ปัญหา under 3. ปัญหาและข้อเสนอแนะ: what it holds says nothing of ข้อเสนอแนะ.
            other_part = wanted not in other.parts
            if wanted in other.parts and classify(other.answer, words).filled:
                yield later
            continue
        if words.signed.match(make_key(block.text[:_NEXT_LINE]).text) or _is_next_record(part, index, block, words):
            break
        if _ends(block, heading, words, in_table=later not in lines) or _is_sibling(part, later, heading, own, words):
            break
        if _is_bold_sibling(part, later, own, heading, words):
            break
        if not other_part:
            yield later


def _is_next_record(part: EvidencePart, index: int, block: Block, words: SectionWords) -> bool:
    """Whether a line begins the next of several records, each with its own section: `โครงการที่ 2` where โครงการที่ 1
    stands above the heading."""
    mine = _RECORD.match(digits(block.text[:_NEXT_LINE]))
    if mine is None or len(block.text) > _NEXT_LINE or is_sentence(block.text, words):
        return False
    above = part.resource.blocks[max(part.start, index - _RECORD_LINES) : index]
    for record in (_RECORD.match(digits(other.text[:_NEXT_LINE])) for other in reversed(above)):
        if record is not None and record["name"] == mine["name"]:
            return int(record["number"]) + 1 == int(mine["number"])
    return False


def _ends(block: Block, heading: SectionHeading, words: SectionWords, *, in_table: bool) -> bool:
    """Whether a line is the name of what comes behind the section or stands in it instead: an appendix, pictures,
    another matter of a report, or what the section's own title names beside it (`สรุปผล อภิปรายผล และข้อเสนอแนะ`)."""
    if (in_table and block.kind is BlockKind.CELL) or len(block.text) > _NEXT_LINE:
        return False
    name = strip_number(block.text)
    ends = words.ends.match(name) or words.ends.match(make_key(block.text).text)
    if ends is not None:
        # `- เอกสารประกอบการเบิกจ่ายส่งมาไม่ครบ` tells of papers; behind the name of a note stands a space or a colon.
        _, found, behind = block.text.partition(ends.group().strip())
        goes_on = bool(found) and any(map(is_thai, behind[:1]))
        marked = block.text.lstrip()[:1] in _BULLETS
        return not (goes_on and (denies(name, words) or (marked and is_sentence(name, words))))
    bare = name.strip(" :.")
    return len(bare) >= _SHARED and bare in heading.others


def _is_weak(block: Block, heading: SectionHeading, words: SectionWords) -> bool:
    """Whether a line may be the heading of the section's other part, or a sentence that begins with its words."""
    other = heading_of(block, words)
    return other is not None and not other.sure and not other.parts <= heading.parts


def _may_be_stamp(part: EvidencePart, at: int, words: SectionWords) -> bool:
    """Whether a line of a page may be a stamp or a mark and no answer: it is short, says nothing of anything, and is
    set off, written after all that stands below it, or in no Thai."""
    block = part.resource.blocks[at]
    if block.page is None or block.kind is BlockKind.CELL or len(block.text) > _STAMP or _is_text_in_bold(part, at):
        return False
    tiny = is_set_off(block) and len(block.text) <= _TINY
    if is_none(block.text, words) or ends_in_none(block.text, words):
        return False
    if is_sentence(block.text, words) and not tiny:
        return False
    if numbering(block.text) is not None or block.text.lstrip()[:1] in _BULLETS:
        return False
    below = part.resource.blocks[at + 1] if at + 1 < part.stop else None
    late = below is not None and below.page == block.page and (block.line or 0) > (below.line or 0) > 0
    return is_set_off(block) or late or not any(map(is_thai, block.text))


def _is_text_in_bold(part: EvidencePart, at: int) -> bool:
    """Whether a line next to another one is set off as that is: a text in bold letters."""
    blocks = part.resource.blocks
    near = [blocks[other] for other in (at - 1, at + 1) if part.start <= other < part.stop]
    own = blocks[at]
    return is_set_off(own) and any(
        is_set_off(b) and b.page == own.page and len(b.text) > _STAMP for b in near if numbering(b.text) is None
    )


def _names_aspects(part: EvidencePart, indexes: list[int], words: SectionWords) -> bool:
    """Whether nothing stands under a heading but the names of its parts: `2.1 ด้านงบประมาณ` over `2.2 ด้านบุคลากร`."""
    texts = [part.resource.blocks[index].text for index in indexes]
    filled = [text for text in texts if classify(text, words).filled]
    return bool(filled) and all(
        len(text) <= _NEXT_LINE and words.aspect.match(strip_number(text)) and not is_sentence(text, words)
        for text in filled
    )


def _may_name_other(part: EvidencePart, at: int, words: SectionWords) -> bool:
    """Whether the first line under a heading may head another matter: it is numbered or set off, begins as such names
    do (`3.1 ผลการตรวจราชการ`), says nothing of anything, and text stands under it."""
    block = part.resource.blocks[at]
    below = part.resource.blocks[at + 1] if at + 1 < part.stop else None
    if below is None or block.kind is BlockKind.CELL or below.kind is BlockKind.CELL or len(block.text) > _NEXT_LINE:
        return False
    if (numbering(block.text) is None and not is_set_off(block)) or numbering(below.text) is not None:
        return False
    return words.topic.match(strip_number(block.text)) is not None and not is_sentence(block.text, words)


def _is_sibling(part: EvidencePart, at: int, heading: SectionHeading, own: Block, words: SectionWords) -> bool:
    """Whether a block begins the next section of the same rank or a higher one, whatever its number."""
    block = part.resource.blocks[at]
    number, mine = numbering(block.text), heading.numbering
    if number is not None and number.chapter:
        return mine is None or not mine.chapter or number.value != mine.value
    level = own.level if own.kind is BlockKind.HEADING else 0
    heads = block.kind is BlockKind.HEADING
    if number is None or mine is None:
        if number is None and mine is not None and len(mine.value) > 1:
            bare = _BARE_NUMBER.match(make_key(block.text[:_NEXT_LINE]).text)
            if bare is not None and int(bare[1]) == mine.value[0] + 1:
                return True
        if not heads:
            return False
        if level and block.level:
            return block.level <= level
        return classify(block.text, words) is not Content.NONE and number is None
    depth, rank = len(number.value), len(mine.value)
    if number.style == mine.style:
        if rank > 1:
            return number.value != mine.value
        # 1. under 5. is the first of a list, unless it is set off as the section is.
        return number.value > mine.value or (_is_level_with(part, at, level) and number.value < mine.value)
    if depth < rank and number.value[0] > mine.value[0]:
        # 5.1) ends where 6. begins; 1) under 5. does not end it.
        return True
    if depth == rank and number.value[0] == mine.value[0] + 1 and number.style.startswith(str(rank)):
        return number.value[0] > 1 and heads
    deeper = depth > rank and number.value[:rank] == mine.value
    return not deeper and depth <= rank and _is_level_with(part, at, level)


def _is_level_with(part: EvidencePart, at: int, level: int) -> bool:
    """Whether a block is a heading of a rank or above it. Where only bold letters make it one, text must stand under
    it that is not bold: answers are set in bold too."""
    block = part.resource.blocks[at]
    if block.kind is not BlockKind.HEADING or not level or not block.level or block.level > level:
        return False
    below = part.resource.blocks[at + 1] if at + 1 < part.stop else None
    return block.level != _BY_WEIGHT or (below is not None and not is_set_off(below))


def _is_bold_sibling(part: EvidencePart, at: int, own: Block, heading: SectionHeading, words: SectionWords) -> bool:
    """Whether a bold line without a number, over text that is not bold, heads the next section: the section's own
    heading is bold too."""
    block = part.resource.blocks[at]
    if not (own.bold and block.bold) or block.kind is BlockKind.CELL or len(block.text) > _NEXT_LINE:
        return False
    if numbering(block.text) is not None or classify(block.text, words) is not Content.TEXT:
        return False
    below = part.resource.blocks[at + 1] if at + 1 < part.stop else None
    return below is not None and not is_set_off(below) and not is_sentence(block.text, words)


def is_legible(block: Block) -> bool:
    """Whether what a block says can answer: it was not recognised, or recognised well."""
    return not block.ocr or (block.confidence or 0.0) >= _OCR_ANSWER
