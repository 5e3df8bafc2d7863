"""What a person with the manual in hand must still confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checklist.rules.model import Edition, Element, Item
from checklist.score import costs

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


@dataclass(frozen=True, slots=True)
class Stake:
    """One item of which something is to be confirmed. `points` of the OIT score (0-100) hang on it. `counted` are the
    elements whose lack costs them now although they are not seen in a copy of this edition; `advised` are those that
    would cost them if the manual asks for them after all."""

    item: Item
    points: float
    counted: tuple[Element, ...]
    advised: tuple[Element, ...]

    @property
    def title_is_sure(self) -> bool:
        """Whether number and title were seen in this edition."""
        return self.item.title_basis in _SEEN and not self.item.verify


_SEEN = ("official", "copies", "copy")


def stakes(edition: Edition) -> tuple[Stake, ...]:
    """What is to be confirmed item by item, the dearest first: a wrong fact about an item may cost all its points."""
    worth = costs(edition)
    found = []
    for item in edition.items:
        unsure = [e for e in item.elements if e.verify or e.basis not in _SEEN]
        stake = Stake(
            item,
            worth[item.id],
            tuple(e for e in unsure if e.level.value == "required"),
            tuple(e for e in unsure if e.level.value != "required"),
        )
        if unsure or not stake.title_is_sure:
            found.append(stake)
    order = [item.id for item in edition.items]
    return tuple(sorted(found, key=lambda s: (-s.points, not s.counted, order.index(s.item.id))))


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
