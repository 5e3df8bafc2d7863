"""Whose site it is: whether anything on it names the agency, or what agencies disclose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from checklist.candidates.labels import LABEL_LENGTH, grams
from checklist.candidates.owners.offices import own_names
from checklist.candidates.within.entry import Entry
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
    snapshot: Snapshot,
    entries: Mapping[str, Sequence[Entry]],
    titles: Mapping[str, Sequence[Resource]],
    everyday: frozenset[str],
    lexicon: Mapping[str, tuple[str, ...]],
) -> bool:
    """Whether a site shows an item by its number, several by their names, or the agency's name; else it may be
    somebody else's. The `everyday` items prove nothing: every shop has its address, its news and its answers."""
    numbered = any(entry.match.number for found in entries.values() for entry in found)
    named = (entries.keys() | titles.keys()) - everyday
    return numbered or len(named) >= _FEW_ITEMS or _names_agency(snapshot, lexicon)


def _names_agency(snapshot: Snapshot, lexicon: Mapping[str, tuple[str, ...]]) -> bool:
    is_named = _named_in(snapshot.agency.name, lexicon)
    read = (r for r in snapshot.resources if r.outcome is FetchOutcome.OK and r.kind is ResourceKind.PAGE)
    return any(
        is_named(line) for page in islice(read, _PAGES) for line in _lines(page) if line and len(line) <= LABEL_LENGTH
    )


def _named_in(agency: str, lexicon: Mapping[str, tuple[str, ...]]) -> Callable[[str], bool]:
    """Whether a line names an agency: it is mostly its name, as offices shorten theirs, and has what tells it from
    others of its kind; or that stands behind another word for the kind (ทต.หัวช้าง)."""
    letters, own = grams(key_text(agency).replace(" ", "")), own_names(agency, lexicon)

    def is_named(line: str) -> bool:
        key = key_text(line).replace(" ", "")
        bare = key.replace(".", "")
        if any(called in bare for called in own.called):
            return True
        return all(part in bare for part in own.parts) and len(letters & grams(key)) >= _NAMED * len(letters)

    return is_named


def _lines(page: Resource) -> Iterator[str]:
    yield page.title
    blocks = page.blocks
    for block in (*blocks[:_HEAD], *blocks[max(_HEAD, len(blocks) - _FOOT) :]):
        yield block.text
