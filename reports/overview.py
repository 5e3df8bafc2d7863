"""The province's overview: one row per agency, and its totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Verdict
from reports.ordering import DOUBTS, GAPS, was_judged


@dataclass(frozen=True, slots=True)
class OverviewRow:
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


def rows_of(assessments: Sequence[Assessment], edition: Edition) -> tuple[OverviewRow, ...]:
    """Rows in the order of the agency list."""
    return tuple(_row(a, edition) for a in assessments)


def _row(assessment: Assessment, edition: Edition) -> OverviewRow:
    by_item = {v.item: v for v in assessment.verdicts}
    counts = Counter(v.status for v in assessment.verdicts)
    return OverviewRow(
        assessment,
        was_judged(assessment),
        sum(counts[s] for s in GAPS),
        counts[ItemStatus.REVIEW],
        counts[ItemStatus.UNCHECKED],
        # A sector's numbers mean other items: they have no column here.
        tuple(by_item.get(item.id) if assessment.scheme == edition.scheme else None for item in edition.items),
    )


def totals_of(rows: Sequence[OverviewRow], edition: Edition) -> Totals:
    """The sums of all rows."""
    counts = Counter(v.status for row in rows for v in row.a.verdicts)

    def per_item(statuses: Sequence[ItemStatus]) -> tuple[int, ...]:
        columns = ([row.verdicts[at] for row in rows] for at in range(len(edition.items)))
        return tuple(sum(v is not None and v.status in statuses for v in column) for column in columns)

    return Totals(tuple((s, counts[s]) for s in ItemStatus), per_item(GAPS), per_item(DOUBTS))
