"""A chapter that is called after the section, over what is none of its matter."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def said(rules: Rules, *lines: str) -> str:
    """What is said of suggestions in lines of which those behind `#` are headings."""
    blocks = tuple(
        Block(BlockKind.HEADING, line[2:], level=5, bold=True) if line[0] == "#" else Block(BlockKind.PARAGRAPH, line)
        for line in lines
    )
    resource = Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return check_section("suggestions", EvidencePart(resource, 0, len(blocks)), rules.lexicon).status.value


@pytest.mark.parametrize(
    "title",
    [("# ส่วนที่ ๔ ปัญหา อุปสรรค และข้อเสนอแนะ",), ("# ส่วนที่ 4", "# สรุป อภิปรายผล และข้อเสนอแนะ"), ("# บทที่ 4 ข้อเสนอแนะ",)],
)
def test_a_chapter_of_other_matters_only_is_empty(shipped: Rules, title: tuple[str, ...]) -> None:
    head, text = "# 4.1 สรุปผลการจัดซื้อจัดจ้าง", "จัดซื้อโดยวิธีเฉพาะเจาะจงเป็นส่วนใหญ่"
    assert said(shipped, *title, head, text) == "empty"
    assert said(shipped, *title, head, text, "# 4.2 ข้อเสนอแนะ", "ควรเริ่มก่อนฤดูฝน") == "present"


@pytest.mark.parametrize(
    "lines",
    [
        ("# 4.1 สรุปผลการจัดซื้อ", "พบปัญหาฝนตกหนัก และมีข้อเสนอแนะให้เลื่อนงาน"),
        ("# 4.1 การบริหารพัสดุ", "จัดซื้อโดยวิธีเฉพาะเจาะจงเป็นส่วนใหญ่"),
        ("4.1 สรุปผลการจัดซื้อ", "จัดซื้อโดยวิธีเฉพาะเจาะจงเป็นส่วนใหญ่"),
        ("# 1.1 สรุปผลการจัดซื้อ", "จัดซื้อโดยวิธีเฉพาะเจาะจงเป็นส่วนใหญ่"),
    ],
)
def test_what_may_be_the_sections_own_is_no_lack(shipped: Rules, lines: tuple[str, ...]) -> None:
    assert said(shipped, "# ส่วนที่ 4 ข้อเสนอแนะ", *lines) != "empty"


@pytest.mark.parametrize("title", ["# บทที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ", "# 3. ปัญหา อุปสรรค และข้อเสนอแนะ"])
@pytest.mark.parametrize(
    "lines",
    [
        ("# 3.1 การบริหารงานบุคคล", "มีพนักงาน 24 คน ลูกจ้าง 15 คน", "# 3.2 ทะเบียนทรัพย์สิน", "รถยนต์ 3 คัน"),
        ("3.1 ข้าราชการ", "จำนวน 12 ราย แล้วเสร็จ"),
        ("# 3.1 อาคารสถานที่", "เป็นอาคารคอนกรีตสองชั้น"),
    ],
)
def test_parts_that_only_state_what_there_is_are_for_a_person(
    shipped: Rules, title: str, lines: tuple[str, ...]
) -> None:
    assert said(shipped, title, *lines) == "review"


@pytest.mark.parametrize(
    "lines",
    [
        ("# 3.1 การบริหารงานบุคคล", "มีพนักงาน 24 คน ซึ่งไม่เพียงพอ", "# 3.2 พัสดุ", "รถยนต์ 3 คัน"),
        ("# 3.1 การบริหารงานบุคคล", "ควรจัดหาอัตรากำลังทดแทน"),
        ("3.1 การบริหารงานบุคคล", "3.2 การจัดหาพัสดุ ควรเริ่มเร็วขึ้น"),
    ],
)
def test_parts_that_say_what_is_wanting_answer(shipped: Rules, lines: tuple[str, ...]) -> None:
    assert said(shipped, "# บทที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ", *lines) == "present"
