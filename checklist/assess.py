"""The checklist room's door: a snapshot, an edition and a date go in, an assessment comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from checklist.asked_date import AskedDate
from checklist.due import weigh_due_date
from checklist.incremental import Judgement, RecordingLexicon, RuleFingerprints
from checklist.rules.model import Edition
from checklist.score import costs, score
from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, ItemStatus, Reason, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, ResourceKind, Snapshot

if TYPE_CHECKING:
    from checklist.candidates.page_index import KnownPages
    from checklist.candidates.site_index import SiteIndex

_GAPS = frozenset({ItemStatus.MISSING, ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.UNREACHABLE})


def assess(
    snapshot: Snapshot,
    edition: Edition,
    as_of: date,
    lexicon: Mapping[str, tuple[str, ...]],
    lists: Sequence[Edition] = (),
) -> Assessment:
    """Judge every item of `edition` on one snapshot as of a date. Pure: same input, same output.

    `lists` are all lists that a site may follow: where it plainly follows another, its gaps are none."""
    found = judgements(snapshot, edition, as_of, lexicon)
    whole = assessment(snapshot.agency, edition, as_of, crawl_summary(snapshot), crawl_notes(snapshot), found)
    return under_its_list(whole, snapshot, edition, lists)


def under_its_list(whole: Assessment, snapshot: Snapshot, edition: Edition, lists: Sequence[Edition]) -> Assessment:
    """The assessment, or, if the site plainly follows another of the lists, the same with one note in place of gaps.

    What was found complete stays: its title and contents were found whatever list the site follows."""
    from checklist.candidates.lists import other_list

    other = other_list(snapshot, edition, lists)
    if other is None:
        return whole
    values = {
        "list": other.edition.title, "scheme": other.edition.scheme,
        "agreed": str(other.agreed), "among": str(len(other.edition.items)),
    }  # fmt: skip
    code = ReasonCode.OTHER_LIST if other.edition.scheme else ReasonCode.GENERAL_LIST
    verdicts = tuple(_without_gap(verdict) for verdict in whole.verdicts)
    return replace(
        whole,
        score=score(edition, {v.item: v.status for v in verdicts}),
        verdicts=verdicts,
        notes=(Reason(code, values), *whole.notes),
        follows=other.edition.name,
    )


def _without_gap(verdict: Verdict) -> Verdict:
    if verdict.as_if_due().status not in _GAPS:
        return verdict
    reasons = (Reason(ReasonCode.LIST_DIFFERS),)
    return replace(verdict, status=ItemStatus.UNCHECKED, findings=(), reasons=reasons, if_due=None)


def judgements(
    snapshot: Snapshot,
    edition: Edition,
    as_of: date,
    lexicon: Mapping[str, tuple[str, ...]],
    before: Mapping[str, Judgement] | None = None,
    pages: KnownPages | None = None,
) -> tuple[Judgement, ...]:
    """A judgement per item of `edition`. `before` holds earlier ones of the same snapshot by item id: those that
    still stand are given again, only the others are judged. `pages` is what is known of what its pages list."""
    ground = RuleFingerprints(edition, as_of, lexicon)
    standing = standing_of(edition, ground, before or {})
    if len(standing) == len(edition.items):
        return tuple(standing[item.id] for item in edition.items)
    # Here, not above: whose verdicts all stand needs neither the judge nor its dictionaries.
    from checklist.judge import judge_item

    site: SiteIndex | None = None
    for_index = RecordingLexicon(lexicon)
    found: list[Judgement] = []
    for item in edition.items:
        known = standing.get(item.id)
        if known is None:
            site = site or _indexed(snapshot, edition, for_index, pages)
            words = RecordingLexicon(lexicon)
            day = AskedDate.of(as_of)
            verdict = weigh_due_date(judge_item(site, item, day, words), item, day)
            known = Judgement(verdict, ground.basis(item, frozenset(words.asked | for_index.asked), day.asked))
        found.append(known)
    return tuple(found)


def _indexed(snapshot: Snapshot, edition: Edition, lexicon: RecordingLexicon, pages: KnownPages | None) -> SiteIndex:
    from checklist.candidates.labels import ItemNames
    from checklist.candidates.page_index import KnownPages
    from checklist.candidates.site_index import index_site

    naming = edition.naming
    names = ItemNames(naming, lexicon)
    pages = pages or KnownPages()
    pages.stand_on(naming, {name: lexicon.get(name, ()) for name in sorted(lexicon.asked)})
    return index_site(snapshot, names, lexicon, pages)


def standing_of(edition: Edition, ground: RuleFingerprints, before: Mapping[str, Judgement]) -> dict[str, Judgement]:
    """Those of the earlier judgements that would be given again on the same snapshot, by item id."""
    return {
        item.id: before[item.id]
        for item in edition.items
        if item.id in before and ground.stands(item, before[item.id].basis)
    }


def assessment(
    agency: Agency,
    edition: Edition,
    as_of: date,
    crawl: CrawlSummary,
    notes: tuple[Reason, ...],
    found: Sequence[Judgement],
) -> Assessment:
    """The whole of one agency's judgements, with what each gap costs and the score."""
    exempt = frozenset(item.id for item in edition.items if agency.kind in item.exempt)
    cost = costs(edition, exempt)
    verdicts = tuple(replace(j.verdict, cost=cost.get(j.verdict.item, 0.0)) for j in found)
    return Assessment(
        agency,
        edition.year,
        as_of,
        crawl,
        score(edition, {v.item: v.status for v in verdicts}),
        verdicts,
        notes,
        scheme=edition.scheme,
    )


def crawl_summary(snapshot: Snapshot) -> CrawlSummary:
    """What the report says of the crawl."""
    read = [r for r in snapshot.resources if r.outcome is FetchOutcome.OK]
    home = snapshot.resources[0] if snapshot.resources else None
    return CrawlSummary(
        snapshot.started,
        snapshot.finished,
        snapshot.complete,
        pages=sum(r.kind is ResourceKind.PAGE for r in read),
        documents=sum(r.kind is not ResourceKind.PAGE for r in read),
        failed=sum(
            r.outcome not in (FetchOutcome.OK, FetchOutcome.OFF_SITE, FetchOutcome.BUDGET) for r in snapshot.resources
        ),
        stopped_by=snapshot.stopped_by or None,
        stale=snapshot.stale,
        home_outcome=home.outcome if home else FetchOutcome.OTHER,
        home_detail=home.detail if home else "",
    )


def crawl_notes(snapshot: Snapshot) -> tuple[Reason, ...]:
    """What is to be said of the whole site beside its items."""
    notes: list[Reason] = []
    if snapshot.stale:
        notes.append(Reason(ReasonCode.STALE, {"since": snapshot.started.date().isoformat()}))
    for resource in snapshot.resources[:1]:
        if resource.tls_problem:
            notes.append(Reason(ReasonCode.TLS, {"problem": resource.tls_problem}))
    return tuple(notes)
