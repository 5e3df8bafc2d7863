"""Lists whose links all stand in one cell or line: what their order says of those that no item's words name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklist.candidates.alignment import Choice, align, gaps
from checklist.candidates.labels import ItemNames, LabelMatch
from checklist.candidates.within.entry import Entry, Unclaimed
from core.models.snapshot import Link, Resource

_FEWEST = 4
"""Links in one block from which they are a list."""
_KNOWN = 2
"""Links of items among them from which the list is one of items."""
_LEANS = 0.3
"""Share of rare groups of letters from which a link in an item's place is that item's."""
_BY_PLACE = 0.62


@dataclass(frozen=True, slots=True)
class Placed:
    """A link of such a list that no item's words name: what its place makes of it (None if nothing), and the positions
    in the manual of its neighbours."""

    link: Link
    match: LabelMatch | None
    before: int
    after: int


class LinkLists:
    """The links of a page that stand in blocks of many, among the entries that were found by their words."""

    def __init__(self, page: Resource, entries: Sequence[Entry], names: ItemNames) -> None:
        self._page, self._names = page, names
        self._claimed = frozenset(entry.item for entry in entries)
        self._taken = frozenset(link.url for entry in entries for link in entry.links)
        self._known: dict[int, dict[str, str]] = {}
        for entry in entries:
            if len(entry.links) == 1:
                self._known.setdefault(entry.start, {})[entry.links[0].url] = entry.item

    def entries(self, run: tuple[int, int], links: Sequence[Link], index_page: bool, year: int | None) -> list[Entry]:
        """Entries of links in a block (`run`) whose words name no item: by their place."""
        return [
            Entry(left.match.item, self._page, *run, left.link.label, (left.link,), left.match, index_page, year)
            for left in self._left(run[0], links)
            if left.match is not None
        ]

    def unclaimed(self, run: tuple[int, int], links: Sequence[Link], on_index: bool) -> list[Unclaimed]:
        """The links of such a block that are no entry's, each by itself."""
        return [
            Unclaimed(self._page, left.link.label, (left.link,), None, left.before, left.after, on_index)
            for left in self._left(run[0], links)
            if left.link.url not in self._taken
        ]

    def _left(self, start: int, links: Sequence[Link]) -> tuple[Placed, ...]:
        known = self._known.get(start, {})
        if len(links) < _FEWEST or len(set(known.values())) < _KNOWN:
            return ()
        return place_links(links, known, self._claimed, self._names)


def place_links(
    links: Sequence[Link], known: Mapping[str, str], claimed: frozenset[str], names: ItemNames
) -> tuple[Placed, ...]:
    """The links of one block without those that are items' already: `known` gives the item by the address, `claimed`
    are the items that have an entry on the page."""
    listed = [link for link in links if link.label.strip() and not names.is_button(link.label)]
    if len({(link.url, link.label) for link in listed}) < _FEWEST:
        return ()
    slots = [_choices(link, known, claimed, names) for link in listed]
    placed = align(slots, len(names.order))
    items = [item.id for item in names.naming.items]
    found: list[Placed] = []
    for link, position, (before, after) in zip(listed, placed, gaps(placed, len(names.order)), strict=True):
        if link.url in known:
            continue
        match = None
        if position is not None and before < position < after:
            share = dict(names.leanings(link.label))[items[position]]
            match = LabelMatch(items[position], _BY_PLACE + share / 5, False, share)
        found.append(Placed(link, match, before, after))
    return tuple(found)


def _choices(link: Link, known: Mapping[str, str], claimed: frozenset[str], names: ItemNames) -> list[Choice]:
    if link.url in known:
        return [Choice(names.order[known[link.url]], 1.0)]
    leanings = names.leanings(link.label)
    return [Choice(names.order[item], share) for item, share in leanings if share >= _LEANS and item not in claimed]
