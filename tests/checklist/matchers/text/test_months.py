"""Matcher `months`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

MONTHS = "".join(f"|{m}|3 รายการ|\n" for m in ("ต.ค. 2565", "พ.ย. 2565", "ธ.ค. 2565", "ม.ค. 2566", "ก.พ. 2566"))


PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"months": {"count": 6}},
        "<p>ต.ค. 2565 ซื้อ 3 รายการ พ.ย. 2565 ซื้อ 1 รายการ ธ.ค. 2565 จ้าง 2 รายการ ม.ค. 2566 ไม่มี "
        "ก.พ. 2566 ไม่มี มี.ค. 2566 จ้าง 1 ราย</p>",
        ("<p>ปี 2566</p>", "<p>ต.ค. 2565 พ.ย. 2565 ธ.ค. 2565 ม.ค. 2566 ก.พ. 2566</p>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


def test_a_row_of_months_is_no_row_of_reports(judge: Judge) -> None:
    months = "ต.ค. 2565 | พ.ย. 2565 | ธ.ค. 2565 | ม.ค. 2566 | ก.พ. 2566 | มี.ค. 2566"
    assert judge.page({"months": {"count": 6}}, f"<p>เลือกเดือน : {months}</p>") == "review"
    assert judge.page({"months": {"count": 6}}, f"<p>{months.replace(' | ', ' ')}</p>") == "review"


def test_the_months_that_lack_are_named_with_their_years(judge: Judge) -> None:
    found = judge.whole({"months": {"count": 6}}, "|เดือน|ผล|\n|ต.ค. 2565|3 รายการ|\n|ม.ค. 2566|1 รายการ|\n")
    assert found.reason is not None
    assert found.reason.values["months"] == "2565-11 2565-12 2566-02 2566-03"
    empty = judge.whole({"months": {"count": 6}}, "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566||")
    assert empty.reason is not None
    assert empty.reason.values["months"] == "2566-03"


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "months", {"months": {"count": 6}}, "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566|ไม่มีการจัดซื้อจัดจ้าง|",
        {
            "|เดือน|ผล|\n" + MONTHS: "missing",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566||": "review",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566|-|": "review",
            "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2565|3 รายการ|": "missing",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others


def test_months_with_years_read_again_from_their_digits_prove_and_never_accuse(judge: Judge) -> None:
    table = "|เดือน|ผล|\n" + MONTHS + "|มี.ค. 2566|3 รายการ|\n"
    assert judge.scanned({"months": {"count": 6}}, table).status.value == "present"
    earlier = table.replace("2566", "2564").replace("2565", "2563")
    assert judge.whole({"months": {"count": 6}}, earlier).outdated
    assert not judge.scanned({"months": {"count": 6}}, earlier).outdated


def test_the_day_of_approval_is_no_month_that_is_reported_on(judge: Judge) -> None:
    rows = "".join(
        f"|{m}|3 รายการ|\n" for m in ("ต.ค. 2564", "พ.ย. 2564", "ธ.ค. 2564", "ม.ค. 2565", "ก.พ. 2565", "มี.ค. 2565")
    )
    found = judge.whole({"months": {"count": 6}}, f"|เดือน|ผล|\n{rows}\n\nเห็นชอบ ณ วันที่ 15 ธันวาคม 2565")
    assert found.outdated


def test_months_without_a_year_are_of_the_year_of_all_others(judge: Judge) -> None:
    days = ("2 ต.ค. 2564", "8 พ.ย\n. 2564", "14 ธ.ค. 2564", "3 ม.ค. 2565", "9 ก.พ. 2565", "5 มี.ค . 2565")
    months = ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม")
    table = "|เดือน|สัญญา|\n" + "".join(f"|{month}|{day}|\n" for month, day in zip(months, days, strict=True))
    found = judge.whole({"months": {"count": 6}}, table.replace("\n.", " ."))
    assert found.outdated
    assert judge({"months": {"count": 6}}, "|เดือน|ผล|\n" + "".join(f"|{m}|1 รายการ|\n" for m in months)) == "present"
