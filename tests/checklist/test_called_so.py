"""A document that calls itself the item's and has all that is asked for needs no label; its lacks are a person's."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import HOME, document, site, verdict

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


def test_a_row_of_another_years_number_is_a_row_of_its_own(shipped: Rules) -> None:
    """Its link is not the evidence of the row above that has none."""
    rows = (("O8", "Q&A", ""), ("O9", "Social Network", ""), ("O10", "นโยบายคุ้มครองข้อมูลส่วนบุคคล", ""))
    rows = (*rows, ("O11", "แผนดำเนินงานและการใช้งบประมาณประจำปี", "<a href='own.pdf'>คลิก</a>"))
    rows = (*rows, ("O12", "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน", ""))
    rows = (*rows, ("O13", "รายงานผลการดำเนินงานประจำปี", ""), ("O14", "คู่มือหรือมาตรฐานการปฏิบัติงาน", ""))
    rows = (*rows, ("O15", "คู่มือหรือแนวทางการขอรับบริการสำหรับผู้รับบริการ", ""), ("O16", "ข้อมูลเชิงสถิติการให้บริการ", ""))
    table = "".join(f"<tr><td>{number}<td>{label}<td>{link}" for number, label, link in rows)
    home = f"<h1>OIT</h1><table>{table}</table>"
    plan = document(
        "own.pdf",
        "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2565",
        "โครงการสุขภาพดี งบประมาณ 18,000 บาท ระยะเวลาดำเนินการ มกราคม 2565",
    )
    pages = site({"": home, "x": "<p>หน้า</p>"}, plan)
    assert verdict(shipped, pages, "O10", 2565, "2022-04-30").status is ItemStatus.COMPLETE
    above = verdict(shipped, pages, "O9", 2565, "2022-04-30")
    assert HOME + "own.pdf" not in {ref.url for ref in above.evidence}
