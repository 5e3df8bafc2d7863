"""report.xlsx: the same findings as a spreadsheet. All cells are text, numbers or safe links, never formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ElementStatus, Finding, ItemStatus, Level, Quote, Verdict
from core.sanitize import shown_url
from reports.advice import Advice, advise
from reports.agency_json import points
from reports.measures.national_form import agency_form
from reports.messages import Messages
from reports.ordering import GAPS, gap_number, was_judged
from reports.season import deadline, edition_notes, next_due
from reports.workbook import (
    Cell,
    Column,
    Linked,
    Tick,
    Tone,
    Toned,
    WorkbookSheet,
    sheet_of,
    status_cell,
    workbook,
)


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


_DONE = (ItemStatus.COMPLETE, ItemStatus.EXEMPT)

ITEM_COLUMNS: tuple[Column[ItemRow], ...] = (
    Column("item", 5, lambda row: row.verdict.item),
    Column("item_title", 22, lambda row: row.verdict.title),
    Column("status", 12, lambda row: status_cell(row.verdict.status, row.messages)),
    Column("cost", 7, lambda row: points(row.verdict.cost) if row.gap else None),
    Column("next", 32, lambda row: row.advice.text if row.verdict.status not in _DONE else None),
    Column("paste_where", 17, lambda row: row.advice.paste),
    Column("evidence_of", 20, lambda row: _address(row), "sheet"),
    Column("done", 6, lambda row: Tick() if row.gap else None, "sheet"),
    Column("note", 12, lambda row: None, "sheet"),
    Column("gap", 11, lambda row: gap_number(row.assessment, row.verdict)),
)
ELEMENT_COLUMNS: tuple[Column[ElementRow], ...] = (
    Column("item", 5, lambda row: row.verdict.item),
    Column("element", 30, lambda row: _element(row)),
    Column("status", 12, lambda row: _element_cell(row)),
    Column("saw", 24, lambda row: row.messages.reason(row.finding.reason) if row.finding.reason else ""),
    Column("quote", 28, lambda row: row.first.quote if row.first else None),
    Column("place", 10, lambda row: _place(row), "sheet"),
    Column("address", 22, lambda row: Linked(row.first.url, shown_url(row.first.url)) if row.first else None),
)
_TONES = {ElementStatus.PRESENT: Tone.GOOD, ElementStatus.REVIEW: Tone.DOUBT}


def report_xlsx(assessment: Assessment, edition: Edition, messages: Messages) -> bytes:
    """One agency's workbook: a summary, sheets of items and elements in the manual's order, and the national form."""
    word = messages.word
    title = f"{assessment.agency.name} · {word('page', 'title', edition=edition.name)}"
    gaps = {v.item for v in assessment.verdicts if v.status in GAPS}
    return workbook(
        WorkbookSheet(
            word("page", "summary"),
            (word("page", "summary"), ""),
            tuple(_summary(assessment, edition, messages)),
            (28, 60),
            title,
        ),
        sheet_of(
            word("sheet", "items"),
            ITEM_COLUMNS,
            (
                ItemRow(assessment, v, messages, advise(v, edition, messages), gap=v.item in gaps)
                for v in assessment.verdicts
            ),
            messages,
            title,
        ),
        sheet_of(
            word("page", "element"),
            ELEMENT_COLUMNS,
            (
                ElementRow(v, f, messages, f.quotes[0] if f.quotes else None)
                for v in assessment.verdicts
                for f in v.findings
            ),
            messages,
            title,
        ),
        agency_form(assessment, messages),
    )


def _address(row: ItemRow) -> Cell:
    """The first address to follow; how many more there are."""
    urls = [each.url for each in row.verdict.evidence]
    if not urls:
        return None
    more = len(urls) - 1
    told = f"\n{row.messages.word('sheet', 'more_addresses', count=str(more))}" if more else ""
    return Linked(urls[0], f"{shown_url(urls[0])}{told}")


def _element(row: ElementRow) -> str:
    advised = row.finding.level is Level.ADVISED
    return f"{row.finding.text} ({row.messages.word('advised', '')})" if advised else row.finding.text


def _place(row: ElementRow) -> str:
    """Page, line and sheet, as far as they are known."""
    if row.first is None:
        return ""
    places = (("page_no", row.first.page), ("line_no", row.first.line), ("sheet", row.first.sheet))
    return " ".join(f"{row.messages.word('page', name)} {value}" for name, value in places if value)


def _element_cell(row: ElementRow) -> Cell:
    status = row.finding.status
    mark, word = row.messages.detail("element", status.value, "mark"), row.messages.word("element", status.value)
    return Toned(f"{mark} {word}", _TONES.get(status, Tone.BAD))


def _summary(assessment: Assessment, edition: Edition, messages: Messages) -> Iterator[tuple[Cell, ...]]:
    word, crawl = messages.word, assessment.crawl
    yield word("page", "agency"), assessment.agency.name
    yield word("page", "address"), Linked(assessment.agency.url)
    if assessment.agency.responsible:
        yield word("page", "responsible"), assessment.agency.responsible
    for status in ItemStatus:
        count = sum(v.status is status for v in assessment.verdicts)
        if count:
            yield status_cell(status, messages), count
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
    for line in (deadline(assessment, edition, messages), next_due(assessment, messages)):
        yield "", line
    for line in edition_notes(edition, assessment.as_of, messages):
        yield "", line
    for note in assessment.notes:
        yield "", messages.reason(note)
