"""What people decided and objected, of all agencies: who, when, what, why."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from core.models.agency import Agency
from core.models.decision import Answer, Decision, DecisionKind
from oit.web.site import page_of, plan, render, require_province, site, summaries

pages = Blueprint("decided", __name__)
OBJECTION = DecisionKind.OBJECTION.value
KINDS = (*(answer.value for answer in Answer), OBJECTION)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One decision or objection with its agency. `again` says that it no longer holds or is not answered yet."""

    agency: Agency
    title: str
    said: Decision
    again: bool


@pages.get("/decisions")
def decisions() -> str:
    """What people decided, the newest first."""
    require_province()
    found = _rows()
    kind = request.args.get("status", "")
    counts = [(each, sum(kind_of(row.said) == each for row in found)) for each in KINDS]
    shown = [row for row in found if kind not in KINDS or kind_of(row.said) == kind]
    return render("decisions.html.j2", page=page_of(shown), counts=[c for c in counts if c[1]], chosen=request.args)


def kind_of(said: Decision) -> str:
    """The answer of a decision, or that it is an objection."""
    return OBJECTION if said.kind is DecisionKind.OBJECTION else said.answer.value


def _rows() -> list[DecidedRow]:
    job, store, known = plan(), site().store, summaries()
    agencies = {agency.id: agency for agency in job.agencies.agencies}
    rows = []
    for edition in (e for e in job.rules.editions if e.year == job.edition.year):
        titles = {item.id: item.title for item in edition.items}
        for said in store.decisions.standing((edition.year, edition.scheme)):
            agency = agencies.get(said.agency)
            if agency is None or agency.scheme != edition.scheme:
                continue
            row = known.get(agency.id)
            asks = dict(zip(row.items, row.asks, strict=True)).get(said.item, "") if row is not None else ""
            waits = asks == "objection" if said.kind is DecisionKind.OBJECTION else asks == "again"
            rows.append(DecidedRow(agency, titles.get(said.item, ""), said, waits))
    return sorted(rows, key=lambda row: row.said.at, reverse=True)
