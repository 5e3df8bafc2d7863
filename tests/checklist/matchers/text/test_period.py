"""Matcher `period`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from checklist.examples.runner import example_view
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher

from ..conftest import Judge, Spec

PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"period": {}},
        "<form><h1>OIT</h1><h2>ผลงาน</h2><p>สถิติ ปีงบประมาณ 2566</p></form>",
        ("<form><h2>ผลงาน</h2><p>ระบบ OIT</p><p>สถิติ ปีงบประมาณ 2565</p></form>",),
    ),
    (
        {"period": {"year": "previous"}},
        "<h1>รายงาน ปีงบประมาณ 2565</h1>",
        ("<h1>รายงาน ปีงบประมาณ 2563</h1>", "<h1>รายงาน ปีงบประมาณ 2562 และ 2563</h1>"),
    ),
    (
        {"period": {"span": "covers"}},
        "<h1>แผน พ.ศ. 2563 - 2567</h1>",
        ("<h1>แผนปีงบประมาณ 2560</h1>", "<h1>แผนปีงบประมาณ พ.ศ. 2555 - 2559</h1>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


_QUARTERS = (
    "|ไตรมาส|ช่วงเวลา|เบิกจ่าย|\n|1|ต.ค. - ธ.ค. 2564|100,000|\n|2|ม.ค. - มี.ค. 2565|200,000|\n"
    "|3|เม.ย. - มิ.ย. 2565|300,000|\n|4|ก.ค. - ก.ย. 2565|400,000|"
)
TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "six months", {"period": {"span": "first_6_months"}}, "# ผลงาน รอบ 6 เดือนแรก ปีงบประมาณ 2566",
        {
            "# ผลงาน รอบ 6 เดือนหลัง ปีงบประมาณ 2566": "missing",
            "# ผลงาน ไตรมาส 3 ปีงบประมาณ 2566": "missing",
            "# ผลงาน ไตรมาส 2 ปีงบประมาณ 2566": "review",
            "# ผลงานสะสมถึงไตรมาส 2 ปีงบประมาณ 2566": "present",
            "# ผลงาน ไตรมาส 2 ปีงบประมาณ 2566\nโครงการแรกแล้วเสร็จในเดือนพฤศจิกายน 2565": "review",
            "# ผลงาน ไตรมาส 2 ปีงบประมาณ 2566\n# ไตรมาส 1\nอบรม 1 ครั้ง\n# ไตรมาส 2\nอบรม 2 ครั้ง": "present",
            "# ผลงาน ปีงบประมาณ 2566 ไตรมาสที่ 1\nซื้อวัสดุเมื่อ 16 ก.พ. 2566": "review",
            "# ผลงาน ไตรมาสที่ 1 ปีงบประมาณ 2566\nซื้อวัสดุเมื่อ 16 พ.ย. 2565": "missing",
            "# ผลงาน ตุลาคม 2565 - กุมภาพันธ์ 2566": "review",
            "# ผลงาน รอบ 6 เดือนแรก ปีงบประมาณ 2564": "missing",
        },
    ),
    (
        "a range of months", {"period": {"year": "previous"}}, "# ผลงาน ต.ค. 2564 - ก.ย. 2565",
        {
            "# ผลงาน ต.ค. 2565 - มี.ค. 2566": "review",
            "# ผลงาน 1 ตุลาคม 2563 ถึง 30 กันยายน 2564": "missing",
            "# ผลงาน ต.ค. 63 - ก.ย. 64": "missing",
        },
    ),
    (
        "a plan of several years", {"period": {"span": "covers"}}, "# แผน พ.ศ. 2563 ถึง พ.ศ. 2567",
        {"# แผน ปีงบประมาณ 2560 - 65": "missing", "# แผน ปีงบประมาณ 2563 และ ปีงบประมาณ 2564": "missing"},
    ),
    (
        "a day within the year", {"period": {"span": "within"}}, "# ประกาศเจตนารมณ์\nประกาศ ณ วันที่ 15 มกราคม 2566",
        {
            "# ประกาศเจตนารมณ์ ปีงบประมาณ พ.ศ. 2565\nเห็นชอบ ณ วันที่ 15 ธันวาคม 2565": "missing",
            "# กิจกรรม ปี 2565\nวันที่ 15 พฤศจิกายน 2565 จัดอบรมเจ้าหน้าที่": "present",
        },
    ),
    (
        "the day of a notice", {"period": {"span": "within", "signed": True}},
        "จ้างซ่อมถนน ตามพระราชบัญญัติการจัดซื้อจัดจ้าง\nและการบริหารพัสดุภาครัฐ พ.ศ. 2560\nประกาศ ณ วันที่ 21 ม.ค. พ.ศ.\n2566",
        {
            "# ประกาศผู้ชนะ\nประกาศ ณ วันที่ 21\nกุมภาพันธ์ พ.ศ. 2566": "present",
            "# ประกาศผู้ชนะ\nประกาศ ณ วันที่ 21 กุมภาพันธ์ พ.ศ.\n2565": "missing",
            "[label] ประกาศ ปี 2566\n# ประกาศผู้ชนะ\nประกาศ ณ วันที่ 21 กุมภาพันธ์ 2565": "review",
            "# ประกาศเชิญชวน\nประกาศ ณ วันที่ 21 กันยายน 2565": "review",
            "# ประกาศผู้ชนะ\nส่งมอบภายใน 3 มีนาคม 2566\nประกาศ ณ วันที่ 21 กันยายน 2565": "present",
        },
    ),
    (
        "the day on which rules were signed", {"period": {"span": "within"}}, "ประกาศ ณ วันที่ 21 มกราคม 2566",
        {"# หลักเกณฑ์\nประกาศ ณ วันที่ 21 กุมภาพันธ์ 2563": "review"},
    ),
    ("a plan with a short last year", {"period": {"span": "covers"}}, "# แผน พ.ศ. 2563-67", {}),
    (
        "a part of a year that is over", {"period": {"year": "previous"}},
        "# รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565 (ตุลาคม 2564 - กันยายน 2565)",
        {
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 ไตรมาสที่ 1 (ตุลาคม - ธันวาคม 2564)": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565\n# ประจำเดือนตุลาคม 2564 ถึงเดือนมีนาคม 2565": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565\n(1 ตุลาคม 2564 - 31 มีนาคม 2565)": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 ประจำเดือนมีนาคม 2565": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 ไตรมาสที่ 4 (กรกฎาคม - กันยายน 2565)": "review",
            "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ.\n2565 รอบ 9 เดือน (ตุลาคม 2564 - มิถุนายน\n2565)\nข้อมูลทั่วไป": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 ไตรมาสที่ 1 - 4": "present",
            "# สถิติประจำปีงบประมาณ พ.ศ. 2565 และ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2566": "present",
            "สถิติประจำปีงบประมาณ พ.ศ. 2565 และ 6 เดือนแรก\nของปีงบประมาณ พ.ศ. 2566": "present",
            "# สถิติ 6 เดือนแรกของปีงบประมาณ พ.ศ. 2565 และปีงบประมาณ พ.ศ. 2566": "missing",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 รอบ 12 เดือน": "present",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565 สะสมถึงไตรมาส 4": "present",
            "# รายงานประจำปีงบประมาณ พ.ศ. 2565\n# 1. ผลงานไตรมาส 1\nแล้วเสร็จ": "present",
            f"# รายงานประจำปี\n\n{_QUARTERS}": "present",
            f"# รายงานประจำปี\n\n{_QUARTERS.partition('|3|')[0]}": "missing",
        },
    ),
    (
        "five of six months", {"period": {"span": "first_6_months"}}, "# ผลงาน ต.ค. 2565 - มี.ค. 2566",
        {"# ผลงาน ปีงบประมาณ 2566\nข้อมูลระหว่างเดือนตุลาคม 2565 - กุมภาพันธ์ 2566": "review"},
    ),
    ("whole year", {"period": {"span": "first_6_months"}}, "# ผลงาน ไตรมาส 1 - 4 ปีงบประมาณ 2566", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others


def test_a_label_does_not_say_which_year_stands_on_a_scan(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    spec = Matcher.model_validate({"period": {}})
    long = "ข้าพเจ้าและบุคลากรทุกคนไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ " * 6

    def status(text: str, *, ocr: bool, sure: float = 0.95) -> str:
        view = example_view(shipped, edition, edition.item("O31"), text)
        resource = view.parts[0].resource
        blocks = tuple(replace(block, ocr=ocr, confidence=sure) for block in resource.blocks)
        part = replace(view.parts[0], resource=replace(resource, blocks=blocks), label="ประกาศเจตนารมณ์ ปี 2566")
        return run(spec, replace(view, parts=(part,))).status.value

    assert status("ประกาศเจตนารมณ์ไม่รับของขวัญ", ocr=False) == "present"
    assert status("ประกาศเจตนารมณ์ไม่รับของขวัญ", ocr=True) == "review"
    assert status(long, ocr=True) == "present"
    assert status(long, ocr=True, sure=0.6) == "review"
    assert status(f"{long}\n\nประจำปีงบประมาณ พ.ศ. ๒๕bc", ocr=True) == "review"


def test_a_document_for_each_quarter_covers_the_first_half(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    texts = ("# ผลงาน ไตรมาส 1 ปีงบประมาณ 2566", "# ผลงาน ไตรมาส 2 ปีงบประมาณ 2566", "# ผลงาน ไตรมาส 3 ปีงบประมาณ 2566")
    views = [example_view(shipped, edition, edition.item("O12"), text) for text in texts]
    spec = Matcher.model_validate({"period": {"span": "first_6_months"}})

    def status(*quarters: int) -> str:
        parts = tuple(part for quarter in quarters for part in views[quarter - 1].parts)
        return run(spec, replace(views[0], parts=parts)).status.value

    assert {quarters: status(*quarters) for quarters in ((1,), (2,), (1, 2), (2, 3))} == {
        (1,): "missing", (2,): "review", (1, 2): "present", (2, 3): "review",
    }  # fmt: skip


@pytest.mark.parametrize("case", TEXTS, ids=[case[0] for case in TEXTS])
def test_years_read_again_from_their_digits_prove_and_never_accuse(
    judge: Judge, case: tuple[str, Spec, str, dict[str, str]]
) -> None:
    _, spec, passes, others = case
    found = {text: judge.scanned(spec, text) for text in (passes, *others) if re.search(r"25\d\d", text)}
    assert not any(result.outdated for result in found.values())
    if passes in found and not re.search(r"\d{4}-\d\d$", passes):
        assert found[passes].status.value == "present"


def test_a_day_beside_the_title_of_another_year_is_when_it_was_put_up(judge: Judge) -> None:
    row = "<tr><td>{title}<td>1 มี.ค. 2566<td><a href=/a.pdf>ดาวน์โหลด</a>"
    page = "<h3>ประกาศ</h3><table>" + row + row + "</table><p>" + "ประกาศของหน่วยงานและเอกสารที่เกี่ยวข้อง " * 9
    spec: Spec = {"period": {"span": "within"}}
    assert judge.page(spec, page.format(title="ประกาศเจตนารมณ์ ปีงบประมาณ พ.ศ. 2565")) != "present"
    assert judge.page(spec, page.format(title="กิจกรรมประกาศเจตนารมณ์")) == "present"
    linked = "<p><a href=/a.pdf>รายงาน ปีงบประมาณ 2565</a></p><p>โพสต์เมื่อ 1 มี.ค. 2566</p>" + page[page.index("<p>") :]
    assert judge.page(spec, linked) != "present"


def test_a_page_of_another_year_is_not_of_the_day_on_which_it_was_put_up(judge: Judge) -> None:
    """An event of a calendar year may be of the fiscal year that began in it."""
    page = "<h2>{title}</h2><p>โพสต์เมื่อ {day}</p><p>" + "เนื้อหาของประกาศและเอกสารที่เกี่ยวข้อง " * 9
    spec: Spec = {"period": {"span": "within"}}
    assert judge.page(spec, page.format(title="แผนจัดซื้อจัดจ้าง ปีงบประมาณ พ.ศ. 2564", day="14 มี.ค. 2566")) == "missing"
    assert judge.page(spec, page.format(title="กิจกรรมทำบุญ ประจำปี 2565", day="14 ธ.ค. 2565")) == "present"
    assert judge.page(spec, page.format(title="กิจกรรมทำบุญ", day="14 มี.ค. 2566")) == "present"
