"""An assessment cut down to what the province's pages show of an agency, and that as a small text.

A whole assessment is some 100 KB and 5 ms to unpack, its row 2 KB and 0.1 ms: the pages of 8,303 agencies are made of
rows. A row is an `Assessment` without evidence and candidates, so what shows assessments shows rows too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from sys import intern
from typing import Any

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    CrawlSummary,
    ElementStatus,
    Finding,
    IfDue,
    ItemStatus,
    Level,
    Reason,
    SubScore,
    Verdict,
)
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, StopReason
from reports.ordering import GAPS

ROW_FORM = "1"
"""Raised whenever a row is made otherwise."""
_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)


def shorten(assessment: Assessment) -> Assessment:
    """Return what the province's pages show: of gaps what they lack, of all verdicts the status and the cost."""
    score = assessment.score
    return replace(
        assessment,
        score=SubScore(score.id, score.lowest, score.highest),
        verdicts=tuple(_short(verdict) for verdict in assessment.verdicts),
    )


def _short(verdict: Verdict) -> Verdict:
    findings: tuple[Finding, ...] = ()
    if verdict.status in GAPS:
        lacking = (f for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING)
        findings = tuple(Finding(f.element, f.text, f.level, f.status, reason=_bare(f.reason)) for f in lacking)
    return Verdict(
        verdict.item, verdict.title, verdict.sub_indicator, verdict.status, verdict.cost, findings=findings,
        due=verdict.due, if_due=IfDue(verdict.if_due.status) if verdict.if_due is not None else None,
    )  # fmt: skip


def _bare(reason: Reason | None) -> Reason | None:
    return Reason(reason.code) if reason is not None else None


def encode_row(row: Assessment, edition: Edition) -> str:
    """A row as JSON; what the edition says of an item is left out."""
    crawl, titles = row.crawl, _titles(edition)
    head = [
        crawl.started.isoformat(),
        crawl.finished.isoformat() if crawl.finished else None,
        int(crawl.complete),
        crawl.pages,
        crawl.documents,
        crawl.failed,
        crawl.stopped_by,
        int(crawl.stale),
        crawl.home_outcome,
        crawl.home_detail,
    ]
    data = {
        "edition": [row.edition, row.scheme, row.follows],
        "as_of": row.as_of.isoformat(),
        "crawl": head,
        "score": [row.score.id, row.score.lowest, row.score.highest],
        "notes": [[note.code, dict(note.values)] for note in row.notes],
        "verdicts": [_packed(verdict, titles) for verdict in row.verdicts],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _titles(edition: Edition) -> dict[str, tuple[str, str]]:
    return {item.id: (item.title, item.sub_indicator) for item in edition.items}


def _packed(verdict: Verdict, titles: Mapping[str, tuple[str, str]]) -> list[Any]:
    named = titles.get(verdict.item) == (verdict.title, verdict.sub_indicator)
    return [
        verdict.item,
        0 if named else [verdict.title, verdict.sub_indicator],
        verdict.status,
        verdict.cost,
        verdict.due.isoformat() if verdict.due else 0,
        verdict.if_due.status if verdict.if_due else 0,
        *([f.element, f.text, f.status, f.reason.code if f.reason else 0] for f in verdict.findings),
    ]


def decode_row(text: str, agency: Agency, edition: Edition) -> Assessment:
    """The row that `encode_row` packed. Raises ValueError or what a row of another form breaks."""
    data, titles = json.loads(text), _titles(edition)
    year, scheme, follows = data["edition"]
    started, finished, complete, pages, documents, failed, stopped, stale, home, detail = data["crawl"]
    crawl = CrawlSummary(
        datetime.fromisoformat(started), datetime.fromisoformat(finished) if finished else None, bool(complete),
        pages, documents, failed, StopReason(stopped) if stopped is not None else None, bool(stale),
        FetchOutcome(home), detail,
    )  # fmt: skip
    return Assessment(
        agency,
        year,
        date.fromisoformat(data["as_of"]),
        crawl,
        SubScore(*data["score"]),
        tuple(_verdict(packed, titles) for packed in data["verdicts"]),
        tuple(Reason(ReasonCode(code), values) for code, values in data["notes"]),
        scheme,
        follows,
    )


def _verdict(packed: list[Any], titles: Mapping[str, tuple[str, str]]) -> Verdict:
    item, named, status, cost, due, if_due, *findings = packed
    title, sub = titles[item] if named == 0 else named
    return Verdict(
        intern(item),
        title,
        sub,
        ItemStatus(status),
        cost,
        findings=tuple(
            Finding(
                intern(element), intern(text), Level.REQUIRED, ElementStatus(state),
                reason=Reason(ReasonCode(code)) if code else None,
            )
            for element, text, state, code in findings
        ),
        due=date.fromisoformat(due) if due else None,
        if_due=IfDue(ItemStatus(if_due)) if if_due else None,
    )  # fmt: skip
