"""What one page or document lists: made of the page and the items' names alone, so that it can be kept while both are
what they were.

Keeping it is what makes an edit of rules.yaml cheap: finding entries takes most of the time of judging a site, and an
edit of what an item must hold changes none of them.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from itertools import takewhile
from typing import Any

from checklist.candidates.entries import read_index
from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch
from checklist.candidates.within.entry import Entry, Unclaimed
from checklist.kinds import excludes
from checklist.rules.model import Naming
from checklist.section.headings import numbering
from core.models.snapshot import BlockKind, Link, Resource, ResourceKind, Zone

_TITLE_FLOOR = 0.84
"""A page or document without any entry must carry nearly the whole title itself."""
_HEADINGS_SEEN = 4
_TITLE_LINES = 4
_NAME = 8
"""Letters of a line from which it may be an office's name."""
_ALL_OF_IT, _CLEARLY = 0.9, 0.18
"""Share of an item's rare letters from which a whole title names it, and how far behind the next item must be."""
_FORM = 2
"""Of the kept pages; raised when it changes."""
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class PageIndex:
    """What one resource lists, and which items it names itself."""

    entries: tuple[Entry, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    named: tuple[str, ...] = ()
    """Items that its title or first headings name; none for an index of many."""
    titled: frozenset[str] = frozenset()
    """Those of them that its title or its very first heading names."""


def index_page(page: Resource, names: ItemNames, *, menus: bool) -> PageIndex:
    """Read a page or document for entries and titles. Menu links are read only with `menus`."""
    reading = read_index(page, names, menus=menus)
    named = named_items(page, names)
    titled = frozenset(item for item in named if _is_titled(page, item, names))
    return PageIndex(reading.entries, reading.unclaimed, named, titled)


def named_items(resource: Resource, names: ItemNames) -> tuple[str, ...]:
    """Ids of the items that a page or document names in its title or first headings; none for an index of many."""
    texts = [resource.title]
    headings = [b.text for b in resource.blocks[:60] if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT]
    if resource.kind is ResourceKind.PAGE:
        headings = [text for at, text in enumerate(headings) if at == 0 or not is_section(resource, text, names)]
    if resource.kind is ResourceKind.DOCUMENT:
        first = takewhile(lambda line: numbering(line) is None, [b.text for b in resource.blocks[:6]])
        headings = _without_each_other(list(first))
    texts += headings[:_HEADINGS_SEEN]
    found: dict[str, float] = {}
    for text in texts:
        for match in names.matches(text)[:1]:
            if match.likeness >= _TITLE_FLOOR:
                found[match.item] = max(match.score, found.get(match.item, 0.0))
    if resource.kind is ResourceKind.DOCUMENT:
        named = tuple(found) or _named_by_whole_title(resource, names)
        kind = names.kind_words.of(resource)
        return tuple(item for item in named if not excludes(names.kinds[item], kind)) if len(named) <= 2 else ()
    # A page that names many items is an index of them, not the evidence of one.
    return tuple(found) if len(found) <= 2 else ()


def _without_each_other(lines: list[str]) -> list[str]:
    """A document's first lines, each without the others that stand in it: the office's name in a title. A line that
    begins with the name is a sentence about the office."""
    names = [line.strip() for line in lines if len(line.strip()) >= _NAME]
    found = []
    for line in lines:
        for name in names:
            if name in line[1:] and not line.startswith(name):
                line = line.replace(name, " ")
        found.append(line)
    return found


def _named_by_whole_title(document: Resource, names: ItemNames) -> tuple[str, ...]:
    """The one item whose rare letters all stand in a document's first lines taken together, and far more of them than
    any other's: a title may go over three lines, with the office's name inside."""
    lines = [
        block.text for block in document.blocks[:_TITLE_LINES] if not block.ocr and block.kind is not BlockKind.CELL
    ]
    title = " ".join(takewhile(lambda line: numbering(line) is None, lines))[:LABEL_LENGTH]
    named = ((share, item) for item, share in names.named(title).items() if not names.rules_out(item, title))
    shares = sorted(named, reverse=True)[:2]
    if len(shares) < 2 or shares[0][0] < _ALL_OF_IT or shares[0][0] - shares[1][0] < _CLEARLY:
        return ()
    return (shares[0][1],)


def is_section(page: Resource, heading: str, names: ItemNames) -> bool:
    """Whether a heading stands among headings of its rank most of which name no items: all are parts of one text."""
    headings = [b for b in page.blocks if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT]
    own = next((b for b in headings if b.text == heading), None)
    equals = [b.text for b in headings if own is not None and b.level == own.level]
    return 2 * sum(bool(names.matches(text)) for text in equals) < len(equals)


def _is_titled(page: Resource, item: str, names: ItemNames) -> bool:
    """Whether a page's title or its first heading names an item."""
    first = next((b.text for b in page.blocks if b.kind is BlockKind.HEADING and b.zone is Zone.CONTENT), "")
    return any(match.item == item for text in (page.title, first) for match in names.matches(text)[:1])


class KnownPages:
    """What the pages of a site were found to list, from one judging to the next.

    Each is kept under the mark of its resource; all of them stand on the names of the items, the word lists that were
    looked at for them and the program. What is not known is read and kept. Without marks nothing is kept."""

    def __init__(self, program: str = "", marks: Mapping[str, str] | None = None, packed: bytes | None = None) -> None:
        self._program = program
        self._marks = marks or {}
        self._ground, self._known = _unpacked(packed, program)
        self._used: dict[str, Any] = {}
        self._fresh = False

    def stand_on(self, naming: Naming, words: Mapping[str, tuple[str, ...]]) -> None:
        """Forget what was read with other names or other words. `words` holds each list that the names were made with;
        one that the lexicon does not have is empty."""
        ground = hashlib.sha256(repr((asdict(naming), sorted(words.items()))).encode()).hexdigest()
        if ground != self._ground:
            self._ground, self._known, self._fresh = ground, {}, True

    def index(self, page: Resource, names: ItemNames, *, menus: bool) -> PageIndex:
        """Return what a page lists: as it is known, or read now."""
        mark = self._key(page, menus=menus)
        known = self._known.get(mark) if mark else None
        if known is not None:
            self._used[mark] = known
            return _decoded(known, page)
        found = index_page(page, names, menus=menus)
        if mark:
            self._used[mark] = _encoded(found, _letters(page))
            self._fresh = True
        return found

    def letters(self, page: Resource, *, menus: bool) -> int:
        """Return how many letters a page has, its links' labels included."""
        known = self._known.get(self._key(page, menus=menus))
        return int(known[0]) if known is not None else _letters(page)

    def pack(self) -> bytes | None:
        """Return what is to be kept; None if that is what is kept already."""
        if not self._used or (not self._fresh and self._used.keys() == self._known.keys()):
            return None
        kept = {"form": _FORM, "program": self._program, "ground": self._ground, "pages": self._used}
        return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), _LEVEL)

    def _key(self, page: Resource, *, menus: bool) -> str:
        mark = self._marks.get(page.url, "")
        return f"{mark}m" if mark and menus else mark


def _letters(page: Resource) -> int:
    letters = sum(len(block.text) for block in page.blocks)
    return letters + sum(len(link.label) + len(link.context) for link in page.links)


def _unpacked(packed: bytes | None, program: str) -> tuple[str, dict[str, Any]]:
    """The ground and the pages of what was kept; nothing of what another program kept, or what cannot be read."""
    try:
        kept = json.loads(zlib.decompress(packed)) if packed else {}
        if kept.get("form") == _FORM and kept.get("program") == program:
            return str(kept["ground"]), dict(kept["pages"])
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError):
        pass
    return "", {}


_LINK_FIELDS = tuple(f.name for f in fields(Link))
_ZONES = {zone.value: zone for zone in Zone}


def _encoded(found: PageIndex, letters: int) -> list[Any]:
    entries = [
        [e.item, e.start, e.stop, e.label, _links(e.links), list(_match(e.match)), e.index_page, e.index_year]
        for e in found.entries
    ]
    unclaimed = [[u.label, _links(u.links), u.number, u.before, u.after, u.on_index] for u in found.unclaimed]
    return [letters, entries, unclaimed, list(found.named), sorted(found.titled)]


def _decoded(kept: list[Any], page: Resource) -> PageIndex:
    _, entries, unclaimed, named, titled = kept
    return PageIndex(
        tuple(
            Entry(item, page, start, stop, label, _links_of(links), LabelMatch(*match), index_page, year)
            for item, start, stop, label, links, match, index_page, year in entries
        ),
        tuple(
            Unclaimed(page, label, _links_of(links), number, before, after, on_index)
            for label, links, number, before, after, on_index in unclaimed
        ),
        tuple(named),
        frozenset(titled),
    )


def _match(match: LabelMatch) -> tuple[str, float, bool, float]:
    return match.item, match.score, match.number, match.likeness


def _links(links: tuple[Link, ...]) -> list[list[Any]]:
    return [[getattr(link, name) for name in _LINK_FIELDS] for link in links]


def _links_of(kept: list[list[Any]]) -> tuple[Link, ...]:
    return tuple(_link(dict(zip(_LINK_FIELDS, values, strict=True))) for values in kept)


def _link(values: dict[str, Any]) -> Link:
    return Link(**{**values, "zone": _ZONES[values["zone"]]})
