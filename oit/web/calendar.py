"""What changed since the night before or any day, and what falls due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, request

from checklist.history import GAP_STATUSES, change_of
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.history import Change
from crawler.downloader.quiet_hours import THAI_TIME
from oit.web.site import page_of, plan, render, require_province, site, summaries

pages = Blueprint("calendar", __name__)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What changed of one item of an agency."""

    agency: Agency
    item: str
    title: str
    change: str
    before: str
    status: str
    since: datetime


@pages.get("/changes")
def changes() -> str:
    """What changed since the night before the last run, or since a day that is asked for."""
    require_province()
    job, store = plan(), site().store
    then, asked = _since(request.args.get("since", ""))
    kind = request.args.get("status", "")
    found: list[ChangeRow] = []
    agencies = {agency.id: agency for agency in job.agencies.agencies}
    for edition in (e for e in job.rules.editions if e.year == job.edition.year):
        titles = {i.id: i.title for i in edition.items}
        for one in store.history.changed_items((edition.year, edition.scheme), then, GAP_STATUSES):
            agency = agencies.get(one.agency)
            change = change_of(one.status, one.before, had_gap=one.had_gap)
            if agency is not None and agency.scheme == edition.scheme and change is not Change.SAME:
                title = titles.get(one.item, "")
                found.append(ChangeRow(agency, one.item, title, change.value, one.before, one.status, one.since))
    counted = Counter(row.change for row in found)
    return render(
        "changes.html.j2",
        page=page_of(sorted((r for r in found if not kind or r.change == kind), key=_newest_first)),
        counts=[(each.value, counted[each.value]) for each in Change if counted[each.value]],
        then=then,
        asked=asked,
        week=(site().today() - timedelta(days=7)).isoformat(),
        chosen=request.args,
    )


def _newest_first(row: ChangeRow) -> tuple[float, str, str]:
    return (-row.since.timestamp(), row.agency.id, row.item)


def _since(text: str) -> tuple[datetime, date | None]:
    """The moment to compare with: the end of a day in Thailand, or before the last run."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        newest = next(iter(site().store.runs(1)), None)
        started = newest.started if newest is not None else datetime.now(UTC)
        return started - timedelta(seconds=1), None
    return datetime.combine(day, time(23, 59, 59), THAI_TIME).astimezone(UTC), day


@dataclass(frozen=True, slots=True)
class DueRow:
    """What falls due on a day: an item, how many agencies are not ready for it, of how many."""

    day: date
    item: str
    title: str
    unready: int
    among: int
    left: int


@pages.get("/due")
def due() -> str:
    """What falls due, the next first."""
    require_province()
    job, found, today = plan(), summaries(), site().today()
    titles = {i.id: i.title for i in job.edition.items}
    waiting: Counter[tuple[str, str]] = Counter()
    among: Counter[tuple[str, str]] = Counter()
    for agency in job.agencies.agencies:
        s = found.get(agency.id) if not agency.scheme else None
        if s is None:
            continue
        for name, status, day in zip(s.items, s.statuses, s.due, strict=True):
            if day and day > today.isoformat() and status != ItemStatus.EXEMPT.value:
                among[day, name] += 1
                waiting[day, name] += status == ItemStatus.NOT_DUE.value
    rows = [
        DueRow(date.fromisoformat(day), name, titles.get(name, ""), waiting[day, name], count, _left(day, today))
        for (day, name), count in sorted(among.items())
    ]
    until = date.fromisoformat(job.edition.answers_until)
    return render("due.html.j2", rows=rows, until=until, left=(until - today).days)


def _left(day: str, today: date) -> int:
    return (date.fromisoformat(day) - today).days
