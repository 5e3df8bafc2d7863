"""`period`: the evidence is of the fiscal year that the manual asks for."""

from __future__ import annotations

from checklist.candidates.behind import is_way
from checklist.candidates.year_statements import is_signature
from checklist.candidates.years import YearSense, part_year
from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.matchers.text.phrase import excerpt
from checklist.rules.specs import PeriodMatch
from core.models.assessment import ElementStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import BlockKind
from core.thai.dates import date_mentions, fiscal_year, month_mentions, period_mentions
from core.thai.normalize import clusters, find_phrase

_FIRST_HALF = frozenset({10, 11, 12, 1, 2, 3})
_FIRST_QUARTER = frozenset({10, 11, 12})
_HEADINGS = 6
_MONTH = 14
"""Thai clusters of เดือนพฤศจิกายน 2565."""
_ROWS = 2
"""Rows named after months from which a table is one of months."""
_COVER = 6
"""Lines of a document, from its first one on, in which its title stands, set off or not."""


def check(spec: PeriodMatch, view: EvidenceView) -> MatchResult:
    """Present if a part is of the wanted year; missing and outdated if every part is of another; else review.

    A page that says little but what is behind it is of the year of what is behind it, and speaks only for documents
    that name no year. `covers` also accepts a span of years that holds the wanted one, `within` a date inside it."""
    ways = tuple(part for part in view.parts if is_way(part, view.home))
    spoken = tuple(part for part in view.parts if part not in ways) if ways else view.parts
    result = _of_parts(spec, view, spoken or ways)
    if result.status is ElementStatus.REVIEW and spoken and ways:
        second = _of_parts(spec, view, ways)
        return second if second.status is ElementStatus.PRESENT else result
    return result


def _of_parts(spec: PeriodMatch, view: EvidenceView, parts: tuple[EvidencePart, ...]) -> MatchResult:
    wanted = view.assessment_year - 1 if spec.year == "previous" else view.assessment_year
    found: list[int] = []
    claimed: list[int] = []
    unsure = False
    wrong: Quote | None = None
    other_half: Quote | None = None
    part_of_half: Quote | None = None
    months: frozenset[int] = frozenset()
    for part in parts:
        sense = part_year(part, wanted, assessment=view.assessment_year, covers=spec.span == "covers")
        quote = _quote(part, sense)
        if sense.right is True and spec.span == "first_6_months" and _is_of_other_months(part):
            other_half = other_half or quote
            months |= _months(part)
            continue
        if sense.right is True and spec.span == "first_6_months" and _is_of_less(part, view):
            part_of_half = part_of_half or quote
            months |= _months(part)
            continue
        if sense.right is True and spec.span == "first_6_months" and _lacks_months(part):
            part_of_half = part_of_half or quote
            months |= _months_of_rows(part)
            continue
        if sense.right is True:
            reason = Reason(ReasonCode.YEAR_OF_LABEL, {"found": str(wanted)}) if sense.by_label else None
            return MatchResult(ElementStatus.PRESENT, (quote,), reason=reason)
        if spec.span == "within":
            dated = _dated_within(part, wanted, signed=sense.right is not False)
            if dated is not None:
                return MatchResult(ElementStatus.PRESENT, (dated,))
        found.extend(sense.found)
        claimed.extend(sense.label)
        if sense.right is None:
            unsure = True
        elif wrong is None:
            wrong = quote
    if part_of_half is not None:
        if months >= _FIRST_HALF:
            # A document for each quarter.
            return MatchResult(ElementStatus.PRESENT, (part_of_half,))
        reason = Reason(ReasonCode.OTHER_HALF, {"wanted": str(wanted)})
        return MatchResult(ElementStatus.REVIEW, (part_of_half,), reason=reason)
    if other_half is not None:
        return MatchResult(
            ElementStatus.MISSING, (other_half,), reason=Reason(ReasonCode.OTHER_HALF, {"wanted": str(wanted)})
        )
    if wrong is not None and not unsure:
        years = ", ".join(str(y) for y in sorted(set(found)))
        values = {"found": years, "wanted": str(wanted)}
        reason = Reason(ReasonCode.WRONG_YEAR, values)
        if claimed:
            label = ", ".join(str(y) for y in sorted(set(claimed)))
            reason = Reason(ReasonCode.LABEL_CONTRADICTS, {**values, "label": label})
        return MatchResult(ElementStatus.MISSING, (wrong,), reason=reason, outdated=True)
    return MatchResult(ElementStatus.REVIEW, reason=Reason(ReasonCode.YEAR_UNSURE, {"wanted": str(wanted)}))


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
    heads = (b.text for _, b in part.numbered_blocks() if b.kind is BlockKind.HEADING or b.bold or b.header)
    if months | {m for text in heads for mention in period_mentions(text) for m in mention.months} >= _FIRST_HALF:
        return False
    so_far = view.lexicon.get("period_so_far", ())
    return not any(find_phrase(word, text, whole=False) for word in so_far for text in texts)


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
    texts = [part.label, part.resource.title]
    texts += [b.text for _, b in part.numbered_blocks() if b.kind is BlockKind.HEADING or b.bold][:_HEADINGS]
    texts += [b.text for _, b in part.numbered_blocks() if b.kind is not BlockKind.CELL][:_COVER]
    return texts


def _names_months(text: str, wanted: frozenset[int]) -> bool:
    return any(wanted.intersection(mention.months) for mention in period_mentions(text)) or any(
        mention.month in wanted for mention in month_mentions(text)
    )


def _dated_within(part: EvidencePart, wanted: int, *, signed: bool) -> Quote | None:
    """A day of the wanted year; that of a signature only where `signed`, and never against a title's own year."""
    for index, block in part.numbered_blocks():
        text = block.year_text
        for mention in date_mentions(text):
            if fiscal_year(mention.date) == wanted and (signed or not is_signature(text, mention.start)):
                return Quote(
                    part.resource.url,
                    excerpt(text, mention.start, mention.stop),
                    Method.TEXT,
                    page=block.page,
                    line=block.line,
                    block=index,
                )
    return None


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
