"""Days that are left: to the end of the answering period, and to what falls due next."""

from __future__ import annotations

from datetime import date

from checklist.rules.model import Edition
from core.models.assessment import Assessment
from reports.messages import Messages

_BE = 543
_FISCAL_MONTH = 10
"""October: the Thai fiscal year begins."""


def edition_notes(edition: Edition, as_of: date, messages: Messages) -> tuple[str, ...]:
    """Return what a reader must know of the edition: not confirmed, items that it does not check, of an older year."""
    notes = []
    if edition.verify:
        notes.append(messages.unconfirmed_note(edition))
    if edition.not_checked:
        notes.append(messages.word("page", "edition_partial", year=edition.name, items=", ".join(edition.not_checked)))
    today = as_of.year + _BE + (as_of.month >= _FISCAL_MONTH)
    if edition.year < today:
        notes.append(messages.word("page", "edition_older", year=edition.name, today=str(today)))
    return tuple(notes)


def days_left(assessment: Assessment, edition: Edition) -> int:
    """Return the days from the assessment's date to the last day of answering; negative once it is over."""
    return (date.fromisoformat(edition.answers_until) - assessment.as_of).days


def deadline(assessment: Assessment, edition: Edition, messages: Messages) -> str:
    """Return one sentence on the end of the answering period."""
    day, left = messages.day(date.fromisoformat(edition.answers_until)), days_left(assessment, edition)
    if left < 0:
        return messages.word("page", "answering_over", day=day)
    if left == 0:
        return messages.word("page", "last_day", day=day)
    return messages.word("page", "days_left_answer", day=day, days=str(left))


def next_due(assessment: Assessment, messages: Messages) -> str:
    """Return one sentence on the items that fall due next, empty if nothing is left to fall due."""
    days = sorted({v.due for v in assessment.verdicts if v.due is not None and v.if_due is not None})
    if not days:
        return ""
    items = ", ".join(v.item for v in assessment.verdicts if v.due == days[0] and v.if_due is not None)
    left = (days[0] - assessment.as_of).days
    return messages.word("page", "days_left_due", item=items, day=messages.day(days[0]), days=str(left))
