"""The season: before the manual asks for an item, what is not there yet is no gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checklist.rules.model import Item
from core.models.assessment import IfDue, ItemStatus, Reason, Verdict
from core.models.reasons import ReasonCode

_SETTLED = (ItemStatus.COMPLETE, ItemStatus.EXEMPT)
"""What is complete is so at any date, and who is exempt stays so."""


def weigh_due_date(verdict: Verdict, item: Item, as_of: date) -> Verdict:
    """Return the verdict as of a date: what is not complete before its day is `not_due`, and keeps in `if_due` what
    it would be today, so that it can still be mended in time."""
    if item.due is None:
        return verdict
    due = date.fromisoformat(item.due)
    if as_of >= due or verdict.status in _SETTLED:
        return replace(verdict, due=due)
    today = IfDue(verdict.status, verdict.findings, verdict.reasons)
    reason = Reason(ReasonCode.NOT_DUE, {"due": item.due})
    return replace(verdict, status=ItemStatus.NOT_DUE, findings=(), reasons=(reason,), due=due, if_due=today)
