"""Index entries: on a page, the runs of blocks that belong to one item's label, with their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch, item_number
from checklist.candidates.years import index_year
from core.models.snapshot import Block, BlockKind, Link, Resource, ResourceKind, Zone

_INDEX_LABELS = 5
"""A page with this many different items' labels is an index."""
_ENTRY_BLOCKS = 60
_BADGE_LENGTH = 8
_LOOSE = 0.86
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


def page_entries(page: Resource, names: ItemNames, *, menus: bool) -> tuple[Entry, ...]:
    """All entries of a page. Menu links are read only with `menus` (once per site suffices)."""
    if page.kind is not ResourceKind.PAGE or not page.blocks:
        return ()
    units = tuple(_badges_joined(tuple(_units(page.blocks, menus=menus)), names.prefix))
    numbered = sum(
        item_number(u.text, zero=True, plain=False, prefix=names.prefix) is not None
        for u in units
        if len(u.text) <= LABEL_LENGTH
    )
    numbered_page = numbered >= _INDEX_LABELS
    by_block = _links_by_block(page)
    labelled = [_label(page, names, u, numbered_page, by_block) for u in units]
    index_page = len({m[0].item for m in labelled if m}) >= _INDEX_LABELS
    entries: list[Entry] = []
    for position, unit in enumerate(units):
        separate = _link_entries(page, unit, names, by_block, numbered_page, index_page)
        if len({e.item for e in separate}) > 1 or (separate and not labelled[position]):
            entries.extend(separate)
            continue
        for match in labelled[position]:
            stop = unit.stop
            links = _real_links(page, unit.start, stop, by_block)
            if not links:
                stop = _extent(units, labelled, position)
                links = _real_links(page, unit.start, stop, by_block)
            entries.append(
                Entry(
                    match.item,
                    page,
                    unit.start,
                    stop,
                    unit.text,
                    links,
                    match,
                    index_page,
                    index_year(page, unit.start, names.edition.year),
                )
            )
    return tuple(entries)


def label_texts(page: Resource, prefix: str) -> tuple[str, ...]:
    """Every short text of a page that may be an item's label, menus and links included, each once."""
    units = _badges_joined(tuple(_units(page.blocks, menus=True)), prefix)
    texts = [unit.text for unit in units] + [link.label for link in page.links]
    return tuple(dict.fromkeys(text for text in texts if text and len(text) <= LABEL_LENGTH))


def _best(names: ItemNames, text: str, numbered_page: bool) -> tuple[LabelMatch, ...]:
    found = names.matches(text, numbered_page=numbered_page)
    return tuple(m for m in found if m.score >= max(0.6, found[0].score - 0.02))[:2]


def _label(
    page: Resource, names: ItemNames, unit: _Unit, numbered_page: bool, by_block: dict[int, list[Link]]
) -> tuple[LabelMatch, ...]:
    """The items that a unit is the label of. A plain sentence without number or link must be nearly the title."""
    found = _best(names, unit.text, numbered_page)
    if unit.heading or _real_links(page, unit.start, unit.stop, by_block):
        return found
    return tuple(m for m in found if m.number or m.likeness >= _LOOSE)


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
        if waiting is not None:
            yield _Unit(waiting.start, unit.stop, f"{waiting.text} {unit.text}", unit.heading or waiting.heading)
            waiting = None
        elif (
            len(unit.text) <= _BADGE_LENGTH
            and item_number(unit.text, zero=True, plain=False, prefix=prefix) is not None
        ):
            waiting = unit
        else:
            yield unit
    if waiting is not None:
        yield waiting


def _is_badge(text: str, prefix: str) -> bool:
    return len(text) <= _BADGE_LENGTH and item_number(text, zero=True, plain=False, prefix=prefix) is not None


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


def _link_entries(
    page: Resource,
    unit: _Unit,
    names: ItemNames,
    by_block: dict[int, list[Link]],
    numbered_page: bool,
    index_page: bool,
) -> list[Entry]:
    """Entries for single links whose own label names an item."""
    if not unit.text:
        return []
    found: list[Entry] = []
    year = index_year(page, unit.start, names.edition.year)
    for link in _real_links(page, unit.start, unit.stop, by_block):
        for match in _best(names, link.label, numbered_page):
            if match.score >= _LINK_SCORE:
                found.append(
                    Entry(match.item, page, unit.start, unit.stop, link.label, (link,), match, index_page, year)
                )
    return found


_LINK_SCORE = 0.72
