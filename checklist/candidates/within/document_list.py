"""Disclosure lists that are documents: lines that name items, and the links on them or below them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checklist.candidates.labels import LABEL_LENGTH, ItemNames, LabelMatch
from checklist.candidates.within.best_matches import best_matches
from checklist.candidates.within.entry import Entry
from checklist.candidates.years import index_years
from core.models.snapshot import TOO_LONG, Link, Resource
from core.thai.normalize import make_key

_LISTED = 3
"""A document with entries of this many items is a disclosure list."""
_TITLE_LINES = 10
"""Blocks of a document within which its heading stands."""
_SAYS = 3
"""Characters of its key from which the words of a link say where in the text it stands."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that names an item by its number."""

    at: int
    label: str
    match: LabelMatch


def entries_of_document(document: Resource, names: ItemNames) -> tuple[Entry, ...]:
    """The entries of a disclosure list that is a document. A report that leads to some other document is no list.

    Lines with items' numbers own the links that follow them, as on a page; where no such lines stand, each link is
    called by its own words or the line around it."""
    year = next(reversed(index_years(document, names.naming.year)[:_TITLE_LINES]), None)
    lines = _numbered_lines(document, names)
    starts = [line.at for line in lines]
    found: dict[tuple[str, str], Entry] = {}
    for link, at in _placed(document, _joined(document.links)):
        position = bisect_right(starts, at) - 1
        if position >= 0:
            claims = [(lines[position].label, lines[position].match)]
        else:
            label = link.label if names.matches(link.label) else link.context
            known = bool(names.matches(label))
            best = best_matches(names, label, numbered_page=True, trusted=True) if known else ()
            claims = [(label, match) for match in best]
        for label, match in claims:
            entry = found.get((match.item, label))
            links = (*entry.links, link) if entry is not None else (link,)
            found[match.item, label] = Entry(match.item, document, 0, 0, label, links, match, True, year)
    return tuple(found.values()) if len({item for item, _ in found}) >= _LISTED else ()


def _numbered_lines(document: Resource, names: ItemNames) -> list[_Line]:
    """The lines that name items by their numbers, none if they are of too few items to be a list."""
    lines: list[_Line] = []
    for at, block in enumerate(document.blocks):
        if not block.text or len(block.text) > LABEL_LENGTH:
            continue
        found = names.matches(block.text)
        if found and found[0].number:
            lines.append(_Line(at, block.text, found[0]))
    return lines if len({line.match.item for line in lines}) >= _LISTED else []


def _joined(links: tuple[Link, ...]) -> Iterator[Link]:
    """The links, those that are written over several lines as one."""
    last: Link | None = None
    for link in links:
        if last is not None and link.url == last.url and link.via != TOO_LONG:
            label = f"{last.label} {link.label}".strip()[:LABEL_LENGTH]
            last = replace(last, label=label, context=last.context if link.context in last.context else label)
            continue
        if last is not None:
            yield last
        last = link
    if last is not None:
        yield last


def _placed(document: Resource, links: Iterator[Link]) -> Iterator[tuple[Link, int]]:
    """Each link with the block that its words stand in, -1 if that is not known. Both follow each other alike."""
    keys = [_letters(block.text) for block in document.blocks]
    whole = "\n".join(keys)
    starts: list[int] = []
    at = 0
    for key in keys:
        starts.append(at)
        at += len(key) + 1
    read = 0
    for link in links:
        words = _letters(link.label)
        # A link over two lines stands where its first words do.
        for part in (words, words[: len(words) // 2]):
            place = whole.find(part, read) if len(part) >= _SAYS else -1
            if place >= 0:
                read = place + len(part)
                yield link, bisect_right(starts, place) - 1
                break
        else:
            yield link, -1


def _letters(text: str) -> str:
    """A text without what is lost first of a line cut out of a page: marks above and below its letters, and spaces."""
    return "".join(letter for letter in make_key(text).text if unicodedata.category(letter) != "Mn" and letter != " ")
