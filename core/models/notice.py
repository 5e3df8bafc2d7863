"""What was told to an agency or its province, so that nothing is told twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """The way by which something is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class NoticeKind(StrEnum):
    """Why something is told."""

    FIRST = "first"
    """Nothing was told before, and there are gaps."""
    CHANGE = "change"
    """The findings are others than those that were told."""
    REMINDER = "reminder"
    """They are the same, and the deadline comes near."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that went out. `agency` is empty for the province's secretary; `state` are the findings as they were
    told, as text; `day` is the date of the judgement, `at` when it went out (UTC)."""

    channel: Channel
    agency: str
    edition: int
    scheme: str
    kind: NoticeKind
    state: str
    day: date
    at: datetime
