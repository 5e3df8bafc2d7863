"""Links that are dead and may have been an item's: a button without words among the buttons of a disclosure list, a
label that leans to the item.

A list of buttons has the order of the manual too. What its other buttons lead to says between which items a dead one
stands; whether it is the item itself nobody can read any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from checklist.candidates.labels import HARDLY
from checklist.candidates.page_links import SERIES, label_stem, may_turn_page, stems_of
from checklist.candidates.site_index import SiteIndex
from core.models.assessment import ItemStatus, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Link, ReadState, Resource, ResourceKind, Zone
from core.thai.dates import year_mentions
from core.thai.normalize import make_key
from core.urls import may_hold_document

_LEANS = 0.3
_MOST_LINKS = 400
"""Links of one list that are asked; a list has up to 43 items, sites repeat them for several years."""
_MOST_ASKED, _BLOCKS, _TEXT = 40, 60, 4_000
"""Links of a site whose targets are asked whether they are an item's, and how much of each."""
_SERVES = 5
"""Items whose evidence a page leads to from which it is a list of them, whatever it calls them."""
_STEPS = 5
"""Entries for each of which one step back is forgiven: a list of two years begins anew once."""


def lost_links(site: SiteIndex, item: str) -> tuple[ItemStatus, tuple[Reason, ...]]:
    """What dead links say of an item that was not found; without reasons if nothing.

    Where one of them can be no other item's, the item cannot be reached; else a person must say whose it was."""
    reasons: dict[str, Reason] = {}
    status = ItemStatus.REVIEW
    positions = _positions(site)
    for page in site.snapshot.resources:
        if not _is_list(site, page):
            continue
        for link, before, after in _buttons(site, page, positions):
            if not _is_dead(site, link.url):
                continue
            if link.url not in reasons and before < site.names.order[item] < after:
                only = sum(before < place < after for place in _unfound(site)) == 1
                status = ItemStatus.UNREACHABLE if only else status
                reasons[link.url] = _reason(site, link, sure=only)
    for resource in site.snapshot.resources[1:]:
        if resource.url not in reasons and _leans_dead(site, item, resource):
            reasons[resource.url] = _reason(site, Link(resource.url, resource.label), sure=False)
    for link in _dead_in_own_words(site, item, positions):
        reasons.setdefault(link.url, _reason(site, link, sure=False))
    return status, tuple(reasons.values())


def _dead_in_own_words(site: SiteIndex, item: str, positions: Mapping[str, frozenset[int]]) -> Iterator[Link]:
    """Dead links of pages that list items in words of their own: what most of their links lead to calls itself an
    item's. One that is called like no item may have been any that stands between its neighbours."""
    for page in site.snapshot.resources[1:]:
        if page.outcome is not FetchOutcome.OK or page.kind is not ResourceKind.PAGE:
            continue
        links = [link for link in page.links if link.zone is Zone.CONTENT and may_hold_document(link.url)][:_MOST_LINKS]
        places = [_place(positions, link) for link in links]
        known = [place for place in places if place is not None]
        end = len(site.names.order)
        if len(set(known)) < _SERVES or not _is_ordered(known):
            continue
        for at, link in enumerate(links):
            label = link.context if site.names.is_button(link.label) else link.label
            if not _is_dead(site, link.url) or site.names.matches(label) or link.url in site.shared:
                continue
            before = next((place for place in reversed(places[:at]) if place is not None), -1)
            after = next((place for place in places[at + 1 :] if place is not None), end)
            if before < site.names.order[item] < after:
                yield link


def wordless_links(site: SiteIndex, item: str) -> Iterator[Reason]:
    """Links of a list that say nothing and lead to what no item has claimed, in a place where the item may stand. What
    was read and has next to none of an item's rare letters is not the item's."""
    positions = _positions(site)
    asked = 0
    for page in site.snapshot.resources:
        if not _is_list(site, page):
            continue
        for link, before, after in _own_buttons(site, page, positions):
            target = site.by_url[link.url]
            is_list = target.url in site.lists or site.names.group_of(link.label) is not None
            # A further page of the list that was read is one by itself.
            is_list = is_list or (target.kind is ResourceKind.PAGE and may_turn_page(page, link, link.label))
            if is_list or link.url in positions or target.outcome is not FetchOutcome.OK:
                continue
            if not before < site.names.order[item] < after:
                continue
            asked += 1
            if asked > _MOST_ASKED:
                return
            if _may_be(site, item, target):
                values = {"page": page.url, "label": link.label or target.title, "url": link.url}
                yield Reason(ReasonCode.UNCLAIMED_ENTRY, values)


def _own_buttons(
    site: SiteIndex, page: Resource, positions: Mapping[str, frozenset[int]]
) -> list[tuple[Link, int, int]]:
    """The links of a list that say nothing, without those of a menu or a banner that the home page has as well, where
    most of what the list leads to stands behind such links. A home page is none: it has pictures besides."""
    home = site.snapshot.resources[0]
    if page is home:
        return []
    common = {link.url for link in home.links}
    buttons = [each for each in _buttons(site, page, positions, claimed=True) if each[0].url not in common]
    own = {link.url for link in page.links if link.zone is Zone.CONTENT} - common
    return buttons if len({link.url for link, _, _ in buttons}) >= max(SERIES, len(own) / 2) else []


def _may_be(site: SiteIndex, item: str, target: Resource) -> bool:
    if target.read_state is not ReadState.READ or any(block.ocr for block in target.blocks):
        return True
    text = " ".join(block.text for block in target.blocks[:_BLOCKS])[:_TEXT]
    return site.names.named(f"{target.title} {text}").get(item, 1.0) >= HARDLY


def _is_list(site: SiteIndex, page: Resource) -> bool:
    """Whether a page is a disclosure list, or is called one by the link that leads to it."""
    if page.outcome is not FetchOutcome.OK or page.kind is not ResourceKind.PAGE:
        return False
    if page.url in site.lists or site.names.group_of(page.label) is not None:
        return True
    label = make_key(page.label).text
    return any(word in label for word in site.index_words)


def _positions(site: SiteIndex) -> Mapping[str, frozenset[int]]:
    """The places in the manual of what each address shows, by its own title and by the entries that lead to it."""
    found: dict[str, set[int]] = {}
    for item, entries in site.entries.items():
        for link in (link for entry in entries for link in entry.links):
            found.setdefault(link.url, set()).add(site.names.order[item])
    for item, resources in site.titles.items():
        for resource in resources:
            for url in {resource.url, resource.final_url} - {""}:
                found.setdefault(url, set()).add(site.names.order[item])
    return {url: frozenset(places) for url, places in found.items()}


def _unfound(site: SiteIndex) -> Iterator[int]:
    for item, place in site.names.order.items():
        if item not in site.entries and item not in site.titles:
            yield place


def _buttons(
    site: SiteIndex, page: Resource, positions: Mapping[str, frozenset[int]], *, claimed: bool = False
) -> Iterator[tuple[Link, int, int]]:
    """The links of a list that say nothing themselves, with their neighbours' places; those of entries only with
    `claimed`."""
    links = [link for link in page.links if link.zone is Zone.CONTENT and may_hold_document(link.url)][:_MOST_LINKS]
    places = [_place(positions, link) for link in links]
    ordered = _is_ordered([place for place in places if place is not None])
    stems = stems_of(links)
    end = len(site.names.order)
    for at, link in enumerate(links):
        of_entry = link.url in site.shared and not claimed
        if of_entry or link.url not in site.by_url or not _says_nothing(site, link, stems):
            continue
        before = next((place for place in reversed(places[:at]) if place is not None), -1)
        after = next((place for place in places[at + 1 :] if place is not None), end)
        yield (link, before, after) if ordered and before < after else (link, -1, end)


def _is_ordered(places: Sequence[int]) -> bool:
    """Whether a list goes on in the manual's order nearly everywhere; else a place in it says nothing."""
    return sum(before > after for before, after in pairwise(places)) <= len(places) // _STEPS


def _place(positions: Mapping[str, frozenset[int]], link: Link) -> int | None:
    """The place of the one item that a link leads to; None where it leads to none or to several."""
    places: Sequence[int] = tuple(positions.get(link.url, ()))
    return places[0] if len(places) == 1 else None


def _says_nothing(site: SiteIndex, link: Link, stems: Counter[str]) -> bool:
    """Whether neither a link nor the row around it has words but those of a button, or what several links of the list
    are called besides their numbers (37, ข้อ 37). What a row says is looked at where links that no item has claimed
    are; a year says of which one the link is."""
    stem = label_stem(link.label)
    if year_mentions(link.label) or year_mentions(link.context):
        return False
    if stem and not site.names.is_button(link.label) and stems[stem] < SERIES:
        return False
    context = label_stem(link.context)
    return not (context.replace(stem, "") if stem else context) or site.names.is_button(link.context)


def _is_dead(site: SiteIndex, url: str) -> bool:
    resource = site.by_url.get(url)
    return resource is not None and resource.outcome not in (FetchOutcome.OK, FetchOutcome.OFF_SITE)


def _leans_dead(site: SiteIndex, item: str, resource: Resource) -> bool:
    """Whether a dead link's label means this item more than any other, without having one of its names."""
    if not _is_dead(site, resource.url) or resource.url in site.shared:
        return False
    leanings = site.names.leanings(resource.label)
    return bool(leanings) and leanings[0][0] == item and leanings[0][1] >= _LEANS


def _reason(site: SiteIndex, link: Link, *, sure: bool) -> Reason:
    resource = site.by_url[link.url]
    if sure:
        values = {"url": link.url, "outcome": resource.outcome.value, "status": str(resource.http_status or "")}
        return Reason(ReasonCode.LINK_DEAD, values)
    values = {"url": link.url, "label": link.label, "outcome": resource.outcome.value}
    return Reason(ReasonCode.MAY_BE_BEHIND, values)
