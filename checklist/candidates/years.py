"""Which year an index, a label or a document is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from checklist.candidates.year_statements import YearStatement, year_statement
from checklist.evidence_view import EvidencePart
from core.models.snapshot import Block, BlockKind, Resource, ResourceKind, Zone
from core.thai.dates import (
    YearMention,
    date_mentions,
    fiscal_ranges,
    fiscal_year,
    month_mentions,
    year_mentions,
    year_places,
)
from core.thai.normalize import digits, make_key

_ASSESSMENT = re.compile(r"\b(?:ita|oit)\b|(?:ita|oit)(?=[\d\s_-])|การประเมินคุณธรรม|การเปิดเผยข้อมูลสาธารณะ|ปีงบประมาณ")
_YEAR_ONLY = re.compile(
    r"^\W*+(?:(?:ประจำปี|ปีงบประมาณ|ปีงบ|ปี|พ\.ศ\.|ค\.ศ\.)\W*+)?(?:พ\.ศ\.\W*+)?(?:25\d\d|20[0-4]\d)\W*+$"
    r"|^\W*+(?:ประจำปี|ปีงบประมาณ|ปีงบ|ปี)\W*+[5-9]\d\W*+$"
)
_OF_ASSESSMENT = re.compile(r"\([^()]{0,60}?(?:ita|oit|การประเมินคุณธรรม)[^()]{0,60}\)", re.IGNORECASE)
"""A title's bracket that says for which assessment it is shown: `(ใช้ประกอบการประเมิน ITA 2565)`."""
_NAMES_ASSESSMENT = re.compile(r"(?<![a-z])(?:ita|oit)(?![a-z])|การประเมินคุณธรรม")
"""A line that says for which assessment something is shown: a cover sheet's."""
_ENDS_IN_YEAR = re.compile(r"[\d๐-๙]{2}\W*$")
_YEARLY = re.compile(r"ประจำปี\s*(?:พ\.\s?ศ\.\s?)?[\d๐-๙]{4}\W*$")
_COVER_BLOCKS = 14
_COVER_PAGES = 2
_LINE = 200
_FIRST_AND_LAST = frozenset({10, 9})
"""The months in which a fiscal year begins and ends."""
_OF_YEAR = re.compile(r"(?:ปี|พ\.\s?ศ\.|ค\.\s?ศ\.)\s*(?:พ\.\s?ศ\.\s?)?(?:25|20)\d\d|(?:ปี)\s?\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class YearSense:
    """Whether something is of the wanted year: True, False, or None for "cannot tell"; `found` the years
    it speaks of, `quote` the text that decided."""

    right: bool | None
    found: tuple[int, ...] = ()
    quote: str = ""
    block: int = -1
    by_label: bool = False
    """The document is silent; its link's label or its file's name decided."""
    stated: bool = False
    """The document states a year, and it is neither surely right nor surely wrong."""
    label: tuple[int, ...] = ()
    """The years that the label claims against the document."""


def index_year(page: Resource, position: int, wanted: int) -> int | None:
    """The assessment year that the part of an index around block `position` speaks of, or None.

    The nearest heading above decides (a tab per year), then the page's title, address and the label
    that led to it."""
    for index in range(position, -1, -1):
        block = page.blocks[index]
        if block.kind is BlockKind.HEADING and index != position:
            years = _assessment_years(block.text)
            if years:
                return wanted if wanted in years else years[0]
    return _named_year(page, wanted)


def index_years(page: Resource, wanted: int) -> tuple[int | None, ...]:
    """`index_year` of every block of a page, in one walk."""
    above = _named_year(page, wanted)
    found: list[int | None] = []
    for block in page.blocks:
        found.append(above)
        if block.kind is BlockKind.HEADING:
            years = _assessment_years(block.text)
            if years:
                above = wanted if wanted in years else years[0]
    return tuple(found)


def _named_year(page: Resource, wanted: int) -> int | None:
    for text in (page.title, page.label, unquote(page.url)):
        years = _assessment_years(text)
        if years:
            return wanted if wanted in years else years[0]
    return None


@lru_cache(maxsize=1 << 14)
def _assessment_years(text: str) -> tuple[int, ...]:
    key = make_key(text[:400]).text
    if not (_ASSESSMENT.search(key) or _YEAR_ONLY.match(key)):
        return ()
    return tuple(dict.fromkeys(m.year for m in _years(text[:400])))


def part_year(part: EvidencePart, wanted: int, *, assessment: int, covers: bool) -> YearSense:
    """Whether a part of evidence is of the fiscal year `wanted` (Buddhist era).

    The document decides: its title and first lines, then what most of its text speaks of. Only if it is silent the
    link's label does (`by_label`), and then the file's name. A label that only names the assessment's own year says
    nothing about a report of the year before. `covers` lets a span of years (2566-2570) that holds the wanted one
    count. A year read by OCR never says "wrong"; a title's that was read from its digits lets no label say "right"."""
    label = _text_sense(part.label, wanted, assessment)
    if not _is_whole(part):
        return _listed_sense(part, wanted, assessment, covers, label)
    cover = _cover_sense(part, wanted, assessment, covers)
    if cover.right is True:
        return cover
    if cover.right is False:
        return replace(cover, label=label.found if label.right else ())
    if cover.stated:
        return cover
    body = _body_sense(part, wanted)
    if body.right is True:
        return body
    if label.right is not None and not (label.right is False and body.found):
        return replace(label, by_label=True)
    name = unquote(part.resource.url.rsplit("/", 1)[-1])
    named = _text_sense(name.replace("_", " ").replace("-", " "), wanted, assessment)
    if named.right is not None:
        return replace(named, by_label=True)
    return YearSense(None, cover.found or body.found or label.found or named.found)


def _is_whole(part: EvidencePart) -> bool:
    return part.bound or part.is_whole


def _listed_sense(part: EvidencePart, wanted: int, assessment: int, covers: bool, label: YearSense) -> YearSense:
    """The year of a run of text on a page: what it says, else that of the section of the index around it. Its label is
    one of its lines; where it is not (a pane that a button opens), a text that is only of other years says so."""
    cover = _cover_sense(part, wanted, assessment, covers)
    body = _body_sense(part, wanted)
    if label.right is True and cover.right is False and wanted not in body.found:
        return replace(cover, label=label.found)
    if label.right is True:
        return label
    if cover.right is True:
        return cover
    if body.right is True:
        return body
    if cover.right is False:
        # What stands in the section says of which year it is, whatever list it stands in.
        return cover
    if wanted == assessment and index_year(part.resource, part.start, wanted) == wanted:
        return YearSense(True, (wanted,), part.label)
    if label.right is False:
        return label
    return YearSense(None, cover.found or label.found)


@lru_cache(maxsize=1 << 14)
def _text_sense(text: str, wanted: int, assessment: int) -> YearSense:
    if not text:
        return YearSense(None)
    years = year_statement(text).all
    if not years:
        return YearSense(None)
    if wanted in years:
        return YearSense(True, years, text)
    if assessment in years:
        return YearSense(None, years, text)
    return YearSense(False, years, text)


def _cover_sense(part: EvidencePart, wanted: int, assessment: int, covers: bool) -> YearSense:
    """What the first lines that state a year say. A plan of several years above a plan of one of them is not it."""
    document = part.resource.kind is ResourceKind.DOCUMENT
    found: list[int] = []
    ocr = unread = False
    sheet: YearSense | None = None
    for index, text, block, before in _cover_lines(part):
        ocr = ocr or (block is not None and block.ocr)
        unread = unread or (block is not None and hides_a_year(block))
        text = _without_assessment(text)
        stated = year_statement(text, before)
        if not stated.strong or not _states_a_year(text, stated, block):
            continue
        if unread and block is not None and block.reread:
            # The title's year was not read: another one below it proves nothing.
            break
        if sheet is not None and not (_names_its_year(text, stated, block) and _ENDS_IN_YEAR.search(text[:_LINE])):
            # Not the title of what stands behind the sheet.
            return sheet
        if wanted in stated.strong and (covers or not stated.span or len(stated.strong) == 1):
            return YearSense(True, stated.strong, text, index)
        found.extend(stated.strong)
        if stated.span and not covers:
            continue
        if assessment in stated.strong and not document:
            # Pages carry the year of the list that they stand in.
            continue
        below = part.resource.blocks[index + 1 : index + 2] if 0 <= index < part.stop - 1 else ()
        named_whole = any(_names_whole_year(line, assessment) for line in (text, *(b.year_text for b in below)))
        if assessment in stated.strong and not named_whole and not _tells_of(part, assessment, wanted):
            # A report on the assessment's own year may be named after the year in which it is asked for, unless its
            # days or its sentences say which year it is.
            named = YearSense(None, tuple(dict.fromkeys(found)), text, index, stated=True)
            if sheet is None and _NAMES_ASSESSMENT.search(make_key(text[:_LINE]).text):
                # The sheet before a report; its own title stands behind it.
                sheet = named
                continue
            return sheet or named
        if block is not None and block.reread:
            # No accusation, but neither a label nor what stands further below proves another year against a title.
            return YearSense(None, tuple(dict.fromkeys(found)), text, index, stated=True)
        return YearSense(None if ocr else False, tuple(dict.fromkeys(found)), text, index)
    if wanted in found:
        return YearSense(True, tuple(dict.fromkeys(found)), part.resource.title)
    return sheet or YearSense(None, tuple(dict.fromkeys(found)))


def _names_its_year(text: str, stated: YearStatement, block: Block | None) -> bool:
    """Whether a line says of which year something is: a fiscal one, or a title that is set off and names one year."""
    set_off = block is not None and (block.kind is BlockKind.HEADING or block.bold)
    return stated.fiscal or (set_off and len(stated.strong) == 1 and _YEARLY.search(text[:_LINE]) is not None)


def _without_assessment(text: str) -> str:
    """A line without the bracket that names the assessment for which it is shown, if it states a year outside of it."""
    rest = _OF_ASSESSMENT.sub(" ", text[:_LINE]) + text[_LINE:]
    return rest if rest != text and year_statement(rest).strong else text


def _names_whole_year(text: str, year: int) -> bool:
    """Whether a text names a fiscal year by its days: 1 ตุลาคม 2564 - 30 กันยายน 2565."""
    months = {mention.month for mention in month_mentions(text)}
    return months >= _FIRST_AND_LAST and any(mention.year == year for mention in fiscal_ranges(text))


def _tells_of(part: EvidencePart, year: int, wanted: int) -> bool:
    """Whether a document's sentences say that it is on a fiscal year, and none speaks of the wanted one or of a day in
    it. What a title is called after, its text seldom repeats."""
    told = False
    for _, text, block, before in joined_lines(part):
        if block.ocr or any(fiscal_year(mention.date) == wanted for mention in date_mentions(text)):
            return False
        stated = year_statement(text, before)
        if wanted in stated.all:
            return False
        told |= stated.strong == (year,) and _IN_YEAR.search(text) is not None
    return told


def _cover_lines(part: EvidencePart) -> Iterator[tuple[int, str, Block | None, str]]:
    """The first lines with their index and the line before; a document's title field comes last, it is often another
    document's."""
    page = part.resource.kind is ResourceKind.PAGE
    title = part.resource.title if _is_whole(part) and not part.bound else ""
    first = (part.blocks[0].page or 1) if part.bound and part.blocks else 1
    if page and title:
        yield -1, title, None, ""
    taken = 0
    for index, text, block, before in joined_lines(part):
        if (block.page or 1) - first >= _COVER_PAGES or (page and block.zone is not Zone.CONTENT):
            continue
        taken += 1
        if taken > _COVER_BLOCKS:
            break
        yield index, text, block, before
    if title and not page:
        yield -1, title, None, ""


def joined_lines(part: EvidencePart) -> Iterator[tuple[int, str, Block, str]]:
    """The lines of a part with their index, each with the next one where a date or a title's years go on there, and
    the line before that a sentence may go on from."""
    before: Block | None = None
    joined = False
    for index, block in part.numbered_blocks():
        if not block.text.strip() or block.kind is BlockKind.FORM:
            # A form's lines are read one by one: put together they say the year of whatever stands in it.
            continue
        following = part.resource.blocks[index + 1] if index + 1 < part.stop else None
        told, joined = joined, False
        text = block.year_text
        if following is not None and following.kind is block.kind and _goes_on(text, following.year_text):
            text, joined = f"{text} {following.year_text}", True
        runs_on = before is not None and before.kind is block.kind and block.kind is not BlockKind.CELL
        if joined or not told:
            # The end of a date is none by itself.
            yield index, text, block, before.year_text if before is not None and runs_on else ""
        before = block


def _goes_on(line: str, following: str) -> bool:
    """Whether a title is wrapped inside its years: "(พ.ศ. 2565" and "– 2569)"."""
    if line.count("(") > line.count(")") or _JOINER.match(following) is not None or _OPEN.search(line) is not None:
        return True
    if _DAY_LAST.search(line) is not None and any(month.start <= 1 for month in month_mentions(following[:_MONTH])):
        return True
    months = month_mentions(line[-_MONTH:]) if _YEAR_FIRST.match(following) else ()
    return bool(months) and months[-1].stop == len(line[-_MONTH:].rstrip())


_IN_YEAR = re.compile(r"(?:^|\s)ในปีงบประมาณ")
"""How a sentence begins that says what was done in a year."""
_MONTH = 20
"""Characters; a month's name is shorter."""
_DAY_LAST = re.compile(r"วันที่\s*[\d๐-๙]{1,2}\s*$")
_YEAR_FIRST = re.compile(r"\s*(?:พ\.\s?ศ\.\s?)?[\d๐-๙]{2,4}(?![\d๐-๙])")
_JOINER = re.compile(r"\s*(?:[-–—]|ถึง|ของปี(?:งบประมาณ)?)\s*(?:พ\.\s?ศ\.\s?)?[\d๐-๙]")
_OPEN = re.compile(r"(?:[-–—]|ถึง|พ\.\s?ศ\.|ปีงบประมาณ|ประจำปี)\s*$")


def hides_a_year(block: Block) -> bool:
    """Whether a year in Thai digits stands in a recognised text that could not be read."""
    return block.ocr and not block.reread and bool(year_places(block.text))


def _states_a_year(text: str, stated: YearStatement, block: Block | None) -> bool:
    """Whether a line says of which year its document is: a title does, a sentence with a number in it does not."""
    if block is None or stated.fiscal or block.kind is BlockKind.HEADING or block.bold:
        return True
    return len(text) <= _LINE and _OF_YEAR.search(digits(text)) is not None


def _body_sense(part: EvidencePart, wanted: int) -> YearSense:
    """What the text speaks of most: the wanted year proves if no other year is named twice as often."""
    counts: Counter[int] = Counter()
    first: dict[int, tuple[int, str]] = {}
    unread = 0
    for index, _, block, before in joined_lines(part):
        if part.resource.kind is ResourceKind.PAGE and block.zone is not Zone.CONTENT:
            continue
        unread += hides_a_year(block)
        for year in year_statement(block.year_text, before).all:
            counts[year] += 1
            first.setdefault(year, (index, block.year_text))
    if wanted in counts and 2 * counts[wanted] >= max(counts.values()):
        index, quote = first[wanted]
        if part.resource.blocks[index].reread and counts[wanted] < unread:
            return YearSense(None, tuple(counts))
        return YearSense(True, tuple(counts), quote, index)
    return YearSense(None, tuple(counts))


def _years(text: str) -> tuple[YearMention, ...]:
    """The years that a text speaks of: from October to March is one fiscal year, not two calendar years."""
    ranges = fiscal_ranges(text)
    single = [m for m in year_mentions(text) if not any(r.start <= m.start < r.stop for r in ranges)]
    return tuple(sorted((*single, *ranges), key=lambda m: m.start))
