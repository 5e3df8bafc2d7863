"""The pages about all agencies: who is not ready and why, what costs most, one item, runs, downloads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from checklist.rules.model import Edition
from core.models.account import Role
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.thai.normalize import key_text
from oit.web.files import report_file
from oit.web.site import Page, account, page_of, plan, render, require_province, site, summaries
from oit.web.summaries import AgencySummary
from reports.ordering import DOUBTS, GAPS
from reports.season import edition_notes

pages = Blueprint("province", __name__)
_WHY = 3
_DEAREST = 5
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
        page=page_of(chosen),
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
        dearest=_dearest(rows)[:_DEAREST],
        week=(site().today() - timedelta(days=7)).isoformat(),
        behind=site().load()[1].behind,
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


@dataclass(frozen=True, slots=True)
class ItemCost:
    """What one item costs all agencies together: points lost for sure, points that nobody knows of, how many agencies
    have a gap, how many are in doubt, of how many."""

    item: str
    points: float
    unknown: float
    gaps: int
    doubts: int
    among: int


def _dearest(rows: Sequence[AgencyRow]) -> list[ItemCost]:
    """The items that have a gap or are in doubt anywhere, the dearest first."""
    points: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0, 0, 0])
    for row in rows:
        if not row.agency.scheme:
            for item, status, cost in zip(row.s.items, row.s.statuses, row.s.costs, strict=True):
                found = points[item]
                found[4] += status != ItemStatus.EXEMPT
                if status in _GAPS:
                    found[0] += cost
                    found[2] += 1
                elif status in _DOUBTS:
                    found[1] += cost
                    found[3] += 1
    costs = [ItemCost(item, a, b, int(c), int(d), int(e)) for item, (a, b, c, d, e) in points.items() if c or d]
    return sorted(costs, key=lambda cost: (-round(cost.points, 6), -round(cost.unknown, 6)))


@pages.get("/costs")
def costs() -> str:
    """What costs most: every item with a gap, over all agencies."""
    require_province()
    job, found = plan(), summaries()
    rows = [_row(agency, found.get(agency.id), job.edition) for agency in job.agencies.agencies]
    return render("costs.html.j2", costs=_dearest(rows), titles={i.id: i.title for i in job.edition.items})


@pages.get("/rows")
def rows() -> str:
    """All items of all agencies, or those of a status, of an item, of a kind of agency."""
    require_province()
    status = request.args.get("status", "")
    chosen = _places(request.args.get("item", ""), frozenset({status}) if status else None)
    return render("rows.html.j2", page=_shown(chosen), statuses=_STATUSES, chosen=request.args, item=None, counts=())


@pages.get("/item/<name>")
def item(name: str) -> str:
    """One item over all agencies."""
    require_province()
    rule = next((each for each in plan().edition.items if each.id == name), None)
    if rule is None:
        abort(404)
    everybody = _places(name)
    counted = Counter(place.status for place in everybody)
    status = request.args.get("status", "")
    among = {"gaps": _GAPS, "doubts": _DOUBTS}.get(request.args.get("why", ""))
    shown = [p for p in everybody if (not status or p.status == status) and (not among or p.status in among)]
    return render(
        "rows.html.j2",
        page=_shown(shown),
        statuses=_STATUSES,
        chosen=request.args,
        item=rule,
        counts=[(each, counted[each]) for each in _STATUSES if counted[each]],
    )


class _Place(NamedTuple):
    """An item of an agency's row: 357,029 of a whole country, of which a page shows 50."""

    agency: Agency
    s: AgencySummary
    at: int
    status: str


def _places(item: str, statuses: frozenset[str] | None = None) -> list[_Place]:
    """Items of agencies, the dearest first; those that cost the same in the list's order."""
    job, found = plan(), summaries()
    # Few costs, many rows: they are dealt into heaps, and only the heaps are sorted.
    heaps: dict[tuple[bool, bool, float], list[_Place]] = defaultdict(list)
    for agency in job.agencies.agencies:
        s = found.get(agency.id)
        if s is None or (item and agency.scheme):
            continue
        for at, (name, status, cost) in enumerate(zip(s.items, s.statuses, s.costs, strict=True)):
            if (not item or name == item) and (statuses is None or status in statuses):
                heaps[status not in _GAPS, status not in _DOUBTS, -cost].append(_Place(agency, s, at, status))
    return [place for key in sorted(heaps) for place in heaps[key]]


def _shown(places: list[_Place]) -> Page:
    job = plan()
    titles = {(e.scheme, i.id): i.title for e in job.rules.editions if e.year == job.edition.year for i in e.items}
    page = page_of(places)
    return replace(
        page,
        rows=tuple(
            ItemRow(
                agency, s.items[at], titles.get((agency.scheme, s.items[at]), ""), status, s.today[at], s.costs[at],
                s.due[at], s.asks[at], s.decided[at],
            )
            for agency, s, at, status in page.rows
        ),
    )  # fmt: skip


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
    return render("downloads.html.j2", whole=whole, page=page_of(list(job.agencies.agencies)), files_of=agency_files)


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
