"""Faults of a rules file."""

from __future__ import annotations

from collections.abc import Iterable

from oit.faults import Fault


class RulesError(Exception):
    """The rules cannot be used. `faults` are all that were found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
