"""One agency: what it has to do, what changed, what people decided, its reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from checklist.history import gap_id
from core.models.assessment import ItemStatus, Verdict
from core.models.decision import Decision, DecisionKind
from core.models.history import Change, PlaceHistory
from oit.run.evidence_images import picture_names
from oit.run.overlay import load_changes
from oit.web.files import report_policy
from oit.web.province import agency_files
from oit.web.site import AgencyView, find_agency, plan, render, site, view_agency
from oit.web.summaries import newest_objections, why_asked
from reports.agency_html import AgencyContext, Sender, report_html
from reports.messages import english
from reports.ordering import order_verdicts, was_judged
from reports.season import deadline, edition_notes, next_due
from reports.writer import embed_pictures

pages = Blueprint("agencies", __name__)


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One item in an agency's list. `asks` says why a person is asked about it."""

    v: Verdict
    gap: str
    change: PlaceHistory | None
    asks: str


@pages.get("/agency/<name>")
def agency(name: str) -> str:
    """An agency's items in the order in which they are worth doing, with its reports."""
    found = find_agency(name)
    view = view_agency(found)
    if view is None:
        return render("agency_unjudged.html.j2", agency=found)
    return render("agency.html.j2", **_values(view))


@pages.get("/agency/<name>/report")
def report(name: str) -> Response:
    """The agency's gap report as it is now, with what people decided meanwhile; `lang=en` in English."""
    view = view_agency(find_agency(name))
    if view is None:
        abort(404)
    state, job = site(), plan()
    folder = state.options.settings.out / str(job.edition.year) / name
    pictures = {place: file for place, file in picture_names(view.machine).items() if (folder / file).is_file()}
    in_english = request.args.get("lang") == "en"
    context = AgencyContext(
        embed_pictures(folder, pictures),
        changes=load_changes([view.decided], state.store).get(name, {}),
        sender=Sender.of(job.agencies.province, job.agencies.settings),
        other_language="?" if in_english else "?lang=en",
        overview=f"/agency/{name}",
    )
    text = report_html(view.decided, view.edition, english() if in_english else state.messages, context)
    answer = Response(text.encode("utf-8", "replace"), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = report_policy(text)
    return answer


def _values(view: AgencyView) -> dict[str, object]:
    state = site()
    decided = view.decided
    changes = load_changes([decided], state.store).get(view.agency.id, {})
    objections = newest_objections(view.said)
    groups = order_verdicts(decided)
    unseen = [verdict for group in groups.unseen for verdict in group.verdicts]

    def rows(verdicts: Iterable[Verdict]) -> list[VerdictRow]:
        return [
            VerdictRow(v, gap_id(v.item), changes.get((v.item, "")), why_asked(v, objections.get(v.item)))
            for v in verdicts
        ]

    return {
        "agency": view.agency,
        "a": decided,
        "edition": view.edition,
        "judged": was_judged(decided),
        "groups": [
            ("gaps", rows(groups.gaps)),
            ("doubts", rows([*groups.doubts, *unseen])),
            ("coming", rows(groups.coming)),
            ("fine", rows(groups.fine)),
        ],
        "counts": [(s, n) for s in ItemStatus if (n := sum(v.status is s for v in decided.verdicts))],
        "changed": [
            (kind, [v.item for v in decided.verdicts if (at := changes.get((v.item, ""))) and at.change is kind])
            for kind in (Change.FIXED, Change.NEW, Change.BACK)
        ],
        "notes": edition_notes(view.edition, decided.as_of, state.messages),
        "deadline": deadline(decided, view.edition, state.messages),
        "next_due": next_due(decided, state.messages),
        "files": agency_files(view.agency.id),
        "year": plan().edition.year,
        "said": _newest_first(view.said),
    }


def _newest_first(said: tuple[Decision, ...]) -> list[Decision]:
    return sorted(said, key=lambda decision: decision.at, reverse=True)


def objections_of(view: AgencyView, item: str) -> list[Decision]:
    """What the agency objected about an item, the newest first."""
    return [d for d in _newest_first(view.said) if d.kind is DecisionKind.OBJECTION and d.item == item]


def answers_of(view: AgencyView, item: str) -> list[Decision]:
    """What people decided about an item, the newest first."""
    return [d for d in _newest_first(view.said) if d.kind is DecisionKind.DECISION and d.item == item]
