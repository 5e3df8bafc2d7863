"""`period`: the evidence is of the fiscal year that the manual asks for."""

from __future__ import annotations

from checklist.candidates.years import YearSense, part_year
from checklist.matchers.phrase import excerpt
from checklist.rules.model import PeriodMatch
from checklist.thai.dates import date_mentions, fiscal_year
from checklist.view import EvidenceView, MatchResult, Part
from oit.model import ElementStatus, Method, Quote, Reason


def check(spec: PeriodMatch, view: EvidenceView) -> MatchResult:
    """Present if a part is of the wanted year; missing and outdated if every part is of another; else review.

    `covers` also accepts a span of years that holds the wanted one, `within` a date inside it."""
    wanted = view.edition.year - 1 if spec.year == "previous" else view.edition.year
    found: list[int] = []
    unsure = False
    wrong: Quote | None = None
    for part in view.parts:
        sense = part_year(part, wanted, assessment=view.edition.year, covers=spec.span == "covers")
        quote = _quote(part, sense)
        if sense.right is True:
            return MatchResult(ElementStatus.PRESENT, (quote,))
        if spec.span == "within":
            dated = _dated_within(part, wanted)
            if dated is not None:
                return MatchResult(ElementStatus.PRESENT, (dated,))
        found.extend(sense.found)
        if sense.right is None:
            unsure = True
        elif wrong is None:
            wrong = quote
    if wrong is not None and not unsure:
        years = ", ".join(str(y) for y in sorted(set(found)))
        reason = Reason("wrong_year", {"found": years, "wanted": str(wanted)})
        return MatchResult(ElementStatus.MISSING, (wrong,), reason=reason, outdated=True)
    return MatchResult(ElementStatus.REVIEW, reason=Reason("year_unsure", {"wanted": str(wanted)}))


def _dated_within(part: Part, wanted: int) -> Quote | None:
    for index, block in part.indexed():
        for mention in date_mentions(block.text):
            if fiscal_year(mention.date) == wanted:
                return Quote(
                    part.resource.url, excerpt(block.text, mention.start, mention.stop), Method.TEXT,
                    page=block.page, line=block.line, block=index,
                )  # fmt: skip
    return None


def _quote(part: Part, sense: YearSense) -> Quote:
    if sense.block < 0:
        return Quote(part.resource.url, sense.quote, Method.LINK)
    block = part.resource.blocks[sense.block]
    return Quote(
        part.resource.url, excerpt(sense.quote, 0, 0), Method.OCR if block.ocr else Method.TEXT,
        page=block.page, line=block.line, sheet=block.sheet, block=sense.block, bbox=block.bbox,
    )  # fmt: skip
