"""What a careful person would find on a sample site: truth.json, derived from the planted defects."""

from __future__ import annotations

from typing import TypedDict

from sample.cases import Case, Defect
from sample.content.odd_sections import DOUBTFUL, LACKING
from sample.content.reports import REPORTS
from sample.content.section_form import PRESENT
from sample.content.sections import truth
from sample.content.sectors import REPORTS as SECTOR_REPORTS
from sample.editions import AS_OF, Entry, entries
from sample.structures.doors import DOORS, Door
from sample.structures.word import MADE


class ItemTruth(TypedDict, total=False):
    """One item's true status, with those elements that every edition names alike. `accept` are statuses that a
    careful person would not call wrong either."""

    status: str
    accept: list[str]
    elements: dict[str, str]
    why: str


class SiteTruth(TypedDict):
    """truth.json of one site, as in the contract."""

    edition: int
    as_of: str
    agency: str
    items: dict[str, ItemTruth]


_STATUS = {
    "lacks": "incomplete",
    "old": "outdated",
    "absent": "missing",
    "unlinked": "missing",
    "dead": "unreachable",
    "forbidden": "unreachable",
    "scanned": "review",
    "drive": "review",
    "pictured": "review",
    "claims": "outdated",
    "old_signed": "outdated",
    "taken": "incomplete",
    "mislabelled": "complete",
}
_ACCEPT = {"unlinked": ["review"], "taken": ["review", "missing", "outdated"], "mislabelled": ["review"]}
_UNREAD = ("503", "robots")


def _item(entry: Entry, defects: tuple[Defect, ...]) -> ItemTruth:
    form = next((d.detail for d in defects if d.kind in ("section", "quoted")), "")
    for defect in defects:
        if defect.kind in _STATUS:
            found: ItemTruth = {"status": _STATUS[defect.kind], "why": f"{defect.kind} {defect.detail}".strip()}
            return {**found, "accept": _ACCEPT[defect.kind]} if defect.kind in _ACCEPT else found
        if defect.kind == "made":
            return _made(defect.detail)
    if entry.topic not in (*REPORTS, *SECTOR_REPORTS):
        return {"status": "complete", **_why(defects)}
    elements = truth(form)
    if entry.topic in SECTOR_REPORTS:
        del elements["suggestions"]
    whole = form not in LACKING and all(status == PRESENT for status in elements.values())
    item: ItemTruth = {"status": "complete" if whole else "incomplete", "elements": elements, **_why(defects)}
    return {**item, "accept": ["review"]} if form in DOUBTFUL else item


def _why(defects: tuple[Defect, ...]) -> ItemTruth:
    for defect in defects:
        if defect.kind in ("section", "quoted"):
            quoted = ", criterion quoted on the index" if defect.kind == "quoted" else ""
            return {"why": f"section {defect.detail}{quoted}"}
        if defect.kind == "twist":
            return {"why": f"twist {defect.detail}"}
    return {}


def _made(name: str) -> ItemTruth:
    status, why = MADE[name].truth, f"made {name}"
    if not status:
        return {"status": "review", "why": why}
    both = {"problems": status, "suggestions": status}
    return {"status": "complete" if status == PRESENT else "incomplete", "elements": both, "why": why}


def _behind(door: Door, name: str) -> ItemTruth:
    item: ItemTruth = {"status": "unchecked", "why": f"door {name}"}
    return {**item, "accept": list(door.accept)} if door.accept else item


def site_truth(case: Case, edition: int, listed: tuple[Entry, ...] = (), as_of: str = "") -> SiteTruth:
    """The truth about one agency's site in one edition; all items are named. `listed` is a sector's list."""
    items: dict[str, ItemTruth] = {}
    door = DOORS.get(case.door)
    for entry in listed or entries(edition):
        if case.serve in _UNREAD:
            items[entry.id] = {"status": "unchecked", "why": case.serve}
        elif door and entry.topic not in door.reached:
            items[entry.id] = _behind(door, case.door)
        else:
            items[entry.id] = _item(entry, tuple(d for d in case.defects if d.topic == entry.topic))
            if case.post == "category" and items[entry.id]["status"] == "unreachable":
                # The page behind the entry opens, what is lost is one of its posts.
                items[entry.id]["accept"] = ["review"]
    return {"edition": edition, "as_of": as_of or AS_OF[edition], "agency": case.agency, "items": items}
