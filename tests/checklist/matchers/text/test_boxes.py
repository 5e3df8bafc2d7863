"""Matcher `boxes`: names side by side are the boxes of a chart; a table that counts by them is none."""

from __future__ import annotations

import pytest

from ..conftest import Judge

_CHARTS: dict[str, str] = {
    "|สำนักปลัด|กองคลัง|กองช่าง|": "present",
    "|นายกเทศมนตรี|||\n|สำนักปลัด|กองคลัง|กองช่าง|": "present",
    "|สำนักปลัด|กองคลัง|กองช่าง|\n|12|8|6|": "missing",
    "|ส่วนงาน|หัวหน้า|งาน|\n|กองคลัง|ผู้อำนวยการ|การเงิน|": "missing",
    "สำนักปลัด กองคลัง กองช่าง": "missing",
    "|กองคลัง|กองคลัง|กองคลัง|": "missing",
    "|กองคลัง|กองช่าง|กองแผน|พัสดุ|ธุรการ|การเงิน|": "missing",
}


@pytest.mark.parametrize("text", _CHARTS)
def test_units_side_by_side_are_a_chart(judge: Judge, text: str) -> None:
    assert judge({"boxes": {"begin": ["สำนัก", "กอง", "ฝ่าย"]}}, text) == _CHARTS[text]


def test_a_line_with_columns_has_boxes_too(judge: Judge) -> None:
    assert judge({"boxes": {"begin": ["สำนัก", "กอง"]}}, "สำนักปลัด\tกองคลัง\tกองช่าง") == "present"
