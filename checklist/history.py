"""What a night says for the history, and how a gap stands against an earlier night.

A night that could not read something says nothing of it: what is unchecked or for a person to look at never reads as
"fixed", and leaves the history as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level
from core.models.history import Change, Place, PlaceHistory, StatusSpan

_SAID = frozenset(
    {
        ItemStatus.COMPLETE,
        ItemStatus.INCOMPLETE,
        ItemStatus.OUTDATED,
        ItemStatus.MISSING,
        ItemStatus.UNREACHABLE,
    }
)
"""Statuses that say something of the site; the others say that nobody knows."""
GAP_STATUSES = frozenset(
    {
        ItemStatus.INCOMPLETE.value,
        ItemStatus.OUTDATED.value,
        ItemStatus.MISSING.value,
        ItemStatus.UNREACHABLE.value,
        ElementStatus.MISSING.value,
        ElementStatus.EMPTY.value,
    }
)


def gap_id(item: str, element: str = "") -> str:
    """Return the id of a gap, which stays the same from night to night and can be quoted: `O12-problems`."""
    return f"{item}-{element}" if element else item


def observe(assessment: Assessment) -> dict[Place, str]:
    """Return what the night's verdicts say of items and required elements; nothing if the snapshot is an earlier
    night's. What is not due yet counts as it would be today, so that the day it falls due is no change."""
    if assessment.crawl.stale:
        return {}
    said: dict[Place, str] = {}
    for verdict in (each.as_if_due() for each in assessment.verdicts):
        if verdict.status not in _SAID:
            continue
        said[verdict.item, ""] = verdict.status.value
        for finding in verdict.findings:
            if finding.level is Level.REQUIRED and finding.status is not ElementStatus.REVIEW:
                said[verdict.item, finding.element] = finding.status.value
    return said


def compare_with(spans: Mapping[Place, Sequence[StatusSpan]], then: datetime) -> dict[Place, PlaceHistory]:
    """Return how each place stands now against the night `then` (UTC). `spans` are each place's, the oldest first."""
    return {place: _compare(held, then) for place, held in spans.items() if held}


def change_of(now: str, before: str, *, had_gap: bool) -> Change:
    """Return how a status stands against an earlier one; `had_gap` says that the place ever had a gap before now."""
    is_gap, was_gap = now in GAP_STATUSES, before in GAP_STATUSES
    if is_gap and not was_gap:
        return Change.BACK if had_gap else Change.NEW
    return Change.FIXED if was_gap and not is_gap else Change.SAME


def _compare(held: Sequence[StatusSpan], then: datetime) -> PlaceHistory:
    now = held[-1]
    before = next((span for span in reversed(held) if span.since <= then), None)
    earlier = any(span.status in GAP_STATUSES for span in held if span.since < now.since)
    change = change_of(now.status, before.status if before else "", had_gap=earlier)
    first = min(span.first_seen or span.since for span in held if span.status == now.status)
    return PlaceHistory(now.status, first, now.since, now.last_seen, change, before.status if before else "")
