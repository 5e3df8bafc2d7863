"""report.xlsx: the same findings as a spreadsheet. All cells are strings or numbers, never formulas or links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Finding, Level, Quote, Verdict
from reports.advice import Advice, advise
from reports.agency_json import points
from reports.messages import Messages
from reports.ordering import gap_number, order_verdicts, was_judged
from reports.season import edition_notes
from reports.workbook import Cell, Column, WorkbookSheet, sheet_of, workbook


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of the sheet of items."""

    assessment: Assessment
    verdict: Verdict
    messages: Messages
    advice: Advice
    gap: bool


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One line of the sheet of elements; `first` is its first quote."""

    verdict: Verdict
    finding: Finding
    messages: Messages
    first: Quote | None


ITEM_COLUMNS: tuple[Column[ItemRow], ...] = (
    Column("item", 7, lambda row: row.verdict.item),
    Column("item_title", 45, lambda row: row.verdict.title),
    Column("status", 16, lambda row: row.messages.word("status", row.verdict.status.value)),
    Column("cost", 10, lambda row: points(row.verdict.cost) if row.gap else None),
    Column("next", 70, lambda row: row.advice.text),
    Column("paste_where", 40, lambda row: row.advice.paste),
    Column("address", 50, lambda row: "\n".join(each.url for each in row.verdict.evidence)),
    Column("responsible", 20, lambda row: row.assessment.agency.responsible),
    Column("gap", 30, lambda row: gap_number(row.assessment, row.verdict)),
)
ELEMENT_COLUMNS: tuple[Column[ElementRow], ...] = (
    Column("item", 7, lambda row: row.verdict.item),
    Column("item_title", 40, lambda row: row.verdict.title),
    Column("element", 50, lambda row: row.finding.text),
    Column("status", 16, lambda row: row.messages.word("element", row.finding.status.value)),
    Column("level", 20, lambda row: row.messages.word("advised", "") if row.finding.level is Level.ADVISED else ""),
    Column("saw", 40, lambda row: row.messages.reason(row.finding.reason) if row.finding.reason else ""),
    Column("quote", 60, lambda row: row.first.quote if row.first else None),
    Column("page_no", 7, lambda row: row.first.page if row.first else None),
    Column("line_no", 7, lambda row: row.first.line if row.first else None),
    Column("sheet", 12, lambda row: row.first.sheet if row.first else None),
    Column("address", 50, lambda row: row.first.url if row.first else None),
)


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
        sheet_of(
            word("page", "gaps"),
            ITEM_COLUMNS,
            (ItemRow(assessment, v, messages, advise(v, edition, messages), gap=v in groups.gaps) for v in ordered),
            messages,
        ),
        sheet_of(
            word("page", "element"),
            ELEMENT_COLUMNS,
            (ElementRow(v, f, messages, f.quotes[0] if f.quotes else None) for v in ordered for f in v.findings),
            messages,
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
