"""A disclosure list is ordered like the manual: its entries are matched to the items as one assignment.

One dynamic programme per list finds the chain of entries and items, neither going back, whose likeness is highest;
entries and items may be left out. What stands between two sure neighbours is then found although its words are on no
list, and of two items that a label is equally near to, the one in its place is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_SLOTS = 600
"""Longer lists are no disclosure lists; the work is slots x candidates x items."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One item that an entry may be of: its position in the manual and the likeness (0-1.2)."""

    position: int
    score: float


def align(slots: Sequence[Sequence[Choice]], items: int) -> tuple[int | None, ...]:
    """For each slot the position that the best chain gives it, None where it has none.

    Positions never fall along the chain; several slots in a row may serve one item (a plan in two files)."""
    if len(slots) > _MOST_SLOTS:
        return (None,) * len(slots)
    best: list[tuple[float, int, int]] = [(0.0, -1, -1)] * items
    """Position -> (sum, slot, choice) of the best chain that ends at it or before it."""
    back: list[list[tuple[int, int]]] = []
    for number, choices in enumerate(slots):
        before = list(best)
        back.append([])
        for at, choice in enumerate(choices):
            total, last_slot, last_choice = before[choice.position]
            back[number].append((last_slot, last_choice))
            reached = total + choice.score
            for position in range(choice.position, items):
                if reached <= best[position][0]:
                    break
                best[position] = (reached, number, at)
    found: list[int | None] = [None] * len(slots)
    slot, at = best[-1][1:] if items else (-1, -1)
    while slot >= 0:
        found[slot] = slots[slot][at].position
        slot, at = back[slot][at]
    return tuple(found)


def gaps(placed: Sequence[int | None], items: int) -> tuple[tuple[int, int], ...]:
    """For each slot the positions of its placed neighbours (before, after), -1 and `items` at the ends."""
    before: list[int] = []
    last = -1
    for position in placed:
        before.append(last)
        last = position if position is not None else last
    after: list[int] = []
    last = items
    for position in reversed(placed):
        after.append(last)
        last = position if position is not None else last
    return tuple(zip(before, reversed(after), strict=True))
