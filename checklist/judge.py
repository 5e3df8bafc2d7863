"""One item's verdict from its evidence. Here, and nowhere else, is decided what an unread thing means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from checklist.absence import why_not_accused, why_not_missing
from checklist.around.dead_documents import is_lost_document, only_ways_to_the_dead, without_ways_to_the_dead
from checklist.around.enclosures import or_beside, without_enclosures
from checklist.candidates.behind import Behind
from checklist.candidates.leads import Lead, choose, from_title, leads, only_notes, only_row_text
from checklist.candidates.owners.offices import of_office
from checklist.candidates.owners.other_items import (
    of_no_kind,
    of_other_item,
    of_shared_file,
    other_title,
    without_told_events,
)
from checklist.candidates.same_title import labelled_with_year, of_the_year
from checklist.candidates.site_index import SiteIndex
from checklist.candidates.within.said import is_way, only_say_little
from checklist.candidates.years import part_year
from checklist.empty_pages import empty_pages, hardly_said
from checklist.evidence_view import EvidencePart, EvidenceView, MatchResult
from checklist.kinds import UNFINISHED, excludes
from checklist.losses import is_broken, is_scanned, losses_of, outside_link
from checklist.rules.model import Element, Item
from checklist.rules.specs import Matcher
from checklist.section.bound import without_letter
from checklist.section.legibility import is_scan
from checklist.shown.hidden import as_shown, run_shown, with_hidden
from checklist.shown.pictures import pages_of_pictures
from checklist.shown.quotations import without_quotations
from checklist.shown.shown_text import shown_digest
from core.models.assessment import ElementStatus, EvidenceRef, Finding, ItemStatus, Level, Reason, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Link, ReadNote, ReadState, Resource, ResourceKind, StopReason
from core.thai.normalize import is_thai

_SHOWN_CANDIDATES = 6
_SHOWN_EVIDENCE = 8
_ACCUSES = frozenset({ItemStatus.INCOMPLETE, ItemStatus.OUTDATED})
_SAID_OF_ROW = _ACCUSES | {ItemStatus.COMPLETE}
_WORDS = frozenset({"evidence", "phrase", "period"})
"""Matchers that words alone satisfy, whatever they are said of."""
_SECOND_CHANCE = 0.85
"""Score from which another candidate may still prove an item that the best one does not."""
_SECOND_LIKENESS = 0.9


def judge_item(site: SiteIndex, item: Item, as_of: date, lexicon: Mapping[str, tuple[str, ...]]) -> Verdict:
    """The verdict on one item of `site.names` at `as_of`; what it costs is for the whole assessment to say."""
    blank = Verdict(item.id, item.title, item.sub_indicator, ItemStatus.UNCHECKED, 0.0)
    if site.snapshot.agency.kind in item.exempt:
        return replace(
            blank,
            status=ItemStatus.EXEMPT,
            reasons=(Reason(ReasonCode.EXEMPT, {"kind": site.snapshot.agency.kind}),),
        )
    unread = _site_unread(site)
    if unread is not None:
        return replace(blank, reasons=(unread,))
    found = leads(site, item)
    chosen = _with_home(site, item, choose(found))
    if not chosen:
        return _called_so(site, item, as_of, lexicon, _nothing_found(site, blank))
    verdict = _judge(site, item, as_of, lexicon, blank, chosen)
    if verdict.status is not ItemStatus.COMPLETE:
        noted = verdict.status is ItemStatus.INCOMPLETE and only_notes(site, chosen)
        for other in found:
            # A note in a list is no lack of the document that is called so elsewhere.
            document = noted and any(part.resource.kind is ResourceKind.DOCUMENT for part in other.behind.parts)
            sure = (other.likeness >= _SECOND_LIKENESS and _names_kind(site, item, other.label)) or document
            if other.score < _SECOND_CHANCE or not sure or other in chosen:
                continue
            if verdict.status is ItemStatus.UNREACHABLE and _pages_of((other,)) <= _pages_of(chosen):
                continue  # what stands around a document that is gone is no other one
            second = _judge(site, item, as_of, lexicon, blank, (other,))
            # A part of the same empty page is nothing that was found.
            elsewhere = not _pages_of((other,)) <= _pages_of(chosen)
            found_at_all = elsewhere and verdict.status is ItemStatus.MISSING and second.status in _FOUND
            if second.status is ItemStatus.COMPLETE or document or found_at_all:
                verdict, chosen = second, (other,)
                break
    for other in labelled_with_year(site, item, chosen, found) if verdict.status is ItemStatus.OUTDATED else ():
        second = _judge(site, item, as_of, lexicon, blank, (other,))
        if second.status is ItemStatus.COMPLETE:
            verdict, chosen = second, (other,)
            break
    if verdict.status is ItemStatus.OUTDATED and (beside := of_the_year(site, item, chosen)):
        verdict, chosen = _judge(site, item, as_of, lexicon, blank, beside), beside
    if verdict.status in _ACCUSES and (unopened := why_not_accused(site, item.id, chosen)):
        verdict = replace(blank, evidence=verdict.evidence, reasons=unopened)
    others = (lead.candidate(chosen=False) for lead in found if lead not in chosen)
    shown = islice(chain((lead.candidate(chosen=True) for lead in chosen), others), _SHOWN_CANDIDATES)
    return replace(verdict, candidates=tuple(shown))


def _pages_of(found: tuple[Lead, ...]) -> set[str]:
    """The addresses of what was read behind leads."""
    return {part.resource.url for lead in found for part in lead.behind.parts}


def _is_named(site: SiteIndex, item: Item, lead: Lead) -> bool:
    """Whether the site itself gives something as an item's, by its number or as the kind that is asked for."""
    numbered = any(reason.code in (ReasonCode.NUMBER_MATCHED, ReasonCode.DECLARED) for reason in lead.reasons)
    return numbered or _names_kind(site, item, lead.label)


def _names_kind(site: SiteIndex, item: Item, label: str) -> bool:
    """Whether a label has a word of the kind that an item asks for: จัดซื้อจัดจ้าง is no plan of it."""
    wanted = site.names.kinds[item.id]
    return not wanted or site.names.kind_words.mentions(wanted, label)


def _called_so(
    site: SiteIndex, item: Item, as_of: date, lexicon: Mapping[str, tuple[str, ...]], verdict: Verdict
) -> Verdict:
    """The verdict on what a review asks about, where that is a document which calls itself the item's and no other's,
    and has all that is asked for: it needs no label. What it lacks only a person can say, since it may be another."""
    for reason in verdict.reasons if verdict.status is ItemStatus.REVIEW else ():
        found = site.by_url.get(reason.values.get("url", ""))
        if reason.code is not ReasonCode.UNCLAIMED_ENTRY or found is None or not _calls_itself(site, item, found):
            continue
        lead = from_title(site, item, found)
        blank = replace(verdict, status=ItemStatus.UNCHECKED, reasons=())
        second = _judge(site, item, as_of, lexicon, blank, (lead,))
        if second.status is ItemStatus.COMPLETE:
            return replace(second, candidates=(lead.candidate(chosen=True),))
    return verdict


def _calls_itself(site: SiteIndex, item: Item, found: Resource) -> bool:
    """Whether a document that was read has a title like the item's, and like no other's; under a label that was taken
    for another item's only if that is most like this one's as well."""
    if found.kind is not ResourceKind.DOCUMENT or found.read_state is not ReadState.READ:
        return False
    nobody = [("", 0.0), ("", 0.0)]
    own, other, *_ = [*site.names.leanings(site.names.kind_words.title(found)), *nobody]
    if own[0] != item.id or own[1] < _CALLED or own[1] - other[1] < _ALONE:
        return False
    label = found.context if site.names.is_button(found.label) else found.label
    return not site.foreign(found, item.id) or (*site.names.leanings(label), *nobody)[0][0] == item.id


_FOUND = frozenset({ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.REVIEW, ItemStatus.UNREACHABLE})
"""What is said of evidence that there is, or was."""
_FIRST_BLOCKS, _SAYS = 120, 40
"""Blocks of a document that are looked through, and Thai letters of them from which they say something."""
_CALLED, _ALONE = 0.7, 0.15
"""Share of an item's rare letters from which a title is like its name, and by how much more than another's."""


def _site_unread(site: SiteIndex) -> Reason | None:
    resources = site.snapshot.resources
    if not resources:
        return Reason(ReasonCode.SITE_UNREAD, {"outcome": FetchOutcome.OTHER.value})
    home = resources[0]
    if home.outcome is not FetchOutcome.OK:
        return Reason(ReasonCode.SITE_UNREAD, {"outcome": home.outcome.value, "detail": home.detail, "url": home.url})
    if site.snapshot.stopped_by is StopReason.HOME:
        cause = home.detail or FetchOutcome.OTHER.value
        return Reason(ReasonCode.SITE_UNREAD, {"outcome": cause, "detail": home.detail, "url": home.url})
    if home.read_state is ReadState.UNREAD and len(resources) < 3:
        return Reason(ReasonCode.SITE_UNREAD, {"outcome": FetchOutcome.SCRIPT_ONLY.value, "url": home.url})
    return None


def _nothing_found(site: SiteIndex, base: Verdict, empty: tuple[Reason, ...] = ()) -> Verdict:
    """The verdict where nothing was found but `empty` pages of the item's own."""
    status, reasons = why_not_missing(site, base.item, base.sub_indicator)
    reasons = tuple(reason for reason in reasons if reason.code is not ReasonCode.NAMED_ONLY) if empty else reasons
    return replace(base, status=status, reasons=(*empty[:1], *reasons))


def _with_home(site: SiteIndex, item: Item, chosen: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """Features of the main site itself (social links, a chat window) stand on the home page without a label."""
    if item.evidence != "site" or any(lead.behind.parts for lead in chosen):
        return chosen
    pages = tuple(page for lead in chosen if (page := site.by_url.get(lead.page_url)) is not None)
    if pages:
        # The row of a social network leads to the network: its link is the evidence, there is nothing else to read.
        parts = tuple(EvidencePart(page, 0, len(page.blocks), page.title) for page in pages[:1])
        # What a row leads to within the site and was not read may show it: no other page proves that it is not there.
        dead = tuple(each for lead in chosen for each in lead.behind.dead)
        unfetched = tuple(each for lead in chosen for each in lead.behind.unfetched)
        return (replace(chosen[0], behind=Behind(parts, dead, (), unfetched)),)
    home = site.snapshot.resources[0]
    part = EvidencePart(home, 0, len(home.blocks), home.title)
    return (Lead(item.id, 0.3, home.title, home.url, Behind((part,)), (Reason(ReasonCode.PAGE_TEXT),)),)


def _judge(
    site: SiteIndex,
    item: Item,
    as_of: date,
    lexicon: Mapping[str, tuple[str, ...]],
    blank: Verdict,
    chosen: tuple[Lead, ...],
) -> Verdict:
    parts = _distinct(part for lead in chosen for part in lead.behind.parts)
    dead = tuple({r.url: r for lead in chosen for r in lead.behind.dead}.values())
    outside = tuple({li.url: li for lead in chosen for li in lead.behind.outside}.values())
    unfetched = tuple({li.url: li for lead in chosen for li in lead.behind.unfetched}.values())
    base = replace(blank, evidence=_references(parts, dead, lexicon))
    parts = without_enclosures(site.names, item, attached := parts, dead)
    away = tuple(outside_link(site, li.url) for li in outside)
    losses = losses_of(parts, dead, away, tuple(li.url for li in unfetched))
    losses += tuple(Reason(ReasonCode.PICTURES_UNREAD, {"url": url}) for url in pages_of_pictures(site, parts, lexicon))
    if not parts:
        return _unproved(base, losses, site, outside=bool(outside), dead=bool(dead))
    if only_ways_to_the_dead(site, item, parts, dead, losses):
        return replace(base, status=ItemStatus.UNREACHABLE, reasons=losses)
    if all(p.resource.read_note == ReadNote.SCRIPT_ONLY for p in parts):
        # No browser read these pages: nobody has looked, so there is nothing to review yet.
        return replace(base, status=ItemStatus.UNCHECKED, reasons=losses)
    parts = without_ways_to_the_dead(site, item, parts, dead)
    everything = parts = without_quotations(item, parts, site.snapshot.resources[0])
    # First whose it is: another office's document of the right year does not replace the agency's own of last year.
    parts, foreign = of_office(as_shown(parts), site.snapshot.agency.name, site.snapshot.resources[0], lexicon)
    parts, strange = _of_kind(site, item, _of_year(site, item, parts))
    strange = foreign or strange or of_shared_file(site, item, parts) or of_other_item(site, item, parts)
    view = EvidenceView(item, site.year, as_of, site.snapshot, parts, chosen[0].label, lexicon, site.by_url)
    whole = with_hidden(view, everything)
    unread = any(r.code is not ReasonCode.POOR_SCAN for r in losses)
    # What a document's own text says of its year stays so although the letter bound before it is a scan.
    dated = unread or any(is_scanned(without_letter(part, site.names.kind_words)) for part in parts)
    left_out = tuple(part for part in attached if all(part.key != kept.key for kept in everything))
    results = tuple((element, _result(element, view, whole, left_out)) for element in _elements(item, site))
    findings = tuple(
        _found(element, result, unread=unread, scanned=any(map(is_scan, parts)), dated=dated, blind=bool(losses))
        for element, result in results
    )
    strange = without_told_events(site, findings, strange)
    of_other_year = {e.level: r.reason for e, r in results if r.outdated and _is_dated(e.match) and not dated}
    status = _status(item, findings, Level.REQUIRED in of_other_year, noted=only_notes(site, chosen))
    if status is ItemStatus.MISSING:
        return _nothing_found(site, replace(base, findings=findings))
    if status is not ItemStatus.OUTDATED and not losses and (empty := empty_pages(site, whole or view)):
        # The item's own title on a page proves no more than a label does.
        return _nothing_found(site, blank, empty)
    if status is ItemStatus.COMPLETE:
        strange += _why_not_its(site, view, chosen)
        strange += tuple(reason for reason in of_other_year.values() if reason is not None)
    broken = any(is_broken(part.resource) for part in parts)
    status = _despite(
        site, item, parts, (outside, dead, losses), status, doubted=bool(of_other_year or strange or broken)
    )
    if status in _SAID_OF_ROW and only_row_text(site, chosen) and not _states_facts(item, findings):
        status, strange = ItemStatus.REVIEW, (*strange, Reason(ReasonCode.ROW_TEXT))
    reasons = (Reason(ReasonCode.EVIDENCE_FOUND), *strange, *losses)
    return replace(base, status=status, findings=findings, reasons=reasons, evidence=_references(parts, dead, lexicon))


def _despite(
    site: SiteIndex,
    item: Item,
    parts: tuple[EvidencePart, ...],
    lacks: tuple[tuple[Link, ...], tuple[Resource, ...], tuple[Reason, ...]],
    status: ItemStatus,
    *,
    doubted: bool,
) -> ItemStatus:
    """A status with what could not be read of the evidence (`lacks`: links outside, what is gone, why). A sentence or
    two that hand on a document say nothing of what stands in it; where it is gone it cannot be reached."""
    if status not in (ItemStatus.COMPLETE, ItemStatus.REVIEW):
        return status
    outside, dead, losses = lacks
    asked = item.evidence == "document" and (outside or dead)
    handed_on = asked and only_say_little(parts, site.snapshot.resources[0])
    gone = losses and all(reason.code is ReasonCode.LINK_DEAD for reason in losses)
    if handed_on and gone and not outside and any(is_lost_document(site, resource) for resource in dead):
        return ItemStatus.UNREACHABLE
    return ItemStatus.REVIEW if doubted or handed_on else status


def _why_not_its(site: SiteIndex, view: EvidenceView, chosen: tuple[Lead, ...]) -> tuple[Reason, ...]:
    """Why evidence that has all that is asked for may not be the item's: it says hardly anything, or neither the site
    nor itself calls it what the item asks for."""
    named = any(_is_named(site, view.item, lead) for lead in chosen)
    return hardly_said(site, view) or (() if named else of_no_kind(site.names, view.item, view.parts))


def _result(
    element: Element, view: EvidenceView, whole: EvidenceView | None, left_out: tuple[EvidencePart, ...]
) -> MatchResult:
    found = run_shown(element.match, view, whole)
    return found if _is_period(element.match) else or_beside(found, element.match, view, left_out)


def _unproved(base: Verdict, losses: tuple[Reason, ...], site: SiteIndex, *, outside: bool, dead: bool) -> Verdict:
    """The verdict where entries were found, and nothing behind them was read."""
    if outside:
        return replace(base, status=ItemStatus.REVIEW, reasons=losses)
    if dead:
        return replace(base, status=ItemStatus.UNREACHABLE, reasons=losses)
    why = losses or (Reason(ReasonCode.CRAWL_INCOMPLETE, {"stopped_by": site.snapshot.stopped_by}),)
    return replace(base, status=ItemStatus.UNCHECKED, reasons=why)


def _elements(item: Item, site: SiteIndex) -> tuple[Element, ...]:
    kind = site.snapshot.agency.kind
    return tuple(e for e in item.elements if not e.kinds or kind in e.kinds)


def _status(item: Item, findings: tuple[Finding, ...], outdated: bool, *, noted: bool) -> ItemStatus:
    required = [f for f in findings if f.level is Level.REQUIRED]
    statuses = {f.status for f in required}
    if outdated:
        return ItemStatus.OUTDATED
    # That a page opens says nothing of what is on it.
    opens = {element.id for element in item.elements if element.match.reachable is not None}
    if item.evidence == "site" and {f.status for f in required if f.element not in opens} == {ElementStatus.MISSING}:
        return ItemStatus.MISSING
    if ElementStatus.MISSING in statuses or ElementStatus.EMPTY in statuses:
        return ItemStatus.INCOMPLETE
    if ElementStatus.REVIEW in statuses or (not required and _shows_nothing(item, findings, noted=noted)):
        return ItemStatus.REVIEW
    return ItemStatus.COMPLETE


def _states_facts(item: Item, findings: tuple[Finding, ...]) -> bool:
    """Whether something was found that is more than words: a telephone number, an amount, a name."""
    facts = {element.id for element in item.elements if not _is_of_words(element.match)}
    return any(f.element in facts and f.status is ElementStatus.PRESENT for f in findings)


def _is_of_words(matcher: Matcher) -> bool:
    return any(map(_is_of_words, (*(matcher.any or ()), *(matcher.all or ())))) or matcher.kind in _WORDS


def _shows_nothing(item: Item, findings: tuple[Finding, ...], *, noted: bool) -> bool:
    """Whether what is advised, of an item that requires nothing, is not there; or stayed unread, or is but a sentence
    in its place on a list, and only the year is there, which stands on every way to it."""
    years = {element.id for element in item.elements if _is_period(element.match)}
    shown = {f.status for f in findings if f.element not in years}
    there = {f.status for f in findings}
    if ElementStatus.PRESENT not in there:
        return True
    return (noted or ElementStatus.REVIEW in shown) and ElementStatus.PRESENT not in shown


def _found(element: Element, result: MatchResult, *, unread: bool, scanned: bool, dated: bool, blind: bool) -> Finding:
    if element.match.section is not None:
        return _section_finding(element, result, unread, scanned)
    return _finding(element, result, dated if _is_period(element.match) else blind)


def _finding(element: Element, result: MatchResult, blind: bool) -> Finding:
    """A lack is only called one if everything that might hold the element was read."""
    status, reason = result.status, result.reason
    if blind and status in (ElementStatus.MISSING, ElementStatus.EMPTY):
        status = ElementStatus.REVIEW
        if reason is None or reason.code is ReasonCode.SECTION_ABSENT:
            # Where something stayed unread nobody may be told that a heading is not there.
            reason = Reason(ReasonCode.UNREAD_REST)
    return Finding(
        element.id,
        element.text,
        element.level,
        status,
        result.says_none,
        element.verify,
        result.quotes[:4],
        reason,
        result.seen,
    )


def _section_finding(element: Element, result: MatchResult, unread: bool, scanned: bool) -> Finding:
    """What the section check found. It knows itself which recognised places prove no lack; but that nothing stands
    under a heading no scan proves, since a short answer is what recognition passes over first."""
    return _finding(element, result, unread or (scanned and result.status is ElementStatus.EMPTY))


def _is_period(matcher: Matcher) -> bool:
    if matcher.any is not None:
        return any(_is_period(each) for each in matcher.any)
    return matcher.period is not None or matcher.months is not None


def _is_dated(matcher: Matcher) -> bool:
    return _is_period(matcher) or matcher.news is not None


def _of_year(site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...]) -> tuple[EvidencePart, ...]:
    """Leave out other years' documents where one of the right year is there, or one that nobody could read and that may
    be: their sections do not count."""
    if item.year == "none":
        return parts
    wanted = site.year - 1 if item.year == "previous" else site.year
    home = site.snapshot.resources[0]
    ways = [len(parts) > 1 and is_way(part, home) for part in parts]
    # The day on which a page that only leads on was made says nothing of what is behind it.
    covers, year, words = item.span == "covers", site.year, site.names.kind_words
    senses = [
        None if way else part_year(without_letter(part, words), wanted, assessment=year, covers=covers).right
        for part, way in zip(parts, ways, strict=True)
    ]
    parts, senses = _without_strays(site, item, parts, senses)
    unread = [p.resource for p, right in zip(parts, senses, strict=True) if right is None]
    if True in senses or any(r.read_state is ReadState.UNREAD and r.kind is ResourceKind.DOCUMENT for r in unread):
        kept = tuple(p for p, right in zip(parts, senses, strict=True) if right is not False)
        return tuple(sorted(kept, key=lambda p: senses[parts.index(p)] is not True))
    return parts


def _without_strays(
    site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...], senses: list[bool | None]
) -> tuple[tuple[EvidencePart, ...], list[bool | None]]:
    """Leave out documents that are not the item's by their own words, or have hardly any, where one that is stands
    beside them and is of another year: an order, or the receipt of a letter, makes no old plan new."""

    def is_stray(part: EvidencePart) -> bool:
        found = part.resource
        if not part.is_whole or found.kind is not ResourceKind.DOCUMENT or found.read_state is not ReadState.READ:
            return False
        letters = sum(is_thai(letter) for block in found.blocks[:_FIRST_BLOCKS] for letter in block.text[:_SAYS])
        return letters < _SAYS or other_title(site.names, item, found) is not None

    both = list(zip(parts, senses, strict=True))
    if not all(sense in senses for sense in (True, False)):
        return parts, senses
    old = (part for part, right in both if right is False and part.resource.kind is ResourceKind.DOCUMENT)
    if all(is_stray(part) for part in old):
        return parts, senses
    kept = [(part, right) for part, right in both if right is False or not is_stray(part)]
    return tuple(part for part, _ in kept), [right for _, right in kept]


def _of_kind(
    site: SiteIndex, item: Item, parts: tuple[EvidencePart, ...]
) -> tuple[tuple[EvidencePart, ...], tuple[Reason, ...]]:
    """Leave out documents that say of themselves to be of another kind, where others are there. If there are none,
    they are what the site shows: for a person to see, with what they are. A plan never completes a report."""
    wanted, words = site.names.kinds[item.id], site.names.kind_words
    kinds = [words.of(own) if (own := part.document) is not None else None for part in parts]
    strange = [kind in UNFINISHED or excludes(wanted, kind) for kind in kinds]
    if not any(strange):
        return parts, ()
    fitting = tuple(part for part, other in zip(parts, strange, strict=True) if not other)
    if any(part.resource.kind is not ResourceKind.PAGE for part in fitting):
        return fitting, ()
    at = strange.index(True)
    values = {
        "url": parts[at].resource.url,
        "document": str(kinds[at]),
        "wanted_document": min((kind.value for kind in wanted), default="final"),
    }
    return parts, (Reason(ReasonCode.OTHER_KIND, values),)


def _distinct(parts: object) -> tuple[EvidencePart, ...]:
    seen: dict[tuple[str, int, int], EvidencePart] = {}
    for part in parts:  # type: ignore[attr-defined]
        seen.setdefault((part.resource.sha256 or part.resource.url, part.start, part.stop), part)
    return tuple(seen.values())


def _references(
    parts: tuple[EvidencePart, ...], dead: tuple[Resource, ...], lexicon: Mapping[str, tuple[str, ...]]
) -> tuple[EvidenceRef, ...]:
    found: dict[str, EvidenceRef] = {}
    for resource, label in [(p.resource, p.label) for p in parts] + [(r, r.label) for r in dead]:
        if resource.url in found:
            continue
        found[resource.url] = EvidenceRef(
            resource.url,
            resource.found_via,
            label or resource.label,
            resource.content_type,
            resource.sha256,
            resource.fetched,
            resource.http_status,
            resource.title,
            shown_digest(resource, lexicon),
        )
    return tuple(found.values())[:_SHOWN_EVIDENCE]
