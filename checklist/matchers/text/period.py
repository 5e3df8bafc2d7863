"""`period`: the evidence is of the fiscal year that the manual asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from checklist.candidates.within.said import is_way, says_little
from checklist.candidates.year_statements import is_signature
from checklist.candidates.years import YearSense, hides_a_year, joined_lines, part_year
from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.kinds import is_covering_letter, kind_words
from checklist.matchers.posting import without_days_of_others, without_postings
from checklist.matchers.text.phrase import excerpt
from checklist.rules.specs import PeriodMatch
from checklist.section.answers import is_set_off
from checklist.section.bound import without_letter
from checklist.section.headings import numbering
from checklist.section.legibility import is_hardly_read, is_scan, poor_pages
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, ResourceKind
from core.thai.dates import (
    DateMention,
    PeriodMention,
    date_mentions,
    fiscal_year,
    month_mentions,
    period_mentions,
    year_mentions,
)
from core.thai.normalize import clusters, find_phrase

_FIRST_HALF = frozenset({10, 11, 12, 1, 2, 3})
_FIRST_QUARTER = frozenset({10, 11, 12})
_LAST_QUARTER = frozenset({7, 8, 9})
_YEAR = frozenset(range(1, 13))
_YEAR_ENDS = frozenset({10, 9})
_YEAR_END = frozenset({9})
"""Its first and last month, and its last one."""
_MONTHLY = re.compile(r"(?:ประจำ|ใน|สำหรับ)เดือน")
_TITLE_LINES = 3
_TITLE_LINE = 90
"""Thai clusters."""
_HEADINGS = 6
_MONTH = 14
"""Thai clusters of เดือนพฤศจิกายน 2565."""
_ROWS = 2
"""Rows named after months from which a table is one of months."""
_BETWEEN = 4
"""Thai clusters between a part of a year and the year that it is of."""
_COVER = 6
"""Lines of a document, from its first one on, in which its title stands, set off or not."""


def check(spec: PeriodMatch, view: EvidenceView) -> MatchResult:
    """Present if a part is of the wanted year; missing and outdated if every part is of another; else review.

    A page, or a run of its text, that says little but what is behind it is of the year of what is behind it, and speaks
    only for documents that name no year. `covers` also accepts a span of years that holds the wanted one, `within` a
    date inside it."""
    ways = tuple(part for part in view.parts if _only_leads_on(part, view))
    spoken = tuple(part for part in view.parts if part not in ways) if ways else view.parts
    result = _of_parts(spec, view, spoken or ways)
    if result.status is ElementStatus.REVIEW and not result.quotes and spoken and ways:
        second = _of_parts(spec, view, tuple(without_postings(part, view) for part in ways))
        return second if second.status is ElementStatus.PRESENT else result
    return result


def _only_leads_on(part: EvidencePart, view: EvidenceView) -> bool:
    if part.is_whole or part.resource.kind is not ResourceKind.PAGE:
        return is_way(part, view.home)
    return says_little(part, view.home)


def _of_parts(spec: PeriodMatch, view: EvidenceView, parts: tuple[EvidencePart, ...]) -> MatchResult:
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    found: list[int] = []
    claimed: list[int] = []
    unsure = False
    wrong = other_half = part_of_half = part_of_year = None
    months: frozenset[int] = frozenset()
    for bound in parts:
        part = without_letter(bound, kind_words(view.lexicon))
        sense = part_year(part, wanted, assessment=view.assessment_year, covers=spec.span == "covers")
        quote = _quote(part, sense)
        if sense.right is True and spec.span == "first_6_months" and _is_of_other_months(part):
            other_half = other_half or quote
            months |= _months(part)
            continue
        of_half = _part_of_half(part, view) if sense.right is True and spec.span == "first_6_months" else None
        if of_half is not None:
            part_of_half = part_of_half or quote
            months |= of_half
            continue
        of_part = _part_of_year(part, sense, view, wanted) if sense.right is True and _is_over(spec) else frozenset()
        if of_part:
            part_of_year = part_of_year or quote
            months |= of_part
            continue
        if sense.right is True and sense.by_label and _is_unread(part):
            # Which year stands there nobody has read.
            unsure = True
            continue
        signed = _signed_before(part, wanted) if spec.signed and not _is_stated(sense) else None
        if signed is not None:
            # Days on which things are bought for the next year are for a person too.
            unsure = unsure or signed.late or _labelled_otherwise(part, sense, wanted)
            wrong = wrong or signed.quote
            found.append(signed.year)
            continue
        if sense.right is True:
            reason = Reason(ReasonCode.YEAR_OF_LABEL, {"found": str(wanted)}) if sense.by_label else None
            return MatchResult(ElementStatus.PRESENT, (quote,), reason=reason)
        if spec.span == "within":
            own = part if sense.right is not False else without_postings(part, view, sense.found)
            dated = _dated_within(without_days_of_others(own, view, wanted), wanted, signed=sense.right is not False)
            if dated is not None:
                return MatchResult(ElementStatus.PRESENT, (dated,))
        found.extend(sense.found)
        claimed.extend(sense.label)
        unsure = unsure or (sense.right is None and not _is_of_what_it_hands_on(part, view, wanted))
        wrong = wrong or (quote if sense.right is not None else None)
    if part_of_year is not None:
        return _of_part(months, part_of_year, wanted)
    if part_of_half is not None:
        return _of_quarters(months, part_of_half, wanted)
    if other_half is not None:
        return MatchResult(
            ElementStatus.MISSING, (other_half,), reason=Reason(ReasonCode.OTHER_HALF, {"wanted": str(wanted)})
        )
    if wrong is not None and not unsure:
        return _of_other_year(wrong, found, claimed, wanted)
    told = (wrong,) if wrong is not None else ()
    return MatchResult(ElementStatus.REVIEW, told, reason=Reason(ReasonCode.YEAR_UNSURE, {"wanted": str(wanted)}))


def _of_other_year(quote: Quote, found: Sequence[int], claimed: Sequence[int], wanted: int) -> MatchResult:
    """What documents are worth that are all of other years, whatever their labels claim."""
    values = {"found": ", ".join(str(year) for year in sorted(set(found))), "wanted": str(wanted)}
    reason = Reason(ReasonCode.WRONG_YEAR, values)
    if claimed:
        label = ", ".join(str(year) for year in sorted(set(claimed)))
        reason = Reason(ReasonCode.LABEL_CONTRADICTS, {**values, "label": label})
    return MatchResult(ElementStatus.MISSING, (quote,), reason=reason, outdated=True)


def _only_hands_on(part: EvidencePart, view: EvidenceView) -> bool:
    """Whether a part is the letter with which something was sent, or a run of a page that says next to nothing: of the
    year of what it hands on."""
    if part.resource.kind is ResourceKind.PAGE:
        return not part.is_whole and says_little(part, view.home)
    return is_covering_letter(part.resource, kind_words(view.lexicon))


def _labelled_otherwise(part: EvidencePart, sense: YearSense, wanted: int) -> bool:
    """Whether a label stands against the day of signing: for a person. The year in a file's address is often that of
    the folder."""
    return sense.right is True and any(mention.year == wanted for mention in year_mentions(part.label))


def _is_of_what_it_hands_on(part: EvidencePart, view: EvidenceView, wanted: int) -> bool:
    return _only_hands_on(part, view) or _was_put_up_before(part, wanted)


def _was_put_up_before(part: EvidencePart, wanted: int) -> bool:
    """Whether all days that a page names are before the wanted year, and not so shortly that things may be bought for
    it: what was put up then is not of that year."""
    if part.resource.kind is not ResourceKind.PAGE:
        return False
    days = [mention.date for _, text, _ in _dated_lines(part) for mention in date_mentions(text)]
    return bool(days) and all(
        fiscal_year(day) < wanted and not (fiscal_year(day) == wanted - 1 and day.month in _LAST_QUARTER)
        for day in days
    )


def _part_of_half(part: EvidencePart, view: EvidenceView) -> frozenset[int] | None:
    """The months of a document on a part of the first half year; None if it is on all of it, for all one can see."""
    if _is_of_less(part, view) or _ends_early(part):
        return _months(part)
    return _months_of_rows(part) if _lacks_months(part) else None


def _is_unread(part: EvidencePart) -> bool:
    """Whether a scan that names no year may have one that was not recognised: too little of it was read, or what stands
    at a year's place is none. A scan that was read well and has no such place is silent."""
    if not is_scan(part):
        return False
    places = any(hides_a_year(block) for _, block in part.numbered_blocks())
    return places or is_hardly_read(part) or bool(poor_pages(part))


def _is_over(spec: PeriodMatch) -> bool:
    """Whether the whole of a year is asked for that is over: of a year that goes on there may be no more yet."""
    return spec.span == "year" and spec.year == "previous"


def _of_part(months: frozenset[int], quote: Quote, wanted: int) -> MatchResult:
    """What documents are worth of which each names a part of the year in its title. The last one of a year may tell of
    all of it."""
    if months >= _YEAR:
        return MatchResult(ElementStatus.PRESENT, (quote,))
    status = ElementStatus.REVIEW if max(_YEAR_END) in months else ElementStatus.MISSING
    return MatchResult(status, (quote,), reason=Reason(ReasonCode.PART_OF_YEAR, {"wanted": str(wanted)}))


def _of_quarters(months: frozenset[int], quote: Quote, wanted: int) -> MatchResult:
    """What documents are worth of which each names a part of the first half year: one for each quarter is enough."""
    if months >= _FIRST_HALF:
        return MatchResult(ElementStatus.PRESENT, (quote,))
    return MatchResult(ElementStatus.REVIEW, (quote,), reason=Reason(ReasonCode.OTHER_HALF, {"wanted": str(wanted)}))


def _part_of_year(part: EvidencePart, sense: YearSense, view: EvidenceView, wanted: int) -> frozenset[int]:
    """The months that the title names in which a document states its year; none if they are the whole year, or all up
    to its end. Months of the year after it, told beside it, are none of its own."""
    title = _title_around(part, sense)
    own = (each for each in period_mentions(title) if not _is_of_next_year(title, each, wanted))
    months = frozenset(month for mention in own for month in mention.months)
    if not months and (single := _MONTHLY.search(title)) is not None:
        months = frozenset(mention.month for mention in month_mentions(title[single.start() :])[:1])
    so_far = any(find_phrase(word, title, whole=False) for word in view.lexicon.get("period_so_far", ()))
    is_whole = months >= _YEAR_ENDS or (so_far and bool(months & _YEAR_END))
    return frozenset() if is_whole else months


def _is_of_next_year(title: str, period: PeriodMention, wanted: int) -> bool:
    """Whether a part of a year stands behind the wanted one and before another: ปี 2567 และ 6 เดือนแรกของปี 2568."""
    years = year_mentions(title)
    following = next((year for year in years if year.start >= period.stop), None)
    told = any(year.year == wanted and year.stop <= period.start for year in years)
    if following is None or following.year == wanted or not told:
        return False
    return len(clusters(title[period.stop : following.stop - len(following.quote)])) <= _BETWEEN


def _title_around(part: EvidencePart, sense: YearSense) -> str:
    """The line that states a document's year, with those of its title that stand around it on a page: they are set off
    as it is, or go on with it in a bracket. Of a table's row, what all rows have in its column."""
    if sense.block < 0 or sense.block >= len(part.resource.blocks):
        return sense.quote
    blocks, at = part.resource.blocks, sense.block
    own = blocks[at]
    if own.kind is BlockKind.CELL and own.row:
        # One row of several: what the others say of the year is said with it.
        column = (b for _, b in part.numbered_blocks() if (b.table, b.col) == (own.table, own.col) and b.row)
        return " ".join(block.text for block in column if block.kind is BlockKind.CELL)
    # A cover has a page of its own.
    alone = own.page is not None and any((block.page or 0) > own.page for block in part.blocks)
    is_cover = alone and sum(block.page == own.page for block in part.blocks) <= _COVER

    def goes_on(block: Block) -> bool:
        if block.page != own.page or block.kind is BlockKind.CELL or len(clusters(block.text)) > _TITLE_LINE:
            return False
        alike = is_set_off(own) and is_set_off(block) and numbering(block.text) is None
        return is_cover or alike

    above = takewhile(goes_on, reversed(blocks[max(part.start, at - _TITLE_LINES) : at]))
    # The statement may go on from its line to the next.
    stated = sense.quote if sense.quote.startswith(own.text) else own.text
    lines = [*reversed([block.text for block in above]), stated]
    for below in blocks[at + 1 : min(part.stop, at + 1 + _TITLE_LINES)]:
        if not goes_on(below) and not (
            below.text.lstrip().startswith("(") and len(clusters(below.text)) <= _TITLE_LINE
        ):
            break
        lines.append(below.text)
    return " ".join(lines)


def _ends_early(part: EvidencePart) -> bool:
    """Whether the cover names months of both quarters of the first half, but not all: October to February."""
    months = _months(part)
    first, second = months & _FIRST_QUARTER, months & (_FIRST_HALF - _FIRST_QUARTER)
    return bool(first and second) and not months >= _FIRST_HALF


def _is_of_other_months(part: EvidencePart) -> bool:
    """Whether label, title and cover name parts of the year, and only of its second half (April-September), or only
    its first quarter where nothing in the document speaks of a month of the second."""
    months = _months(part)
    if not months or months >= _FIRST_HALF:
        return False
    if not months & _FIRST_HALF:
        return True
    second = _FIRST_HALF - _FIRST_QUARTER
    return months <= _FIRST_QUARTER and not any(_names_months(b.text, second) for _, b in part.numbered_blocks())


def _lacks_months(part: EvidencePart) -> bool:
    """Whether the rows of a table of months are some of the half year's only, whatever its title says."""
    months = _months_of_rows(part)
    return len(months) >= _ROWS and not months >= _FIRST_HALF and bool(months & _FIRST_HALF)


def _is_of_less(part: EvidencePart, view: EvidenceView) -> bool:
    """Whether label, title, cover and headings name parts of the half year and not all of it, and nothing tells what
    was done so far: a report on the second quarter may count from October on, and may not. A month in the text does
    not mend it: that is a day on which something was bought."""
    texts, months = _cover(part), _months(part)
    if not months & _FIRST_HALF:
        return False
    heads = (b.text for _, b in part.numbered_blocks() if _may_head(b))
    if months | {m for text in heads for mention in period_mentions(text) for m in mention.months} >= _FIRST_HALF:
        return False
    so_far = view.lexicon.get("period_so_far", ())
    return not any(find_phrase(word, text, whole=False) for word in so_far for text in texts)


def _may_head(block: Block) -> bool:
    """Whether a line may be the heading of what follows: set off, or short and no cell."""
    set_off = block.kind is BlockKind.HEADING or block.bold or block.header
    return set_off or (block.kind is not BlockKind.CELL and len(clusters(block.text)) <= _TITLE_LINE)


def _months(part: EvidencePart) -> frozenset[int]:
    """The months of the parts of a year that a document's cover names; those of its label only where it names none."""
    label, *own = _cover(part)
    said = frozenset(month for text in own for mention in period_mentions(text) for month in mention.months)
    return said or frozenset(month for mention in period_mentions(label) for month in mention.months)


def _months_of_rows(part: EvidencePart) -> frozenset[int]:
    """The months that rows of the part's tables are named after and say something of."""
    rows: dict[tuple[int | None, int | None], list[str]] = {}
    for _, block in part.numbered_blocks():
        if block.kind is BlockKind.CELL:
            rows.setdefault((block.table, block.row), []).append(block.text)
    months = ((cells, month_mentions(cells[0])) for cells in rows.values() if len(cells) > 1)
    return frozenset(
        mentions[0].month
        for cells, mentions in months
        if len(mentions) == 1 and len(clusters(cells[0])) <= _MONTH and any(text.strip(" -") for text in cells[1:])
    )


def _cover(part: EvidencePart) -> list[str]:
    """What names a document: label, title, headings, first lines."""
    texts = [part.label, "" if part.bound else part.resource.title]
    texts += [b.text for _, b in part.numbered_blocks() if b.kind is BlockKind.HEADING or b.bold][:_HEADINGS]
    texts += [b.text for _, b in part.numbered_blocks() if b.kind is not BlockKind.CELL][:_COVER]
    return [*texts, *_lone_cells(part)]


def _lone_cells(part: EvidencePart) -> list[str]:
    """What stands alone in its row at the top of a sheet: titles are cells there too."""
    rows: dict[tuple[int | None, int | None], list[str]] = {}
    for _, block in part.numbered_blocks():
        if block.kind is not BlockKind.CELL or len(rows) > _COVER:
            break
        cells = rows.setdefault((block.table, block.row), [])
        if block.text.strip():
            cells.append(block.text)
    return [cells[0] for cells in takewhile(lambda cells: len(cells) < 2, rows.values()) if cells]


def _names_months(text: str, wanted: frozenset[int]) -> bool:
    return any(wanted.intersection(mention.months) for mention in period_mentions(text)) or any(
        mention.month in wanted for mention in month_mentions(text)
    )


@dataclass(frozen=True, slots=True)
class _Signed:
    """The last day on which a document was signed: its fiscal year, and whether that was about to end, when things are
    bought for the next one."""

    year: int
    late: bool
    quote: Quote


def _is_stated(sense: YearSense) -> bool:
    """Whether a document itself says something of its year."""
    return sense.stated or (sense.right is not None and not sense.by_label)


def _signed_before(part: EvidencePart, wanted: int) -> _Signed | None:
    """The last day on which a document was signed, where all its days are before the wanted year and it says nothing
    else of a year."""
    dates = [(mention, *line) for line in _dated_lines(part) for mention in date_mentions(line[1])]
    if not dates or any(fiscal_year(mention.date) >= wanted or block.ocr for mention, _, _, block in dates):
        return None
    signed = [each for each in dates if is_signature(each[2], each[0].start)]
    if not signed:
        return None
    mention, index, text, block = max(signed, key=lambda each: each[0].date)
    year = fiscal_year(mention.date)
    late = year == wanted - 1 and mention.date.month in _LAST_QUARTER
    return _Signed(year, late, _line_quote(part, index, text, block, mention))


def _dated_lines(part: EvidencePart) -> Iterator[tuple[int, str, Block]]:
    return ((index, text, block) for index, text, block, _ in joined_lines(part))


def _dated_within(part: EvidencePart, wanted: int, *, signed: bool) -> Quote | None:
    """A day of the wanted year; that of a signature only where `signed`, and never against a title's own year."""
    for index, text, block in _dated_lines(part):
        for mention in date_mentions(text):
            if fiscal_year(mention.date) == wanted and (signed or not is_signature(text, mention.start)):
                return _line_quote(part, index, text, block, mention)
    return None


def _line_quote(part: EvidencePart, index: int, text: str, block: Block, mention: DateMention) -> Quote:
    quote = excerpt(text, mention.start, mention.stop)
    return Quote(part.resource.url, quote, Method.TEXT, page=block.page, line=block.line, block=index)


def _quote(part: EvidencePart, sense: YearSense) -> Quote:
    if sense.block < 0:
        return Quote(part.resource.url, sense.quote, Method.LINK)
    block = part.resource.blocks[sense.block]
    return Quote(
        part.resource.url,
        excerpt(sense.quote, 0, 0),
        Method.OCR if block.ocr else Method.TEXT,
        page=block.page,
        line=block.line,
        sheet=block.sheet,
        block=sense.block,
        bbox=block.bbox,
    )
