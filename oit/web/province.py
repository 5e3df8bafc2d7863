"""The pages about all agencies: who is not ready and why, one item, what changed, what falls due, runs, downloads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from checklist.history import compare_with
from checklist.rules.model import Edition
from core.models.account import Role
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.history import Change
from core.thai.normalize import key_text
from crawler.downloader.quiet_hours import THAI_TIME
from oit.web.files import report_file
from oit.web.site import account, paged, plan, render, require_province, site, summaries
from oit.web.summaries import AgencySummary
from reports.ordering import DOUBTS, GAPS
from reports.season import edition_notes

pages = Blueprint("province", __name__)
_WHY = 3
"""Items named as the reason of an agency's place; its page has the others."""
_GAPS = frozenset(status.value for status in GAPS)
_DOUBTS = frozenset(status.value for status in DOUBTS)
_STATUSES = tuple(status.value for status in ItemStatus)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency in the list. `why` are its dearest gaps, or the items that nobody knows of; `cells` are the statuses
    of the edition's items in its order, empty for a list of a sector."""

    agency: Agency
    s: AgencySummary
    why: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of one agency."""

    agency: Agency
    item: str
    title: str
    status: str
    today: str
    cost: float
    due: str
    asks: str
    decided: bool


_ORDERS: Mapping[str, Callable[[AgencyRow], tuple[object, ...]]] = {
    "lost": lambda row: (-round(row.s.lost, 6), -row.s.doubts),
    "name": lambda row: (row.agency.name,),
    "lowest": lambda row: (row.s.lowest if row.s.lowest is not None else -1.0,),
    "review": lambda row: (-row.s.count("review"),),
    "unchecked": lambda row: (-row.s.count("unchecked"),),
    "crawled": lambda row: (row.s.started,),
}
"""How the list may be sorted; the first is the one that nobody asked for: who is not ready stands on top."""


@pages.get("/")
def overview() -> str | Response:
    """Who is not ready and why, and the matrix of agencies and items."""
    asking = account()
    if asking is not None and asking.role is Role.AGENCY and site().options.login_to_read:
        return redirect(f"/agency/{asking.agency}", 303)
    require_province()
    job, found = plan(), summaries()
    rows = [_row(agency, found.get(agency.id), job.edition) for agency in job.agencies.agencies]
    order = request.args.get("sort", "lost")
    chosen = sorted(filter(_wanted(), rows), key=_ORDERS.get(order, _ORDERS["lost"]))
    return render(
        "overview.html.j2",
        page=paged(chosen),
        among=len(rows),
        sort=order if order in _ORDERS else "lost",
        orders=tuple(_ORDERS),
        counts=_counts(found.values()),
        ready=sum(row.s.judged and not row.s.gaps and not row.s.doubts for row in rows),
        unjudged=sum(not row.s.judged for row in rows),
        edition=job.edition,
        notes=edition_notes(job.edition, site().today(), site().messages),
        chosen=request.args,
        statuses=_STATUSES,
        asked=sum(bool(why) for row in rows for why in row.s.asks),
        dearest=_dearest(rows),
        behind=site().loaded()[1].behind,
    )


def _wanted() -> Callable[[AgencyRow], bool]:
    """What the query asks for: a part of a name, a status, an item."""
    words = key_text(request.args.get("q", "")[:100])
    status, item, why = (request.args.get(name, "") for name in ("status", "item", "why"))

    def fits(row: AgencyRow) -> bool:
        if words and words not in key_text(row.agency.name) and words not in row.agency.id:
            return False
        if why == "ready" and not (row.s.judged and not row.s.gaps and not row.s.doubts):
            return False
        if why == "unjudged" and row.s.judged:
            return False
        if not status and not item:
            return True
        places = zip(row.s.items, row.s.statuses, strict=True)
        return any((not status or said == status) and (not item or name == item) for name, said in places)

    return fits


def _row(agency: Agency, found: AgencySummary | None, edition: Edition) -> AgencyRow:
    summary = found if found is not None else AgencySummary(agency.id)
    places = list(zip(summary.items, summary.statuses, summary.costs, strict=True))
    gaps = sorted((p for p in places if p[1] in _GAPS), key=lambda p: -p[2])
    why = gaps or [p for p in places if p[1] in _DOUBTS]
    cells: tuple[str, ...] = ()
    if agency.scheme == edition.scheme and summary.items:
        known = dict(zip(summary.items, summary.statuses, strict=True))
        cells = tuple(known.get(item.id, "") for item in edition.items)
    return AgencyRow(agency, summary, tuple((p[0], p[1]) for p in why[:_WHY]), cells)


def _counts(rows: Iterable[AgencySummary]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(row.statuses)
    return [(status, counted[status]) for status in _STATUSES if counted[status]]


def _dearest(rows: Sequence[AgencyRow]) -> list[tuple[str, float, int]]:
    """The items that cost most over all agencies: id, points, agencies."""
    points: dict[str, float] = defaultdict(float)
    agencies: Counter[str] = Counter()
    for row in rows:
        if not row.agency.scheme:
            for item, status, cost in zip(row.s.items, row.s.statuses, row.s.costs, strict=True):
                if status in _GAPS:
                    points[item] += cost
                    agencies[item] += 1
    found = sorted(points, key=lambda item: -points[item])[:5]
    return [(item, points[item], agencies[item]) for item in found]


@pages.get("/rows")
def rows() -> str:
    """All items of all agencies, or those of a status, of an item, of a kind of agency."""
    require_province()
    chosen = _item_rows(request.args.get("status", ""), request.args.get("item", ""))
    return render("rows.html.j2", page=paged(chosen), statuses=_STATUSES, chosen=request.args, item=None, counts=())


@pages.get("/item/<name>")
def item(name: str) -> str:
    """One item over all agencies."""
    require_province()
    rule = next((each for each in plan().edition.items if each.id == name), None)
    if rule is None:
        abort(404)
    everybody = _item_rows("", name)
    counted = Counter(row.status for row in everybody)
    status = request.args.get("status", "")
    return render(
        "rows.html.j2",
        page=paged([row for row in everybody if not status or row.status == status]),
        statuses=_STATUSES,
        chosen=request.args,
        item=rule,
        counts=[(each, counted[each]) for each in _STATUSES if counted[each]],
    )


def _item_rows(status: str, item: str) -> list[ItemRow]:
    """Items of agencies, the dearest first; those that cost the same in the list's order."""
    job, found = plan(), summaries()
    titles = {(e.scheme, i.id): i.title for e in job.rules.editions if e.year == job.edition.year for i in e.items}
    rows = [
        ItemRow(agency, name, titles.get((agency.scheme, name), ""), said, today, cost, due, asks, decided)
        for agency in job.agencies.agencies
        if (s := found.get(agency.id)) is not None and (not item or not agency.scheme)
        for name, said, today, cost, due, asks, decided in zip(
            s.items, s.statuses, s.today, s.costs, s.due, s.asks, s.decided, strict=True
        )
        if (not status or said == status) and (not item or name == item)
    ]
    return sorted(rows, key=lambda row: (row.status not in _GAPS, row.status not in _DOUBTS, -row.cost))


# ------------------------------------------------------------------------------------------------ changes, due dates


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
        for name in store.history.changed_agencies((edition.year, edition.scheme), then):
            agency = agencies.get(name)
            if agency is not None and agency.scheme == edition.scheme:
                found += _changes_of(agency, edition, titles, then)
    counted = Counter(row.change for row in found)
    return render(
        "changes.html.j2",
        page=paged(sorted((r for r in found if not kind or r.change == kind), key=_newest_first)),
        counts=[(each.value, counted[each.value]) for each in Change if counted[each.value]],
        then=then,
        asked=asked,
        chosen=request.args,
    )


def _changes_of(agency: Agency, edition: Edition, titles: Mapping[str, str], then: datetime) -> list[ChangeRow]:
    spans = site().store.history.spans(agency.id, (edition.year, edition.scheme))
    return [
        ChangeRow(agency, name, titles.get(name, ""), one.change.value, one.before, one.status, one.since)
        for (name, element), one in compare_with(spans, then).items()
        if not element and one.change is not Change.SAME
    ]


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


@pages.get("/runs")
def runs() -> str:
    """What the nights did."""
    require_province()
    found = site().store.runs(60)
    return render("runs.html.j2", runs=found)


@pages.get("/downloads")
def downloads() -> str:
    """The files of the whole list, and each agency's."""
    require_province()
    job = plan()
    year = job.edition.year
    names = ("index.html", *_files_in(site().options.settings.out / str(year)))
    whole = [name for name in dict.fromkeys(names) if report_file(year, name) is not None]
    return render("downloads.html.j2", whole=whole, page=paged(list(job.agencies.agencies)), files_of=agency_files)


def agency_files(agency: str) -> list[str]:
    """Names of the reports of an agency that are there."""
    year = plan().edition.year
    folder = site().options.settings.out / str(year) / agency
    return [name for name in _files_in(folder) if report_file(year, f"{agency}/{name}") is not None]


def _files_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError:
        return []
