"""A document's own title says whose evidence it is, against headings above it, near labels and file names."""

from __future__ import annotations

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource
from tests.checklist.sites import HOME, document, site, verdict

_SURVEY = ("รายงานผลการสำรวจความพึงพอใจการให้บริการ ประจำปี พ.ศ. 2565", "ผู้รับบริการพึงพอใจร้อยละ 95.20")
_GUIDE = ("คู่มือสำหรับประชาชน การขออนุญาตก่อสร้างอาคาร", "ขั้นตอนการให้บริการ ยื่นคำขอแล้วรอผล 15 วัน")
_GIFT = (
    "ประกาศเทศบาลตำบลหนองไผ่ล้อม เรื่อง เจตนารมณ์นโยบาย",
    "No Gift Policy จากการปฏิบัติหน้าที่ ประจำปีงบประมาณ พ.ศ.",
    "2566",
    "ข้าพเจ้าและเจ้าหน้าที่ทุกคนจะไม่รับของขวัญ",
)


def used(found: Verdict) -> list[str]:
    return [evidence.url.removeprefix(HOME) for evidence in found.evidence]


def test_a_groups_heading_does_not_own_what_is_called_like_another_item(shipped: Rules) -> None:
    cards = "<div><a href='15.pdf'>คู่มือประชาชน</a><a href='17.pdf'>ความพึงพอใจผู้รับบริการ 2565</a></div>"
    home = f"<h1>ITA 2566</h1><h3>การให้บริการ</h3>{cards}<h3>การดำเนินงาน</h3>"
    found = site({"": home}, document("15.pdf", *_GUIDE), document("17.pdf", *_SURVEY))
    assert used(verdict(shipped, found, "O17")) == ["17.pdf"]


def test_a_report_among_the_cards_of_a_plan_is_the_reports(shipped: Rules) -> None:
    cards = "<a href='19.pdf'>แผนจัดซื้อจัดจ้าง 2566</a><a href='22.pdf'>ผลจัดซื้อจัดจ้างปี 2565</a>"
    home = f"<h1>ITA 2566</h1><h3>การจัดซื้อจัดจ้างหรือการจัดหาพัสดุ</h3><div>{cards}</div>"
    plan = document("19.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566", "จ้างเหมาทำความสะอาด 120,000 บาท")
    report = document("22.pdf", "รายงานสรุปผลการจัดซื้อจัดจ้าง ประจำปี 2565", "วิธีเฉพาะเจาะจง 40 โครงการ")
    assert used(verdict(shipped, site({"": home}, plan, report), "O22")) == ["22.pdf"]


def test_a_title_over_three_lines_with_the_offices_name_in_it_is_one_title(shipped: Rules) -> None:
    home = "<h1>ดาวน์โหลด</h1><ul><li><a href='scan62.pdf'>ไฟล์ลงวันที่ 14 ก.พ. 2566</a></li></ul>"
    assert used(verdict(shipped, site({"": home}, document("scan62.pdf", *_GIFT)), "O31")) == ["scan62.pdf"]


@pytest.mark.parametrize("link", ["<img src='t.jpg'>", "<a href='https://www.facebook.com/sharer.php?u=x'>แชร์</a>"])
def test_what_only_stands_beside_the_document_is_no_loss_of_it(shipped: Rules, link: str) -> None:
    home = f"<h1>OIT 2566</h1><p>O17 รายงานผลการสำรวจความพึงพอใจการให้บริการ <a href='17.pdf'>เปิด</a> {link}</p>"
    report = document("17.pdf", "รายงานผลการสำรวจความพึงพอใจการให้บริการ ประจำปี พ.ศ. 2563", "พึงพอใจร้อยละ 95.20")
    lost = Resource(HOME + "t.jpg", FetchOutcome.NOT_FOUND, http_status=404, found_via=(HOME,))
    shared = Resource("https://www.facebook.com/sharer.php?u=x", FetchOutcome.OFF_SITE, detail="social")
    found = verdict(shipped, site({"": home}, report, lost, shared), "O17")
    assert found.status is ItemStatus.OUTDATED
    assert [reason.code for reason in found.reasons] == [ReasonCode.EVIDENCE_FOUND]


def test_the_offices_name_in_a_title_is_no_part_of_it(shipped: Rules) -> None:
    office = "องค์การบริหารส่วนตำบลศาลาแดงใหม่"
    report = document("1.docx", f"รายงานผลการดำเนินงาน ปีงบประมาณ ๒๕๖๕ {office}", office, "ได้รับงบประมาณ 278,000 บาท")
    found = site({"": "<nav><a href='1.docx'>สรุปผลงานประจำปี 2565</a></nav><h1>อบต.</h1>"}, report)
    assert used(verdict(shipped, found, "O13")) == ["1.docx"]
    # Nor does a report that tells of a plan become the plan.
    assert verdict(shipped, found, "O11").evidence == ()
