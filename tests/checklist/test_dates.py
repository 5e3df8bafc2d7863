"""Years, dates and periods in every usual Thai form, and numbers that are none of these."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.thai.dates import (
    date_mentions,
    fiscal_span,
    fiscal_year,
    month_mentions,
    period_mentions,
    year_mentions,
)


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", 2566, "fiscal"),
        ("ปีงบประมาณ 66", 2566, "fiscal"),
        ("ปี 66", 2566, "unknown"),
        ("พ.ศ.2565", 2565, "unknown"),
        ("ค.ศ. 2023", 2566, "unknown"),
        ("25๖๒", 2562, "unknown"),
        ("พศศศ 2566", 2566, "unknown"),
        ("report_2021.pdf", 2564, "unknown"),
        ("ปีการศึกษา 2563", 2563, "academic"),
        ("1 ตุลาคม 2565", 2565, "calendar"),
    ],
)
def test_year_forms(text: str, year: int, kind: str) -> None:
    (mention,) = year_mentions(text)
    assert (mention.year, mention.kind) == (year, kind)


@pytest.mark.parametrize("text", ["โทร 0 2566 1234", "256512", "2,566.00 บาท", "ร้อยละ 95.2566", "66 คน", "พ.ร.บ. 2539"])
def test_numbers_that_are_no_years(text: str) -> None:
    assert year_mentions(text) == ()


@pytest.mark.parametrize("text", ["๑ ต.ค. ๒๕๖๕", "1 ตุลาคม 2565", "01/10/65", "1 ต.ค. 65", "1/10/2565", "2022-10-01"])
def test_date_forms(text: str) -> None:
    assert [m.date for m in date_mentions(text)] == [date(2022, 10, 1)]


def test_impossible_dates_are_none() -> None:
    assert date_mentions("31/02/2565 และ 99/99/2565") == ()


def test_months_and_periods() -> None:
    assert [(m.month, m.year) for m in month_mentions("ต.ค. 2564 – มี.ค. 2565")] == [(10, 2564), (3, 2565)]
    assert period_mentions("ไตรมาส 2")[0].months == (1, 2, 3)
    assert period_mentions("รอบ 6 เดือนแรก")[0].months == (10, 11, 12, 1, 2, 3)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)))
def test_a_date_lies_in_its_fiscal_year(day: date) -> None:
    first, last = fiscal_span(fiscal_year(day))
    assert first <= day <= last


@given(st.dates(min_value=date(1998, 1, 1), max_value=date(2055, 12, 31)))
def test_thai_dates_are_read_back(day: date) -> None:
    text = f"วันที่ {day.day}/{day.month:02d}/{day.year + 543}"
    assert [m.date for m in date_mentions(text)] == [day]


@given(st.text(max_size=80))
def test_offsets_are_inside_the_text(text: str) -> None:
    for mention in (*year_mentions(text), *date_mentions(text), *month_mentions(text)):
        assert 0 <= mention.start < mention.stop <= len(text)
