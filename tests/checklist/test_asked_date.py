"""A verdict holds on every date that would have answered the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.asked_date import AskedDate, same_answers
from core.thai.dates import fiscal_year

DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def test_what_was_asked_is_remembered() -> None:
    day = AskedDate.of(date(2023, 4, 30))
    assert day >= date(2023, 4, 1)
    assert not date(2023, 5, 1) <= day
    assert fiscal_year(day) == 2566
    assert same_answers(day.asked, date(2023, 4, 2))
    assert not same_answers(day.asked, date(2023, 5, 1))
    assert not same_answers(day.asked, date(2023, 3, 31))


def test_nothing_asked_holds_always() -> None:
    assert same_answers(AskedDate.of(date(2023, 4, 30)).asked, date(1999, 1, 1))


@pytest.mark.parametrize(
    "use",
    [
        str,
        hash,
        lambda day: f"{day:%d}",
        lambda day: day.isoformat(),
        lambda day: day == date(2023, 4, 30),
        lambda day: day - timedelta(days=3),
        lambda day: date(2023, 5, 1) - day,
        lambda day: day + timedelta(days=3),
        lambda day: day.weekday(),
        lambda day: day.replace(day=1),
        lambda day: day.toordinal(),
    ],
)
def test_any_other_use_ties_it_to_the_day(use: Callable[[date], object]) -> None:
    plain, day = date(2023, 4, 30), AskedDate.of(date(2023, 4, 30))
    assert use(day) == use(plain)
    assert same_answers(day.asked, plain)
    assert not same_answers(day.asked, plain + timedelta(days=1))


@given(DAYS, DAYS, st.lists(DAYS, max_size=4))
def test_a_date_with_the_same_answers_gives_the_same(one: date, other: date, compared: list[date]) -> None:
    def judge(day: date) -> object:
        return [day < c for c in compared], [c >= day for c in compared], day.month, fiscal_year(day)

    day = AskedDate.of(one)
    assert judge(day) == judge(one)
    if same_answers(day.asked, other):
        assert judge(other) == judge(one)
