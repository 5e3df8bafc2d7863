"""A set of 64-bit numbers in 12 to 24 bytes each; Python's own takes about a hundred."""

from __future__ import annotations

from array import array

_FEWEST = 1024
_MASK = (1 << 64) - 1


class NumberSet:
    """What was met on a site, by hash(). Its low bits say where a number stands: they must differ between numbers."""

    def __init__(self) -> None:
        # A table with free places between, 0 for free: a number stands at the first free place from its own on.
        self._table = array("Q", bytes(8 * _FEWEST))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, number: int) -> bool:
        number = (number & _MASK) or 1
        return self._table[self._place(number)] == number

    def add(self, number: int) -> None:
        """Add a number."""
        number = (number & _MASK) or 1
        place = self._place(number)
        if self._table[place] == number:
            return
        self._table[place] = number
        self._count += 1
        if self._count * 3 > len(self._table) * 2:
            self._grow()

    def _place(self, number: int) -> int:
        table, last = self._table, len(self._table) - 1
        at = number & last
        while table[at] and table[at] != number:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        known, self._table = self._table, array("Q", bytes(16 * len(self._table)))
        for number in known:
            if number:
                self._table[self._place(number)] = number
