"""What is to be told of one agency: its gaps against those that were told before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level, Verdict
from core.models.notice import Notice, NoticeKind
from reports.ordering import DOUBTS, GAPS, was_judged

_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)
_OLD_DAYS = 3
"""One night's failure is none to write a letter about: the next night reads the site again."""
_REMIND_WITHIN = 28
_REMIND_EVERY = 7
"""Days: in the last four weeks of answering, who still has gaps is reminded weekly."""


@dataclass(frozen=True, slots=True)
class ToldFindings:
    """The findings as they are told: gap id (`O12`, `O12-problems`) -> status; `unread` says that the site could not be
    read for days."""

    gaps: Mapping[str, str] = field(default_factory=dict)
    unread: bool = False

    def as_text(self) -> str:
        """Return them as one line, the same for the same findings."""
        return json.dumps({"gaps": dict(self.gaps), "unread": self.unread}, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> ToldFindings:
        """Read what `as_text` wrote; anything else says that nothing was told."""
        try:
            data = json.loads(text)
            return cls({str(gap): str(status) for gap, status in data["gaps"].items()}, bool(data["unread"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


@dataclass(frozen=True, slots=True)
class AgencyNews:
    """What is told of one agency. Verdicts are in the manual's order; `fixed` and `dropped` are item ids: what is
    complete now, and what is not asked for any more (exempt, or not due yet)."""

    assessment: Assessment
    kind: NoticeKind
    findings: ToldFindings
    new: tuple[Verdict, ...] = ()
    changed: tuple[Verdict, ...] = ()
    still: tuple[Verdict, ...] = ()
    fixed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    read_again: bool = False

    @property
    def open(self) -> tuple[Verdict, ...]:
        """All gaps, in the manual's order."""
        known = {v.item for v in (*self.new, *self.changed, *self.still)}
        return tuple(v for v in self.assessment.verdicts if v.item in known)


def find_news(assessment: Assessment, told: Notice | None, answers_until: date) -> AgencyNews | None:
    """Return what is to be told of an agency; None if nothing has changed and no reminder is due."""
    before = ToldFindings.from_text(told.state) if told is not None else ToldFindings()
    now = _findings(assessment, before)
    if told is None and not now.gaps and not now.unread:
        return None
    if told is not None and now == before:
        if not _remind(told, now, assessment.as_of, answers_until):
            return None
        kind = NoticeKind.REMINDER
    else:
        kind = NoticeKind.FIRST if told is None else NoticeKind.CHANGE
    return _news(assessment, kind, now, before)


def _findings(assessment: Assessment, before: ToldFindings) -> ToldFindings:
    """The gaps of now. Of an item that nobody could judge, what was told before still holds: a night that could not
    read something neither finds a gap nor mends one."""
    crawl = assessment.crawl
    unread = not was_judged(assessment) or (crawl.stale and (crawl.age_days or 0) >= _OLD_DAYS)
    gaps: dict[str, str] = {}
    for verdict in assessment.verdicts:
        if verdict.status in GAPS:
            gaps |= _gaps_of(verdict)
        elif verdict.status in DOUBTS:
            gaps |= {gap: status for gap, status in before.gaps.items() if _item(gap) == verdict.item}
    return ToldFindings(gaps, unread)


def _gaps_of(verdict: Verdict) -> dict[str, str]:
    lacking = (f for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING)
    elements = {f"{verdict.item}-{finding.element}": finding.status.value for finding in lacking}
    return {verdict.item: verdict.status.value, **elements}


def _item(gap: str) -> str:
    return gap.partition("-")[0]


def _remind(told: Notice, now: ToldFindings, as_of: date, answers_until: date) -> bool:
    left = (answers_until - as_of).days
    return bool(now.gaps) and 0 <= left <= _REMIND_WITHIN and (as_of - told.day).days >= _REMIND_EVERY


def _news(assessment: Assessment, kind: NoticeKind, now: ToldFindings, before: ToldFindings) -> AgencyNews:
    was, told_items = dict(before.gaps), {_item(gap) for gap in before.gaps}
    new, changed, still = [], [], []
    for verdict in assessment.verdicts:
        own = {gap: status for gap, status in now.gaps.items() if _item(gap) == verdict.item}
        if not own:
            continue
        if verdict.item not in told_items:
            new.append(verdict)
        elif own != {gap: status for gap, status in was.items() if _item(gap) == verdict.item}:
            changed.append(verdict)
        else:
            still.append(verdict)
    status = {v.item: v.status for v in assessment.verdicts}
    gone = sorted(told_items - {_item(gap) for gap in now.gaps}, key=lambda item: _place(item, assessment))
    return AgencyNews(
        assessment,
        kind,
        now,
        tuple(new),
        tuple(changed),
        tuple(still),
        tuple(item for item in gone if status.get(item) is ItemStatus.COMPLETE),
        tuple(item for item in gone if status.get(item) is not ItemStatus.COMPLETE),
        before.unread and not now.unread,
    )


def _place(item: str, assessment: Assessment) -> int:
    return next((at for at, v in enumerate(assessment.verdicts) if v.item == item), len(assessment.verdicts))
