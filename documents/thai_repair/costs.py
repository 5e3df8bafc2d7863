"""What undoing each kind of damage to Thai marks costs, word by word."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache

from documents.thai_repair.lexicon import BEFORE_AM, MARKS, TALL, Entry

NEVER = math.inf
_TONES = frozenset("่้๊๋")
_UPPER = frozenset("ัิีึื็")
_LOST = frozenset("่้๊๋์็ัิีึื")
_VOWELS = frozenset("ัิีึื")


@dataclass(frozen=True, slots=True)
class Damage:
    """What one page's letters have suffered, and what undoing each costs; infinite where the page shows no sign."""

    am_lost: float = NEVER
    """aa that was sara am."""
    am_gained: float = NEVER
    """Sara am that was aa (bold print read twice)."""
    raised_lost: float = NEVER
    """A tone mark over an upper vowel is gone."""
    mark_lost: float = NEVER
    """Any upper mark is gone."""
    moved: float = NEVER
    """Marks stand one letter too late."""
    stand_ins: str = ""
    """Characters of other scripts that stand where marks were."""
    meant: str = ""
    """The mark that each stand-in is, once the page has told; empty before."""
    _hash: int = field(init=False, repr=False, compare=False)
    """Made once: a damage is a key for every run of a page."""

    def __post_init__(self) -> None:
        own = (
            self.am_lost, self.am_gained, self.raised_lost, self.mark_lost, self.moved, self.stand_ins, self.meant,
        )  # fmt: skip
        object.__setattr__(self, "_hash", hash(own))

    def __hash__(self) -> int:
        return self._hash

    @property
    def none(self) -> bool:
        """Whether the page shows no damage that words could undo."""
        return self == Damage()

    def only(self, text: str) -> Damage:
        """The same damage with those stand-ins alone that a text holds: pages name different ones in different
        order, and what was found for one text holds on all of them."""
        if not self.stand_ins:
            return self
        return _with_stand_ins(self, "".join(sorted(letter for letter in self.stand_ins if letter in text)))


@lru_cache(maxsize=1024)
def known_damage(damage: Damage) -> Damage:
    """The same damage as it was met before: a key that is the same thing is found without a comparison."""
    return damage


@lru_cache(maxsize=1024)
def _with_stand_ins(damage: Damage, letters: str) -> Damage:
    meant = "".join(damage.meant[damage.stand_ins.index(letter)] for letter in letters) if damage.meant else ""
    return replace(damage, stand_ins=letters, meant=meant)


class Row(dict[str, float]):
    """What each wanted set of marks costs where one set of marks is seen; asked once each."""

    def __init__(self, there: str, damage: Damage) -> None:
        super().__init__()
        self._there = there
        self._damage = damage

    def __missing__(self, wanted: str) -> float:
        marks = wanted.rstrip(TALL + BEFORE_AM)
        price = _marks_price(marks, self._there, TALL in wanted, BEFORE_AM in wanted, self._damage)
        self[wanted] = price
        return price


_REMEMBERED = 1 << 16
"""Pieces of runs that one damage remembers; beyond, it begins anew."""


class Pricer:
    """What differences between a word and what is seen cost under one damage."""

    def __init__(self, damage: Damage) -> None:
        self._damage = damage
        self._rows: dict[str, Row] = {}
        self.plain = pricer_of(damage.only("")) if damage.stand_ins else self
        """For pieces in which no stand-in stands."""
        self.known: dict[str, tuple[float, str]] = {}
        """What was found of pieces of runs, as `cheapest` gives it."""

    def cheapest(self, piece: str, entries: tuple[Entry, ...], bases: str, seen: tuple[str, ...]) -> tuple[float, str]:
        """The word that a piece of a run most cheaply is, and what it costs, its rareness included; infinite if it is
        none. Runs differ but their pieces come again and again: `known` remembers them."""
        rows = self.rows(seen)
        best, word = NEVER, ""
        for entry in entries:
            if entry.cost >= best:
                # Entries come cheapest first.
                break
            price = entry.cost + self.price(entry, bases, rows, best - entry.cost)
            if price < best:
                best, word = price, entry.word
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[piece] = best, word
        return best, word

    def rows(self, seen: tuple[str, ...]) -> list[Row]:
        """The costs at each letter of a run."""
        rows = self._rows
        for there in seen:
            if there not in rows:
                rows[there] = Row(there, self._damage)
        return [rows[there] for there in seen]

    def price(self, entry: Entry, bases: str, rows: list[Row], limit: float) -> float:
        """What the damage asks for turning a word into what is seen; infinite if it cannot, or for `limit` or more."""
        price = 0.0
        if entry.bases != bases:
            for base, there in zip(entry.bases, bases, strict=True):
                if base != there:
                    price += self._damage.am_lost if base == "ำ" else self._damage.am_gained
            if price >= limit:
                return NEVER
        if len(rows) == 1 and self._damage.mark_lost < NEVER and rows[0][entry.wanted[0]] > 0:
            # One letter is an abbreviation sooner than a word without its mark.
            return NEVER
        for row, wanted in zip(rows, entry.wanted, strict=True):
            price += row[wanted]
            if price >= limit:
                return NEVER
        return price


@lru_cache(maxsize=256)
def pricer_of(damage: Damage) -> Pricer:
    """The prices under one damage; what was asked before is remembered."""
    return Pricer(damage)


def _marks_price(wanted: str, there: str, tall: bool, before_am: bool, damage: Damage) -> float:
    """What turning the marks of one letter into those wanted costs; the letter's shape and what follows decide too."""
    if wanted == there:
        return 0.0
    price = 0.0
    wild = "".join(mark for mark in there if mark not in MARKS)
    if wild:
        there = "".join(mark for mark in there if mark in MARKS)
        for letter in wild:
            known = damage.meant[damage.stand_ins.index(letter)] if damage.meant else ""
            missing = [mark for mark in wanted if mark not in there and mark in (known or _LOST)]
            if not missing:
                return NEVER
            # A stand-in is a mark: taking it for one is what the page asks for.
            price += 0.2 if known else 0.5
            wanted = wanted.replace(missing[-1], "", 1)
        if wanted == there:
            return price
    if not set(there) <= set(wanted):
        return NEVER
    for mark in wanted:
        if mark in there:
            continue
        if mark in _TONES and (before_am or any(vowel in _UPPER for vowel in there)):
            price += min(damage.raised_lost, damage.mark_lost)
        elif mark in _LOST and (mark not in _VOWELS or tall):
            price += damage.mark_lost
        else:
            return NEVER
    return price


def moved_price(wanted: tuple[str, ...], there: tuple[str, ...], damage: Damage) -> float:
    """The same marks in the same order, none earlier than in the word and none more than one letter late."""
    expected = [(mark, at) for at, marks in enumerate(wanted) for mark in marks]
    found = [(mark, at) for at, marks in enumerate(there) for mark in marks]
    if len(expected) != len(found):
        return NEVER
    late = 0
    # A tone may arrive before its vowel, so letters at one place are compared as a set.
    for (mark, at), (other, place) in zip(sorted(expected), sorted(found), strict=True):
        if mark != other or not 0 <= place - at <= 1:
            return NEVER
        late += place - at
    return damage.moved * late
