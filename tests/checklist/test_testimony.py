"""Complete is a testimony: what a page or document does not say itself proves nothing, whoever points to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus, Verdict
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, FetchOutcome, ReadState, Resource
from tests.checklist.sites import HOME, page, site, snapshot, verdict
from tests.checklist.sites import document as linked

_OTHERS = "".join(
    f"<li><a href='x'>{label}</a></li>"
    for label in ("O36 แผนปฏิบัติการป้องกันการทุจริต", "O39 ประมวลจริยธรรม", "O40 การขับเคลื่อนจริยธรรม")
)
_LABELS = {
    "O17": "O17 รายงานผลการสำรวจความพึงพอใจการให้บริการ",
    "O19": "O19 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ ปี 2566",
    "O30": "O30 การเปิดโอกาสให้เกิดการมีส่วนร่วม",
    "O34": "O34 มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "O35": "O35 การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ",
    "O38": "O38 รายงานผลการดำเนินการป้องกันการทุจริตประจำปี",
}


def judged(rules: Rules, item: str, html: str, *others: Resource, edition: int = 2566) -> Verdict:
    home = f"<h1>OIT {edition}</h1><ul><li><a href='own'>{_LABELS[item]}</a></li>{_OTHERS}</ul>"
    return verdict(rules, site({"": home, "own": html}, *others), item, edition, f"{edition - 543}-04-30")


def document(name: str, *lines: str) -> Resource:
    return linked(name, *lines, via=(HOME, HOME + "own"))


_COLUMNS = "<tr><th>ที่</th><th>ประเด็น</th><th>ร้อยละความพึงพอใจ</th></tr>"


@pytest.mark.parametrize(
    ("said", "rows", "status"),
    [
        ("ผลการสำรวจความพึงพอใจแสดงดังตารางต่อไปนี้", "", ItemStatus.INCOMPLETE),
        ("ผลการสำรวจความพึงพอใจของปี 2565", "<tr><td>1</td><td></td><td>-</td></tr>", ItemStatus.INCOMPLETE),
        ("ผู้รับบริการพึงพอใจร้อยละ 95.20", "", ItemStatus.REVIEW),
        ("ผลการสำรวจความพึงพอใจแสดงดังตาราง", "<tr><td>1</td><td>บริการ</td><td>95</td></tr>", ItemStatus.COMPLETE),
    ],
)
def test_what_announces_a_table_does_not_fill_it(shipped: Rules, said: str, rows: str, status: ItemStatus) -> None:
    html = f"<h1>รายงานผลการสำรวจความพึงพอใจการให้บริการ ปี 2565</h1><p>{said}</p><table>{_COLUMNS}{rows}</table>"
    assert judged(shipped, "O17", html).status is status


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='https://www.facebook.com/office'>เพจสำนักงาน</a></p>",
        "<h1>แผนการจัดซื้อจัดจ้าง ปี 2566</h1><p>ติดตามแผนของปีงบประมาณ 2566 ได้ที่เพจของหน่วยงาน</p>"
        "<p><a href='https://www.facebook.com/office'>คลิก</a></p>",
    ],
)
def test_a_page_that_sends_its_reader_elsewhere_is_for_a_person(shipped: Rules, html: str) -> None:
    found = judged(shipped, "O19", html)
    assert found.status is ItemStatus.REVIEW
    assert ReasonCode.OFFSITE in {reason.code for reason in found.reasons}


def test_a_button_that_shares_a_page_sends_nobody_elsewhere(shipped: Rules) -> None:
    share = f"<a href='https://www.facebook.com/sharer.php?u={HOME}own'>แชร์</a>"
    plan = "<h1>แผนการจัดซื้อจัดจ้าง ปี 2566</h1><p>จัดซื้อวัสดุสำนักงาน 45,000 บาท เดือนมกราคม 2566</p>"
    assert judged(shipped, "O19", plan + share).status is ItemStatus.COMPLETE


_MEASURES = (
    "<h1>มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year}</h1>"
    "<p>การวิเคราะห์ผลการประเมิน ITA ปี {before} คะแนน 85.20 จุดอ่อนคือการใช้งบประมาณ</p>"
)


@pytest.mark.parametrize(("year", "status"), [(2566, ItemStatus.OUTDATED), (2567, ItemStatus.COMPLETE)])
def test_measures_are_of_the_year_that_they_name(shipped: Rules, year: int, status: ItemStatus) -> None:
    html = _MEASURES.format(year=year, before=year - 1)
    assert judged(shipped, "O34", html, edition=2567).status is status


_LETTER = (
    "ส่วนราชการ สำนักปลัด", "ที่ นศ 001/22 วันที่ 20 มกราคม 2566", "เรื่อง รายงานผลการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2565",
    "เรียน นายอำเภอ", "ขอส่งรายงานดังกล่าว รายละเอียดตามสิ่งที่ส่งมาด้วย",
)  # fmt: skip


def test_a_covering_letter_is_not_the_report_that_is_gone(shipped: Rules) -> None:
    links = "<p><a href='letter.pdf'>หนังสือนำส่ง</a> <a href='gone.pdf'>รายงานฉบับเต็ม</a></p>"
    gone = Resource(HOME + "gone.pdf", FetchOutcome.NOT_FOUND, label="รายงานฉบับเต็ม", found_via=(HOME, HOME + "own"))
    found = judged(shipped, "O38", links, document("letter.pdf", *_LETTER), gone)
    assert found.status is ItemStatus.UNREACHABLE
    assert [reason.code for reason in found.reasons] == [ReasonCode.LINK_DEAD]
    # A document that is no letter may be the report itself.
    other = document("letter.pdf", "รายงานผลการดำเนินการป้องกันการทุจริต ปี 2565", "โครงการสุจริต งบประมาณ 18,000 บาท")
    assert judged(shipped, "O38", links, other, gone).status is ItemStatus.REVIEW


@pytest.mark.parametrize(("year", "status"), [(2564, ItemStatus.OUTDATED), (2565, ItemStatus.COMPLETE)])
def test_a_report_behind_a_scanned_letter_is_of_the_year_that_it_names(
    shipped: Rules, year: int, status: ItemStatus
) -> None:
    """Recognised text accuses nobody, but the report's own was not recognised."""
    letter = [scan(text, 1) for text in ("บันทึกข้อความ", "เรื่อง เผยแพร่ข้อมูล OIT ประจำปี 2566", "เรียน นายอำเภอ")]
    title, *texts = (f"รายงานผลการดำเนินการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. {year}", *_REPORT)
    written = [Block(BlockKind.PARAGRAPH, text, page=2, bold=text == title) for text in (title, *texts)]
    report = replace(document("own.pdf"), blocks=(*letter, *written))
    assert judged(shipped, "O38", "<p><a href='own.pdf'>รายงาน</a></p>", report).status is status


def scan(text: str, page: int) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page, ocr=True, confidence=0.95)


_REPORT = (
    "โครงการสุจริต ดำเนินการแล้วเสร็จ ผู้เข้าร่วม 80 คน", "งบประมาณที่ใช้ 18,000 บาท", "3. ปัญหา อุปสรรค", "ไม่มี",
    "4. ข้อเสนอแนะ", "ไม่มี",
)  # fmt: skip


@pytest.mark.parametrize("link", ["<a href='#'>{}</a>", "<a href='javascript:void(0)'>{}</a>", "{}"])
def test_a_label_that_leads_nowhere_is_named(shipped: Rules, link: str) -> None:
    """That nothing is behind it is proved; where it stands is told."""
    row = link.format("O37 รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน")
    found = verdict(shipped, site({"": f"<h1>OIT 2566</h1><ul><li>{row}</li>{_OTHERS}</ul>"}), "O37")
    assert found.status is ItemStatus.MISSING
    assert [reason.code for reason in found.reasons] == [ReasonCode.NAMED_ONLY, ReasonCode.NO_EVIDENCE]
    assert found.reasons[0].values["page"] == HOME


_BOUGHT = "จัดซื้อวัสดุสำนักงาน"
_OFFICES = (
    ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลคลองสะแก", _BOUGHT, ItemStatus.REVIEW),
    ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลหัวช้าง", _BOUGHT, ItemStatus.COMPLETE),
    # Who it is about may stand above whose it is; a unit of the office is no other office.
    ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลคลองสะแก", "ซื้อร่วมกับทต.หัวช้าง", ItemStatus.COMPLETE),
    ("เทศบาลตำบลหัวช้าง", "กองคลัง", _BOUGHT, ItemStatus.COMPLETE),
    # A town's document is no document of an office of the state, a hospital or a school; a town school has its name,
    # and what stands above an agency may have made what it shows.
    ("สำนักงานวัฒนธรรมจังหวัดสุวรรณคีรี", "เทศบาลตำบลคลองสะแก", f"{_BOUGHT}ของงานวัฒนธรรม", ItemStatus.REVIEW),
    ("โรงพยาบาลหนองปลิง", "องค์การบริหารส่วนตำบลคลองสะแก", _BOUGHT, ItemStatus.REVIEW),
    # The same ministry has an office in every province.
    ("สำนักงานวัฒนธรรมจังหวัดสุวรรณคีรี", "สำนักงานวัฒนธรรมจังหวัดเชียงรุ้ง", _BOUGHT, ItemStatus.REVIEW),
    ("สำนักงานวัฒนธรรมจังหวัดสุวรรณคีรี", "สำนักงานวัฒนธรรมจังหวัดสุวรรณคีรี", _BOUGHT, ItemStatus.COMPLETE),
    ("สำนักงานวัฒนธรรมจังหวัดสุวรรณคีรี", "สำนักงานวัฒนธรรมจังหวัดเชียงรุ้ง", f"{_BOUGHT}ใน จ.สุวรรณคีรี", ItemStatus.COMPLETE),
    ("โรงเรียนบ้านกร่างเหนือศึกษา", "เทศบาลตำบลคลองสะแก", _BOUGHT, ItemStatus.REVIEW),
    ("โรงเรียนบ้านกร่างเหนือศึกษา", "เทศบาลตำบลคลองสะแก", f"{_BOUGHT} ร.ร.กร่างเหนือศึกษา", ItemStatus.COMPLETE),
    ("โรงเรียนเทศบาลตำบลคลองสะแก", "เทศบาลตำบลคลองสะแก", _BOUGHT, ItemStatus.COMPLETE),
    ("โรงพยาบาลหนองปลิง", "สำนักงานสาธารณสุขจังหวัดสุวรรณคีรี", _BOUGHT, ItemStatus.COMPLETE),
)


@pytest.mark.parametrize(("own", "office", "said", "status"), _OFFICES)
def test_a_document_of_another_office_is_for_a_person(
    shipped: Rules, own: str, office: str, said: str, status: ItemStatus
) -> None:
    plan = document("plan.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566", office, f"{said} 45,000 บาท")
    found = site({"": f"<h1>OIT 2566</h1><ul><li><a href='plan.pdf'>{_LABELS['O19']}</a></li>{_OTHERS}</ul>"}, plan)
    found = replace(found, agency=replace(found.agency, name=own))
    judged = verdict(shipped, found, "O19")
    assert judged.status is status
    assert (ReasonCode.OTHER_OFFICE in {reason.code for reason in judged.reasons}) == (status is ItemStatus.REVIEW)


_HOMES = (
    ("<title>เทศบาลตำบลหัวช้าง | หน้าแรก</title>", "เทศบาลตำบลหัวช้าง", ItemStatus.COMPLETE),
    ("<title>ยินดีต้อนรับสู่เว็บไซต์ ทต.หัวช้าง</title>", "เทศบาลตำบลหัวช้าง", ItemStatus.COMPLETE),
    ("<title>หน้าแรก</title><p>เทศบาลตำบลหัวช้าง อำเภอเมือง จังหวัดสุวรรณคีรี</p>", "เทศบาลตำบลหัวช้าง", ItemStatus.COMPLETE),
    ("<title>เทศบาลตำบลหัวช้าง | หน้าแรก</title>", "เทศบาลตำบลคลองสะแก", ItemStatus.REVIEW),
    ("<title>หน้าแรก</title>", "เทศบาลตำบลคลองสะแก", ItemStatus.COMPLETE),
)


@pytest.mark.parametrize(("head", "office", "status"), _HOMES)
def test_who_an_agency_is_says_its_home_page_where_the_list_says_it_in_no_thai(
    shipped: Rules, head: str, office: str, status: ItemStatus
) -> None:
    plan = document("plan.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566", office, f"{_BOUGHT} 45,000 บาท")
    listed = f"<h1>OIT 2566</h1><ul><li><a href='plan.pdf'>{_LABELS['O19']}</a></li>{_OTHERS}</ul>"
    title, _, text = head.removeprefix("<title>").partition("</title>")
    found = snapshot(page("", text + listed, title=title), plan)
    found = replace(found, agency=replace(found.agency, name="Office 12"))
    assert verdict(shipped, found, "O19").status is status


@pytest.mark.parametrize(
    ("own", "read", "said", "status"),
    [
        ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลคลองสะแก", _BOUGHT, ItemStatus.REVIEW),
        ("โรงพยาบาลหนองปลิง", "เทศบาลตำบลคลองสะแก", _BOUGHT, ItemStatus.REVIEW),
        # Letters that recognition took for others make no other office.
        ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลหัวข้าง", _BOUGHT, ItemStatus.COMPLETE),
        ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลคลองสะแก", f"{_BOUGHT}ร่วมกับเทศบาลตำบลหัวข้าง", ItemStatus.COMPLETE),
    ],
)
def test_a_scan_of_another_office_is_for_a_person(
    shipped: Rules, own: str, read: str, said: str, status: ItemStatus
) -> None:
    plan = document("plan.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566", read, f"{said} 45,000 บาท")
    scan = replace(plan, blocks=tuple(replace(block, ocr=True) for block in plan.blocks))
    found = site({"": f"<h1>OIT 2566</h1><ul><li><a href='plan.pdf'>{_LABELS['O19']}</a></li>{_OTHERS}</ul>"}, scan)
    assert verdict(shipped, replace(found, agency=replace(found.agency, name=own)), "O19").status is status


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("เทศบาลตำบลหัวช้าง", "เทศบาลตำบลคลองสะแก"),
        ("โรงพยาบาลหนองปลิง", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านใหม่สามัคคี"),
    ],
)
def test_another_offices_document_does_not_replace_the_outdated_own(shipped: Rules, own: str, other: str) -> None:
    title, said = "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ.", "จัดซื้อวัสดุสำนักงาน 45,000 บาท"
    documents = (document("own.pdf", f"{title} 2565", own, said), document("other.pdf", f"{title} 2566", other, said))
    label = _LABELS["O19"].removesuffix(" ปี 2566")
    pages = {
        "": f"<h1>{own}</h1><p><a href='oit'>ข้อมูลโรงพยาบาล</a></p><p><a href='unit/oit'>ข้อมูลหน่วยบริการ</a></p>",
        "oit": f"<h1>OIT 2566</h1><ul><li><a href='own.pdf'>{label}</a></li>{_OTHERS}</ul>",
        "unit": f"<h1>OIT 2566</h1><ul><li><a href='other.pdf'>{label}</a></li>{_OTHERS}</ul>",
    }
    found = site(pages, *documents)
    judged = verdict(shipped, replace(found, agency=replace(found.agency, name=own)), "O19")
    assert judged.status is ItemStatus.OUTDATED


@pytest.mark.parametrize(("months", "status"), [(6, "present"), (5, "review"), (3, "review")])
def test_a_table_of_months_is_of_the_months_that_it_has(shipped: Rules, months: int, status: str) -> None:
    names = ("ต.ค. 2565", "พ.ย. 2565", "ธ.ค. 2565", "ม.ค. 2566", "ก.พ. 2566", "มี.ค. 2566")[:months]
    rows = "".join(f"<tr><td>{name}</td><td>12</td></tr>" for name in names)
    html = f"""<h1>รายงานการกำกับติดตาม ปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน</h1>
    <table><tr><th>เดือน</th><th>จำนวน</th></tr>{rows}</table>"""
    found = verdict(shipped, site({"": f"<a href='own'>O12 {_SIX}</a>{_OTHERS}", "own": html}), "O12")
    assert {finding.element: finding.status.value for finding in found.findings}["period"] == status


_SIX = "รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน"


def test_a_label_that_says_half_a_year_does_not_make_a_quarter_one(shipped: Rules) -> None:
    html = "<h1>รายงานการกำกับติดตาม ปีงบประมาณ พ.ศ. 2566 ไตรมาสที่ 1 (ตุลาคม - ธันวาคม 2565)</h1><p>งบประมาณ 500 บาท</p>"
    found = verdict(shipped, site({"": f"<a href='own'>O12 {_SIX}</a>{_OTHERS}", "own": html}), "O12")
    assert {finding.element: finding.status.value for finding in found.findings}["period"] == "missing"


def test_what_a_document_calls_itself_keeps_its_item_from_being_missing(shipped: Rules) -> None:
    """The link has the words of another item, which claims the document."""
    title = "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ปีงบประมาณ พ.ศ. 2566"
    statistics = replace(document("s.pdf", title), found_via=(HOME,))
    found = site({"": f"<ul>{_OTHERS}<li><a href='s.pdf'>ช่องทางร้องเรียนการทุจริต</a></li></ul>"}, statistics)
    judged = verdict(shipped, found, "O29")
    assert judged.status is ItemStatus.REVIEW
    assert [reason.code for reason in judged.reasons] == [ReasonCode.UNCLAIMED_ENTRY]


def test_the_menu_of_a_page_is_none_of_its_words(shipped: Rules) -> None:
    """A menu that names the list of the year dates no attachment."""
    menu = "<ul><li><a href='oit'>OIT 2566</a></li><li><a href='own'>แผนจัดซื้อ</a></li></ul>"
    plan = document("plan.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2565", "จัดซื้อวัสดุ 45,000 บาท")
    oit = f"{menu}<h1>OIT 2566</h1><p><a href='own'>{_LABELS['O19'].removesuffix(' ปี 2566')}</a></p><ul>{_OTHERS}</ul>"
    own = f"{menu}<h1>แผนการจัดซื้อจัดจ้าง</h1><p><a href='plan.pdf'>เอกสารแนบ</a></p>"
    found = verdict(shipped, site({"": menu, "oit": oit, "own": own}, plan), "O19")
    assert found.status is ItemStatus.OUTDATED


def test_a_section_says_its_own_year(shipped: Rules) -> None:
    section = "<p>แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2565</p><p>จัดซื้อวัสดุสำนักงาน 45,000 บาท</p>"
    html = f"<h1>OIT 2566</h1><h2>{_LABELS['O19'].removesuffix(' ปี 2566')}</h2>{section}<h2>อื่น ๆ</h2><ul>{_OTHERS}</ul>"
    assert verdict(shipped, site({"": html}), "O19").status is ItemStatus.OUTDATED


def test_another_years_page_does_not_speak_for_a_document_that_nobody_could_read(shipped: Rules) -> None:
    unread = replace(document("66.pdf"), read_state=ReadState.UNREAD, found_via=(HOME, HOME + "own"))
    old = (
        "<h1>รายงานผลการสำรวจความพึงพอใจการให้บริการ ปีงบประมาณ พ.ศ. 2564</h1><p>สำรวจผู้รับบริการ 380 คนในทุกหมู่บ้านของ"
        "ตำบลตั้งแต่ต้นปีจนถึงสิ้นปีด้วยแบบสอบถามที่สำนักงานจัดทำขึ้น</p><table><tr><th>ด้าน</th><th>ร้อยละ</th></tr>"
        "<tr><td>บริการ</td><td>95.20</td></tr></table>"
    )
    links = "<li><a href='66.pdf'>รายงานผลการสำรวจ ปี 2565</a></li><li><a href='old'>รายงานผลการสำรวจ ปี 2564</a></li>"
    home = f"<h1>OIT 2566</h1><ul><li><a href='own'>{_LABELS['O17']}</a></li>{_OTHERS}</ul>"
    found = verdict(
        shipped, site({"": home, "own": f"<h1>{_LABELS['O17']}</h1><ul>{links}</ul>", "old": old}, unread), "O17"
    )
    assert found.status is ItemStatus.REVIEW
    results = next(each for each in found.findings if each.element == "results")
    assert results.status is not ElementStatus.PRESENT


def test_a_receipt_of_this_year_makes_no_old_plan_new(shipped: Rules) -> None:
    """Beside the plan of another year only what is the item's by its own words counts as new."""
    label = "O19 แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ"
    index = f"<li>{label} <a href='plan.pdf'>เอกสารหลัก</a> <a href='receipt.pdf'>แบบตอบรับ</a></li>"
    row = "1 ก่อสร้างรางระบายน้ำ หมู่ 6 วงเงิน 275,000 บาท วิธี e-bidding ประกาศเดือนตุลาคม 2564"
    old = document("plan.pdf", "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2565", "สำนักงานตัวอย่าง", row)
    receipt = document("receipt.pdf", "แบบตอบรับการเผยแพร่ข้อมูล", "สำนักงานตัวอย่าง", "ได้เผยแพร่แล้วเมื่อวันที่ 3 เมษายน 2566")
    photo = document("photo.pdf", "ภาพถ่าย")
    assert verdict(shipped, site({"": index}, old, receipt, photo), "O19").status is ItemStatus.OUTDATED
    notice = "ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2566"
    new = document("receipt.pdf", notice, "สำนักงานตัวอย่าง", row.replace("2564", "2565"))
    assert verdict(shipped, site({"": index}, old, new), "O19").status is ItemStatus.COMPLETE


def test_a_letter_without_a_year_leaves_the_year_to_what_it_was_sent_with(shipped: Rules) -> None:
    links = "<p><a href='memo.pdf'>บันทึกขออนุมัติ</a> <a href='38.pdf'>รายงาน</a></p>"
    old = document("38.pdf", "รายงานผลการดำเนินการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2563", "โครงการสุจริต งบ 18,000 บาท")
    memo = ("บันทึกข้อความ", "เรื่อง ขอเผยแพร่ข้อมูลผ่านเว็บไซต์", "เรียน หัวหน้าสำนักงาน", "ขออนุญาตเผยแพร่เอกสารตามที่แนบ")
    assert judged(shipped, "O38", links, document("memo.pdf", *memo), old).status is ItemStatus.OUTDATED
    other = ("ผลการดำเนินการป้องกันการทุจริต", "ขออนุญาตเผยแพร่เอกสารตามที่แนบ")
    assert judged(shipped, "O38", links, document("memo.pdf", *other), old).status is not ItemStatus.OUTDATED


def test_a_line_over_a_dead_document_does_not_show_it(shipped: Rules) -> None:
    html = (
        "<h1>O30 การเปิดโอกาสให้เกิดการมีส่วนร่วม</h1>"
        "<p>รายงานผลการเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วม เวทีประชาคมเมือง ปี พ.ศ. 2566</p>"
        "<p><a href='download/c4.pdf'>ดาวน์โหลดที่นี่</a></p><p>เขียนโดย ครูไอที ป้ายกำกับ: OIT 2566</p><h2>คลังบทความ</h2>"
    )
    dead = Resource(HOME + "download/c4.pdf", FetchOutcome.NOT_FOUND, found_via=(HOME, HOME + "own"), http_status=404)
    assert judged(shipped, "O30", html, dead).status is ItemStatus.UNREACHABLE


def test_a_post_on_the_way_does_not_speak_for_another_items_document(shipped: Rules) -> None:
    lines = (
        "รายงานผลการประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ปี พ.ศ. 2566",
        "สำนักงานทดลองแห่งหนึ่ง ได้ประเมินเหตุการณ์ความเสี่ยงและระดับความเสี่ยง พร้อมมาตรการจัดการความเสี่ยง",
        "การดำเนินการในการบริหารจัดการความเสี่ยง ติดตั้งบัตรคิวและประกาศระยะเวลา",
    )
    html = f"<h1>{_LABELS['O35']}</h1><p><a href='risk.pdf'>ดาวน์โหลด</a></p>"
    assert judged(shipped, "O35", html, document("risk.pdf", *lines)).status is ItemStatus.REVIEW


@pytest.mark.parametrize(("year", "status"), [(2566, ItemStatus.COMPLETE), (2564, ItemStatus.OUTDATED)])
def test_the_year_of_a_silent_document_is_that_of_its_row(shipped: Rules, year: int, status: ItemStatus) -> None:
    lines = (
        "แผนการจัดซื้อจัดจ้าง",
        "สำนักงานทดลองแห่งหนึ่ง รายการที่จะดำเนินการจัดซื้อจัดจ้างทั้งหมดของหน่วยงาน",
        "1 ซื้อวัสดุสำนักงาน งบประมาณ 12,000 บาท เดือนมกราคม",
        "2 จ้างซ่อมบำรุงครุภัณฑ์คอมพิวเตอร์ งบประมาณ 50,000 บาท เดือนมีนาคม",
    )
    row = f"<td>1</td><td>แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. {year}</td><td>12 ต.ค. 2565</td>"
    html = f"<h1>{_LABELS['O19']}</h1><table><tr>{row}<td><a href='x.pdf'>ดาวน์โหลด</a></td></tr></table>"
    assert judged(shipped, "O19", html, document("x.pdf", *lines)).status is status


@pytest.mark.parametrize(
    ("as_of", "status"), [("2023-04-30", ItemStatus.COMPLETE), ("2023-11-30", ItemStatus.COMPLETE)]
)
def test_of_a_year_that_is_not_over_a_report_is_on_its_first_half(
    shipped: Rules, as_of: str, status: ItemStatus
) -> None:
    """Whenever it is looked at: what the manual asks for is of the year under way when it is answered."""
    title = "รายงานการรับของขวัญและของกำนัลตามนโยบาย No Gift Policy ปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน"
    found = document("gift.pdf", title, "การรับของขวัญจากภาคเอกชน 0 ครั้ง", "สรุป ไม่มีการรับของขวัญและของกำนัล")
    label = "O33 รายงานผลตามนโยบาย No Gift Policy"
    listed = f"<h1>OIT 2566</h1><ul><li><a href='gift.pdf'>{label}</a></li>{_OTHERS}</ul>"
    assert verdict(shipped, site({"": listed}, found), "O33", as_of=as_of).status is status


def test_the_words_around_a_document_that_is_gone_are_no_other_evidence(shipped: Rules) -> None:
    title = "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี"
    posted = "เผยแพร่เมื่อ 26 กุมภาพันธ์ 2566 โดย admin | เข้าชม 261 ครั้ง"
    file = f"<ul><li><a href='/gone.pdf'>{title}</a> <small>ขนาด 987 KB</small></li></ul>"
    html = f"<h1>{title}</h1><h2>{title}</h2><p>{posted}</p><p>ไฟล์แนบ</p>{file}<p><a href='/'>ย้อนกลับ</a></p>"
    gone = Resource(HOME + "gone.pdf", FetchOutcome.NOT_FOUND, label=title, found_via=(HOME, HOME + "own"))
    assert judged(shipped, "O38", html, gone).status is ItemStatus.UNREACHABLE


def test_a_form_in_the_manuals_words_is_a_form(shipped: Rules) -> None:
    box = "<form method=post action=/opinion.php><p>ความคิดเห็นต่อการดำเนินงาน <textarea name=d></textarea></p>"
    html = f"<h2>ช่องทางรับฟังความคิดเห็นต่อการดำเนินงานของหน่วยงาน</h2>{box}<button>ส่งความคิดเห็น</button></form>"
    rows = ("O29 ช่องทางแจ้งเรื่องร้องเรียน", "O31 ข้อมูลเชิงสถิติเรื่องร้องเรียน", "O33 การมีส่วนร่วม")
    items = "".join(f"<li><a href=x{n}>{row}</a></li>" for n, row in enumerate(rows))
    home = f"<h1>OIT 2565</h1><ul>{items}<li><a href=own>O32 ช่องทางการรับฟังความคิดเห็น</a></li></ul>"
    found = verdict(shipped, site({"": home, "own": html}), "O32", 2565, "2022-04-30")
    assert found.status is ItemStatus.COMPLETE
