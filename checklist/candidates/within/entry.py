"""What is found on a page: entries of items, and links of a list that no item claims."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.candidates.labels import LabelMatch
from core.models.snapshot import Link, Resource


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
    joint: bool = False
    """Whether its label names another item too, whose entry it is as well."""


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
