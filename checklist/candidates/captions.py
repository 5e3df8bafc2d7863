"""Labels that stand below their link: a grid of pictures with the title under each of them.

Everywhere else a link belongs to the label before it. Here that would give every item its neighbour's document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from checklist.candidates.units import Unit

_LEAST = 3
_SHARE = 0.6
"""Share of the labels that have a link right above them, from which it is theirs."""


def captions_joined(
    units: Sequence[Unit], is_label: Callable[[Unit], bool], has_link: Callable[[Unit], bool]
) -> tuple[Unit, ...]:
    """The units, where links without words each stand above their label with the two as one.

    `is_label` tells whether a unit is an item's label, `has_link` whether links stand in it."""
    labels = [at for at, unit in enumerate(units) if unit.text and is_label(unit)]
    if len(labels) < _LEAST or any(has_link(units[at]) for at in labels):
        return tuple(units)
    above = {at: _link_above(units, at, has_link) for at in labels}
    below = _link_below(units, labels[-1], has_link)
    linked = [at for at in labels if above[at] is not None]
    if below or above[labels[0]] is None or len(linked) < max(_LEAST, _SHARE * len(labels)):
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
