"""Charts and tables of numbers under the section's title are no text of it."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from checklist.section.check import check_section
from tests.checklist.section.test_check import part

_TITLE = "ส่วนที่ 4\nปัญหา อุปสรรค และข้อเสนอแนะ\n"
_NUMBERS = "|วิธี|ร้อยละ|\n|เฉพาะเจาะจง|95.9|\n|คัดเลือก|1.6|\n"


def _status(shipped: Rules, text: str) -> str:
    return check_section("problems", part(text), shipped.lexicon).status.value


@pytest.mark.parametrize(
    "below",
    [
        "แผนภูมิที่ ๑ สัดส่วนการจัดซื้อจัดจ้างแยกตามวิธี",
        f"แผนภูมิที่ 1 สัดส่วนการจัดซื้อจัดจ้างแยกตามวิธี\n{_NUMBERS}",
        f"{_NUMBERS}ภาพที่ 3 วงเงินรายไตรมาส",
        f"ตารางที่ 4-1 จำนวนโครงการ\n{_NUMBERS}",
        "กราฟที่ 2 วงเงิน\n95.9\n1.6",
    ],
)
def test_charts_with_their_captions_leave_the_section_empty(shipped: Rules, below: str) -> None:
    assert _status(shipped, _TITLE + below) == "empty"


@pytest.mark.parametrize(
    "below",
    [
        _NUMBERS,
        "แผนภูมิที่ 1 สัดส่วนการจัดซื้อจัดจ้าง\nเฉพาะเจาะจง\nคัดเลือก",
        "แผนภูมิที่ 1 สัดส่วนการจัดซื้อจัดจ้าง\nเฉพาะเจาะจง 95.9%\nคัดเลือก 1.6%",
        "เฉพาะเจาะจง 95.9%\nคัดเลือก 1.6%\nประกาศเชิญชวน 2.5%",
        "เบิกจ่ายแล้ว 97.3%\nคงเหลือ 2.7%\nกันเงิน 0.0%\nแผนภาพที่ 3 สัดส่วนการเบิกจ่ายงบประมาณ",
        "ตารางที่ 1 ผลงาน\n|งาน|ผล|\n|อบรม|ครบถ้วน|",
    ],
)
def test_what_may_be_labels_of_a_chart_is_for_a_person(shipped: Rules, below: str) -> None:
    assert _status(shipped, _TITLE + below) == "review"


@pytest.mark.parametrize(
    "below",
    [
        f"แผนภูมิที่ 1 สัดส่วน\n{_NUMBERS}บุคลากรไม่เพียงพอ ควรขออัตรากำลังเพิ่ม",
        "ไม่มี\nภาพที่ 1 การประชุม",
        "ตารางที่ 1 ปัญหาที่พบ\n|เรื่อง|สาเหตุ|\n|น้ำท่วม|ฝนตกหนักจนระบายน้ำไม่ทัน|",
        "1. ขาดแคลนบุคลากร\n2. ฝนตกหนัก\nภาพที่ 1 น้ำท่วม",
        "|ลำดับ|รายละเอียด|\n|1|ขาดแคลนบุคลากร|\n|2|ฝนตกหนัก|",
        "ภาพรวมไม่มีอุปสรรค",
    ],
)
def test_an_answer_beside_charts_is_one(shipped: Rules, below: str) -> None:
    assert _status(shipped, _TITLE + below) == "present"
