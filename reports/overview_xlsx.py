"""The province's overview as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment, Joint, JointItem, Verdict
from core.sanitize import shown_url
from reports.advice import advise
from reports.agency_json import points
from reports.measures.national_form import province_form
from reports.messages import Messages
from reports.ordering import GAPS
from reports.overview import OverviewRow, rows_of
from reports.workbook import Cell, Column, Linked, Tick, WorkbookSheet, sheet_of, status_cell, workbook


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency's line of the first sheet."""

    row: OverviewRow
    messages: Messages


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap of one agency, and what to do about it."""

    agency: Agency
    verdict: Verdict
    advice: str
    messages: Messages


@dataclass(frozen=True, slots=True)
class JointLine:
    """One item of agencies that are assessed together; `names` is agency id -> name."""

    item: JointItem
    names: Mapping[str, str]
    messages: Messages


AGENCY_COLUMNS: tuple[Column[AgencyLine], ...] = (
    Column("agency", 30, lambda line: line.row.a.agency.name),
    Column("lowest", 9, lambda line: points(line.row.a.score.lowest) if line.row.judged else None),
    Column("highest", 9, lambda line: points(line.row.a.score.highest) if line.row.judged else None),
    Column("gaps", 9, lambda line: line.row.gaps),
    Column("review", 9, lambda line: line.row.review, "status"),
    Column("unchecked", 9, lambda line: line.row.unchecked, "status"),
    Column("crawled", 14, lambda line: line.messages.moment(line.row.a.crawl.started)),
    Column("address", 22, lambda line: Linked(line.row.a.agency.url, shown_url(line.row.a.agency.url))),
    Column("note", 16, lambda line: None, "sheet"),
)
GAP_COLUMNS: tuple[Column[GapLine], ...] = (
    Column("agency", 22, lambda line: line.agency.name),
    Column("item", 6, lambda line: line.verdict.item),
    Column("item_title", 22, lambda line: line.verdict.title),
    Column("status", 12, lambda line: status_cell(line.verdict.status, line.messages)),
    Column("cost", 7, lambda line: points(line.verdict.cost)),
    Column("to_do", 34, lambda line: line.advice, "sheet"),
    Column("responsible", 11, lambda line: line.agency.responsible),
    Column("done", 6, lambda line: Tick(), "sheet"),
    Column("note", 16, lambda line: None, "sheet"),
)
JOINT_COLUMNS: tuple[Column[JointLine], ...] = (
    Column("item", 6, lambda line: line.item.item),
    Column("item_title", 26, lambda line: line.item.title),
    Column("status", 12, lambda line: status_cell(line.item.status, line.messages)),
    Column("cost", 7, lambda line: points(line.item.cost)),
    Column("contributed", 8, lambda line: len(line.item.contributed)),
    Column("agencies", 9, lambda line: line.item.asked),
    Column("lacking", 30, lambda line: ", ".join(line.names[agency] for agency in line.item.lacking)),
    Column("doubtful", 30, lambda line: ", ".join(line.names[agency] for agency in line.item.doubtful)),
)
_NAME_WIDTH, _ITEM_WIDTH, _ITEMS_ACROSS = 26, 9, 9


def overview_xlsx(
    assessments: Sequence[Assessment],
    edition: Edition,
    province: str,
    messages: Messages,
    joint: Joint | None = None,
    sectors: Mapping[str, Edition] = MappingProxyType({}),
) -> bytes:
    """The province as a spreadsheet: agencies, the matrix of agencies and items, a row a gap, what they are worth
    together, and the national form of those that answer as one. `sectors` are the editions by scheme."""
    word = messages.word
    rows = rows_of(assessments, edition)
    title = f"{province} · {word('page', 'title', edition=edition.name)}".strip(" ·")
    gaps = (
        GapLine(a.agency, v, advise(v, sectors.get(a.scheme, edition), messages).text, messages)
        for a in assessments
        for v in a.verdicts
        if v.status in GAPS
    )
    sheets = [
        sheet_of(
            word("page", "overview"), AGENCY_COLUMNS, (AgencyLine(row, messages) for row in rows), messages, title
        ),
        _matrix(rows, edition, messages, title),
        sheet_of(word("page", "gaps"), GAP_COLUMNS, gaps, messages, title),
    ]
    if joint is not None:
        names = {a.agency.id: a.agency.name for a in assessments}
        lines = (JointLine(item, names, messages) for item in joint.items)
        sheets.append(sheet_of(word("page", "joint_row"), JOINT_COLUMNS, lines, messages, title))
        sheets.append(province_form(assessments, joint, province, messages))
    return workbook(*sheets)


def _matrix(rows: Sequence[OverviewRow], edition: Edition, messages: Messages, title: str) -> WorkbookSheet:
    """A row an agency, a column an item: several pages wide, the agency's name on each."""

    def cells(row: OverviewRow) -> tuple[Cell, ...]:
        return (row.a.agency.name, *(status_cell(v.status, messages) if v else None for v in row.verdicts))

    return WorkbookSheet(
        messages.word("sheet", "matrix"),
        (messages.word("page", "agency"), *(item.id for item in edition.items)),
        tuple(cells(row) for row in rows),
        (_NAME_WIDTH, *([_ITEM_WIDTH] * len(edition.items))),
        title,
        repeated=1,
        across=_ITEMS_ACROSS,
    )
