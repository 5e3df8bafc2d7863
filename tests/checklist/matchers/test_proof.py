"""What is no proof: notices that there is nothing yet, words inside other words, titles, names of months."""

from __future__ import annotations

import pytest

from .conftest import Judge, Spec

RESULT: Spec = {"phrase": {"any": ["ผลการดำเนินโครงการ"]}}
BUDGET: Spec = {"phrase": {"any": ["งบประมาณ"]}}


@pytest.mark.parametrize(
    ("spec", "text", "status"),
    [
        (RESULT, "ยังไม่มีผลการดำเนินโครงการ", "missing"),
        (RESULT, "เอกสารผลการดำเนินโครงการอยู่ระหว่างจัดทำ", "missing"),
        (RESULT, "ผลการดำเนินโครงการ คลองสะอาดขึ้นทุกสาย", "present"),
        ({"phrase": {"any": ["ไม่มีเรื่องร้องเรียน"]}}, "ยังไม่มีเรื่องร้องเรียน", "present"),
        (BUDGET, "แผนของปีงบประมาณ พ.ศ. 2566", "missing"),
        (BUDGET, "งบประมาณ 12,000 บาท", "present"),
        ({"evidence": {}}, "เอกสารนี้อยู่ระหว่างจัดทำ", "missing"),
        ({"evidence": {}}, "โครงการคลองสวยน้ำใส แล้วเสร็จ มีผู้ร่วม 80 คน", "present"),
    ],
)
def test_in_documents(judge: Judge, spec: Spec, text: str, status: str) -> None:
    assert judge(spec, text) == status


TABLE: Spec = {"table": {"columns": [["งบประมาณ"]]}}
ROWS = "<tr><td>คลองสวย</td><td>12,000</td></tr>"


@pytest.mark.parametrize(
    ("html", "status"),
    [
        (
            f"<table><tr><td colspan=2>แผนการใช้งบประมาณ</td></tr><tr><td>งาน</td><td>ผู้ทำ</td></tr>{ROWS}</table>",
            "missing",
        ),
        (f"<table><tr><td>งาน</td><td>ปีงบประมาณ</td></tr>{ROWS}</table>", "missing"),
        (f"<table><tr><td>งาน</td><td>งบประมาณ</td></tr>{ROWS}</table>", "present"),
    ],
)
def test_a_tables_title_and_a_fiscal_year_are_no_column_of_money(judge: Judge, html: str, status: str) -> None:
    assert judge.page(TABLE, html) == status


def test_names_of_months_without_anything_behind_them_are_buttons(judge: Judge) -> None:
    months = ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม")
    spec: Spec = {"months": {"count": 6}}
    assert judge.page(spec, "".join(f"<li>เดือน{month}</li>" for month in months)) == "missing"
    assert judge.page(spec, "".join(f"<h3>เดือน{month}</h3><p>ซื้อกระดาษ 4,500 บาท</p>" for month in months)) == "present"
