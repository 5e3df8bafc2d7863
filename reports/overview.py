"""The province's page, table and data: every agency has a row, whatever happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checklist.rules.model import Edition
from oit.model import Assessment, ItemStatus
from reports.gaps import GAPS
from reports.html_report import environment, style
from reports.json_report import moment, points
from reports.messages import Messages
from reports.xlsx_report import workbook

SCHEMA = "oit-overview/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One agency in the overview."""

    a: Assessment
    gaps: int
    review: int
    unchecked: int


def rows_of(assessments: Sequence[Assessment]) -> tuple[Row, ...]:
    """Rows in the order of the agency list."""
    return tuple(
        Row(
            a,
            sum(v.status in GAPS for v in a.verdicts),
            sum(v.status is ItemStatus.REVIEW for v in a.verdicts),
            sum(v.status is ItemStatus.UNCHECKED for v in a.verdicts),
        )
        for a in assessments
    )


def overview_html(assessments: Sequence[Assessment], edition: Edition, province: str, messages: Messages) -> str:
    """The province's page."""
    verdicts = [v for a in assessments for v in a.verdicts]
    return environment().get_template("overview.html.j2").render(
        rows=rows_of(assessments), edition=edition, province=province, m=messages, style=style(),
        counts=[(s, sum(v.status is s for v in verdicts)) for s in ItemStatus],
    )  # fmt: skip


def overview_json(assessments: Sequence[Assessment], edition: Edition, province: str) -> dict[str, Any]:
    """The province as plain data."""
    return {
        "schema": SCHEMA,
        "edition": edition.year,
        "province": province,
        "agencies": [
            {
                "id": row.a.agency.id, "name": row.a.agency.name, "url": row.a.agency.url,
                "score": {"lowest": points(row.a.score.lowest), "highest": points(row.a.score.highest)},
                "gaps": row.gaps, "review": row.review, "unchecked": row.unchecked,
                "crawled": moment(row.a.crawl.started), "complete": row.a.crawl.complete, "stale": row.a.crawl.stale,
                "items": {v.item: v.status.value for v in row.a.verdicts},
            }
            for row in rows_of(assessments)
        ],
    }  # fmt: skip


def overview_xlsx(assessments: Sequence[Assessment], edition: Edition, province: str, messages: Messages) -> bytes:
    """The province as a spreadsheet: a row an agency, a column an item."""
    word = messages.word
    items = [item.id for item in edition.items]
    header = [word("page", k) for k in ("agency", "lowest", "highest", "gaps")]
    header += [word("status", "review"), word("status", "unchecked"), word("page", "crawled"), *items]
    rows = [
        (
            row.a.agency.name, points(row.a.score.lowest), points(row.a.score.highest), row.gaps, row.review,
            row.unchecked, moment(row.a.crawl.started), *(word("status", v.status.value) for v in row.a.verdicts),
        )
        for row in rows_of(assessments)
    ]  # fmt: skip
    return workbook((province or word("page", "overview"), header, rows, (45, 9, 9, 9, 9, 9, 22, *([12] * len(items)))))
