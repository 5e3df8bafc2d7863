"""Points with two decimals, rounded half up, as the commission's published scores are."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_NOISE = 9
"""Decimals that are kept before rounding: 1.005 is 1.00499999999999989 as a binary fraction."""


def round_points(value: float) -> float:
    """Round points to two decimals, halves away from zero: 1.125 becomes 1.13, 94.995 becomes 95.00."""
    return float(Decimal(repr(round(value, _NOISE))).quantize(_CENT, ROUND_HALF_UP))


def format_points(value: float | None) -> str:
    """Return points as text with two decimals; a dash where there is no score."""
    return "-" if value is None else f"{round_points(value):.2f}"
