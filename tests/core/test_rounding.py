"""Points are rounded half up, everywhere alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rounding import format_points, round_points


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.125, "1.13"),
        (1.005, "1.01"),
        (94.995, "95.00"),
        (0.625, "0.63"),
        (97.591, "97.59"),
        (100 / 7, "14.29"),
        (0.0, "0.00"),
    ],
)
def test_halves_go_up(value: float, text: str) -> None:
    assert format_points(value) == text


def test_no_score_is_a_dash() -> None:
    assert format_points(None) == "-"


@given(st.floats(0, 100))
def test_rounding_moves_by_half_a_hundredth_at_most(value: float) -> None:
    assert abs(round_points(value) - value) <= 0.005 + 1e-9
