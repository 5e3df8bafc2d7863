"""report.json: what other programs read; its shape is the contract's, `oit-report/2`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from checklist.rules.model import Edition
from core.models.assessment import Assessment, EvidenceRef, Finding, Quote, SubScore, Verdict
from core.models.history import Place, PlaceHistory
from core.rounding import round_points
from core.sanitize import sanitize_text
from reports.advice import advise
from reports.messages import Messages
from reports.season import days_left, edition_notes

SCHEMA = "oit-report/2"
Changes = Mapping[Place, PlaceHistory]
"""Item and element -> how it stands against an earlier night."""


def report_json(
    assessment: Assessment, edition: Edition, messages: Messages, changes: Changes = MappingProxyType({})
) -> dict[str, Any]:
    """One agency's report as plain data."""
    crawl = assessment.crawl
    return {
        "schema": SCHEMA,
        "edition": assessment.edition,
        "scheme": assessment.scheme or None,
        "as_of": assessment.as_of.isoformat(),
        "days_left": days_left(assessment, edition),
        "agency": {
            "id": assessment.agency.id,
            "name": sanitize_text(assessment.agency.name),
            "url": assessment.agency.url,
        },
        "crawl": {
            "started": moment(crawl.started),
            "finished": moment(crawl.finished),
            "complete": crawl.complete,
            "pages": crawl.pages,
            "documents": crawl.documents,
            "failed": crawl.failed,
            "stopped_by": crawl.stopped_by,
            "stale": crawl.stale,
            "age_days": crawl.age_days,
            "stale_cause": crawl.stale_cause or None,
        },
        "score": {
            "lowest": points(assessment.score.lowest),
            "highest": points(assessment.score.highest),
            "indicators": [_indicator(part) for part in assessment.score.parts],
        },
        "items": [_item(verdict, edition, messages, changes) for verdict in assessment.verdicts],
        "notes": [
            *edition_notes(edition, assessment.as_of, messages),
            *(messages.reason(note) for note in assessment.notes),
        ],
    }


def _indicator(part: SubScore) -> dict[str, Any]:
    return {
        "id": part.id,
        "lowest": points(part.lowest),
        "highest": points(part.highest),
        "sub_indicators": [
            {"id": sub.id, "lowest": points(sub.lowest), "highest": points(sub.highest)} for sub in part.parts
        ],
    }


def _item(verdict: Verdict, edition: Edition, messages: Messages, changes: Changes) -> dict[str, Any]:
    advice = advise(verdict, edition, messages)
    return {
        "id": verdict.item,
        "title": verdict.title,
        "sub_indicator": verdict.sub_indicator,
        "status": verdict.status.value,
        "cost": round(verdict.cost, 4),
        "evidence": [_evidence(e) for e in verdict.evidence],
        "elements": [
            _element(f, messages) | _change(verdict, f.element, changes) | _decision(verdict, f.element)
            for f in verdict.findings
        ],
        **_change(verdict, "", changes),
        **_decision(verdict, ""),
        "advice": advice.text,
        "paste": advice.paste,
        **_if_due(verdict, messages),
        "reasons": [{"code": r.code, "text": sanitize_text(messages.reason(r), 500)} for r in verdict.reasons],
    }


def _change(verdict: Verdict, element: str, changes: Changes) -> dict[str, Any]:
    known = changes.get((verdict.item, element))
    gap = {"gap": f"{verdict.item}-{element}"} if element else {}
    if known is None:
        return {**gap, "first_seen": None, "last_seen": None, "change": None}
    return {
        **gap,
        "first_seen": moment(known.first_seen),
        "last_seen": moment(known.last_seen),
        "change": known.change.value,
    }


def _decision(verdict: Verdict, element: str) -> dict[str, Any]:
    shown = next((each for each in verdict.decisions if each.decision.element == element), None)
    if shown is None:
        return {}
    made = shown.decision
    said = {"by": sanitize_text(made.by), "at": moment(made.at), "answer": made.answer.value}
    return {"decision": said | {"why": sanitize_text(made.why, 1000), "holds": shown.holds}}


def _if_due(verdict: Verdict, messages: Messages) -> dict[str, Any]:
    if verdict.if_due is None:
        return {}
    today = verdict.if_due
    return {"if_due": {"status": today.status.value, "elements": [_element(f, messages) for f in today.findings]}}


def _evidence(reference: EvidenceRef) -> dict[str, Any]:
    return {
        "url": reference.url,
        "found_via": list(reference.found_via),
        "label": sanitize_text(reference.label),
        "content_type": reference.content_type,
        "sha256": reference.sha256,
        "fetched": moment(reference.fetched),
        "http_status": reference.http_status,
    }


def _element(finding: Finding, messages: Messages) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": finding.element,
        "text": finding.text,
        "level": finding.level.value,
        "status": finding.status.value,
        "says_none": finding.says_none,
        "evidence": [_quote(q) for q in finding.quotes],
    }
    if finding.verify:
        found["verify"] = True
    if finding.reason is not None:
        found["reason"] = sanitize_text(messages.reason(finding.reason), 500)
    if finding.seen:
        found["headings_seen"] = [sanitize_text(text) for text in finding.seen]
    return found


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "url": quote.url,
        "page": quote.page,
        "line": quote.line,
        "quote": sanitize_text(quote.quote),
        "method": quote.method.value,
    }


def points(value: float | None) -> float | None:
    """A score with two decimals."""
    return None if value is None else round_points(value)


def moment(value: datetime | None) -> str | None:
    """A time in UTC with a Z, to the second."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value is not None else None
