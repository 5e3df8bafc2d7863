"""A post has several attachments: what goes with the document proves nothing, and takes nothing from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ElementStatus, ItemStatus, Verdict
from core.models.snapshot import FetchOutcome, ReadNote, ReadState, Resource, ResourceKind
from tests.checklist.sites import HOME, site, verdict
from tests.checklist.sites import document as linked

_VIA = (HOME, HOME + "post")
_LABELS = {
    "O4": "O4 แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน",
    "O30": "O30 การเปิดโอกาสให้เกิดการมีส่วนร่วม",
    "O31": "O31 ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่",
    "O38": "O38 รายงานผลการดำเนินการป้องกันการทุจริตประจำปี",
}
_OTHERS = "".join(
    f"<li><a href='x'>{label}</a></li>"
    for label in ("O36 แผนปฏิบัติการป้องกันการทุจริต", "O39 ประมวลจริยธรรม", "O40 การขับเคลื่อนจริยธรรม")
)


def document(name: str, *lines: str) -> Resource:
    return linked(name, *lines, via=_VIA)


LETTER = document(
    "letter.pdf", "ที่ นพ 52114/40", "สำนักงานตัวอย่าง",
    "เรื่อง ขอส่งเอกสารเพื่อเผยแพร่ เรียน นายอำเภอเมือง ตามที่อำเภอให้ส่งเอกสาร นั้น",
    "สำนักงานตัวอย่าง ขอส่งเอกสารตามสิ่งที่ส่งมาด้วย", "(นายประวิทย์ ศรีสมุทร)", "ผู้ว่าราชการจังหวัด",
)  # fmt: skip
ORDER = document(
    "order.pdf", "คำสั่งสำนักงานตัวอย่าง ที่ 46/2565", "สำนักงานตัวอย่าง",
    "เรื่อง แต่งตั้งคณะทำงานเปิดเผยข้อมูลสาธารณะ ให้มีหน้าที่รวบรวมและตรวจสอบเอกสารก่อนเผยแพร่", "สั่ง ณ วันที่ 3 พฤศจิกายน พ.ศ. 2565",
)  # fmt: skip
PHOTO = Resource(
    HOME + "photo.jpg", FetchOutcome.OK, kind=ResourceKind.IMAGE, sha256="photo.jpg", read_state=ReadState.UNREAD,
    read_note=ReadNote.IMAGE_WITHOUT_TEXT, found_via=_VIA,
)  # fmt: skip
GONE = Resource(HOME + "own.pdf", FetchOutcome.NOT_FOUND, found_via=_VIA)


def judged(rules: Rules, item: str, *attached: Resource, labels: tuple[str, ...] = ()) -> Verdict:
    names = labels or tuple(f"ไฟล์แนบ {number}" for number in range(1, 6))
    links = "".join(f"<p><a href='{r.url}'>{name}</a></p>" for name, r in zip(names, attached, strict=False))
    post = f"<h3>{_LABELS[item]}</h3><p>โพสต์เมื่อ 13 เม.ย. 2566 | ผู้ชม 372</p>{links}"
    home = f"<h1>OIT 2566</h1><ul><li><a href='post'>{_LABELS[item]}</a></li>{_OTHERS}</ul>"
    return verdict(rules, site({"": home, "post": post}, *attached), item)


def test_letter_order_and_photograph_do_not_prove_what_is_gone(shipped: Rules) -> None:
    report = "รายงานผลการเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วม เวทีประชาคมเมือง ปี พ.ศ. 2566"
    names = ("ภาพกิจกรรม", report, "คำสั่งแต่งตั้งคณะทำงาน", "หนังสือนำส่ง")
    assert judged(shipped, "O30", PHOTO, GONE, ORDER, LETTER, labels=names).status is ItemStatus.UNREACHABLE
    assert judged(shipped, "O38", LETTER, PHOTO, ORDER, GONE).status is ItemStatus.UNREACHABLE


def declaration(year: int, *signed: str) -> Resource:
    title = f"ประกาศเจตนารมณ์ นโยบาย No Gift Policy จากการปฏิบัติหน้าที่ ประจำปีงบประมาณ พ.ศ. {year}"
    text = (
        "ข้าพเจ้าขอประกาศว่าตนเองและเจ้าหน้าที่ของรัฐทุกคนในหน่วยงานจะไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ "
        "ไม่ว่าก่อน ขณะ หรือหลังปฏิบัติหน้าที่ อันจะก่อให้เกิดการทุจริตและประพฤติมิชอบทั้งในปัจจุบันและอนาคต"
    )
    return document("own.pdf", title, "สำนักงานตัวอย่าง", text, *signed)


_SIGNED = ("ลงชื่อ ศรีสมุทร", "(นายประวิทย์ ศรีสมุทร)", "ผู้ว่าราชการจังหวัด")


@pytest.mark.parametrize(("year", "status"), [(2565, ItemStatus.OUTDATED), (2566, ItemStatus.COMPLETE)])
def test_the_year_is_the_documents_not_the_orders_or_the_posts(shipped: Rules, year: int, status: ItemStatus) -> None:
    assert judged(shipped, "O31", LETTER, PHOTO, ORDER, declaration(year, *_SIGNED)).status is status


def test_a_letters_signature_is_not_the_declarations(shipped: Rules) -> None:
    found = judged(shipped, "O31", LETTER, ORDER, declaration(2566))
    signed = next(finding for finding in found.findings if finding.element == "signed")
    assert signed.status is not ElementStatus.PRESENT


_REPORT = (
    "รายงานผลการดำเนินการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2565", "โครงการสุจริต ดำเนินการแล้วเสร็จ ผู้เข้าร่วม 80 คน",
    "งบประมาณที่ใช้ 18,000 บาท", "3. ปัญหา อุปสรรค", "ฝนตกต่อเนื่องช่วงสิงหาคม งานวางท่อหยุดไปสิบเก้าวัน", "4. การดำเนินการต่อไป",
    "เทศบาลจะดำเนินการตามแผนปฏิบัติการป้องกันการทุจริตต่อไปในปีงบประมาณถัดไปตามปกติ และจะประชาสัมพันธ์ให้ประชาชนทราบโดยทั่วกัน",
)  # fmt: skip


def test_a_photograph_beside_the_document_is_no_loss(shipped: Rules) -> None:
    found = judged(shipped, "O38", LETTER, PHOTO, document("own.pdf", *_REPORT))
    lacking = {finding.element: finding.status for finding in found.findings}
    assert lacking["suggestions"] is ElementStatus.MISSING
    # Beside a cover the pictures may be the document's pages.
    cover = document("own.pdf", _REPORT[0])
    assert judged(shipped, "O38", PHOTO, cover).status is ItemStatus.REVIEW
    # A picture with writing that was not read well may say what the document lacks.
    written = replace(PHOTO, read_note=ReadNote.OCR_QUEUED)
    assert judged(shipped, "O38", written, document("own.pdf", *_REPORT)).status is ItemStatus.REVIEW


def test_a_download_page_that_leads_to_nothing_is_no_evidence(shipped: Rules) -> None:
    """Nor are the posts before and behind it."""
    gone = Resource(HOME + "get/912_be13", FetchOutcome.NOT_FOUND, label="รายงานสรุปผลการดำเนินการป้องกันการทุจริต ปี 2565")
    label = _LABELS["O38"]
    home = f"<h1>OIT 2566</h1><ul><li><a href='post'>{label}</a></li>{_OTHERS}</ul>"
    post = f"<h1>{label}</h1><p><a href='show'>ไปหน้าดาวน์โหลด</a></p><p><a href='next'>เรื่องถัดไป ›</a></p>"
    named = "<p>เอกสาร: รายงานผลการดำเนินการป้องกันการทุจริต ประจำปี 2565</p>"
    named += f"<p>ขนาด 1.2 MB</p><a href='get/912_be13'>{gone.label}</a>"
    other = "<h1>แผนปฏิบัติการป้องกันการทุจริต</h1><p>โครงการสุจริต งบประมาณ 20,000 บาท ระยะเวลาดำเนินการ ตุลาคม 2565</p>" * 3
    found = verdict(shipped, site({"": home, "post": post, "show": named, "next": other}, gone), "O38")
    assert found.status is ItemStatus.UNREACHABLE


def test_what_only_an_order_shows_is_for_a_person(shipped: Rules) -> None:
    """It may appoint the very team that is asked for."""
    label = "O40 การขับเคลื่อนจริยธรรม"
    order = document("order.pdf", "คำสั่งสำนักงานตัวอย่าง ที่ 12/2566", "เรื่อง แต่งตั้งทีมให้คำปรึกษา", "ให้ตอบคำถามของเจ้าหน้าที่")
    report = document(
        "own.pdf", "รายงานการขับเคลื่อนจริยธรรม ประจำปีงบประมาณ พ.ศ. 2566",
        "แนวปฏิบัติ Dos & Don'ts เพื่อลดความสับสนเกี่ยวกับพฤติกรรมสีเทา",
        "อบรมสอดแทรกสาระด้านจริยธรรมแก่เจ้าหน้าที่ของสำนักงานตัวอย่าง จำนวน 80 คน เมื่อวันที่ 5 มกราคม 2566 ณ ห้องประชุม",
        "ผู้เข้าอบรมได้นำแนวปฏิบัติไปใช้ในการปฏิบัติหน้าที่ และหน่วยงานจะติดตามผลต่อไปอย่างต่อเนื่องทุกไตรมาสตลอดปีงบประมาณ",
    )  # fmt: skip
    links = "<p><a href='own.pdf'>ไฟล์แนบ 1</a></p><p><a href='order.pdf'>ไฟล์แนบ 2</a></p>"
    home = f"<h1>OIT 2566</h1><ul>{_OTHERS}<li><a href='post'>{label}</a></li></ul>"
    found = verdict(shipped, site({"": home, "post": f"<h3>{label}</h3>{links}"}, report, order), "O40")
    team = next(finding for finding in found.findings if finding.element == "team")
    assert team.status is ElementStatus.REVIEW
