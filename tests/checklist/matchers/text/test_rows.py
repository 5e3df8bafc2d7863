"""Matcher `rows`: kinds of spending with their amounts."""

from __future__ import annotations

import pytest

from ..conftest import Judge

_ROWS: dict[str, str] = {
    "|รายการ|บาท|\n|ค่าใช้จ่ายบุคลากร|1,920,000|\n|1. ค่าวัสดุ|640,000|": "present",
    "|รายการ|บาท|\n|ค่าวัสดุ|640,000|\n|ค่าวัสดุ|50,000|": "review",
    "|รายการ|บาท|\n|สาธารณูปโภค|640,000|\n|โครงการอบรม|50,000|": "review",
    "|รายการ|บาท|\n|ค่าวัสดุ||\n|ค่าใช้สอย|-|": "missing",
    "|โครงการ|บาท|\n|โครงการอบรม|640,000|\n|โครงการค่าย|50,000|": "missing",
    "|แหล่ง|บาท|\n|งบกลาง|640,000|\n|งบจังหวัด|50,000|": "missing",
}


@pytest.mark.parametrize("text", _ROWS)
def test_kinds_of_spending_with_their_amounts(judge: Judge, text: str) -> None:
    assert judge({"rows": {"begin": ["ค่า"], "perhaps": ["รายการ"]}}, text) == _ROWS[text]
