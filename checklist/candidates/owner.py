"""Whose site it is: whether anything on it names the agency, or what agencies disclose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from checklist.candidates.entries import Entry
from checklist.candidates.labels import LABEL_LENGTH, grams
from core.models.snapshot import FetchOutcome, Resource, ResourceKind, Snapshot
from core.thai.normalize import key_text

_FEW_ITEMS = 2
"""Items that a site names by which it is an agency's, whatever it is called."""
_NAMED = 0.6
"""Share of the groups of letters of an agency's name in a line that names it."""
_PAGES, _HEAD, _FOOT = 20, 400, 100
"""Pages on which the name is looked for, and lines at the beginning and at the end of each: it stands in the title, the
head or the foot."""


def is_agencys(
    snapshot: Snapshot, entries: Mapping[str, Sequence[Entry]], titles: Mapping[str, Sequence[Resource]]
) -> bool:
    """Whether a site shows an item by its number, several by their names, or the agency's name; else it may be
    somebody else's."""
    numbered = any(entry.match.number for found in entries.values() for entry in found)
    return numbered or len(entries.keys() | titles.keys()) >= _FEW_ITEMS or _names_agency(snapshot)


def _names_agency(snapshot: Snapshot) -> bool:
    """Whether a line is mostly the agency's name: offices shorten theirs."""
    name = grams(key_text(snapshot.agency.name).replace(" ", ""))
    read = (r for r in snapshot.resources if r.outcome is FetchOutcome.OK and r.kind is ResourceKind.PAGE)
    return any(
        len(name & grams(key_text(line).replace(" ", ""))) >= _NAMED * len(name)
        for page in islice(read, _PAGES)
        for line in _lines(page)
        if line and len(line) <= LABEL_LENGTH
    )


def _lines(page: Resource) -> Iterator[str]:
    yield page.title
    blocks = page.blocks
    for block in (*blocks[:_HEAD], *blocks[max(_HEAD, len(blocks) - _FOOT) :]):
        yield block.text
