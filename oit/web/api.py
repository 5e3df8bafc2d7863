"""The same as data: read-only JSON under /api, described by /api/openapi.json."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify

from core.models.agency import Agency
from core.sanitize import sanitize_text
from oit.run.overlay import load_changes
from oit.web.openapi import openapi_document
from oit.web.site import find_agency, may_see, page_of, plan, require_province, site, summaries, view_agency
from oit.web.summaries import AgencySummary
from reports.agency_json import points, report_json
from reports.schemas import load_schema, schema_names

pages = Blueprint("api", __name__, url_prefix="/api")


def failure(code: int) -> Response:
    """An error as data."""
    answer = jsonify(status=code, error=HTTPStatus(code).phrase)
    answer.status_code = code
    return answer


@pages.get("/agencies")
def agencies() -> Response:
    """All agencies with the status of each item, in the list's order, in pages of 50."""
    job, found = plan(), summaries()
    page = page_of([agency for agency in job.agencies.agencies if may_see(agency.id)])
    return jsonify(
        schema="oit-api-agencies/1",
        edition=job.edition.year,
        province=sanitize_text(job.agencies.province),
        page=page.number,
        pages=page.pages,
        count=page.count,
        agencies=[_agency(agency, found.get(agency.id)) for agency in page.rows],
    )


def _agency(agency: Agency, row: AgencySummary | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": agency.id,
        "name": sanitize_text(agency.name),
        "url": agency.url,
        "scheme": agency.scheme or None,
    }
    if row is None:
        return {**found, "judged": False, "score": None, "crawled": None, "items": {}}
    score = {"lowest": points(row.lowest), "highest": points(row.highest)} if row.judged else None
    items = dict(zip(row.items, row.statuses, strict=True))
    return {**found, "judged": row.judged, "score": score, "crawled": row.started or None, "items": items}


@pages.get("/agencies/<name>")
def agency(name: str) -> Response:
    """One agency's report, in the shape of report.json."""
    view = view_agency(find_agency(name))
    if view is None:
        abort(404)
    state = site()
    changes = load_changes([view.decided], state.store).get(name, {})
    return jsonify(report_json(view.decided, view.edition, state.messages, changes))


@pages.get("/items/<name>")
def item(name: str) -> Response:
    """One item over all agencies: status by agency id."""
    require_province()
    job, found = plan(), summaries()
    rule = next((each for each in job.edition.items if each.id == name), None)
    if rule is None:
        abort(404)
    statuses = {}
    for agency in job.agencies.agencies:
        row = found.get(agency.id)
        if row is not None and not agency.scheme:
            known = dict(zip(row.items, row.statuses, strict=True))
            statuses[agency.id] = known.get(name)
    return jsonify(
        schema="oit-api-item/1", edition=job.edition.year, id=rule.id, title=rule.title, agencies=statuses
    )  # fmt: skip


@pages.get("/schemas/<name>")
def schema(name: str) -> Response:
    """The JSON Schema of an answer or a report, by its name (oit-report-2)."""
    if name not in schema_names():
        abort(404)
    return jsonify(load_schema(name))


@pages.get("/openapi.json")
def description() -> Response:
    """What this interface answers, as OpenAPI 3.1."""
    return jsonify(openapi_document())
