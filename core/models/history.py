"""What has changed: spans of time in which an item or element had one status.

Times are UTC. An empty element stands for the item itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

Place = tuple[str, str]
"""Item and element; the element is empty for the item itself."""


class Change(StrEnum):
    """How a gap stands against an earlier night."""

    NEW = "new"
    """A gap that was not there before."""
    FIXED = "fixed"
    """What was a gap is none any more."""
    BACK = "back"
    """A gap that had been fixed is there again."""
    SAME = "same"
    """As before."""


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """One span: from the night `since` to the night `last_seen` the status held; `until` is the night that saw
    another one, None for the span that holds now. `first_seen` is when this status was seen the first time ever."""

    item: str
    element: str
    status: str
    since: datetime
    last_seen: datetime
    until: datetime | None = None
    first_seen: datetime | None = None
    back: int = 0
    """How often the status has come back since it was first seen."""


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """What a report says of one item or element: since when it is as it is, and how it changed."""

    status: str
    first_seen: datetime
    since: datetime
    last_seen: datetime
    change: Change
    before: str = ""
    """The status on the earlier night; empty if nothing was known then."""


def add_night(spans: tuple[StatusSpan, ...], place: Place, status: str, at: datetime) -> tuple[StatusSpan, ...]:
    """Return one place's spans (the oldest first) after a night that saw `status`.

    A night older than the last one changes nothing: history is not rewritten. The last night itself may be told anew,
    as after a rule edit."""
    if spans and at < spans[-1].last_seen:
        return spans
    if spans and spans[-1].since == at and spans[-1].status != status:
        spans = spans[:-1]
        if spans:
            spans = (*spans[:-1], replace(spans[-1], until=None))
    if spans and spans[-1].status == status:
        return (*spans[:-1], replace(spans[-1], last_seen=at, until=None))
    earlier = [span for span in spans if span.status == status]
    first = earlier[0].first_seen if earlier else at
    begun = StatusSpan(place[0], place[1], status, at, at, None, first, len(earlier))
    return (*spans[:-1], replace(spans[-1], until=at), begun) if spans else (begun,)
