"""Matcher `table`: what passes, what fails, what is nearly right."""

from __future__ import annotations

import pytest

from ..conftest import Judge, Spec

TABLE = "<table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td><td>{}</td></tr></table>"


PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    (
        {"table": {"columns": [["โครงการ"], ["งบประมาณ"]], "min_rows": 1}},
        TABLE.format("โครงการ", "งบ<br>ประมาณ", "ก", "5"),
        (TABLE.format("ชื่อ", "งบประมาณ", "ก", "5"), TABLE.format("โครงการ", "งบประมาณ", "-", "")),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "rows", {"table": {"columns": [["โครงการ"]], "min_rows": 3}}, "|โครงการ|\n|ก|\n|ข|\n|ค|",
        {
            "|โครงการ|\n|ก|\n|ข|": "missing",
            "|โครงการ|\n|ก|\n|ข|\n|-|": "missing",
            "|โครงสร้าง|\n|ก|\n|ข|\n|ค|": "missing",
        },
    ),
    (
        "filled columns", {"table": {"columns": [["เหตุการณ์"], ["ระดับ"], ["มาตรการ"]], "filled": True}},
        "|เหตุการณ์|ระดับ|มาตรการ|\n|ใช้รถราชการ|สูง|ลงทะเบียนรถ|",
        {"|เหตุการณ์|ระดับ|มาตรการ|\n|ใช้รถราชการ|สูง||": "missing", "|เหตุการณ์|ระดับ|\n|ใช้รถ|สูง|": "missing"},
    ),
    (
        "words are no amounts", {"table": {"columns": [["งบประมาณ"]], "amounts": True}},
        "|โครงการ|งบประมาณ|\n|อบรม|เงินรายได้|\n|ประชุม|5,000|",
        {
            "|โครงการ|งบประมาณ|\n|อบรม|เงินรายได้|\n|ประชุม|เงินอุดหนุนทั่วไป|": "missing",
            "|โครงการ|งบประมาณ|\n|อบรม|หนึ่งหมื่นบาทถ้วน|": "present",
            "|โครงการ|งบประมาณ|\n|อบรม|ไม่ใช้งบประมาณ|": "present",
            "|โครงการ|ผล|\n|อบรมเรื่องการใช้งบประมาณ|จัดแล้ว 8 ก.พ. 2566|\n|ติดประกาศราคากลาง|ทุกเดือน|": "missing",
        },
    ),
    (
        "titles are no columns", {"table": {"columns": [["งบประมาณ"]]}}, "|ที่|โครงการ|งบประมาณ|\n|1|อบรม|5,000|",
        {
            "|แผนการใช้งบประมาณ ปีงบประมาณ พ.ศ. 2566||\n|ที่|โครงการ|เวลา|\n|1|อบรม|มกราคม|": "missing",
            "|O12|คู่มือ|ดู|\n|O13|รายงานผลการดำเนินงานประจำปีและการใช้งบประมาณ|ดู|\n|O14|คู่มือ|ดู|": "missing",
            "|ที่|โครงการ|เวลา|\n|1|อบรมการใช้งบประมาณ|มกราคม|": "missing",
            "||งบประมาณ|\n|โครงการ|ตั้งไว้|\n|อบรม|5,000|": "present",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others
