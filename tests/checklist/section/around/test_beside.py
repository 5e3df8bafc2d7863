"""What stands beside the lines of a section: pictures, bullets of the heading's own kind, heads and feet of pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind, Zone


def said(rules: Rules, *blocks: Block, kind: ResourceKind = ResourceKind.DOCUMENT, wanted: str = "problems") -> str:
    resource = Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=kind, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    return check_section("problems" if wanted == "problems" else "suggestions", part, rules.lexicon).status.value


def line(text: str, zone: Zone = Zone.CONTENT) -> Block:
    return Block(BlockKind.PARAGRAPH, text, zone=zone)


_PICTURE = Block(BlockKind.IMAGE, "")


def test_a_picture_under_a_heading_may_be_its_answer(shipped: Rules) -> None:
    heads = line("3. ปัญหา อุปสรรค"), line("4. ข้อเสนอแนะ")
    assert said(shipped, heads[0], _PICTURE, heads[1]) == "review"
    assert said(shipped, heads[0], line("........"), _PICTURE, heads[1]) == "review"
    assert said(shipped, heads[0], heads[1], _PICTURE) == "empty"
    assert said(shipped, heads[0], line("ภาคผนวก"), _PICTURE) == "empty"
    assert said(shipped, heads[0], line("ไม่มี"), _PICTURE) == "present"
    photo = replace(_PICTURE, src="word/media/image1.jpeg")
    assert said(shipped, heads[0], photo, heads[1]) == "empty"


def test_a_picture_in_a_cell_may_be_its_answer(shipped: Rules) -> None:
    cells = [Block(BlockKind.CELL, text, table=0, row=at, col=0) for at, text in enumerate(("โครงการ", "ถนน", "ไฟฟ้า"))]
    beside = [replace(cell, text=text, col=1) for cell, text in zip(cells, ("ปัญหา อุปสรรค", "", ""), strict=True)]
    rows = [block for pair in zip(cells, beside, strict=True) for block in pair]
    assert said(shipped, *rows) == "empty"
    assert said(shipped, *rows, _PICTURE) == "review"


@pytest.mark.parametrize("bullet", ["»", "•", "❖", "➤"])
def test_a_line_behind_the_headings_own_bullet_may_be_the_next_heading(shipped: Rules, bullet: str) -> None:
    head = line(f"{bullet} ปัญหา/อุปสรรค")
    assert said(shipped, head, line(f"{bullet} แหล่งข้อมูลประกอบ")) == "review"
    assert said(shipped, head, line(f"{bullet} ผู้ให้ข้อมูล"), line("หัวหน้ากลุ่มอำนวยการ")) == "empty"
    assert said(shipped, head, line(f"{bullet} ฝนตกหนักทำให้งานล่าช้า")) == "present"
    assert said(shipped, head, line(f"{bullet} ไม่มี")) == "present"
    assert said(shipped, head, line("○ แหล่งข้อมูลประกอบ")) == "present"


def test_the_section_in_the_foot_of_pages_needs_a_person(shipped: Rules) -> None:
    text = line("ผลการดำเนินงานครบทุกโครงการ")
    foot = line("ปัญหา อุปสรรค", Zone.FOOTER), line("ไม่มี", Zone.FOOTER)
    assert said(shipped, text, *foot) == "review"
    assert said(shipped, text, *foot, wanted="suggestions") == "missing"
    assert said(shipped, text, line("กองแผนงานและงบประมาณ", Zone.FOOTER)) == "missing"
    assert said(shipped, text, *foot, kind=ResourceKind.PAGE) == "missing"
