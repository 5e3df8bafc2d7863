"""Index entries: on a page, the runs of blocks that belong to one item's label, with their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checklist.candidates.alignment import Choice, align, gaps
from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch, item_number
from checklist.candidates.years import index_years
from core.models.snapshot import Block, BlockKind, Link, Resource, ResourceKind, Zone

_INDEX_LABELS = 5
"""A page with this many different items' labels is an index."""
_ENTRY_BLOCKS = 60
_BADGE_LENGTH = 8
_LOOSE = 0.86
_OWN = 0.8
"""Likeness from which a row's own words say what it is, whatever its link is called."""
_LEANS = 0.3
"""Share of rare groups of letters from which a link in an item's place is that item's."""
_MEANS = 0.6
_APART = 0.1
"""Share from which a label means an item wherever it stands, and how far behind the next item must be."""
_BY_PLACE = 0.62
BY_PLACE_BELOW = 0.83
"""Score below which an entry without a number may have been found by its place alone."""
_LISTED = 3
"""A page with entries of this many items is a disclosure list: its other links may be items that were not found."""
_LABEL_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item's place on a page: blocks `start:stop`, their links, the label that made it one."""

    item: str
    page: Resource
    start: int
    stop: int
    label: str
    links: tuple[Link, ...]
    match: LabelMatch
    index_page: bool
    index_year: int | None
    """The assessment year that the section of the index speaks of, if it says one."""


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    stop: int
    text: str
    heading: int
    """Heading level, 0 for other blocks."""


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A link of a disclosure list that no item has claimed: it may be one that was not found.

    `before` and `after` are the positions in the manual of its claimed neighbours, `number` is the printed one."""

    page: Resource
    label: str
    links: tuple[Link, ...]
    number: int | None
    before: int
    after: int
    on_index: bool
    """The list has entries of so many items that a place in it means something."""


@dataclass(frozen=True, slots=True)
class IndexReading:
    """What a page lists: entries of items, and links that are none's."""

    entries: tuple[Entry, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A page cut into units, with what all of them share."""

    page: Resource
    names: ItemNames
    units: tuple[_Unit, ...]
    by_block: dict[int, list[Link]]
    years: tuple[int | None, ...]
    numbered: bool
    """Numbers without their letter (01) count."""
    bare: bool
    """Plain numbers (8) count: they agree with the titles beside them."""
    trusted: bool
    """Numbers are this edition's: they do not contradict the titles beside them."""

    def trusts(self, unit: _Unit) -> bool:
        """Whether a number of this unit says which item it is of: not in another year's list."""
        return self.trusted and self.years[unit.start] in (None, self.names.edition.year)

    def links(self, unit: _Unit) -> tuple[Link, ...]:
        return _real_links(self.page, unit.start, unit.stop, self.by_block)


def page_entries(page: Resource, names: ItemNames, *, menus: bool) -> tuple[Entry, ...]:
    """All entries of a page. Menu links are read only with `menus` (once per site suffices)."""
    return read_index(page, names, menus=menus).entries


def read_index(page: Resource, names: ItemNames, *, menus: bool) -> IndexReading:
    """All entries of a page, matched to the items in the order of the list, and the links that no item claimed."""
    if page.kind is not ResourceKind.PAGE or not page.blocks:
        return IndexReading()
    cut = _cut(page, names, menus=menus)
    labelled = [_label(cut, unit) for unit in cut.units]
    index_page = len({m[0].item for m in labelled if m}) >= _INDEX_LABELS
    separate = [_link_entries(cut, unit, labelled[at], index_page) for at, unit in enumerate(cut.units)]
    labelled, placed = _aligned(cut, labelled, separate)
    entries: list[Entry] = []
    for position in range(len(cut.units)):
        own = separate[position]
        if len({e.item for e in own}) > 1 or (own and not labelled[position]):
            entries.extend(own)
        else:
            entries.extend(_own_entries(cut, labelled, position, index_page))
    blocks = page.blocks
    in_content = {entry.item for entry in entries if blocks[entry.start].zone is Zone.CONTENT}
    return IndexReading(
        tuple(entries), _unclaimed(cut, entries, placed, len(in_content)) if len(in_content) >= _LISTED else ()
    )


def _cut(page: Resource, names: ItemNames, *, menus: bool) -> _Page:
    units = tuple(_badges_joined(tuple(_units(page.blocks, menus=menus)), names.prefix))
    short = [u for u in units if u.text and len(u.text) <= LABEL_LENGTH]
    numbered = sum(names.number(u.text, zero=True, plain=False) is not None for u in short) >= _INDEX_LABELS
    cut = _Page(
        page,
        names,
        units,
        _links_by_block(page),
        index_years(page, names.edition.year),
        numbered,
        bare=False,
        trusted=True,
    )
    lettered, plain = _agreement(cut, short, plain=False), _agreement(cut, short, plain=True)
    return replace(cut, trusted=lettered[1] * 4 <= lettered[0] + 3, bare=plain[0] >= 2 and plain[1] * 4 <= plain[0])


def _agreement(cut: _Page, units: list[_Unit], *, plain: bool) -> tuple[int, int]:
    """How many numbers agree with the title beside them, and how many contradict it."""
    agree = differ = 0
    for unit in units:
        number = cut.names.number(unit.text, zero=cut.numbered, plain=plain)
        if number is None:
            continue
        titled = cut.names.matches(_own_words(cut, unit) or unit.text, trusted=False)
        if titled and titled[0].likeness >= _LOOSE:
            agree += titled[0].item == cut.names.item_of(number)
            differ += titled[0].item != cut.names.item_of(number)
    return agree, differ


def _own_words(cut: _Page, unit: _Unit) -> str:
    """What a unit says itself, without the labels of its links: "23 | สรุปผล… | [ข่าวจัดซื้อ]" is a summary."""
    text = unit.text
    for link in cut.links(unit):
        if link.label and link.label != text:
            text = text.replace(link.label, " ")
    return text.strip()


def label_texts(page: Resource, prefix: str) -> tuple[str, ...]:
    """Every short text of a page that may be an item's label, menus and links included, each once."""
    units = _badges_joined(tuple(_units(page.blocks, menus=True)), prefix)
    texts = [unit.text for unit in units] + [link.label for link in page.links]
    return tuple(dict.fromkeys(text for text in texts if text and len(text) <= LABEL_LENGTH))


def _best(names: ItemNames, text: str, numbered_page: bool, trusted: bool) -> tuple[LabelMatch, ...]:
    found = names.matches(text, numbered_page=numbered_page, trusted=trusted)
    return tuple(m for m in found if m.score >= max(0.6, found[0].score - 0.02))[:2]


def _label(cut: _Page, unit: _Unit) -> tuple[LabelMatch, ...]:
    """The items that a unit is the label of. A plain sentence without number or link must be nearly the title."""
    trusted = cut.trusts(unit)
    own = _best(cut.names, _own_words(cut, unit), cut.numbered or cut.bare, trusted) if unit.text else ()
    found = own if own and own[0].likeness >= _OWN else _best(cut.names, unit.text, cut.numbered or cut.bare, trusted)
    if not found and cut.bare and trusted:
        found = _numbered(cut, unit)
    if unit.heading or cut.links(unit):
        return found
    return tuple(m for m in found if m.number or m.likeness >= _LOOSE)


def _numbered(cut: _Page, unit: _Unit) -> tuple[LabelMatch, ...]:
    """The item of a plain number, in a list whose other numbers are right and whose words do not contradict."""
    item = cut.names.item_of(cut.names.number(unit.text, zero=True, plain=True))
    if item is None or len(unit.text) > LABEL_LENGTH or not cut.links(unit):
        return ()
    leaning = cut.names.leanings(_own_words(cut, unit))
    if leaning and leaning[0][1] >= _LEANS and all(other != item for other, _ in leaning):
        return ()
    return (LabelMatch(item, _BY_PLACE, True, dict(leaning).get(item, 0.0)),)


def _aligned(
    cut: _Page, labelled: list[tuple[LabelMatch, ...]], separate: list[list[Entry]]
) -> tuple[list[tuple[LabelMatch, ...]], tuple[int | None, ...]]:
    """The labels with what their order adds: of two items equally near the one in its place, and an item for a link
    whose words are on no list if it stands where one is missing. With the position of every unit."""
    names = cut.names
    order = names.order
    claimed = {m[0].item for m in labelled if m} | {entry.item for own in separate for entry in own}
    slots: list[list[Choice]] = []
    inside = _inside_others(cut, labelled)
    for at, unit in enumerate(cut.units):
        sure = labelled[at] or tuple(entry.match for entry in separate[at])
        choices = [Choice(order[m.item], m.score) for m in sure]
        if not sure and at not in inside and len(claimed) >= _LISTED and _may_be_entry(cut, unit):
            leaning = names.leanings(_own_words(cut, unit) or unit.text)
            choices = [Choice(order[item], share) for item, share in leaning if share >= _LEANS and item not in claimed]
        slots.append(choices)
    placed = align(slots, len(order))
    items = [item.id for item in names.edition.items]
    found: list[tuple[LabelMatch, ...]] = []
    for at, (before, after) in enumerate(gaps(placed, len(order))):
        position, sure = placed[at], labelled[at]
        chosen = items[position] if position is not None else ""
        if len(sure) > 1 and any(m.item == chosen for m in sure):
            sure = tuple(m for m in sure if m.item == chosen)
        elif not sure and not separate[at] and position is not None and before < position < after:
            share = dict(names.leanings(_own_words(cut, cut.units[at]) or cut.units[at].text))[chosen]
            sure = (LabelMatch(chosen, _BY_PLACE + share / 5, False, share),)
        elif not sure and not separate[at] and at not in inside and _may_be_entry(cut, cut.units[at]):
            sure = _plainly_meant(cut, cut.units[at], claimed)
        found.append(sure)
    return found, placed


def _plainly_meant(cut: _Page, unit: _Unit, claimed: set[str]) -> tuple[LabelMatch, ...]:
    """The one item that a label has most of its rare words in common with, if no other label on the page is it."""
    leaning = cut.names.leanings(_own_words(cut, unit) or unit.text)
    if not leaning or leaning[0][1] < _MEANS or leaning[0][0] in claimed:
        return ()
    if len(leaning) > 1 and leaning[1][1] > leaning[0][1] - _APART:
        return ()
    item, share = leaning[0]
    return (LabelMatch(item, _BY_PLACE + share / 5, False, share),)


def _inside_others(cut: _Page, labelled: list[tuple[LabelMatch, ...]]) -> frozenset[int]:
    """Units that stand below a label without links of its own: what they link to is its evidence."""
    found: set[int] = set()
    for at, matches in enumerate(labelled):
        if matches and not cut.links(cut.units[at]):
            stop = _extent(cut.units, labelled, at)
            later = at + 1
            while later < len(cut.units) and cut.units[later].stop <= stop:
                found.add(later)
                later += 1
    return frozenset(found)


def _may_be_entry(cut: _Page, unit: _Unit) -> bool:
    return bool(unit.text) and len(unit.text) <= LABEL_LENGTH and bool(cut.links(unit))


def _own_entries(cut: _Page, labelled: list[tuple[LabelMatch, ...]], position: int, index_page: bool) -> list[Entry]:
    unit = cut.units[position]
    found: list[Entry] = []
    for match in labelled[position]:
        stop = unit.stop
        links = cut.links(unit)
        if not links:
            stop = _extent(cut.units, labelled, position)
            links = _real_links(cut.page, unit.start, stop, cut.by_block)
        year = cut.years[unit.start]
        found.append(Entry(match.item, cut.page, unit.start, stop, unit.text, links, match, index_page, year))
    return found


def _unclaimed(cut: _Page, entries: list[Entry], placed: tuple[int | None, ...], items: int) -> tuple[Unclaimed, ...]:
    taken = {link.url for entry in entries for link in entry.links}
    covered = {index for entry in entries for index in range(entry.start, entry.stop)}
    found: list[Unclaimed] = []
    for at, (before, after) in enumerate(gaps(placed, len(cut.names.order))):
        unit = cut.units[at]
        if (
            not _may_be_entry(cut, unit)
            or unit.start in covered
            or cut.page.blocks[unit.start].zone is not Zone.CONTENT
        ):
            continue
        links = tuple(link for link in cut.links(unit) if link.url not in taken)
        if links:
            number = cut.names.number(unit.text, zero=cut.numbered, plain=cut.bare)
            found.append(Unclaimed(cut.page, unit.text, links, number, before, after, items >= _INDEX_LABELS))
    return tuple(found)


def _units(blocks: tuple[Block, ...], *, menus: bool) -> Iterator[_Unit]:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        stop = index + 1
        if block.kind is BlockKind.CELL and block.table is not None:
            while stop < len(blocks) and (blocks[stop].table, blocks[stop].row) == (block.table, block.row):
                stop += 1
            text = _row_label([b.text for b in blocks[index:stop] if b.text and b.kind is not BlockKind.IMAGE])
        else:
            text = block.text if block.kind in _LABEL_KINDS else ""
        wanted = block.zone is Zone.CONTENT or menus
        level = block.level or 6 if block.kind is BlockKind.HEADING else 0
        yield _Unit(index, stop, text if wanted else "", level)
        index = stop


def _row_label(cells: list[str]) -> str:
    """A row's cells as one text; of a row that tells more than a label can hold, its first cells or lines."""
    text = " ".join(cells)
    if len(text) <= LABEL_LENGTH:
        return text
    lines = [line for cell in cells for line in cell.splitlines()]
    kept = ""
    for line in lines:
        if len(kept) + len(line) >= LABEL_LENGTH:
            break
        kept = f"{kept} {line}".strip()
    return kept or text


def _badges_joined(units: tuple[_Unit, ...], prefix: str) -> Iterator[_Unit]:
    """A number in a badge of its own belongs to the title that follows it."""
    waiting: _Unit | None = None
    for unit in units:
        if waiting is not None and item_number(unit.text, zero=True, plain=False, prefix=prefix) is not None:
            yield waiting
            waiting = None
        if waiting is not None:
            yield _Unit(waiting.start, unit.stop, f"{waiting.text} {unit.text}", unit.heading or waiting.heading)
            waiting = None
        elif _is_badge(unit.text, prefix):
            waiting = unit
        else:
            yield unit
    if waiting is not None:
        yield waiting


def _is_badge(text: str, prefix: str) -> bool:
    """Whether a text is a number and nothing else: "O8 Q&A" is a whole label."""
    return (
        len(text) <= _BADGE_LENGTH
        and item_number(text, zero=True, plain=False, prefix=prefix) is not None
        and sum(letter.isalpha() and not letter.isascii() for letter in text) <= _BADGE_THAI
        and not _WORD.search(text.lower().replace(prefix.lower(), "o"))
    )


_BADGE_THAI = 4
"""Thai letters of ข้อ, the one word that a badge may have beside its number."""
_WORD = re.compile(r"(?!oit\b|oit\d)[a-z&]{2,}")


def _extent(units: tuple[_Unit, ...], labelled: list[tuple[LabelMatch, ...]], position: int) -> int:
    """Where the entry that begins with unit `position` ends: the next label, or a heading that is not below it."""
    own = units[position]
    stop = own.stop
    for later in range(position + 1, len(units)):
        unit = units[later]
        if labelled[later] or unit.stop - own.start > _ENTRY_BLOCKS:
            break
        if unit.heading and (not own.heading or unit.heading <= own.heading):
            break
        stop = unit.stop
    return stop


def _links_by_block(page: Resource) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    for link in page.links:
        found.setdefault(link.block, []).append(link)
    return found


def _real_links(page: Resource, start: int, stop: int, by_block: dict[int, list[Link]]) -> tuple[Link, ...]:
    own = {page.url, page.final_url}
    return tuple(
        link
        for index in range(start, stop)
        for link in by_block.get(index, ())
        if link.url.startswith(("http://", "https://")) and link.url not in own
    )


def _link_entries(cut: _Page, unit: _Unit, labels: tuple[LabelMatch, ...], index_page: bool) -> list[Entry]:
    """Entries for single links whose own label names an item; none where the unit's own words name one already."""
    if not unit.text:
        return []
    found: list[Entry] = []
    year, trusted = cut.years[unit.start], cut.trusts(unit)
    own = _best(cut.names, _own_words(cut, unit), cut.numbered or cut.bare, trusted)
    if labels and own and own[0].likeness >= _OWN:
        return []
    for link in cut.links(unit):
        for match in _best(cut.names, link.label, cut.numbered, trusted):
            if match.score >= _LINK_SCORE:
                found.append(
                    Entry(match.item, cut.page, unit.start, unit.stop, link.label, (link,), match, index_page, year)
                )
    return found


_LINK_SCORE = 0.72
