"""The province's overview as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from checklist.rules.model import Edition
from core.models.assessment import Assessment, Joint
from reports.agency_json import points
from reports.messages import Messages
from reports.ordering import GAPS
from reports.overview import rows_of
from reports.workbook import WorkbookSheet, workbook


def _joint_sheet(
    assessments: Sequence[Assessment], messages: Messages, joint: Joint | None
) -> tuple[WorkbookSheet, ...]:
    if joint is None:
        return ()
    names = {a.agency.id: a.agency.name for a in assessments}
    word = messages.word
    rows = [
        (
            i.item,
            i.title,
            word("status", i.status.value),
            points(i.cost),
            len(i.contributed),
            i.asked,
            ", ".join(names[a] for a in i.lacking),
            ", ".join(names[a] for a in i.doubtful),
        )
        for i in joint.items
    ]
    head = [word("page", k) for k in ("item", "item_title", "status", "cost", "contributed", "agencies", "lacking")]
    return (
        WorkbookSheet(
            word("page", "joint_row"), (*head, word("page", "doubtful")), rows, (7, 50, 16, 12, 9, 9, 60, 60)
        ),
    )


def overview_xlsx(
    assessments: Sequence[Assessment], edition: Edition, province: str, messages: Messages, joint: Joint | None = None
) -> bytes:
    """The province as a spreadsheet: a row an agency, a column an item; and a row a gap."""
    word = messages.word
    rows = rows_of(assessments, edition)
    header = [word("page", k) for k in ("agency", "lowest", "highest", "gaps")]
    header += [word("status", "review"), word("status", "unchecked"), word("page", "crawled")]
    table = [
        (
            row.a.agency.name,
            points(row.a.score.lowest) if row.judged else None,
            points(row.a.score.highest) if row.judged else None,
            row.gaps,
            row.review,
            row.unchecked,
            messages.moment(row.a.crawl.started),
            *(word("status", v.status.value) if v else None for v in row.verdicts),
        )
        for row in rows
    ]
    gaps = [
        (row.a.agency.name, v.item, v.title, word("status", v.status.value), points(v.cost))
        for row in rows
        for v in row.a.verdicts
        if v.status in GAPS
    ]
    return workbook(
        WorkbookSheet(
            word("page", "overview"),
            (*header, *(item.id for item in edition.items)),
            table,
            (45, 9, 9, 9, 9, 9, 22, *([12] * len(edition.items))),
        ),
        WorkbookSheet(
            word("page", "gaps"),
            tuple(word("page", k) for k in ("agency", "item", "item_title", "status", "cost")),
            gaps,
            (45, 7, 60, 16, 12),
        ),
        *_joint_sheet(assessments, messages, joint),
    )
