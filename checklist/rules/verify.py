"""What a person with the manual in hand must still confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checklist.rules.model import Edition, Element, Item

FactKind = Literal["edition", "item", "element", "band"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an edition that is not confirmed. `item` is empty for facts of the edition as a whole;
    `counts` says whether reports count it all the same; `page` is the manual's, where it is known."""

    kind: FactKind
    item: str
    title: str
    asked: str
    counts: bool
    source: str = ""
    confidence: str = ""
    page: str = ""


def facts_to_confirm(edition: Edition) -> tuple[Fact, ...]:
    """Every fact marked `verify`, in the edition's order: the edition as a whole, its items, its bands."""
    found = [Fact("edition", "", edition.title, text, counts=True) for text in edition.to_confirm]
    if edition.verify and not edition.to_confirm:
        found.append(Fact("edition", "", edition.title, edition.title, counts=True))
    for item in edition.items:
        if item.verify:
            found.append(Fact("item", item.id, item.title, item.title, counts=True, source=item.source, page=item.page))
        found += [_fact(item, element) for element in item.elements if element.verify]
    found += [
        Fact("band", "", edition.title, f"{band.rating} ≥ {band.at_least:g}", counts=True)
        for band in edition.bands
        if band.verify
    ]
    return tuple(found)


def _fact(item: Item, element: Element) -> Fact:
    return Fact(
        "element",
        item.id,
        item.title,
        element.text,
        counts=element.level.value == "required",
        source=element.source or item.source,
        confidence=element.confidence,
        page=element.page or item.page,
    )
