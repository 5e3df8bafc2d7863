"""The province's page, table and data: every agency has a row, whatever happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Joint, Verdict
from reports.gaps import DOUBTS, GAPS, was_judged
from reports.html_report import environment
from reports.json_report import moment, points
from reports.messages import Messages
from reports.workbook import Sheet, workbook

SCHEMA = "oit-overview/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One agency in the overview. `verdicts` has a place for every item of the edition, in its order."""

    a: Assessment
    judged: bool
    gaps: int
    review: int
    unchecked: int
    verdicts: tuple[Verdict | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The province's numbers: verdicts by status, and per item of the edition gaps and doubts."""

    statuses: tuple[tuple[ItemStatus, int], ...]
    gaps: tuple[int, ...]
    doubts: tuple[int, ...]


def rows_of(assessments: Sequence[Assessment], edition: Edition) -> tuple[Row, ...]:
    """Rows in the order of the agency list."""
    return tuple(_row(a, edition) for a in assessments)


def _row(assessment: Assessment, edition: Edition) -> Row:
    by_item = {v.item: v for v in assessment.verdicts}
    counts = Counter(v.status for v in assessment.verdicts)
    return Row(
        assessment,
        was_judged(assessment),
        sum(counts[s] for s in GAPS),
        counts[ItemStatus.REVIEW],
        counts[ItemStatus.UNCHECKED],
        tuple(by_item.get(item.id) for item in edition.items),
    )


def totals_of(rows: Sequence[Row], edition: Edition) -> Totals:
    """The sums of all rows."""
    counts = Counter(v.status for row in rows for v in row.a.verdicts)

    def per_item(statuses: Sequence[ItemStatus]) -> tuple[int, ...]:
        columns = ([row.verdicts[at] for row in rows] for at in range(len(edition.items)))
        return tuple(sum(v is not None and v.status in statuses for v in column) for column in columns)

    return Totals(tuple((s, counts[s]) for s in ItemStatus), per_item(GAPS), per_item(DOUBTS))


def overview_html(
    assessments: Sequence[Assessment], edition: Edition, province: str, messages: Messages, joint: Joint | None = None
) -> str:
    """The province's page."""
    rows = rows_of(assessments, edition)
    page = environment().get_template("overview.html.j2")
    listed = [(s, _listed(rows, s)) for s in (*GAPS, *DOUBTS)]
    return page.render(
        rows=rows, edition=edition, province=province, m=messages, totals=totals_of(rows, edition),
        listed=[(status, found) for status, found in listed if found],
        joint=joint, agency_names={a.agency.id: a.agency.name for a in assessments},
        as_of=max((a.as_of for a in assessments), default=None),
    )  # fmt: skip


def _listed(rows: Sequence[Row], status: ItemStatus) -> list[tuple[Assessment, list[Verdict]]]:
    found = [(row.a, [v for v in row.a.verdicts if v.status is status]) for row in rows]
    return [(assessment, verdicts) for assessment, verdicts in found if verdicts]


def overview_json(
    assessments: Sequence[Assessment], edition: Edition, province: str, joint: Joint | None = None
) -> dict[str, Any]:
    """The province as plain data."""
    rows = rows_of(assessments, edition)
    return {
        "schema": SCHEMA,
        "edition": edition.year,
        "province": province,
        "totals": {status.value: count for status, count in totals_of(rows, edition).statuses},
        "joint": _joint_json(joint),
        "agencies": [
            {
                "id": row.a.agency.id, "name": row.a.agency.name, "url": row.a.agency.url,
                "as_of": row.a.as_of.isoformat(),
                "score": {"lowest": points(row.a.score.lowest), "highest": points(row.a.score.highest)},
                "gaps": row.gaps, "review": row.review, "unchecked": row.unchecked,
                "crawled": moment(row.a.crawl.started), "complete": row.a.crawl.complete, "stale": row.a.crawl.stale,
                "home_outcome": row.a.crawl.home_outcome.value,
                "items": {v.item: v.status.value for v in row.a.verdicts},
            }
            for row in rows
        ],
    }  # fmt: skip


def _joint_json(joint: Joint | None) -> dict[str, Any] | None:
    if joint is None:
        return None
    return {
        "score": {"lowest": points(joint.score.lowest), "highest": points(joint.score.highest)},
        "items": {
            i.item: {
                "status": i.status.value, "cost": round(i.cost, 4), "asked": i.asked,
                "contributed": list(i.contributed), "lacking": list(i.lacking), "doubtful": list(i.doubtful),
            }
            for i in joint.items
        },
        "next_gains": [i.item for i in joint.next_gains],
    }  # fmt: skip


def _joint_sheet(assessments: Sequence[Assessment], messages: Messages, joint: Joint | None) -> tuple[Sheet, ...]:
    if joint is None:
        return ()
    names = {a.agency.id: a.agency.name for a in assessments}
    word = messages.word
    rows = [
        (
            i.item, i.title, word("status", i.status.value), points(i.cost), len(i.contributed), i.asked,
            ", ".join(names[a] for a in i.lacking), ", ".join(names[a] for a in i.doubtful),
        )
        for i in joint.items
    ]  # fmt: skip
    head = [word("page", k) for k in ("item", "item_title", "status", "cost", "contributed", "agencies", "lacking")]
    return (Sheet(word("page", "joint_row"), (*head, word("page", "doubtful")), rows, (7, 50, 16, 12, 9, 9, 60, 60)),)


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
            row.a.agency.name, points(row.a.score.lowest) if row.judged else None,
            points(row.a.score.highest) if row.judged else None, row.gaps, row.review, row.unchecked,
            messages.moment(row.a.crawl.started),
            *(word("status", v.status.value) if v else None for v in row.verdicts),
        )
        for row in rows
    ]  # fmt: skip
    gaps = [
        (row.a.agency.name, v.item, v.title, word("status", v.status.value), points(v.cost))
        for row in rows
        for v in row.a.verdicts
        if v.status in GAPS
    ]
    return workbook(
        Sheet(
            word("page", "overview"), (*header, *(item.id for item in edition.items)), table,
            (45, 9, 9, 9, 9, 9, 22, *([12] * len(edition.items))),
        ),
        Sheet(
            word("page", "gaps"), tuple(word("page", k) for k in ("agency", "item", "item_title", "status", "cost")),
            gaps, (45, 7, 60, 16, 12),
        ),
        *_joint_sheet(assessments, messages, joint),
    )  # fmt: skip
