"""Pages with the evidence of several items one below the other: which run of blocks a link with a fragment leads to.

A fragment alone says little: `#more-12` goes on with a text, `#content` skips a menu. Only where a list leads to places
of one page under the labels of different items is the page divided among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checklist.candidates.labels import ItemNames
from checklist.candidates.within.entry import Entry
from core.models.snapshot import BlockKind, FetchOutcome, Link, Resource, ResourceKind, Zone

_TITLE = 3
"""Blocks from a marked place on among which its heading stands."""
_SURELY = 0.9
"""Likeness from which a heading without a number is surely an item's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A run of a page's blocks that a fragment leads to, without those to skip."""

    start: int
    stop: int
    skip: frozenset[int] = frozenset()


Places = Mapping[tuple[str, str], Place]
"""Address of a page and a fragment -> the place."""


@dataclass(slots=True)
class _Divided:
    """A page with places that entries lead to: the items of each fragment, and the lists that do."""

    page: Resource
    items: dict[str, set[str]] = field(default_factory=dict)
    lists: dict[str, Resource] = field(default_factory=dict)


def find_places(
    entries: Mapping[str, Sequence[Entry]], by_url: Mapping[str, Resource], names: ItemNames
) -> dict[tuple[str, str], Place]:
    """The places of pages that are divided among items, for each fragment that an entry leads to. A fragment that the
    page does not have leads to what none of the others owns."""
    divided: dict[str, _Divided] = {}
    for entry, link in _links_to_places(entries):
        page = by_url.get(link.url)
        if page is None or page is entry.page or page.kind is not ResourceKind.PAGE:
            continue
        if page.outcome is FetchOutcome.OK and page.blocks:
            found = divided.setdefault(page.url, _Divided(page))
            found.items.setdefault(link.fragment, set()).add(entry.item)
            found.lists[entry.page.url] = entry.page
    return {(url, fragment): place for url, each in divided.items() for fragment, place in _places(each, by_url, names)}


def _links_to_places(entries: Mapping[str, Sequence[Entry]]) -> Iterator[tuple[Entry, Link]]:
    for listed in entries.values():
        for entry in listed:
            yield from ((entry, link) for link in entry.links if link.fragment and link.via != "pane")


def _places(divided: _Divided, by_url: Mapping[str, Resource], names: ItemNames) -> Iterator[tuple[str, Place]]:
    page = divided.page
    leading = (link for each in divided.lists.values() for link in each.links if link.fragment)
    wanted = {*divided.items, *(link.fragment for link in leading if by_url.get(link.url) is page)}
    marks = _marks(page, wanted)
    held = {fragment: items for fragment, items in divided.items.items() if fragment in marks}
    if len({frozenset(items) for items in held.values()}) < 2:
        return
    others = {item for items in held.values() for item in items}
    starts = sorted({start for start, _ in marks.values()})
    runs = {
        fragment: (start, _stop(page, mark, starts, others, names))
        for fragment, mark in marks.items()
        for start in mark[:1]
    }
    rest = Place(0, len(page.blocks), frozenset(at for run in runs.values() for at in range(*run)))
    for fragment in divided.items:
        yield fragment, Place(*runs[fragment]) if fragment in runs else rest


def _marks(page: Resource, wanted: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The first and the last block of the places of a page that are wanted, by fragment. Of a name that the page has
    in other letters only (#O13) that one is meant."""
    runs: dict[str, tuple[int, int]] = {}
    for at, block in enumerate(page.blocks):
        for name in block.anchor.split():
            runs[name] = (runs.get(name, (at, at))[0], at)
    alike = {name.casefold(): run for name, run in reversed(runs.items())}
    found = {fragment: runs.get(fragment) or alike.get(fragment.casefold()) for fragment in wanted}
    return {fragment: run for fragment, run in found.items() if run is not None}


def _stop(page: Resource, mark: tuple[int, int], starts: Sequence[int], others: set[str], names: ItemNames) -> int:
    """Where what a place owns ends: with its element, if that holds more than its first line; else before the next
    place that a list leads to, the footer, or the heading of an item that has no place here. What nothing follows ends
    with a heading above its own as well."""
    start, last = mark
    if last > start:
        return last + 1
    blocks = page.blocks
    end = next((other for other in starts if other > start), len(blocks))
    is_last = end == len(blocks)
    heads = [at for at in range(start, min(end, start + _TITLE)) if blocks[at].kind is BlockKind.HEADING]
    rank = min((blocks[at].level for at in heads), default=0)
    for at in range(start + 1, end):
        block = blocks[at]
        if block.zone is Zone.FOOTER or (blocks[start].kind is BlockKind.CELL and block.table != blocks[start].table):
            return at
        if block.kind is not BlockKind.HEADING or not rank or block.level > rank or at in heads:
            continue
        if (is_last and block.level < rank) or _is_of_other(block.text, others, names):
            return at
    return end


def _is_of_other(heading: str, others: set[str], names: ItemNames) -> bool:
    """Whether a heading is an item's that has no place of its own on the page."""
    best = next(iter(names.matches(heading)), None)
    return best is not None and (best.number or best.likeness >= _SURELY) and best.item not in others
