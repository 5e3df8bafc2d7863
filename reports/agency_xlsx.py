"""report.xlsx: the same findings as a spreadsheet. All cells are strings or numbers, never formulas or links."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Finding, Level, Quote, Verdict
from reports.advice import advise
from reports.agency_json import points
from reports.messages import Messages
from reports.ordering import gap_number, order_verdicts, was_judged
from reports.season import edition_notes
from reports.workbook import Cell, WorkbookSheet, workbook

_ITEM_HEAD = ("item", "item_title", "status", "cost", "next", "paste_where", "address", "responsible", "gap")
_ITEM_WIDTHS = (7, 45, 16, 10, 70, 40, 50, 20, 30)
_ELEMENT_HEAD = (
    "item", "item_title", "element", "status", "level", "saw", "quote", "page_no", "line_no", "sheet", "address",
)  # fmt: skip
_ELEMENT_WIDTHS = (7, 40, 50, 16, 20, 40, 60, 7, 7, 12, 50)


def report_xlsx(assessment: Assessment, edition: Edition, messages: Messages) -> bytes:
    """One agency's workbook: a summary, a sheet of items (gaps first) and a sheet of elements."""
    word = messages.word
    groups = order_verdicts(assessment)
    unseen = tuple(v for group in groups.unseen for v in group.verdicts)
    ordered = (*groups.gaps, *groups.doubts, *unseen, *groups.fine)
    return workbook(
        WorkbookSheet(
            word("page", "summary"),
            (word("page", "summary"), ""),
            tuple(_summary(assessment, edition, messages)),
            (28, 60),
        ),
        WorkbookSheet(
            word("page", "gaps"),
            tuple(word("page", k) for k in _ITEM_HEAD),
            tuple(_item(v, assessment, edition, messages, gap=v in groups.gaps) for v in ordered),
            _ITEM_WIDTHS,
        ),
        WorkbookSheet(
            word("page", "element"),
            tuple(word("page", k) for k in _ELEMENT_HEAD),
            tuple(_element(v, f, messages) for v in ordered for f in v.findings),
            _ELEMENT_WIDTHS,
        ),
    )


def _summary(assessment: Assessment, edition: Edition, messages: Messages) -> Iterator[tuple[Cell, ...]]:
    word, crawl = messages.word, assessment.crawl
    yield word("page", "agency"), assessment.agency.name
    yield word("page", "address"), assessment.agency.url
    if was_judged(assessment):
        yield word("page", "lowest"), points(assessment.score.lowest)
        yield word("page", "highest"), points(assessment.score.highest)
    else:
        yield word("page", "score"), word("page", "no_score_note")
    yield word("page", "as_of"), messages.day(assessment.as_of)
    yield word("page", "crawled"), messages.moment(crawl.started)
    yield word("page", "pages"), crawl.pages
    yield word("page", "documents"), crawl.documents
    yield word("page", "failed"), crawl.failed
    for line in edition_notes(edition, assessment.as_of, messages):
        yield "", line
    for note in assessment.notes:
        yield "", messages.reason(note)


def _item(
    verdict: Verdict, assessment: Assessment, edition: Edition, messages: Messages, *, gap: bool
) -> tuple[Cell, ...]:
    advice = advise(verdict, edition, messages)
    return (
        verdict.item,
        verdict.title,
        messages.word("status", verdict.status.value),
        points(verdict.cost) if gap else None,
        advice.text,
        advice.paste,
        "\n".join(e.url for e in verdict.evidence),
        assessment.agency.responsible,
        gap_number(assessment, verdict),
    )


def _element(verdict: Verdict, finding: Finding, messages: Messages) -> tuple[Cell, ...]:
    first: Quote | None = finding.quotes[0] if finding.quotes else None
    return (
        verdict.item,
        verdict.title,
        finding.text,
        messages.word("element", finding.status.value),
        messages.word("advised", "") if finding.level is Level.ADVISED else "",
        messages.reason(finding.reason) if finding.reason else "",
        *((first.quote, first.page, first.line, first.sheet, first.url) if first else ()),
    )
