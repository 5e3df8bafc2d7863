"""Which entries serve an item: not the list that has one of its own, nor the menu around it."""

from __future__ import annotations

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import HOME, document, site, verdict


def test_a_menu_in_one_line_is_no_items_label(shipped: Rules) -> None:
    """On the page of one of its entries the others' links are none of that entry's."""
    names = {"a": "แผนพัฒนาท้องถิ่น", "b": "คู่มือประชาชน", "c": "แผนบริหารทรัพยากรบุคคล", "d": "ประมวลจริยธรรม", "e": "อำนาจหน้าที่"}
    menu = "<div>" + "".join(f"<a href='/{at}'>{name}</a>" for at, name in names.items()) + "</div>"
    old = document("18.pdf", "แผนการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2565", "อบรม 12,000 บาท เดือนมีนาคม 2565")
    pages = {at: f"{menu}<h2>{name}</h2><p>ปีงบประมาณ 2567 อบรมทุกเดือน</p>" for at, name in names.items()}
    row = "<table><tr><th>เรื่อง<th>วันที่<tr><td><a href='18.pdf'>แผนการบริหารทรัพยากรบุคคล 2565</a><td>9 มี.ค. 2567</table>"
    pages["c"] = f"{menu}<h2>{names['c']}</h2>{row}"
    found = verdict(
        shipped, site({"": f"{menu}<h1>สำนักงานตัวอย่าง</h1>", **pages}, old), "O18", edition=2567, as_of="2024-04-30"
    )
    assert {ref.url for ref in found.evidence} <= {HOME + "c", HOME + "18.pdf"}
    assert found.status is ItemStatus.OUTDATED


def test_the_way_back_below_an_items_title_is_none_of_its_evidence(shipped: Rules) -> None:
    """The list says the year that is asked for, the document another one."""
    titles = {
        34: "การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบประจำปี",
        37: "รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ 6 เดือน",
        43: "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    }
    rows = "".join(f"<tr><td>O{at}<td>{title}<td><a href='v{at}'>ดู</a>" for at, title in titles.items())
    old = document(
        "43.pdf", "รายงานการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปี 2565", "มาตรการ ผลการดำเนินการ จัดอบรมแล้ว"
    )
    pages = {
        "": "<a href='oit'>OIT 2566</a>",
        "oit": f"<h2>การเปิดเผยข้อมูลสาธารณะ OIT ปี 2566</h2><table>{rows}</table>",
        "v43": f"<h3>O43 {titles[43]}</h3><iframe src='inner'></iframe><p><a href='oit'>กลับ</a></p>",
        "inner": "<a href='43.pdf'>เปิดเอกสาร (PDF)</a>",
    }
    found = verdict(shipped, site(pages, old), "O43")
    assert found.status is ItemStatus.OUTDATED
    assert HOME + "oit" not in {ref.url for ref in found.evidence}
