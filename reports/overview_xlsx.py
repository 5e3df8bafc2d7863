"""The province's overview as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Joint, JointItem, Verdict
from reports.agency_json import points
from reports.messages import Messages
from reports.ordering import GAPS
from reports.overview import OverviewRow, rows_of
from reports.workbook import Column, WorkbookSheet, sheet_of, workbook


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency's line of the first sheet."""

    row: OverviewRow
    messages: Messages


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap of one agency."""

    agency: str
    verdict: Verdict
    messages: Messages


@dataclass(frozen=True, slots=True)
class JointLine:
    """One item of agencies that are assessed together; `names` is agency id -> name."""

    item: JointItem
    names: Mapping[str, str]
    messages: Messages


AGENCY_COLUMNS: tuple[Column[AgencyLine], ...] = (
    Column("agency", 45, lambda line: line.row.a.agency.name),
    Column("lowest", 9, lambda line: points(line.row.a.score.lowest) if line.row.judged else None),
    Column("highest", 9, lambda line: points(line.row.a.score.highest) if line.row.judged else None),
    Column("gaps", 9, lambda line: line.row.gaps),
    Column("review", 9, lambda line: line.row.review, "status"),
    Column("unchecked", 9, lambda line: line.row.unchecked, "status"),
    Column("crawled", 22, lambda line: line.messages.moment(line.row.a.crawl.started)),
)
"""Before the columns of the edition's items."""
GAP_COLUMNS: tuple[Column[GapLine], ...] = (
    Column("agency", 45, lambda line: line.agency),
    Column("item", 7, lambda line: line.verdict.item),
    Column("item_title", 60, lambda line: line.verdict.title),
    Column("status", 16, lambda line: line.messages.word("status", line.verdict.status.value)),
    Column("cost", 12, lambda line: points(line.verdict.cost)),
)
JOINT_COLUMNS: tuple[Column[JointLine], ...] = (
    Column("item", 7, lambda line: line.item.item),
    Column("item_title", 50, lambda line: line.item.title),
    Column("status", 16, lambda line: line.messages.word("status", line.item.status.value)),
    Column("cost", 12, lambda line: points(line.item.cost)),
    Column("contributed", 9, lambda line: len(line.item.contributed)),
    Column("agencies", 9, lambda line: line.item.asked),
    Column("lacking", 60, lambda line: ", ".join(line.names[agency] for agency in line.item.lacking)),
    Column("doubtful", 60, lambda line: ", ".join(line.names[agency] for agency in line.item.doubtful)),
)
_ITEM_WIDTH = 12


def overview_xlsx(
    assessments: Sequence[Assessment], edition: Edition, province: str, messages: Messages, joint: Joint | None = None
) -> bytes:
    """The province as a spreadsheet: a row an agency, a column an item; and a row a gap."""
    word = messages.word
    rows = rows_of(assessments, edition)
    items = tuple(_item_column(place, item.id) for place, item in enumerate(edition.items))
    gaps = (
        GapLine(row.a.agency.name, verdict, messages)
        for row in rows
        for verdict in row.a.verdicts
        if verdict.status in GAPS
    )
    return workbook(
        sheet_of(
            word("page", "overview"),
            (*AGENCY_COLUMNS, *items),
            (AgencyLine(row, messages) for row in rows),
            messages,
        ),
        sheet_of(word("page", "gaps"), GAP_COLUMNS, gaps, messages),
        *_joint_sheet(assessments, messages, joint),
    )


def _item_column(place: int, item: str) -> Column[AgencyLine]:
    """The column of the edition's item at a place: each agency's status."""

    def status(line: AgencyLine) -> str | None:
        verdict = line.row.verdicts[place]
        return line.messages.word("status", verdict.status.value) if verdict else None

    return Column(item, _ITEM_WIDTH, status, "")


def _joint_sheet(
    assessments: Sequence[Assessment], messages: Messages, joint: Joint | None
) -> tuple[WorkbookSheet, ...]:
    if joint is None:
        return ()
    names = {a.agency.id: a.agency.name for a in assessments}
    lines = (JointLine(item, names, messages) for item in joint.items)
    return (sheet_of(messages.word("page", "joint_row"), JOINT_COLUMNS, lines, messages),)
