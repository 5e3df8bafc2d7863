"""Columns of tables of which no row says anything."""

from __future__ import annotations

import pytest

from .conftest import Judge


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย||", "missing"),
        ("|โครงการ|งบประมาณ|\n|อบรม|-|\n|ค่าย|-|", "review"),
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย|5,000|", "present"),
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย|ไม่ใช้งบประมาณ|", "present"),
    ],
)
def test_a_column_of_nothing_proves_nothing(judge: Judge, text: str, status: str) -> None:
    assert judge({"table": {"columns": [["งบประมาณ"]]}}, text) == status
    phrase, money = judge({"phrase": {"any": ["งบประมาณ"]}}, text), judge({"money": {"near": ["งบประมาณ"]}}, text)
    assert (phrase == "missing", money == "present") == (status == "missing", status == "present")
