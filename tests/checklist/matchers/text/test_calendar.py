"""Matcher `calendar`: what marks below months and columns of times prove."""

from __future__ import annotations

import pytest

from ..conftest import Judge

_MONTHS = "|โครงการ|ต.ค.|พ.ย.|ธ.ค.|\n"
_CALENDAR: dict[str, str] = {
    f"{_MONTHS}|อบรม||✓||": "present",
    f"{_MONTHS}|อบรม|10,000|-||": "present",
    "|โครงการ|Q1|Q2|Q3|Q4|\n|อบรม||X|||": "present",
    "|โครงการ|ห้วงที่ทำ|\n|อบรม|พ.ย. - ธ.ค. 65|\n|ประชุม|ตลอดปี|\n|ค่าย|ไตรมาสที่ 2|": "present",
    # bars may be drawn there
    f"{_MONTHS}|อบรม||||": "review",
    _MONTHS: "missing",
    "|โครงการ|ต.ค.|ผล|\n|อบรม|✓|ดี|": "missing",
    "|โครงการ|อนุมัติ|\n|อบรม|5 ม.ค. 2566|": "missing",
    "|เดือน|บาท|\n|อบรมเดือนเกิดของผู้สูงอายุ|10|": "missing",
}


@pytest.mark.parametrize("text", _CALENDAR)
def test_when_a_tables_rows_are_done(judge: Judge, text: str) -> None:
    assert judge({"calendar": {}}, text) == _CALENDAR[text]
