"""Matcher `money`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

_ROW = "<table><tr><td>โครงการ<td>ผล<tr><td>อบรม<td>{}</table>"
PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    ({"money": {}}, "<p>เบิกจ่าย 1,234.50 บาท</p>", ("<p>เบิกจ่ายแล้ว</p>", "<p>ข้อ 5 ปี 2566</p>")),
    # A narrow cell breaks its line behind a number; one alone on its line is an amount.
    ({"money": {}}, _ROW.format("5,000<br>กองคลัง"), (_ROW.format("พ่นครบ 1,206<br>หลังคาเรือน"),)),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


_PROJECTS = "<table><tr><td>โครงการ<td>{}<tr><td>ตลาดนัด<td>{}<tr><td>อบรม<td>แล้วเสร็จ<tr><td>ตรวจงาน<td>แล้วเสร็จ</table>"
_SOLD = "แล้วเสร็จ มียอดจำหน่าย 112,000 บาท"


def test_what_one_of_several_projects_brought_is_no_budget_of_each(judge: Judge) -> None:
    told = [
        ("ความก้าวหน้า", _SOLD),
        ("ความก้าวหน้า", "แล้วเสร็จ ใช้งบประมาณ 112,000 บาท"),
        ("ค่าใช้จ่าย", _SOLD),
        ("บาท", "112,000"),
    ]
    pages = [_PROJECTS.format(*each) for each in told] + [_ROW.format(_SOLD)]
    assert [judge.page({"money": {}}, page) for page in pages] == ["missing", *["present"] * 4]
    assert judge.page({"money": {}}, f"{pages[0]}<p>ใช้ไป 9,300 บาท</p>") == "present"


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "money", {"money": {"near": ["เบิกจ่าย"]}}, "เบิกจ่าย\n1,250,000.00 บาท",
        {"วงเงิน 1,250,000.00 บาท": "missing", "เบิกจ่ายแล้ว ปี 2566": "missing", "เบิกจ่าย โทร. 0 2123 4567": "missing"},
    ),
    (
        "what a number counts is no money", {"money": {"near": ["งบประมาณ"]}}, "งบประมาณ\n5,000",
        {
            "งบประมาณที่ใช้\nประชาชน 1,200 คน": "missing",
            "งบประมาณที่ใช้\nประชาชน\t1,200\tคน": "missing",
            "โครงการ\tงบประมาณ\tช่วงเวลา\n1 อบรม\t40,700\tพ.ย. 2565 - ม.ค. 2566": "present",
            "รายงานผลการใช้งบประมาณของหน่วยงาน\nงบประมาณ 1,200 จากกองทุน": "present",
            "[label] ผลการใช้งบประมาณ\nผลการใช้งบประมาณ\n5,000": "missing",
        },
    ),
    (
        "lines that say for what", {"money": {"near": ["งบประมาณ"], "lines": 2}},
        "- ประชุมเชิงปฏิบัติการ : จัดแล้ว ใช้งบประมาณ 8,400 บาท\n- อบรมนักวิชาการเงิน ใช้งบประมาณ 15,300 บาท",
        {
            "ประชุมเชิงปฏิบัติการ ใช้งบประมาณ 8,400 บาท": "missing",
            "งบประมาณ 8,400 บาท\nงบประมาณ 15,300 บาท": "missing",
            "ประชุมเชิงปฏิบัติการ ปีงบประมาณ 2566\nอบรมนักวิชาการเงิน ปีงบประมาณ 2566": "missing",
        },
    ),
    ("no money used", {"money": {}}, "โครงการนี้ไม่ใช้งบประมาณ", {"ปีงบประมาณ 2566": "missing"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
