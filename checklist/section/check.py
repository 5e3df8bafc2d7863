"""The section check: does this report say what its problems and suggestions were, or that there were none?

The heading cut out, and the heading with nothing under it, are different findings: the first is the gap
that cost a province its points, the second is mended by one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklist.evidence_view import EvidencePart
from checklist.section.answers import (
    answer_below,
    boxed_answer,
    broken_heading,
    column_answer,
    heading_of,
    is_legible,
    is_set_off,
    labelled_answer,
    whole_heading,
)
from checklist.section.around.beside import (
    has_picture,
    heading_in_margin,
    holds_picture,
    weigh_beside,
    weigh_picture,
)
from checklist.section.around.names_row import among_names
from checklist.section.around.rest_of_line import rest_of_line
from checklist.section.checkboxes import is_tick
from checklist.section.classify import Answer, Content, classify
from checklist.section.context import (
    contents_blocks,
    furniture_blocks,
    in_bare_run,
    in_names_column,
    is_broken_off,
    is_memo,
    line_widths,
    near_swot,
    of_earlier_year,
    questionnaire_blocks,
    title_year,
    ways_back,
)
from checklist.section.headings import (
    COLUMN,
    SectionHeading,
    SectionPart,
    numbering,
    strip_number,
)
from checklist.section.labels import Caption, captions_below, labelled_parts
from checklist.section.legibility import PoorPages, is_hardly_read, is_scan, poor_pages
from checklist.section.lexicon import SectionWords, section_words
from checklist.section.lost_headings import Doubt, lost_heading, unsure_heading
from checklist.section.prose import proven_in_prose, told_in_prose
from checklist.section.spreadsheet import box_cells, line_cells
from checklist.section.tables import TableHit, cells_below_names, column_hits, names_of_nothing, row_hits, ticked
from checklist.section.web_report import WebReport, answer_on_page
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ResourceKind, Zone
from core.thai.normalize import digits, is_thai, partial_similarity, similarity

_SEEN_HEADINGS = 12
_OCR_LIKENESS = 0.85
_OCR_ALONE = 0.8
"""Likeness of a line that is nothing but the heading."""
_OCR_CONFIDENCE = 0.6
_TEXT_LENGTH = 300
_OTHER_MATTER = 4
"""Letters before the section's words from which they name something of their own."""
_SECTION_LINES = 8
_BARE, _COUNTED = re.compile(r"\s*(\d{1,2})\s+[ก-๛]"), 60
"""A number without a sign before a line, and lines among which the one before it stands."""
_NARROWEST = 50
"""Characters of the longest line of a page that can hold prose; on a page of shorter ones none goes on."""
_FULL_LINE = 0.8
"""Part of the longest line of a page from which a line fills it: prose goes on below."""


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
    note: ReasonCode | None = None
    weak: bool = False
    """The line only begins as a heading does: it counts where no better one stands."""
    mixed: bool = False
    """The heading names other matters too, and the text under it may be about those."""


def check_section(wanted: SectionPart, part: EvidencePart, lexicon: Mapping[str, tuple[str, ...]]) -> SectionResult:
    """Look for one part of the section in one part of evidence.

    Present if a text or an explicit none stands under a heading (or in a table's column or row of that
    name); empty if only a dash, dots or nothing does; review if only a poor scan's likeness speaks for it."""
    words = section_words(lexicon, recognised=any(block.ocr for _, block in part.numbered_blocks()))
    contents = contents_blocks(part, words)
    columns = tuple(column_hits(wanted, part, words))
    named = cells_below_names(part, columns) | names_of_nothing(part, words)
    places = [*_line_places(wanted, part, words, contents, named), *_table_places(wanted, part, words, columns)]
    if wanted == "suggestions" and is_memo(part, words):
        places = [p for p in places if _is_beside_problems(part, p, words)]
        poor = poor_pages(part)
        if not places:
            return _poor(poor) if poor and is_scan(part) else _absent(part)
    captions = captions_below(part, words)
    below = {caption.name for caption in captions}
    real = [p for p in places if (not p.in_questionnaire or p.answer.content.filled) and p.index not in below]
    real = [p for p in real if not p.weak] or real
    caption = next((each for each in captions if wanted in each.parts), None)
    if caption is not None and not any(place.answer.content.filled for place in real):
        return _captioned(part, caption)
    if real:
        return _result(max(real, key=_worth), part)
    poor = poor_pages(part)
    fuzzy = _ocr_likeness(wanted, part, section_words(lexicon))
    if fuzzy is not None:
        return fuzzy
    remedies = _remedies_only(wanted, part, words, contents)
    scan = is_scan(part)
    if poor and (remedies is None or scan):
        return _poor(poor)
    doubt = lost_heading(wanted, part, words) if scan else None
    if doubt is not None:
        return _doubtful(part, doubt)
    proven = proven_in_prose(wanted, part, words, contents)
    if proven is not None:
        index, told_there = proven
        quotes = (_quote(part, index, part.resource.blocks[index].text, Method.TEXT),)
        return SectionResult(ElementStatus.PRESENT, told_there is Content.NONE, quotes)
    unsure = unsure_heading(wanted, part, words, contents)
    told = unsure if unsure is not None else told_in_prose(wanted, part, words, contents)
    if told is not None and (remedies is None or unsure is not None):
        return _unsure(part, told)
    if remedies is not None and not (scan and is_hardly_read(part)):
        return remedies
    margin = heading_in_margin(wanted, part, words)
    return _lack(part) if margin is None else _unsure(part, margin)


def _is_beside_problems(part: EvidencePart, place: _Place, words: SectionWords) -> bool:
    """Whether suggestions in an office memo are those of a report: they stand under or beside its problems. A memo's
    own are what its writer asks for."""
    above = range(max(part.start, place.index - _SECTION_LINES), place.index + 1)
    found = [heading_of(part.resource.blocks[at], words) for at in above]
    return any(each is not None and each.sure and each.strong and "problems" in each.parts for each in found)


def _unsure(part: EvidencePart, index: int) -> SectionResult:
    quotes = (_quote(part, index, part.resource.blocks[index].text, Method.TEXT),)
    return SectionResult(ElementStatus.REVIEW, quotes=quotes, reason=Reason(ReasonCode.SECTION_UNSURE))


def _lack(part: EvidencePart) -> SectionResult:
    if (is_scan(part) and is_hardly_read(part)) or holds_picture(part):
        return SectionResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.UNREAD_REST))
    return _absent(part)


def _absent(part: EvidencePart) -> SectionResult:
    return SectionResult(ElementStatus.MISSING, reason=Reason(ReasonCode.SECTION_ABSENT), seen=_headings(part))


def _poor(poor: PoorPages) -> SectionResult:
    if poor.pages:
        pages = ", ".join(str(page) for page in poor.pages)
        return SectionResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.SECTION_POOR_PAGES, {"pages": pages}))
    return SectionResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.SECTION_UNSURE))


def _doubtful(part: EvidencePart, doubt: Doubt) -> SectionResult:
    """A place of a scan that may be the heading: a person is shown where."""
    block = part.resource.blocks[doubt.index]
    if doubt.misread:
        reason = Reason(ReasonCode.SECTION_FUZZY, {"page": str(block.page or "")})
        quotes = (_quote(part, doubt.index, block.text, Method.OCR),)
        return SectionResult(ElementStatus.REVIEW, quotes=quotes, reason=reason)
    return _poor(PoorPages((block.page,) if block.page is not None else (), block.page is None))


def _captioned(part: EvidencePart, caption: Caption) -> SectionResult:
    """A name below its text: a person is shown both."""
    blocks = part.resource.blocks
    indexes = dict.fromkeys((caption.name, caption.text))
    quotes = tuple(_quote(part, at, blocks[at].text, Method.TEXT) for at in indexes)
    return SectionResult(ElementStatus.REVIEW, quotes=quotes, reason=Reason(ReasonCode.SECTION_UNSURE))


def _worth(place: _Place) -> tuple[int, int, int]:
    order = {Content.TEXT: 3, Content.NONE: 3, Content.DOUBT: 2, Content.DOTS: 1, Content.DASH: 1, Content.NOTHING: 0}
    answered = order[place.answer.content]
    # What stands under a chapter of several matters speaks after what stands under the section's own name.
    return (answered if not place.mixed else min(answered, 2), place.sure, -place.index)


def _result(place: _Place, part: EvidencePart) -> SectionResult:
    block = part.resource.blocks[place.index]
    quotes = [_quote(part, place.index, place.heading, place.method)]
    if place.answer.quote and place.answer_index not in (-1, place.index):
        quotes.append(_quote(part, place.answer_index, place.answer.quote, place.method))
    mixed = place.mixed and place.answer.content is Content.TEXT
    if not place.sure or place.weak or mixed or place.answer.content is Content.DOUBT:
        code = ReasonCode.SECTION_FUZZY if block.ocr else ReasonCode.SECTION_UNSURE
        return SectionResult(
            ElementStatus.REVIEW, quotes=tuple(quotes), reason=Reason(code, {"page": str(block.page or "")})
        )
    if block.ocr and place.answer.content is Content.NOTHING:
        # A short answer is what recognition passes over first.
        fuzzy = Reason(ReasonCode.SECTION_FUZZY, {"page": str(block.page or "")})
        return SectionResult(ElementStatus.REVIEW, quotes=tuple(quotes), reason=fuzzy)
    if place.answer.content.filled:
        reason = Reason(place.note) if place.note else None
        return SectionResult(ElementStatus.PRESENT, place.answer.content is Content.NONE, tuple(quotes), reason)
    return SectionResult(
        ElementStatus.EMPTY,
        quotes=tuple(quotes),
        reason=Reason(ReasonCode.SECTION_EMPTY, {"how": place.answer.content.value}),
    )


def _quote(part: EvidencePart, index: int, text: str, method: Method) -> Quote:
    block = part.resource.blocks[index]
    return Quote(
        part.resource.url,
        text[:_TEXT_LENGTH],
        Method.OCR if block.ocr else method,
        page=block.page,
        line=block.line,
        sheet=block.sheet,
        block=index,
        bbox=block.bbox,
    )


def _line_places(
    wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int], named: frozenset[int]
) -> Iterator[_Place]:
    """Headings among the lines. What `named` cells hold is answered for by their columns."""
    on_page = part.resource.kind is ResourceKind.PAGE
    report = WebReport(part, words)
    questionnaire = questionnaire_blocks(part, words)
    lines, boxes = line_cells(part), box_cells(part)
    year = title_year(part)
    furniture = furniture_blocks(part, words) | ways_back(part) | (named - lines)
    widths = line_widths(part)
    seconds: set[int] = set()
    for index, block in part.numbered_blocks():
        if index in seconds or index in contents or index in furniture or not _is_text(block):
            continue
        if index not in questionnaire and (labels := labelled_parts(block.text, words)) is not None:
            yield _labelled_place(wanted, index, block, labels)
            continue
        in_row = block.kind is BlockKind.CELL and index not in lines
        boxed = _boxed(wanted, block, words, in_row=in_row, in_box=index in boxes)
        if in_row and boxed is None:
            continue
        whole = boxed[0] if boxed is not None else heading_of(block, words)
        broken = broken_heading(part, index, words) if whole is None else None
        column = column_answer(wanted, part, index, words, lines) if COLUMN in block.text else None
        heading = broken or whole or (column[0] if column is not None and block.page is None else None)
        if heading is None or wanted not in heading.parts or _is_of_other(part, index, heading, words, year):
            continue
        if column is not None:
            last, (_, answer, at) = index, column
        elif boxed is not None and (boxed[1].content is not Content.NOTHING or boxed[2]):
            last, answer, at = index, boxed[1], index
        else:
            heading, last = (heading, index + 1) if broken else whole_heading(part, index, heading, words)
            seconds |= {last} - {index}
            answer, at = answer_below(wanted, part, last, heading, words, furniture, lines)
            if not answer.content.filled and classify(heading.rest, words) is Content.TEXT:
                answer, at = rest_of_line(part, index, heading.rest, words), index
        if not heading.sure and _runs_on(part, index, widths):
            # A line of prose that happens to begin with the section's words.
            continue
        weighed = _weigh(part, (index, last), heading, (answer, at), report, in_row=in_row)
        if weighed is None:
            continue
        if broken and _stands_narrow(part, index, weighed, widths):
            weighed = Answer(Content.DOUBT, weighed.quote, 0)
        unread = weighed.content.filled and at not in (-1, index, last) and not is_legible(part.resource.blocks[at])
        yield _Place(
            index,
            block.text,
            weighed,
            at,
            Method.HEADING if block.kind is BlockKind.HEADING or heading.numbering else Method.TEXT,
            sure=_is_read(block) and not unread,
            in_questionnaire=index in questionnaire,
            weak=not heading.sure
            or (not heading.plain and (_runs_on(part, index, widths) or (on_page and not is_set_off(block)))),
            mixed=sum(is_thai(c) for c in heading.others) >= _OTHER_MATTER,
        )


def _weigh(
    part: EvidencePart,
    lines: tuple[int, int],
    heading: SectionHeading,
    found: tuple[Answer, int],
    report: WebReport,
    *,
    in_row: bool,
) -> Answer | None:
    """What answers a heading of these lines, seen with what stands around it; None if it is no heading of a report."""
    if part.resource.kind is ResourceKind.PAGE:
        weighed = answer_on_page(part, *lines, heading, found, report)
        weighed = weigh_picture(part, lines[1], weighed, report.words) if weighed is not None else None
    else:
        weighed = weigh_beside(part, lines[1], found, report.words)
    if weighed is None:
        return None
    beside = not in_row and weighed.content is not Content.NONE and in_names_column(part, lines[0], report.words)
    # Its text may stand in a column beside it, and what stands below may be another's.
    doubtful = beside or in_bare_run(part, lines[0], report.words) or among_names(part, lines[0])
    return Answer(Content.DOUBT, weighed.quote, 0) if doubtful else weighed


def _labelled_place(wanted: SectionPart, index: int, block: Block, labels: Mapping[SectionPart, Answer]) -> _Place:
    """What a line or cell says that labels both parts of the section."""
    return _Place(index, block.text, labels[wanted], index, Method.TEXT, sure=_is_read(block), in_questionnaire=False)


def _boxed(
    wanted: SectionPart, block: Block, words: SectionWords, *, in_row: bool, in_box: bool
) -> tuple[SectionHeading, Answer, bool] | None:
    """The heading and its answer within one cell: a box of lines, or one of a row that holds lines."""
    if not in_row:
        return boxed_answer(wanted, block, words)
    return labelled_answer(wanted, block, words) if in_box else None


def _is_read(block: Block) -> bool:
    return not block.ocr or (block.confidence or 0.0) >= _OCR_CONFIDENCE


def _is_of_other(
    part: EvidencePart, index: int, heading: SectionHeading, words: SectionWords, year: int | None
) -> bool:
    """Whether a heading is that of an earlier year's report, or one of a table of strengths and weaknesses."""
    of_other = year is not None and of_earlier_year(part.resource.blocks[index].text, year)
    return of_other or (near_swot(part, index, words) and not heading.strong)


def _stands_narrow(part: EvidencePart, index: int, answer: Answer, widths: Mapping[int, int]) -> bool:
    """Whether nothing stands under a heading that is broken off far before the end of the page's lines."""
    return answer.content is Content.NOTHING and is_broken_off(part, index, widths)


def _is_text(block: Block) -> bool:
    return block.zone is Zone.CONTENT and block.kind not in (BlockKind.FORM, BlockKind.IMAGE, BlockKind.IFRAME)


def _runs_on(part: EvidencePart, index: int, widths: Mapping[int, int]) -> bool:
    """Whether a line goes on with the prose of the line above it, which fills its page's width."""
    blocks = part.resource.blocks
    block = blocks[index]
    if index == part.start or block.page is None or is_set_off(block) or numbering(block.text) is not None:
        return False
    above = blocks[index - 1]
    return (
        not _is_counted(part, index)
        and above.page == block.page
        and above.kind is BlockKind.PARAGRAPH
        and not is_set_off(above)
        and len(above.text) >= _FULL_LINE * max(widths.get(block.page, 0), _NARROWEST)
    )


def _is_counted(part: EvidencePart, index: int) -> bool:
    """Whether a line begins with a number without a sign, and the last one above that does is the number before it:
    `3 ปัญหาอุปสรรค` behind `2 งบประมาณที่ใช้`."""
    blocks = part.resource.blocks
    own = _BARE.match(digits(blocks[index].text))
    above = (_BARE.match(digits(blocks[at].text)) for at in range(index - 1, max(part.start, index - _COUNTED) - 1, -1))
    last = next((hit for hit in above if hit is not None), None) if own is not None else None
    return own is not None and last is not None and int(last[1]) + 1 == int(own[1])


def _table_places(
    wanted: SectionPart, part: EvidencePart, words: SectionWords, columns: tuple[TableHit, ...]
) -> Iterator[_Place]:
    blocks = part.resource.blocks
    for hit in (*columns, *row_hits(wanted, part, words)):
        contents = {i: classify(blocks[i].text, words) for i in hit.cells}
        mark = ticked(part, hit, words) if hit not in columns else None
        if mark is not None and not any(content is Content.TEXT for content in contents.values()):
            contents = {i: mark if is_tick(blocks[i].text) else content for i, content in contents.items()}
        filled = [i for i in hit.cells if contents[i].filled]
        legible = [i for i in filled if is_legible(blocks[i])]
        header = blocks[hit.header]
        if filled:
            answers = legible or filled
            texts = [i for i in answers if contents[i] is Content.TEXT]
            at = (texts or answers)[0]
            answer = Answer(Content.TEXT if texts else Content.NONE, blocks[at].text, 0)
        else:
            at = hit.cells[0] if hit.cells else -1
            empty = next((c for c in contents.values() if c is not Content.NOTHING), Content.NOTHING)
            if at >= 0 and any(_is_text(b) and b.kind is not BlockKind.CELL for b in blocks[hit.header + 1 : at]):
                # A row that a page's end broke: what stands between the names and the first cell may be of the column.
                empty = Content.DOUBT
            empty = Content.DOUBT if has_picture(part, hit.cells) else empty
            answer = Answer(empty, blocks[at].text if at >= 0 else "", 0)
        yield _Place(
            hit.header,
            header.text,
            answer,
            at,
            Method.TABLE,
            sure=(not header.ocr or (header.confidence or 0.0) >= _OCR_CONFIDENCE) and bool(legible or not filled),
            in_questionnaire=False,
            note=ReasonCode.COLUMN_PARTLY_FILLED if filled and len(filled) < len(hit.cells) and mark is None else None,
        )


def _remedies_only(
    wanted: SectionPart, part: EvidencePart, words: SectionWords, contents: frozenset[int]
) -> SectionResult | None:
    """แนวทางแก้ไข under ปัญหา is near to ข้อเสนอแนะ, but only a person may call it that."""
    if wanted != "suggestions":
        return None
    for index, block in part.numbered_blocks():
        if index in contents or (part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT):
            continue
        heading = heading_of(block, words) if block.kind is not BlockKind.CELL else None
        if heading is not None and heading.remedies and heading.parts:
            return SectionResult(
                ElementStatus.MISSING,
                quotes=(_quote(part, index, block.text, Method.HEADING),),
                reason=Reason(ReasonCode.REMEDIES_ONLY),
                seen=_headings(part),
            )
    return None


def _ocr_likeness(wanted: SectionPart, part: EvidencePart, words: SectionWords) -> SectionResult | None:
    """A short recognised line that is nearly the heading: a person must look."""
    phrases = [p for p in words.wordings[wanted] if len(p) >= 8]
    for index, block in part.numbered_blocks():
        if not block.ocr or not 6 <= len(block.text) <= 90:
            continue
        alone = strip_number(block.text)
        if any(
            partial_similarity(phrase, block.text) >= _OCR_LIKENESS or similarity(phrase, alone) >= _OCR_ALONE
            for phrase in phrases
        ):
            return SectionResult(
                ElementStatus.REVIEW,
                quotes=(_quote(part, index, block.text, Method.OCR),),
                reason=Reason(ReasonCode.SECTION_FUZZY, {"page": str(block.page or "")}),
            )
    return None


def _headings(part: EvidencePart) -> tuple[str, ...]:
    found: list[str] = []
    for _, block in part.numbered_blocks():
        if part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT:
            continue
        numbered = numbering(block.text) is not None and len(block.text) <= 90
        if block.text and (block.kind is BlockKind.HEADING or numbered) and block.text not in found:
            found.append(block.text[:120])
        if len(found) >= _SEEN_HEADINGS:
            break
    return tuple(found)
