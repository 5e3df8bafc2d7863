"""The section check: does this report say what its problems and suggestions were, or that there were none?

The heading cut out, and the heading with nothing under it, are different findings: the first is the gap
that cost a province its points, the second is mended by one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklist.section.content import Answer, Content, classify, first_answer
from checklist.section.lines import Part as SectionPart
from checklist.section.lines import SectionHeading, has_leaders, numbering, section_heading, unnumbered
from checklist.section.sheet import line_cells
from checklist.section.table import column_hits, row_hits
from checklist.section.words import SectionWords, section_words
from checklist.thai.key import is_thai, make_key, partial_similarity, similarity
from checklist.view import Part
from oit.model import Block, BlockKind, ElementStatus, Method, Quote, Reason, ResourceKind, Zone

_BELOW = 40
"""Blocks looked at under a heading."""
_CONTENTS_LINES = 3
_SEEN_HEADINGS = 12
_OCR_LIKENESS = 0.85
_OCR_CONFIDENCE = 0.6
_OCR_WORD = 0.8
_OCR_ANSWER = 0.75
"""A heading is known by its words; an answer may be anything, and dirt read as letters reaches 0.72."""
_TEXT_LENGTH = 300
_TITLE_BLOCKS = 5
_YEAR = re.compile(r"(?<!\d)25[4-9]\d(?!\d)")
_NEXT_LINE = 60
"""Characters; a longer line is text, not the rest of a heading or the name of a section."""
_PAGE_AT_END = re.compile(r"\D\s\d{1,3}\s*$")
_FURNITURE_PAGES = 4
_FURNITURE_LETTERS = 8


@dataclass(frozen=True, slots=True)
class SectionResult:
    """The section's part in one document. `seen` are its headings where the section is absent."""

    status: ElementStatus
    says_none: bool = False
    quotes: tuple[Quote, ...] = ()
    reason: Reason | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading found, with what it holds."""

    index: int
    heading: str
    answer: Answer
    answer_index: int
    method: Method
    sure: bool
    in_questionnaire: bool
    note: str = ""


def check_section(wanted: SectionPart, part: Part, lexicon: Mapping[str, tuple[str, ...]]) -> SectionResult:
    """Look for one part of the section in one part of evidence.

    Present if a text or an explicit none stands under a heading (or in a table's column or row of that
    name); empty if only a dash, dots or nothing does; review if only a poor scan's likeness speaks for it."""
    words = section_words(lexicon, recognised=any(block.ocr for _, block in part.indexed()))
    contents = _contents_blocks(part, words)
    if wanted == "suggestions" and _is_memo(part, words):
        return SectionResult(ElementStatus.MISSING, reason=Reason("section_absent"), seen=_headings(part))
    places = [*_line_places(wanted, part, words, contents), *_table_places(wanted, part, words)]
    real = [p for p in places if not p.in_questionnaire or p.answer.content.filled]
    if real:
        return _result(max(real, key=_worth), part)
    fuzzy = _ocr_likeness(wanted, part, section_words(lexicon))
    if fuzzy is not None:
        return fuzzy
    remedies = _remedies_only(wanted, part, words, contents)
    if remedies is not None:
        return remedies
    return SectionResult(ElementStatus.MISSING, reason=Reason("section_absent"), seen=_headings(part))


def _worth(place: _Place) -> tuple[int, int, int]:
    order = {Content.TEXT: 3, Content.NONE: 3, Content.DOTS: 1, Content.DASH: 1, Content.NOTHING: 0}
    return (order[place.answer.content], place.sure, -place.index)


def _result(place: _Place, part: Part) -> SectionResult:
    block = part.resource.blocks[place.index]
    quotes = [_quote(part, place.index, place.heading, place.method)]
    if place.answer.quote and place.answer_index not in (-1, place.index):
        quotes.append(_quote(part, place.answer_index, place.answer.quote, place.method))
    if not place.sure:
        return SectionResult(
            ElementStatus.REVIEW,
            quotes=tuple(quotes),
            reason=Reason("section_fuzzy", {"page": str(block.page or "")}),
        )
    if place.answer.content.filled:
        reason = Reason(place.note) if place.note else None
        return SectionResult(ElementStatus.PRESENT, place.answer.content is Content.NONE, tuple(quotes), reason)
    return SectionResult(
        ElementStatus.EMPTY,
        quotes=tuple(quotes),
        reason=Reason("section_empty", {"how": place.answer.content.value}),
    )


def _quote(part: Part, index: int, text: str, method: Method) -> Quote:
    block = part.resource.blocks[index]
    return Quote(
        part.resource.url, text[:_TEXT_LENGTH], Method.OCR if block.ocr else method,
        page=block.page, line=block.line, sheet=block.sheet, block=index, bbox=block.bbox,
    )  # fmt: skip


# ------------------------------------------------------------------------------------- headings and lines


def _line_places(wanted: SectionPart, part: Part, words: SectionWords, contents: frozenset[int]) -> Iterator[_Place]:
    on_page = part.resource.kind is ResourceKind.PAGE
    questionnaire = _questionnaire_blocks(part, words)
    lines = line_cells(part)
    year = _title_year(part)
    furniture = _furniture(part)
    for index, block in part.indexed():
        if index in contents or block.kind in (BlockKind.FORM, BlockKind.IMAGE, BlockKind.IFRAME):
            continue
        if index in furniture or (on_page and block.zone is not Zone.CONTENT):
            continue
        if block.kind is BlockKind.CELL and index not in lines:
            continue
        boxed = _boxed_answer(wanted, block, words)
        heading = boxed[0] if boxed is not None else _heading_of(block, words)
        if heading is None or wanted not in heading.parts:
            continue
        if _near_swot(part, index, words) and not heading.strong:
            continue
        if year is not None and _of_earlier_year(block.text, year):
            continue
        if boxed is not None and (boxed[1].content is not Content.NOTHING or boxed[2]):
            last, answer, at = index, boxed[1], index
        else:
            heading, last = _whole(part, index, heading, words)
            answer, at = _answer_below(wanted, part, last, heading, words, furniture, lines)
        if on_page and heading.instruction and answer.content not in (Content.DASH, Content.DOTS):
            # An index page quotes the criterion: heading and "ไม่มี" stand there whatever the report says.
            continue
        if on_page and not answer.content.filled and _among_siblings(part, index):
            continue
        yield _Place(
            index, block.text, answer, at,
            Method.HEADING if block.kind is BlockKind.HEADING or heading.numbering else Method.TEXT,
            sure=(not block.ocr or (block.confidence or 0.0) >= _OCR_CONFIDENCE)
            and (at in (-1, index, last) or not answer.content.filled or _legible(part.resource.blocks[at])),
            in_questionnaire=index in questionnaire,
        )  # fmt: skip


def _boxed_answer(wanted: SectionPart, block: Block, words: SectionWords) -> tuple[SectionHeading, Answer, bool] | None:
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


def _legible(block: Block) -> bool:
    """Whether what a block says can answer: it was not recognised, or recognised well."""
    return not block.ocr or (block.confidence or 0.0) >= _OCR_ANSWER


def _heading_of(block: Block, words: SectionWords) -> SectionHeading | None:
    if not block.text or has_leaders(block.text):
        return None
    marked = block.kind is BlockKind.HEADING or block.bold
    return section_heading(block.text, words, marked=marked)


def _whole(part: Part, index: int, heading: SectionHeading, words: SectionWords) -> tuple[SectionHeading, int]:
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


def _answer_below(
    wanted: SectionPart,
    part: Part,
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
    legible = [i for i in indexes if _legible(blocks[i])]
    for among in (legible, indexes):
        answer = first_answer((blocks[i].text for i in among), words)
        if answer.content.filled or (own is Content.NOTHING and among is indexes):
            return answer, among[answer.index] if answer.index >= 0 else -1
    return Answer(own, heading.answer, 0), index


def _below(
    wanted: SectionPart, part: Part, index: int, heading: SectionHeading, words: SectionWords, lines: frozenset[int]
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
        other = _heading_of(block, words)
        if other is not None and (other.parts or other.remedies):
            if not heading.parts >= other.parts or other.remedies:
                break
            # 3.1 ปัญหา under 3. ปัญหาและข้อเสนอแนะ: what it holds says nothing of ข้อเสนอแนะ.
            other_part = wanted not in other.parts
            if wanted in other.parts and classify(other.answer, words).filled:
                yield later
            continue
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


def _among_siblings(part: Part, index: int) -> bool:
    """Whether the line is one of a list of short lines: a criterion's list of parts, not a report's section."""
    blocks = part.resource.blocks
    block = blocks[index]
    if block.kind is BlockKind.HEADING:
        return False
    neighbours = [b for b in blocks[max(part.start, index - 2) : min(part.stop, index + 3)] if b is not block]
    if block.kind is BlockKind.LIST_ITEM:
        return any(b.kind is block.kind and len(b.text) < 120 for b in neighbours)
    return any(numbering(b.text) is not None and b.kind is block.kind for b in neighbours)


# ------------------------------------------------------------------------------------- tables


def _table_places(wanted: SectionPart, part: Part, words: SectionWords) -> Iterator[_Place]:
    blocks = part.resource.blocks
    for hit in (*column_hits(wanted, part, words), *row_hits(wanted, part, words)):
        contents = {i: classify(blocks[i].text, words) for i in hit.cells}
        filled = [i for i in hit.cells if contents[i].filled]
        legible = [i for i in filled if _legible(blocks[i])]
        header = blocks[hit.header]
        if filled:
            answers = legible or filled
            texts = [i for i in answers if contents[i] is Content.TEXT]
            at = (texts or answers)[0]
            answer = Answer(Content.TEXT if texts else Content.NONE, blocks[at].text, 0)
        else:
            at = hit.cells[0] if hit.cells else -1
            empty = next((c for c in contents.values() if c is not Content.NOTHING), Content.NOTHING)
            answer = Answer(empty, blocks[at].text if at >= 0 else "", 0)
        yield _Place(
            hit.header, header.text, answer, at, Method.TABLE,
            sure=(not header.ocr or (header.confidence or 0.0) >= _OCR_CONFIDENCE)
            and bool(legible or not filled),
            in_questionnaire=False,
            note="column_partly_filled" if filled and len(filled) < len(hit.cells) else "",
        )  # fmt: skip


# ------------------------------------------------------------------------------------- what it is not


def _contents_blocks(part: Part, words: SectionWords) -> frozenset[int]:
    """Blocks of tables of contents: pages headed สารบัญ, or holding several lines with dot leaders."""
    pages: dict[int | None, list[int]] = {}
    headed: set[int | None] = set()
    leaders: dict[int | None, int] = {}
    for index, block in part.indexed():
        pages.setdefault(block.page, []).append(index)
        if words.contents.match(make_key(block.text).text) and len(block.text) < 40:
            headed.add(block.page)
        if has_leaders(block.text):
            leaders[block.page] = leaders.get(block.page, 0) + 1
    found: set[int] = set()
    for page, indexes in pages.items():
        if page is None:
            found.update(_unpaged_contents(part, indexes, words))
        elif page in headed or leaders.get(page, 0) >= _CONTENTS_LINES:
            found.update(indexes)
    return frozenset(found)


def _unpaged_contents(part: Part, indexes: list[int], words: SectionWords) -> Iterator[int]:
    """Without pages (HTML, DOCX) the contents end at the next heading that repeats nothing of them, or with their last
    line that names a page."""
    blocks = part.resource.blocks
    inside = False
    for place, index in enumerate(indexes):
        block = blocks[index]
        if words.contents.match(make_key(block.text).text) and len(block.text) < 40:
            inside = True
        elif inside and (block.kind is BlockKind.HEADING or _behind_contents(indexes[:place], indexes[place:], blocks)):
            inside = False
        if inside or has_leaders(block.text):
            yield index


def _behind_contents(before: list[int], after: list[int], blocks: tuple[Block, ...]) -> bool:
    """Whether two lines without a page's number follow one with it: a single one may be an entry's first half."""
    named = [_names_page(blocks[i].text) for i in (*before[-1:], *after[:2])]
    return len(named) == 3 and named[0] and not named[1] and not named[2]


def _names_page(text: str) -> bool:
    return has_leaders(text) or _PAGE_AT_END.search(make_key(text).text) is not None


def _furniture(part: Part) -> frozenset[int]:
    """Lines that return on many pages: running headers and footers, never a section's content."""
    pages: dict[str, set[int]] = {}
    where: dict[str, list[int]] = {}
    for index, block in part.indexed():
        if block.page is not None and block.kind is not BlockKind.CELL and len(block.text) <= 120:
            key = "".join(c for c in make_key(block.text).text if is_thai(c) or c.isalpha())
            if len(key) >= _FURNITURE_LETTERS:
                pages.setdefault(key, set()).add(block.page)
                where.setdefault(key, []).append(index)
    count = max((b.page or 0 for b in part.blocks), default=0)
    needed = max(_FURNITURE_PAGES, count // 4)
    return frozenset(i for key, on in pages.items() if len(on) >= needed for i in where[key] if not _short_answer(key))


def _short_answer(key: str) -> bool:
    """`ไม่มี` returns on many pages too, and is an answer each time."""
    return len(key) < 16


def _questionnaire_blocks(part: Part, words: SectionWords) -> frozenset[int]:
    """Blocks of pages that ask the reader; without pages, from the heading over the question to the next like it."""
    asking = [(i, b) for i, b in part.indexed() if words.questionnaire.search(make_key(b.text).text)]
    pages = {block.page for _, block in asking if block.page is not None}
    found = {index for index, block in part.indexed() if block.page in pages}
    blocks = part.resource.blocks
    for index, block in asking:
        if block.page is not None or index in found:
            continue
        first = next((i for i in range(index, part.start - 1, -1) if blocks[i].kind is BlockKind.HEADING), index)
        rank = blocks[first].level or 9
        for later in range(first, part.stop):
            if later > index and blocks[later].kind is BlockKind.HEADING and (blocks[later].level or 9) <= rank:
                break
            found.add(later)
    return frozenset(found)


def _title_year(part: Part) -> int | None:
    """The latest year that the document's first lines name: its own."""
    years = [year for _, block in list(part.indexed())[:_TITLE_BLOCKS] for year in _years(block.text)]
    return max(years, default=None)


def _of_earlier_year(text: str, own: int) -> bool:
    """A heading that names only earlier years than the document's title quotes an earlier report."""
    years = _years(text)
    return bool(years) and max(years) < own


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(make_key(text).text)]


def _is_memo(part: Part, words: SectionWords) -> bool:
    """The skeleton of an office memo has its own ข้อเสนอแนะ: what the writer asks the superior to do."""
    if not words.memo:
        return False
    found = {
        word
        for _, block in part.indexed()
        if len(block.text) < 60
        for word, pattern in words.memo
        if pattern.search(make_key(block.text).text)
        # A letter of it may be misread; then nothing else may stand on the line.
        or (block.ocr and similarity(word, unnumbered(block.text)) >= _OCR_WORD)
    }
    return len(found) >= 2


def _near_swot(part: Part, index: int, words: SectionWords) -> bool:
    nearby = part.resource.blocks[max(part.start, index - 6) : min(part.stop, index + 7)]
    return any(words.swot.search(make_key(b.text).text) for b in nearby)


def _remedies_only(
    wanted: SectionPart, part: Part, words: SectionWords, contents: frozenset[int]
) -> SectionResult | None:
    """แนวทางแก้ไข under ปัญหา is near to ข้อเสนอแนะ, but only a person may call it that."""
    if wanted != "suggestions":
        return None
    for index, block in part.indexed():
        if index in contents or (part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT):
            continue
        heading = _heading_of(block, words) if block.kind is not BlockKind.CELL else None
        if heading is not None and heading.remedies and heading.parts:
            return SectionResult(
                ElementStatus.MISSING,
                quotes=(_quote(part, index, block.text, Method.HEADING),),
                reason=Reason("remedies_only"),
                seen=_headings(part),
            )
    return None


def _ocr_likeness(wanted: SectionPart, part: Part, words: SectionWords) -> SectionResult | None:
    """A short recognised line that is nearly the heading: a person must look."""
    targets = words.problems.pattern if wanted == "problems" else words.suggestions.pattern
    phrases = [p for p in _plain_wordings(targets) if len(p) >= 8]
    for index, block in part.indexed():
        if not block.ocr or not 6 <= len(block.text) <= 90:
            continue
        if any(partial_similarity(phrase, block.text) >= _OCR_LIKENESS for phrase in phrases):
            return SectionResult(
                ElementStatus.REVIEW,
                quotes=(_quote(part, index, block.text, Method.OCR),),
                reason=Reason("section_fuzzy", {"page": str(block.page or "")}),
            )
    return None


def _plain_wordings(pattern: str) -> list[str]:
    return ["".join(c for c in piece if is_thai(c)) for piece in pattern.split("|")]


def _headings(part: Part) -> tuple[str, ...]:
    found: list[str] = []
    for _, block in part.indexed():
        if part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT:
            continue
        numbered = numbering(block.text) is not None and len(block.text) <= 90
        if block.text and (block.kind is BlockKind.HEADING or numbered) and block.text not in found:
            found.append(block.text[:120])
        if len(found) >= _SEEN_HEADINGS:
            break
    return tuple(found)
