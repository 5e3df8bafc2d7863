"""A page as rows and lines: what may be one label, with a badge's number joined to its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checklist.candidates.labels import LABEL_LENGTH, item_number
from core.models.snapshot import BlockKind, Resource, Zone

_BADGE_LENGTH = 8
_LABEL_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of a table, or a block: `start:stop` of the page's blocks."""

    start: int
    stop: int
    text: str
    heading: int
    """Heading level, 0 for other blocks."""


def page_units(page: Resource, prefix: str, *, menus: bool) -> tuple[Unit, ...]:
    """The units of a page; those of menus are without text if `menus` is false."""
    return tuple(_badges_joined(tuple(_units(page, menus=menus)), prefix))


def label_texts(page: Resource, prefix: str) -> tuple[str, ...]:
    """Every short text of a page that may be an item's label, menus and links included, each once."""
    units = page_units(page, prefix, menus=True)
    texts = [unit.text for unit in units] + [link.label for link in page.links]
    return tuple(dict.fromkeys(text for text in texts if text and len(text) <= LABEL_LENGTH))


def _units(page: Resource, *, menus: bool) -> Iterator[Unit]:
    """The blocks of a page as rows and lines; those of menus are without text, but for labels of the page's panes."""
    blocks = page.blocks
    pills = {link.block for link in page.links if link.via == "pane"}
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
        wanted = block.zone is Zone.CONTENT or menus or index in pills
        level = block.level or 6 if block.kind is BlockKind.HEADING else 0
        yield Unit(index, stop, text if wanted else "", level)
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
