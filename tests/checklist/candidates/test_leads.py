"""Which entries serve an item: not the list that has one of its own, nor the menu around it."""

from __future__ import annotations

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from tests.checklist.sites import HOME, document, page, site, snapshot, verdict


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


def test_a_link_below_a_numbered_label_may_have_other_words_for_it(shipped: Rules) -> None:
    """Alone on its group's page "คู่มือการจัดการเรื่องร้องเรียน" is like the next item's title as well."""
    manual = document(
        "27.docx", "คู่มือการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "ขั้นตอน รับเรื่อง 15 วัน ส่วนงานที่รับผิดชอบ สำนักปลัด"
    )
    group = (
        "<h2>ตัวชี้วัดย่อยที่ 9.5 การส่งเสริมความโปร่งใส</h2><p>O27. แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ</p>"
        "<ul><li><a href='27.docx'>คู่มือการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ</a></ul>"
    )
    pages = {"": "<h1>ITA 2566</h1><a href='group'>ตัวชี้วัดย่อย 9.5</a>", "group": group}
    found = verdict(shipped, site(pages, manual), "O27")
    assert HOME + "27.docx" in {ref.url for ref in found.evidence}


def test_below_a_numbered_label_the_place_decides_between_two_items_as_near(shipped: Rules) -> None:
    """The plan of the year is as much like the plan of several years, and hardly less like the own item."""
    title = "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2566"
    plan = document("11.pdf", title, "โครงการอบรม งบประมาณ 12,000 บาท ระยะเวลา มกราคม 2566")
    rows = "<li>O11 แผนดำเนินงานและการใช้งบประมาณประจำปี<ul><li><a href='11.pdf'>{0}</a></ul><li>O12 รายงานการกำกับติดตาม"
    pages = {"": "<a href='oit'>OIT 2566</a>", "oit": f"<h1>OIT 2566</h1><ul>{rows.format(title)}</ul>"}
    found = verdict(shipped, site(pages, plan), "O11")
    assert [ref.url for ref in found.evidence] == [HOME + "11.pdf"]


def test_on_an_items_own_page_a_label_means_it_as_much_as_another(shipped: Rules) -> None:
    title = "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2566"
    plan = document("11.pdf", title, "โครงการอบรม งบประมาณ 12,000 บาท ระยะเวลา มกราคม 2566")
    pages = {
        "": "<h1>OIT 2566</h1><ul><li>O11 แผนดำเนินงานและการใช้งบประมาณประจำปี <a href='own'>ดูทะเบียน</a></ul>",
        "own": f"<h3>แผนดำเนินงานและการใช้งบประมาณประจำปี</h3><table><tr><td>1<td><a href='entry'>{title}</a></table>",
        "entry": f"<h4>{title}</h4><a href='11.pdf'>ไฟล์เอกสาร</a>",
    }
    assert HOME + "11.pdf" in {ref.url for ref in verdict(shipped, site(pages, plan), "O11").evidence}


def test_a_picture_alone_in_an_items_place_is_for_a_person(shipped: Rules) -> None:
    rows = "".join(
        f"<li>{label} <a href='{at}'>ดู</a>"
        for at, label in enumerate(("O34 การประเมินความเสี่ยงการทุจริต", "O39 ประมวลจริยธรรม"))
    )
    card = "<li>O36 แผนปฏิบัติการป้องกันการทุจริต <a href='#'><img src='card.jpg' alt='O36'></a>"
    found = verdict(shipped, site({"": f"<h1>OIT 2566</h1><ul>{rows}{card}</ul>"}), "O36")
    assert found.status is not ItemStatus.INCOMPLETE


def test_a_note_in_a_list_accuses_no_document_that_stands_elsewhere(shipped: Rules) -> None:
    """The list says in words where it is, and leads nowhere."""
    titles = {
        "O13": "รายงานผลการดำเนินงานประจำปี",
        "O15": "คู่มือหรือมาตรฐานการให้บริการ",
        "O36": "แผนปฏิบัติการป้องกันการทุจริต",
    }
    row = '<p><b>{0}</b> {1} <br>อยู่ที่เมนู "บริการประชาชน" หัวข้อ "{1}" <a href="#">คลิก</a></p>'
    manual = document("a.pdf", "คู่มือการให้บริการประชาชน งานขอหนังสือรับรอง", "ขั้นตอนการให้บริการ 1. ยื่นคำขอ 2. รับหนังสือ")
    section = "<h4>คู่มือหรือมาตรฐานการให้บริการ</h4><ul><li><a href='a.pdf'>คู่มือการให้บริการประชาชน งานขอหนังสือรับรอง</a></ul>"
    pages = {
        "": "<a href='oit'>OIT 2566</a> <a href='menu'>บริการประชาชน</a>",
        "oit": f"<h1>OIT 2566</h1>{''.join(row.format(*each) for each in titles.items())}",
        "menu": f"<h2>บริการประชาชน</h2>{section}",
    }
    found = verdict(shipped, site(pages, manual), "O15")
    assert (found.status, [ref.url for ref in found.evidence]) == (ItemStatus.COMPLETE, [HOME + "a.pdf"])
    assert verdict(shipped, site(pages, manual), "O13").status is ItemStatus.INCOMPLETE


def test_a_page_that_names_one_item_is_all_of_it_that_items(shipped: Rules) -> None:
    title = "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี ปีงบประมาณ พ.ศ. 2565"
    table = "<table><tr><th>โครงการ<th>ผลการดำเนินการ<th>งบประมาณที่ใช้<tr><td>อบรม<td>แล้วเสร็จ<td>22,000</table>"
    html = f"<h2>{title}</h2><p>สำนักงานตัวอย่าง</p><p>รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต</p>{table}"
    html += "<h3>ปัญหา/อุปสรรค</h3><p>ฝนตกหนัก</p><h3>ข้อเสนอแนะ</h3><p>ควรเพิ่มการประชาสัมพันธ์ผ่านสื่อออนไลน์</p>"
    rows = ("O36 แผนปฏิบัติการป้องกันการทุจริต", "O39 ประมวลจริยธรรม", "O40 การขับเคลื่อนจริยธรรม")
    items = "".join(f"<li><a href=/{at}>{row}</a>" for at, row in enumerate(rows))
    home = page("", f"<h1>OIT 2566</h1><ul>{items}<li><a href=/own>ผลงานรอบปีที่ผ่านมา</a></ul>")
    found = verdict(shipped, snapshot(home, page("own", html, title=title, label="ผลงานรอบปีที่ผ่านมา")), "O38")
    assert found.status is ItemStatus.COMPLETE


def test_what_a_page_shows_beside_its_text_is_not_all_of_it(shipped: Rules) -> None:
    told = "<h2>ข้อมูลการติดต่อ</h2><p>ที่อยู่ เลขที่ 12 หมู่ที่ 11 ตำบลเกาะแก้ว อำเภอเมือง จังหวัดตัวอย่าง 71000</p>"
    told += "<p>โทรศัพท์ 0 3767 4831 โทรสาร 0 3767 4839</p><p>อีเมล saraban@a.go.th</p>"
    html = told + "<h3>แผนที่ตั้ง</h3><iframe src='https://www.google.com/maps/embed?pb=!1m18'></iframe><img src=/map.png>"
    rows = ("O36 แผนปฏิบัติการป้องกันการทุจริต", "O39 ประมวลจริยธรรม", "O40 การขับเคลื่อนจริยธรรม")
    items = "".join(f"<li><a href=/{at}>{row}</a>" for at, row in enumerate(rows))
    home = page("", f"<h1>OIT 2566</h1><ul>{items}<li><a href=/own>มาหาเราได้ที่ไหน</a></ul>")
    found = verdict(shipped, snapshot(home, page("own", html, title="ติดต่อหน่วยงาน", label="มาหาเราได้ที่ไหน")), "O5")
    assert {f.element: f.status.value for f in found.findings}["phone"] == "present"
