"""The province's overview as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Joint, Verdict
from core.sanitize import sanitize_text
from reports.agency_json import moment, points
from reports.overview import OverviewRow, rows_of, totals_of

SCHEMA = "oit-overview/1"


def _listed(rows: Sequence[OverviewRow], status: ItemStatus) -> list[tuple[Assessment, list[Verdict]]]:
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
        "province": sanitize_text(province),
        "totals": {status.value: count for status, count in totals_of(rows, edition).statuses},
        "joint": _joint_json(joint),
        "agencies": [
            {
                "id": row.a.agency.id,
                "name": sanitize_text(row.a.agency.name),
                "url": row.a.agency.url,
                "as_of": row.a.as_of.isoformat(),
                "score": {"lowest": points(row.a.score.lowest), "highest": points(row.a.score.highest)},
                "gaps": row.gaps,
                "review": row.review,
                "unchecked": row.unchecked,
                "crawled": moment(row.a.crawl.started),
                "complete": row.a.crawl.complete,
                "stale": row.a.crawl.stale,
                "age_days": row.a.crawl.age_days,
                "stale_cause": row.a.crawl.stale_cause or None,
                "home_outcome": row.a.crawl.home_outcome.value,
                "items": {v.item: v.status.value for v in row.a.verdicts},
            }
            for row in rows
        ],
    }


def _joint_json(joint: Joint | None) -> dict[str, Any] | None:
    if joint is None:
        return None
    return {
        "score": {"lowest": points(joint.score.lowest), "highest": points(joint.score.highest)},
        "items": {
            i.item: {
                "status": i.status.value,
                "cost": round(i.cost, 4),
                "asked": i.asked,
                "contributed": list(i.contributed),
                "lacking": list(i.lacking),
                "doubtful": list(i.doubtful),
            }
            for i in joint.items
        },
        "next_gains": [i.item for i in joint.next_gains],
    }
