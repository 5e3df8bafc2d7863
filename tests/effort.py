"""What a piece of work costs, as a multiple of a fixed one measured in the same moment: a busy machine slows both."""

from __future__ import annotations

import time
from collections.abc import Callable

_ROUNDS = 700_000
"""Rounds of the fixed work: about a twentieth of a second on an idle machine of 2026."""


def effort(work: Callable[[], object], most: float, tries: int = 4) -> float:
    """CPU time of `work` in units of a fixed piece of work: the least of some tries, or the first below `most`.

    What grows too fast does so each time; what another process made slow does not."""
    least = float("inf")
    for _ in range(tries):
        before = _unit()
        began = time.process_time()
        work()
        took = time.process_time() - began
        least = min(least, 2 * took / (before + _unit()))
        if least < most:
            break
    return least


def _unit() -> float:
    began = time.process_time()
    number = 1
    for _ in range(_ROUNDS):
        number = number * 16807 % 2147483647
    return time.process_time() - began
