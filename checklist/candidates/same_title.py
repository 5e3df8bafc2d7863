"""The same document of the year asked for, beside one of another year in its list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from checklist.candidates.leads import Lead, from_title
from checklist.candidates.site_index import SiteIndex
from checklist.rules.model import Item
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, ResourceKind
from core.thai.dates import year_mentions
from core.thai.normalize import clusters, make_key

_SAID_TO_BE = frozenset({ReasonCode.NUMBER_MATCHED, ReasonCode.DECLARED})
_SAME, _LONG = 0.6, 20
"""Share of a title, and Thai clusters of it, that two must begin with to be of the same document of two years."""


def labelled_with_year(
    site: SiteIndex, item: Item, chosen: tuple[Lead, ...], found: tuple[Lead, ...]
) -> Iterator[Lead]:
    """Candidates of an item that were not chosen and whose label names the year asked for, which the chosen ones' do
    not. Of what the site itself calls the item's no other takes the place."""
    if item.year == "none" or any(reason.code in _SAID_TO_BE for lead in chosen for reason in lead.reasons):
        return
    wanted = site.year - (item.year == "previous")
    if not any(_names(lead.label, wanted) for lead in chosen):
        yield from (lead for lead in found if lead not in chosen and _names(lead.label, wanted))


def of_the_year(site: SiteIndex, item: Item, chosen: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """What stands beside a document that was chosen by its title alone, under the same title with the year asked for,
    which the chosen one's has not. Of what the site itself calls the item's no other takes the place."""
    if item.year == "none" or any(reason.code in _SAID_TO_BE for lead in chosen for reason in lead.reasons):
        return ()
    return tuple(_beside(site, item, chosen))


def _beside(site: SiteIndex, item: Item, chosen: tuple[Lead, ...]) -> Iterator[Lead]:
    wanted = site.year - (item.year == "previous")
    known = {part.resource.url for lead in chosen for part in lead.behind.parts}
    titles = [(lead.page_url, make_key(lead.label).text) for lead in chosen if not _names(lead.label, wanted)]
    for found in site.snapshot.resources[1:]:
        if found.kind is not ResourceKind.DOCUMENT or found.outcome is not FetchOutcome.OK or found.url in known:
            continue
        if not found.found_via or not _names(found.label, wanted) or site.foreign(found, item.id):
            continue
        title = make_key(found.label).text
        if any(page == found.found_via[-1] and _are_one(title, other) for page, other in titles):
            yield from_title(site, item, found)


def _names(label: str, year: int) -> bool:
    return any(mention.year == year for mention in year_mentions(label))


def _are_one(one: str, other: str) -> bool:
    same = "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return len(clusters(same)) >= _LONG and len(same) >= _SAME * max(len(one), len(other))
