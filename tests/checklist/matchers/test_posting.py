"""Lines that only say when something was put up."""

from __future__ import annotations

import pytest

from checklist.matchers.posting import is_posting_info
from checklist.rules.model import Rules


@pytest.mark.parametrize(
    "line",
    [
        "ลงวันที่ 5 เม.ย. 2566 เปิดอ่าน 88 ครั้ง",
        "เผยแพร่เมื่อ: 12 เมษายน 2566",
        "วันที่ลงประกาศ : 3 เม.ย. | อ่าน 45 ครั้ง",
        "เขียนโดย Super User ฮิต: 214",
        "ขนาดไฟล์ 214 KB ดาวน์โหลด 12 ครั้ง",
        "#O26 PDF",
        "เผยแพร่เมื่อ 26 กุมภาพันธ์ 2567 โดย admin | เข้าชม 261 ครั้ง",
        "ประชาสัมพันธ์ โดย สำนักปลัด เข้าชม 81 ครั้ง",
        "5 เม.ย. 2566 โดย งานประชาสัมพันธ์",
    ],
)
def test_days_counters_and_kinds_of_files_say_nothing(line: str, shipped: Rules) -> None:
    assert is_posting_info(line, shipped.lexicon)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ไม่มีเรื่องร้องเรียน",
        "ประกาศ ณ วันที่ 5 เมษายน 2566 เรื่อง นโยบายไม่รับของขวัญ",
        "จำนวนผู้รับบริการ 214 คน",
        "งบประมาณ 120,000 บาท",
        "อบรมคุณธรรมวันที่ 5 เมษายน 2566 โดยกองคลัง",
        "สำรวจโดยกองแผนงาน จำนวนผู้ตอบ 214 คน",
        "ประกาศโดยนายกเทศมนตรี",
    ],
)
def test_everything_else_says_something(line: str, shipped: Rules) -> None:
    assert not is_posting_info(line, shipped.lexicon)
