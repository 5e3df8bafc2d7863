"""What a careful person would find on a sample site: truth.json, derived from the planted defects."""

from __future__ import annotations

from typing import TypedDict

from sample.cases import Case, Defect
from sample.content.reports import REPORTS
from sample.content.sections import PRESENT, truth
from sample.content.sectors import REPORTS as SECTOR_REPORTS
from sample.editions import AS_OF, Entry, entries


class ItemTruth(TypedDict, total=False):
    """One item's true status, with those elements that every edition names alike."""

    status: str
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
}
_UNREAD = ("503", "robots")


def _item(entry: Entry, defects: tuple[Defect, ...]) -> ItemTruth:
    form = next((d.detail for d in defects if d.kind in ("section", "quoted")), "")
    for defect in defects:
        if defect.kind in _STATUS:
            why = f"{defect.kind} {defect.detail}".strip()
            return {"status": _STATUS[defect.kind], "why": why}
    if entry.topic not in (*REPORTS, *SECTOR_REPORTS):
        return {"status": "complete"}
    found = truth(form)
    if entry.topic in SECTOR_REPORTS:
        del found["suggestions"]
    whole = all(status == PRESENT for status in found.values())
    item: ItemTruth = {"status": "complete" if whole else "incomplete", "elements": found}
    if form:
        item["why"] = f"section {form}" + (", criterion quoted on the index" if defects[0].kind == "quoted" else "")
    return item


def site_truth(case: Case, edition: int, listed: tuple[Entry, ...] = (), as_of: str = "") -> SiteTruth:
    """The truth about one agency's site in one edition; all items are named. `listed` is a sector's list."""
    items: dict[str, ItemTruth] = {}
    for entry in listed or entries(edition):
        if case.serve in _UNREAD:
            items[entry.id] = {"status": "unchecked", "why": case.serve}
        else:
            items[entry.id] = _item(entry, tuple(d for d in case.defects if d.topic == entry.topic))
    return {"edition": edition, "as_of": as_of or AS_OF[edition], "agency": case.agency, "items": items}
