"""Entries that are two items' by name: one document for the plan and for its budget, one for risks and what is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from checklist.candidates.entries import Entry
from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch

_AND = re.compile(r"\s?(?:และ|/|,|&)\s?")
_PLACES = 6
"""Words for `and` of a label that are tried."""
_WHOLE = 0.98
"""Likeness from which a label is one item's title, whatever words for `and` are in it."""
_NAMED, _MEANS, _FIRST = 0.65, 0.55, 0.75
"""Share of an item's rare letters that the whole label has of both, that its second part has of the second, and its
first part of the first."""


def joint_entries(entries: Mapping[str, list[Entry]], names: ItemNames, lists: Iterable[str]) -> tuple[Entry, ...]:
    """Further entries of items that no list has a link for: those of other items whose label names both. An entry
    serves two items only if it says so."""
    pages = frozenset(lists)
    linked = {
        item for item, found in entries.items() if any(entry.links and entry.page.url in pages for entry in found)
    }
    found: dict[tuple[str, str], Entry] = {}
    for entry in (each for listed in entries.values() for each in listed):
        if not entry.links or entry.page.url not in pages or entry.match.likeness >= _WHOLE:
            continue
        for item, share in _named_besides(entry, names):
            if item not in linked:
                match = LabelMatch(item, entry.match.score, False, share)
                found[item, entry.label] = replace(entry, item=item, match=match, joint=True)
    return tuple(found.values())


def items_joined(label: str, names: ItemNames) -> Iterator[tuple[tuple[str, float], tuple[str, float]]]:
    """The pairs of items that a label names both, on the two sides of a word for `and`, each with its share of the part
    that names it."""
    label = label[:LABEL_LENGTH]
    named: Mapping[str, float] | None = None
    for place in list(_AND.finditer(label))[:_PLACES]:
        first, second = (_leaning(part, names) for part in (label[: place.start()], label[place.end() :]))
        if first[0] == second[0] or first[1] < _FIRST or second[1] < _MEANS:
            continue
        named = named or names.named(label)
        if min(named.get(first[0], 0.0), named.get(second[0], 0.0)) >= _NAMED:
            yield first, second


def _named_besides(entry: Entry, names: ItemNames) -> Iterator[tuple[str, float]]:
    """The other items that an entry's label names, each with its share of the part that names it."""
    for first, second in items_joined(entry.label, names):
        if entry.item in (first[0], second[0]):
            yield second if entry.item == first[0] else first


def _leaning(text: str, names: ItemNames) -> tuple[str, float]:
    leanings = names.leanings(text)
    return leanings[0] if leanings else ("", 0.0)
