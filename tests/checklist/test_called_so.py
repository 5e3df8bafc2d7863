"""A document that calls itself the item's and has all that is asked for needs no label; its lacks are a person's."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import document, site, verdict

_OTHERS = "".join(
    f"<li><a href='x'>{label}</a></li>"
    for label in ("O36 แผนปฏิบัติการป้องกันการทุจริต", "O39 ประมวลจริยธรรม", "O40 การขับเคลื่อนจริยธรรม")
)
_TITLE = "รายงานสรุปผลการดำเนินงาน ปีงบประมาณ 2565"
_REPORT = (
    "1. ผลการดำเนินการตามโครงการ", "โครงการสุขภาพดี ดำเนินการแล้วเสร็จ ผู้เข้าร่วม 80 คน", "งบประมาณที่ใช้ 18,000 บาท",
    "2. ปัญหา อุปสรรค", "ไม่มี",
)  # fmt: skip
_SUGGESTIONS = ("3. ข้อเสนอแนะ", "ไม่มี")


@pytest.mark.parametrize(
    ("title", "more", "status"),
    [
        (_TITLE, _SUGGESTIONS, ItemStatus.COMPLETE),
        (_TITLE, (), ItemStatus.REVIEW),
        ("รายงานสรุปผลการประชุม ปีงบประมาณ 2565", _SUGGESTIONS, ItemStatus.MISSING),
    ],
)
def test_a_documents_own_title_is_enough(shipped: Rules, title: str, more: tuple[str, ...], status: ItemStatus) -> None:
    home = f"<h1>OIT 2566</h1><ul>{_OTHERS}<li><a href='own.pdf'>Annual Report</a></li></ul>"
    found = verdict(shipped, site({"": home, "x": "<p>หน้า</p>"}, document("own.pdf", title, *_REPORT, *more)), "O13")
    assert found.status is status
