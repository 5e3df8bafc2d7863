"""The checklist room's door: a snapshot, an edition and a date go in, an assessment comes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from checklist.candidates.evidence import index_site
from checklist.candidates.labels import ItemNames
from checklist.judge import judge_item
from checklist.rules.model import Edition
from checklist.score import costs, score
from oit.model import (
    Assessment,
    CrawlSummary,
    Outcome,
    Reason,
    ResourceKind,
    Snapshot,
)


def assess(snapshot: Snapshot, edition: Edition, as_of: date, lexicon: Mapping[str, tuple[str, ...]]) -> Assessment:
    """Judge every item of `edition` on one snapshot as of a date. Pure: same input, same output."""
    names = ItemNames(edition)
    site = index_site(snapshot, edition, names)
    exempt = frozenset(item.id for item in edition.items if snapshot.agency.kind in item.exempt)
    cost = costs(edition, exempt)
    verdicts = tuple(judge_item(site, item, as_of, lexicon, cost.get(item.id, 0.0)) for item in edition.items)
    return Assessment(
        snapshot.agency,
        edition.year,
        as_of,
        _summary(snapshot),
        score(edition, {v.item: v.status for v in verdicts}),
        verdicts,
        _notes(snapshot),
    )


def _summary(snapshot: Snapshot) -> CrawlSummary:
    read = [r for r in snapshot.resources if r.outcome is Outcome.OK]
    home = snapshot.resources[0] if snapshot.resources else None
    return CrawlSummary(
        snapshot.started,
        snapshot.finished,
        snapshot.complete,
        pages=sum(r.kind is ResourceKind.PAGE for r in read),
        documents=sum(r.kind is not ResourceKind.PAGE for r in read),
        failed=sum(r.outcome not in (Outcome.OK, Outcome.OFF_SITE, Outcome.BUDGET) for r in snapshot.resources),
        stopped_by=snapshot.stopped_by or None,
        stale=snapshot.stale,
        home_outcome=home.outcome if home else Outcome.OTHER,
        home_detail=home.detail if home else "",
    )


def _notes(snapshot: Snapshot) -> tuple[Reason, ...]:
    notes: list[Reason] = []
    if snapshot.stale:
        notes.append(Reason("stale", {"since": snapshot.started.date().isoformat()}))
    for resource in snapshot.resources[:1]:
        if resource.tls_problem:
            notes.append(Reason("tls", {"problem": resource.tls_problem}))
    return tuple(notes)
