"""What a person must decide: one screen each, with what the program saw; and what an agency objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from checklist.decisions import evidence_digest, rule_digest
from checklist.rules.model import Item
from core.models.agency import Agency
from core.models.assessment import ElementStatus, Level, Verdict
from core.models.decision import Answer, Decision, DecisionKind
from core.sanitize import safe_link, sanitize_lines
from oit.run.evidence_images import picture_names
from oit.web.agencies import answers_of, objections_of
from oit.web.files import report_file
from oit.web.site import AgencyView, account, find_agency, page_of, plan, render, site, summaries, view_agency
from oit.web.summaries import why_asked
from reports.advice import advise

pages = Blueprint("review", __name__)
_WHY = 1000
_ADDRESS = 2000
_CAUSES = ("objection", "again", "review", "unsure")
"""Why a person is asked, the most urgent first."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One item of an agency that waits for a person."""

    agency: Agency
    item: str
    title: str
    status: str
    cost: float
    asks: str


def waiting(cause: str = "") -> list[QueueRow]:
    """Return what waits for a person: objections and earlier answers first, then what costs most. Answered with
    "cannot say" stands last."""
    job, found = plan(), summaries()
    titles = {(e.scheme, i.id): i.title for e in job.rules.editions if e.year == job.edition.year for i in e.items}
    rows = [
        QueueRow(agency, item, titles.get((agency.scheme, item), ""), status, cost, asks)
        for agency in job.agencies.agencies
        if (s := found.get(agency.id)) is not None
        for item, status, cost, asks in zip(s.items, s.today, s.costs, s.asks, strict=True)
        if asks and (not cause or asks == cause)
    ]
    return sorted(rows, key=lambda row: (_CAUSES.index(row.asks), -row.cost))


@pages.get("/review")
def queue() -> str:
    """The list of what waits."""
    _require_decider()
    rows = waiting()
    cause = request.args.get("why", "")
    counts = [(each, sum(row.asks == each for row in rows)) for each in _CAUSES]
    shown = [row for row in rows if not cause or row.asks == cause]
    return render("review.html.j2", page=page_of(shown), counts=[c for c in counts if c[1]], chosen=request.args)


@pages.get("/agency/<name>/<item>")
def item(name: str, item: str) -> str:
    """One item of an agency: the manual's demand, what was seen, the machine's reason, what people said."""
    view, verdict, rule = _find(name, item)
    asking = account()
    return render(
        "item.html.j2",
        **_screen(view, verdict, rule),
        may_decide=asking is not None and asking.decides,
        may_object=asking is not None and asking.speaks_for(name),
        done=request.args.get("done", "")
        if request.args.get("done", "") in ("decided", "objected", "withdrawn")
        else "",
        in_queue=request.args.get("queue") == "1",
        fault="",
    )


def _screen(view: AgencyView, verdict: Verdict, rule: Item | None) -> dict[str, object]:
    machine = view.verdict(verdict.item, machine=True) or verdict
    today = verdict.as_if_due()
    objections = objections_of(view, verdict.item)
    return {
        "agency": view.agency,
        "edition": view.edition,
        "a": view.decided,
        "v": verdict,
        "today": today,
        "machine": machine,
        "rule": rule,
        "elements": _elements(today, rule, view.agency.kind),
        "suggested": _suggested(today),
        "advice": advise(verdict, view.edition, site().messages),
        "pictures": _pictures(view, machine),
        "objections": objections,
        "answers": answers_of(view, verdict.item),
        "asks": why_asked(verdict, objections[0].at if objections else None),
        "evidence": evidence_digest(machine),
        "year": plan().edition.year,
    }


def _elements(verdict: Verdict, rule: Item | None, kind: str) -> list[tuple[str, str]]:
    """Ids and texts of the elements that a person may decide about."""
    if verdict.findings:
        return [(f.element, f.text) for f in verdict.findings]
    return [(e.id, e.text) for e in rule.elements if not e.kinds or kind in e.kinds] if rule is not None else []


def _suggested(verdict: Verdict) -> str:
    """The element that the decision is about if there is only one in doubt; else the item as a whole."""
    open_ones = [f.element for f in verdict.findings if f.status is ElementStatus.REVIEW and f.level is Level.REQUIRED]
    return open_ones[0] if len(open_ones) == 1 else ""


def _pictures(view: AgencyView, verdict: Verdict) -> Mapping[str, str]:
    """Element -> the address of the picture of its quote, where one was drawn for the report."""
    year = plan().edition.year
    names = picture_names(view.machine)
    return {
        element: f"/reports/{year}/{view.agency.id}/{name}"
        for (item, element), name in names.items()
        if item == verdict.item and report_file(year, f"{view.agency.id}/{name}") is not None
    }


# ----------------------------------------------------------------------------------------------- what people decide


@pages.post("/agency/<name>/<item>/decide")
def decide(name: str, item: str) -> Response | tuple[str, int]:
    """Keep a decision, and show the next one that waits."""
    asking = _require_decider()
    view, verdict, rule = _find(name, item)
    element = request.form.get("element", "")
    answer, why = request.form.get("answer", ""), _words("why")
    known = {each for each, _ in _elements(verdict.as_if_due(), rule, view.agency.kind)}
    machine = view.verdict(item, machine=True) or verdict
    fault = ""
    if rule is None or (element and element not in known) or answer not in {each.value for each in Answer}:
        fault = "fault_answer"
    elif not why:
        fault = "fault_why"
    elif request.form.get("evidence", "") != evidence_digest(machine):
        fault = "fault_changed"
    if fault or rule is None:
        return _again(view, verdict, rule, fault)
    decision = Decision(
        agency=name,
        edition=view.edition.year,
        item=item,
        answer=Answer(answer),
        by=asking,
        at=datetime.now(UTC),
        element=element,
        why=why,
        evidence=evidence_digest(machine),
        rule=rule_digest(rule, element),
        scheme=view.edition.scheme,
    )
    site().store.decisions.add(decision)
    site().audit("decided", _subject(decision), answer)
    if request.form.get("queue") == "1":
        following = next((row for row in waiting() if (row.agency.id, row.item) != (name, item)), None)
        if following is not None:
            return redirect(f"/agency/{following.agency.id}/{following.item}?queue=1&done=decided", 303)
        return redirect("/review", 303)
    return redirect(f"/agency/{name}/{item}?done=decided", 303)


@pages.post("/agency/<name>/<item>/object")
def object_to(name: str, item: str) -> Response | tuple[str, int]:
    """Keep an agency's objection: the next crawl visits its address first, and a person is asked."""
    view, verdict, rule = _find(name, item)
    asking = account()
    if asking is None or not asking.speaks_for(name):
        abort(403)
    url, why = request.form.get("url", "").strip()[: _ADDRESS + 1], _words("why")
    if not safe_link(url) or rule is None:
        return _again(view, verdict, rule, "fault_address")
    decision = Decision(
        agency=name,
        edition=view.edition.year,
        item=item,
        answer=Answer.UNKNOWN,
        by=asking.name,
        at=datetime.now(UTC),
        why=why,
        scheme=view.edition.scheme,
        kind=DecisionKind.OBJECTION,
        url=url,
    )
    site().store.decisions.add(decision)
    site().audit("objected", _subject(decision), url)
    return redirect(f"/agency/{name}/{item}?done=objected", 303)


@pages.post("/agency/<name>/<item>/withdraw")
def withdraw(name: str, item: str) -> Response:
    """Take back a decision or an objection, which stays in the store as withdrawn."""
    asking = account()
    view, _, _ = _find(name, item)
    at = request.form.get("at", "")
    said = next((d for d in view.said if d.item == item and d.at.isoformat() == at), None)
    if said is None:
        abort(404)
    own = said.kind is DecisionKind.OBJECTION and asking is not None and asking.speaks_for(name)
    if asking is None or not (asking.decides or own):
        abort(403)
    site().store.decisions.withdraw(said, datetime.now(UTC))
    site().audit("withdrawn", _subject(said))
    return redirect(f"/agency/{name}/{item}?done=withdrawn", 303)


def _again(view: AgencyView, verdict: Verdict, rule: Item | None, fault: str) -> tuple[str, int]:
    """The screen once more, with what is wrong with the form."""
    asking = account()
    page = render(
        "item.html.j2",
        **_screen(view, verdict, rule),
        may_decide=asking is not None and asking.decides,
        may_object=asking is not None and asking.speaks_for(view.agency.id),
        done="",
        in_queue=request.form.get("queue") == "1",
        fault=fault,
    )
    return page, 409 if fault == "fault_changed" else 400


def _find(name: str, item: str) -> tuple[AgencyView, Verdict, Item | None]:
    view = view_agency(find_agency(name))
    verdict = view.verdict(item) if view is not None else None
    if view is None or verdict is None:
        abort(404)
    return view, verdict, view.rule(item)


def _require_decider() -> str:
    """The name of who is asking, who must be one that decides."""
    asking = account()
    if asking is None:
        abort(401)
    if not asking.decides:
        abort(403)
    return asking.name


def _words(field: str) -> str:
    return sanitize_lines(request.form.get(field, "").replace("\r", "").strip(), _WHY)


def _subject(decision: Decision) -> str:
    place = f"{decision.item}-{decision.element}" if decision.element else decision.item
    return f"{decision.agency}/{decision.edition}/{place}"
