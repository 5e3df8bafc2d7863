"""Years, dates and periods in every usual Thai form, and numbers that are none of these."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai.dates import (
    MONTHS,
    date_mentions,
    fiscal_ranges,
    fiscal_year,
    is_only_a_day,
    month_mentions,
    period_mentions,
    year_mentions,
    year_places,
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
        ("ปี งบประมาณ พ.ศ.2566", 2566, "fiscal"),
        ("งบประมาณปี 66", 2566, "fiscal"),
        ("ปีงบ 66", 2566, "fiscal"),
        ("FY2023", 2566, "fiscal"),
        ("พุทธศักราช ๒๕๖๖", 2566, "unknown"),
        ("พ.ศ.๖๖", 2566, "unknown"),
        ("ITA 66", 2566, "unknown"),
        ("ita_2566", 2566, "unknown"),
        ("งบประมาณปี 2566 คนละครึ่ง", 2566, "fiscal"),
    ],
)
def test_year_forms(text: str, year: int, kind: str) -> None:
    (mention,) = year_mentions(text)
    assert (mention.year, mention.kind) == (year, kind)


NO_YEARS = [
    "โทร 0 2566 1234", "256512", "2,566.00 บาท", "ร้อยละ 95.2566", "66 คน", "พ.ร.บ. 2539", "ผู้เข้าร่วม 2566 คน",
    "ราคา 2566 บาท", "มาตรา 2566", "ปี 66 คน", "OIT 43", "O43", "(66)", "ข้อ 66", "data 66", "ITA 43",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_YEARS)
def test_numbers_that_are_no_years(text: str) -> None:
    assert year_mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๒๐๕", ["๒๕๒๐๕"]),
        ("พ.ศ.๒๕๒๕ และ พ.ศ. ๒๕๕๐", ["๒๕๒๕", "๒๕๕๐"]),
        ("(เดือนตุลาคม ๒๕๐๓ - ธันวาคม ๒๕๐ซ)", ["๒๕๐๓", "๒๕๐"]),
        ("ปีงบประมาณ ๒๕bc", ["๒๕bc"]),
        ("ประจำปี lo&๖๖", ["lo&๖๖"]),
        ("๒๕๒๐๕ ไตรมาสที่ ๑", ["๒๕๒๐๕"]),
        ("เดือน..ธันวาคม...พ.ศ..๒๕๒๕...", ["๒๕๒๕"]),
        ("ปีงบประมาณ 2566", []),
        ("ประจำปี ITA", []),
        ("วัน/เดือน/ปี ๒๓ ธันวาคม", []),
        ("โทร. ๐ ๒๕๑๐ ๑๕๒๓", []),
        ("จำนวน ๒๕๓ คน ๒๕.๕๓ ๑,๒๕๐", []),
    ],
)
def test_where_a_year_in_thai_digits_may_stand_in_a_recognised_text(text: str, places: list[str]) -> None:
    assert [text[start:stop] for start, stop in year_places(text)] == places


DATES = [
    "๑ ต.ค. ๒๕๖๕", "1 ตุลาคม 2565", "01/10/65", "1 ต.ค. 65", "1/10/2565", "2022-10-01", "วันที่ ๑ เดือน ตุลาคม พ.ศ. ๒๕๖๕",
    "1 ตุลาคม พุทธศักราช 2565", "1-ต.ค.-65", "1ต.ค.65", "1 ตค 65", "1 ตค. 2565", "1 / 10 / 2565", "1.10.65", "01-10-2565",
    "1 Oct 2022", "1 October 2022", "October 1, 2022", "2565-10-01", "วันเสาร์ที่ 1 ตุลาคม พ.ศ.2565", "1 ต.ค. ค.ศ. 2022",
]  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_date_forms(text: str) -> None:
    assert [m.date for m in date_mentions(text)] == [date(2022, 10, 1)]


@pytest.mark.parametrize(
    "text",
    ["31/02/2565 และ 99/99/2565", "ข้อ 1.2.66", "โทร 02/123/4565", "12/25/2022", "เวลา 13.30 น.", "may be 45", "1/13/65",
     "เลขที่ 5/2566", "มาตรา 9 ปี 2560", "3 มุ่ง 65"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert date_mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("ต.ค. 65 - ก.ย. 66", [(10, 2565), (9, 2566)]),
        ("ต.ค. - มี.ค. 66", [(10, 2565), (3, 2566)]),
        ("ตุลาคม ถึง ธันวาคม 2565", [(10, 2565), (12, 2565)]),
        ("ตุลาคม ปีงบประมาณ พ.ศ. 2566", [(10, 2565)]),
        ("ประจำเดือนมีนาคม ปีงบประมาณ 2566", [(3, 2566)]),
        ("ต.ค.๖๕", [(10, 2565)]),
        ("October 2022", [(10, 2565)]),
        ("เดือนมกราคม", [(1, None)]),
        ("ต.ค. และ มี.ค. 66", [(10, None), (3, 2566)]),
        ("มุมมอง", []),
    ],
)
def test_month_forms(text: str, months: list[tuple[int, int | None]]) -> None:
    assert [(m.month, m.year) for m in month_mentions(text)] == months


FISCAL = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
HALVES = {"แรก": FISCAL[:6], "หลัง": FISCAL[6:]}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        *((f"รอบ {six} เดือน{half}", HALVES[half]) for six in ("6", "๖", "หก") for half in HALVES),
        *((f"ครึ่งปี{budget}{half}", HALVES[half]) for budget in ("", "งบประมาณ") for half in HALVES),
        *((f"ไตรมาส{word}{number}", FISCAL[3:6]) for word in (" ", "ที่ ", "ที่") for number in ("2", "๒", "สอง")),
        ("ไตรมาส 1/2566", FISCAL[:3]),
        ("Q2", FISCAL[3:6]),
        ("ไตรมาสที่ 1 - 2", FISCAL[:6]),
        ("ไตรมาส 1 และไตรมาส 4", FISCAL[:3] + FISCAL[9:]),
        ("รอบ 9 เดือน", FISCAL[:9]),
        ("รอบ 12 เดือน", FISCAL),
        ("รายงาน 6 เดือน", FISCAL[:6]),
        ("ต.ค. 65 - มี.ค. 66", FISCAL[:6]),
        ("รอบที่ 2 (เม.ย. - ก.ย. 2566)", FISCAL[6:]),
    ],
)
def test_period_forms(text: str, months: tuple[int, ...]) -> None:
    assert [m.months for m in period_mentions(text)] == [months]


@pytest.mark.parametrize(
    "text", ["ภายใน 6 เดือน", "ระยะเวลา 6 เดือน", "16 เดือน", "9 เดือน", "ไตรมาส 5", "FAQ 2566", "ต.ค. 64 - ธ.ค. 66"]
)
def test_what_is_no_part_of_a_year(text: str) -> None:
    assert period_mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ต.ค. 65 - ก.ย. 66", [2566]),
        ("ต.ค. - มี.ค. 66", [2566]),
        ("ตั้งแต่วันที่ 1 ตุลาคม 2565 ถึงวันที่ 31 มีนาคม 2566", [2566]),
        ("1 เม.ย. 2566 – 30 ก.ย. 2566", [2566]),
        ("ม.ค. 2565 - ธ.ค. 2565", []),
        ("ต.ค. 2564 - มี.ค. 2566", []),
        ("ต.ค. 2565 และ มี.ค. 2566", []),
    ],
)
def test_a_range_of_months_is_of_one_fiscal_year(text: str, years: list[int]) -> None:
    assert [(m.year, m.kind) for m in fiscal_ranges(text)] == [(year, "fiscal") for year in years]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("พ.ศ. 2561-65", [2561, 2565]),
        ("2566 – 70", [2566, 2570]),
        ("ปี 65/66", [2565, 2566]),
        ("ปี 65 และ 66", [2565, 2566]),
        ("ปีงบประมาณ ๒๕๖๖ - ๒๕๗๐", [2566, 2570]),
        ("2566/12", [2566]),
        ("2566-1", [2566]),
        ("2566-65", [2566]),
        ("ปี 2566 - 68 คน", [2566]),
    ],
)
def test_spans_of_years(text: str, years: list[int]) -> None:
    assert [m.year for m in year_mentions(text)] == years


def test_months_and_periods() -> None:
    assert [(m.month, m.year) for m in month_mentions("ต.ค. 2564 – มี.ค. 2565")] == [(10, 2564), (3, 2565)]
    assert period_mentions("ไตรมาส 2")[0].months == (1, 2, 3)
    assert period_mentions("รอบ 6 เดือนแรก")[0].months == (10, 11, 12, 1, 2, 3)
    assert period_mentions("1 เมษายน - 30 กันยายน 2565")[0].months == (4, 5, 6, 7, 8, 9)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2080, 1, 1)))
def test_a_date_lies_in_its_fiscal_year(day: date) -> None:
    year = fiscal_year(day) - 543
    assert date(year - 1, 10, 1) <= day <= date(year, 9, 30)


@given(st.dates(min_value=date(1998, 1, 1), max_value=date(2055, 12, 31)))
def test_thai_dates_are_read_back(day: date) -> None:
    text = f"วันที่ {day.day}/{day.month:02d}/{day.year + 543}"
    assert [m.date for m in date_mentions(text)] == [day]


THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DAYS = st.dates(min_value=date(1998, 1, 1), max_value=date(2055, 12, 31))


@given(
    DAYS,
    st.sampled_from([0, 1, 2, 3]),
    st.booleans(),
    st.sampled_from([" ", ""]),
    st.sampled_from(["", "พ.ศ. ", "พ.ศ."]),
)
def test_a_date_written_with_a_month_is_read_back(day: date, form: int, thai: bool, space: str, era: str) -> None:
    month = MONTHS[day.month - 1][form]
    text = f"วันที่ {day.day}{space}{month} {era}{day.year + 543} ณ ห้องประชุม"
    text = text.translate(THAI_DIGITS) if thai else text
    assert [m.date for m in date_mentions(text)] == [day]
    assert [(m.month, m.year) for m in month_mentions(text)] == [(day.month, day.year + 543)]


@given(DAYS, st.sampled_from("/-."), st.booleans())
def test_a_date_written_in_numbers_is_read_back(day: date, separator: str, short: bool) -> None:
    year = day.year + 543
    written = f"{year % 100:02d}" if short and 2540 <= year < 2600 else str(year)
    text = f"วันที่ {separator.join((f'{day.day:02d}', f'{day.month:02d}', written))} เวลา"
    assert [m.date for m in date_mentions(text)] == [day]


@given(
    st.integers(2541, 2590),
    st.sampled_from(["ปีงบประมาณ พ.ศ. {}", "ปีงบประมาณ {}", "ปีงบ {}", "ปี งบประมาณ {}"]),
    st.booleans(),
)
def test_a_fiscal_year_is_read_back(year: int, form: str, thai: bool) -> None:
    text = form.format(year).translate(THAI_DIGITS) if thai else form.format(year)
    assert [(m.year, m.kind) for m in year_mentions(f"แผนงาน {text} ของสำนักงาน")] == [(year, "fiscal")]


@given(st.integers(2541, 2580), st.integers(1, 15), st.booleans(), st.sampled_from(["-", " - ", " – ", " ถึง "]))
def test_a_span_of_years_is_read_back(first: int, length: int, short: bool, joiner: str) -> None:
    last = first + length
    written = f"{last % 100:02d}" if short and last < 2600 else str(last)
    assert [m.year for m in year_mentions(f"พ.ศ. {first}{joiner}{written}")] == [first, last]


@given(st.integers(0, 10), st.data())
def test_a_range_of_months_covers_what_lies_between(first: int, data: st.DataObject) -> None:
    last = data.draw(st.integers(first + 1, 11))
    names = [MONTHS[FISCAL[at] - 1][1] for at in (first, last)]
    years = [65 if FISCAL[at] >= 10 else 66 for at in (first, last)]
    (found,) = period_mentions(f"รอบ {names[0]} {years[0]} - {names[1]} {years[1]}")
    assert found.months == FISCAL[first : last + 1]


@given(st.text(max_size=80))
def test_offsets_are_inside_the_text(text: str) -> None:
    for mention in (*year_mentions(text), *date_mentions(text), *month_mentions(text), *period_mentions(text)):
        assert 0 <= mention.start < mention.stop <= len(text)


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("วันนี้วันอาทิตย์ที่ 30 เมษายน 2566", True),
        ("วันนี้ วันพฤหัสบดีที่ ๓๐ เม.ย. ๒๕๖๖ เวลา ๑๐:๑๕:๒๒ น.", True),
        ("Today is Sunday, 30/04/2566", True),
        ("30 เมษายน 2566", True),
        ("วันนี้วันที่ 30 เมษายน 2566 ประชุมสภา", False),
        ("วันนี้วันที่", False),
        ("วันอาทิตย์ 10:15", False),
        ("", False),
    ],
)
def test_a_day_and_nothing_else(text: str, is_day: bool) -> None:
    assert is_only_a_day(text, ("วันนี้วัน", "today is")) == is_day


@given(st.text())
def test_whether_a_text_is_a_day_is_told_of_any(text: str) -> None:
    assert not is_only_a_day(f"{text} ประชุมสภา", ())
