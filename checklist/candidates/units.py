"""A page as rows and lines: what may be one label, with a badge's number joined to its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from checklist.candidates.labels import LABEL_LENGTH, ItemNames, item_number
from checklist.candidates.page_links import words_beside
from checklist.candidates.within.own_text import head_of_line
from core.models.snapshot import Block, BlockKind, Link, Resource, Zone

_LEAST_CAPTIONS = 3
_CAPTIONS = 0.6
"""Share of the labels that have a link right above them, from which it is theirs."""
_BADGE_LENGTH = 8
_LINE_OF_LINKS = 4
"""Links from which a line that says nothing beside them is none of one item."""
_LABEL_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of a table, or a block: `start:stop` of the page's blocks."""

    start: int
    stop: int
    text: str
    heading: int
    """Heading level, 0 for other blocks."""
    spanned: str = ""
    """Cells that this row shares with others, of rows above too: a group's name, or the label of an item whose years or
    files have a row each."""
    own: str = ""
    """The cells of a row that it shares with none."""

    @property
    def run(self) -> tuple[int, int]:
        """The first of its blocks, and the one behind the last."""
        return self.start, self.stop

    def resolve(self, is_label: Callable[[str], bool]) -> Unit:
        """The row with the shared cells that belong to its label: none if its own cells are one."""
        if not self.spanned:
            return self
        text = self.own if is_label(self.own) else _row_label([self.spanned, self.own])
        return replace(self, text=text)


def is_line_of_links(page: Resource, unit: Unit, by_block: dict[int, list[Link]]) -> bool:
    """Whether a unit is nothing but links, as a menu in one line: each of them has a name of its own."""
    links = [link for index in range(*unit.run) for link in by_block.get(index, ())]
    if len({(link.url, link.label) for link in links}) < _LINE_OF_LINKS:
        return False
    return not any(map(str.isalnum, words_beside(page, unit.run, unit.text, by_block)))


def page_units(page: Resource, prefix: str, *, menus: bool) -> tuple[Unit, ...]:
    """The units of a page; those of menus are without text if `menus` is false."""
    return tuple(_badges_joined(tuple(_units(page, prefix, menus=menus)), prefix))


def label_texts(page: Resource, prefix: str) -> tuple[str, ...]:
    """Every short text of a page that may be an item's label, menus and links included, each once."""
    units = page_units(page, prefix, menus=True)
    texts = [unit.text for unit in units] + [link.label for link in page.links]
    return tuple(dict.fromkeys(text for text in texts if text and len(text) <= LABEL_LENGTH))


def _units(page: Resource, prefix: str, *, menus: bool) -> Iterator[Unit]:
    """The blocks of a page as rows and lines; those of menus are without text, but for labels of the page's panes."""
    blocks = page.blocks
    shared = _SharedCells()
    pills = {link.block for link in page.links if link.via == "pane"}
    index = 0
    while index < len(blocks):
        block = blocks[index]
        stop = index + 1
        if block.kind is BlockKind.CELL and block.table is not None:
            while stop < len(blocks) and (blocks[stop].table, blocks[stop].row) == (block.table, block.row):
                stop += 1
            cells = [b for b in blocks[index:stop] if b.text and b.kind is not BlockKind.IMAGE]
            text = _row_label([b.text for b in cells])
            spanned, own = shared.take(cells)
        else:
            spanned = own = ""
            text = head_of_line(block.text, prefix) if block.kind in _LABEL_KINDS else ""
        wanted = block.zone is Zone.CONTENT or menus or index in pills
        level = block.level or 6 if block.kind is BlockKind.HEADING else 0
        yield Unit(index, stop, text if wanted else "", level, spanned if wanted else "", own)
        index = stop


class _SharedCells:
    """The cells of a table that several rows share, while it is read row by row."""

    def __init__(self) -> None:
        self._table: int | None = None
        self._open: list[tuple[int, str]] = []
        """Last row and text of cells that go on below their own row."""

    def take(self, cells: list[Block]) -> tuple[str, str]:
        """What a row shares with others, and what it has alone."""
        if not cells:
            return "", ""
        row = cells[0].row or 0
        if cells[0].table != self._table:
            self._table, self._open = cells[0].table, []
        self._open = [(last, text) for last, text in self._open if last >= row]
        shortest = min(block.span_rows for block in cells)
        wide = [block for block in cells if block.span_rows > max(1, shortest)]
        above = [text for _, text in self._open]
        for block in wide:
            if len(self._open) < _MOST_SHARED:
                self._open.append((row + block.span_rows - 1, block.text[:LABEL_LENGTH]))
        spanned = [*above, *(block.text[:LABEL_LENGTH] for block in wide)]
        if not spanned:
            return "", ""
        return " ".join(spanned), _row_label([block.text for block in cells if block not in wide])


_MOST_SHARED = 6


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


def _badges_joined(units: tuple[Unit, ...], prefix: str) -> Iterator[Unit]:
    """A number in a badge of its own belongs to the title that follows it."""
    waiting: Unit | None = None
    for unit in units:
        if waiting is not None and item_number(unit.text, zero=True, plain=False, prefix=prefix) is not None:
            yield waiting
            waiting = None
        if waiting is not None:
            yield Unit(waiting.start, unit.stop, f"{waiting.text} {unit.text}", unit.heading or waiting.heading)
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


def captions_joined(
    units: Sequence[Unit], is_label: Callable[[Unit], bool], has_link: Callable[[Unit], bool]
) -> tuple[Unit, ...]:
    """The units, where links without words each stand above their label with the two as one: a grid of pictures with
    the title under each of them. Everywhere else a link belongs to the label before it.

    `is_label` tells whether a unit is an item's label, `has_link` whether links stand in it."""
    if sum(not unit.text and has_link(unit) for unit in units) < _LEAST_CAPTIONS:
        return tuple(units)
    labels = [at for at, unit in enumerate(units) if unit.text and is_label(unit)]
    if len(labels) < _LEAST_CAPTIONS or any(has_link(units[at]) for at in labels):
        return tuple(units)
    above = {at: _link_above(units, at, has_link) for at in labels}
    below = _link_below(units, labels[-1], has_link)
    linked = [at for at in labels if above[at] is not None]
    if below or above[labels[0]] is None or len(linked) < max(_LEAST_CAPTIONS, _CAPTIONS * len(labels)):
        return tuple(units)
    joined = {at: replace(units[at], start=units[start].start) for at in linked if (start := above[at]) is not None}
    swallowed = {at for label in linked for at in range(above[label] or 0, label)}
    return tuple(joined.get(at, unit) for at, unit in enumerate(units) if at not in swallowed)


def _link_above(units: Sequence[Unit], label: int, has_link: Callable[[Unit], bool]) -> int | None:
    """The unit with a link and no words that stands right above a label, pictures between them left out."""
    for at in range(label - 1, -1, -1):
        if units[at].text:
            return None
        if has_link(units[at]):
            return at
    return None


def _link_below(units: Sequence[Unit], label: int, has_link: Callable[[Unit], bool]) -> bool:
    for unit in units[label + 1 :]:
        if unit.text:
            return False
        if has_link(unit):
            return True
    return False


def entries_of_row(page: Resource, names: ItemNames, unit: Unit, by_block: dict[int, list[Link]]) -> Iterator[Unit]:
    """A row of a table, or its cells where two of them or more are entries of different items with links of their own:
    some lists are laid out in two columns."""
    starts: list[int] = []
    items: list[str] = []
    for at in range(unit.start, unit.stop):
        block = page.blocks[at]
        found = names.matches(block.text)[:1] if block.kind is BlockKind.CELL else ()
        if found and (not items or found[0].item != items[-1]):
            starts.append(at)
            items.append(found[0].item)
    if len(starts) < 2 or not unit.text:
        yield unit
        return
    cells = [
        Unit(first, stop, " ".join(b.text for b in page.blocks[first:stop] if b.kind is BlockKind.CELL and b.text), 0)
        for first, stop in zip(starts, [*starts[1:], unit.stop], strict=True)
    ]
    linked = all(any(by_block.get(at) for at in range(cell.start, cell.stop)) for cell in cells)
    if len(set(items)) < len(cells) or not linked:
        yield unit
        return
    if starts[0] > unit.start:
        cells[0] = replace(cells[0], start=unit.start)
    yield from cells
