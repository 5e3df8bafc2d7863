"""One row of a list for two items."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import HOME, document, site, verdict

_OTHERS = ("2.3 รายงานผลการดำเนินงานประจำปี", "2.4 คู่มือหรือมาตรฐานการปฏิบัติงาน", "3.2 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ")
_PLAN = (
    "แผนการดำเนินงานและแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. 2565", "โครงการสุขภาพดี งบประมาณ 18,000 บาท",
    "ระยะเวลาดำเนินการ มกราคม 2565",
)  # fmt: skip


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("2.1 แผนดำเนินงานประจำปี และแผนการใช้จ่ายงบประมาณประจำปี", ItemStatus.COMPLETE),
        ("2.1 แผนดำเนินงานประจำปี/แผนการใช้จ่ายงบประมาณประจำปี", ItemStatus.COMPLETE),
        ("3.1 แผนการใช้จ่ายงบประมาณประจำปี", ItemStatus.MISSING),
    ],
)
def test_a_row_that_names_two_items_is_of_both(shipped: Rules, label: str, status: ItemStatus) -> None:
    rows = "".join(f"<li><a href='/x'>{other}</a></li>" for other in _OTHERS)
    home = f"<h1>OIT 2565</h1><ul><li><a href='plan.pdf'>{label}</a></li>{rows}</ul>"
    found = site({"": home, "x": "<p>หน้า</p>"}, document("plan.pdf", *_PLAN))
    judged = verdict(shipped, found, "O10", 2565, "2022-04-30")
    assert judged.status is status
    assert status is ItemStatus.MISSING or judged.evidence[0].url == HOME + "plan.pdf"
    assert verdict(shipped, found, "O18", 2565, "2022-04-30").status is not ItemStatus.MISSING
