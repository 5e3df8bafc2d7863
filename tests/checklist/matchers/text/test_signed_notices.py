"""Notices of purchases: the day of signing says their year, not the folder's name nor the day of a page."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import document, site, verdict

NOTICE = ("ประกาศผู้ชนะการเสนอราคา จ้างซ่อมบำรุงรถยนต์ราชการ", "ตามที่สำนักงานตัวอย่าง ได้มีโครงการจ้างซ่อมบำรุงรถยนต์ราชการ")
SIGNED = ("(ลงชื่อ)", "(นางอำนวย คำฟ้าใส)", "หัวหน้าสำนักงาน")


@pytest.mark.parametrize(
    ("label", "posted", "signed", "expected"),
    [
        ("ประกาศจ้างซ่อมรถยนต์", "26 เมษายน 2565", "8 กุมภาพันธ์ พ.ศ. 2565", ItemStatus.OUTDATED),
        ("ประกาศจ้างซ่อมรถยนต์", "26 เมษายน 2566", "8 กุมภาพันธ์ พ.ศ. 2566", ItemStatus.COMPLETE),
        ("ประกาศจ้างซ่อมรถยนต์ ปี 2566", "26 เมษายน 2565", "8 กุมภาพันธ์ พ.ศ. 2565", ItemStatus.REVIEW),
        ("ประกาศจ้างซ่อมรถยนต์", "26 สิงหาคม 2565", "8 สิงหาคม พ.ศ. 2565", ItemStatus.REVIEW),
    ],
)
def test_old_notices_in_a_folder_of_the_year_are_old(
    shipped: Rules, label: str, posted: str, signed: str, expected: ItemStatus
) -> None:
    notice = document("2566-02_d95ad3.pdf", *NOTICE, f"ประกาศ ณ วันที่ {signed}", *SIGNED)
    pages = {
        "": "<a href='oit'>OIT 2566</a>",
        "oit": "<h1>OIT</h1><p>O20 ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้าง <a href='list'>เปิด</a></p>",
        "list": f"<h2>ประกาศจัดซื้อจัดจ้าง</h2><ul><li><a href='post'>{label}</a></ul>",
        "post": f"<h2>{label}</h2><p>วันที่ประกาศ {posted}</p><a href='2566-02_d95ad3.pdf'>เปิดไฟล์</a>",
    }
    assert verdict(shipped, site(pages, notice), "O20").status is expected
