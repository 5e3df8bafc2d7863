"""Names of columns without rules among the lines of a page."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

NAMES = ("*ที่\tโครงการ", "*ผลการดำเนินงาน", "*งบประมาณที่ใช้")
ROWS = ("1\tโครงการปรับปรุง", "\tแสงสว่าง", "แล้วเสร็จ", "2\tโครงการปลูกป่า", "แล้วเสร็จ")


def said(rules: Rules, *lines: str) -> tuple[str, ...]:
    """What is said of both parts in the lines of a page; those behind `*` are bold."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, line.lstrip("*"), page=1, bold=line[0] == "*") for line in lines)
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    whole = EvidencePart(resource, 0, len(blocks))
    return tuple(check_section(wanted, whole, rules.lexicon).status.value for wanted in ("problems", "suggestions"))


@pytest.mark.parametrize("last", [("*ปัญหา/อุปสรรค ข้อเสนอแนะ",), ("*ปัญหา/อุปสรรค\tข้อเสนอแนะ",)])
def test_what_stands_below_names_of_columns_is_for_a_person(shipped: Rules, last: tuple[str, ...]) -> None:
    assert said(shipped, *NAMES, *last, *ROWS) == ("review", "review")
    assert said(shipped, NAMES[0], *last, NAMES[1], "การ", NAMES[2], *ROWS) == ("review", "review")


def test_a_heading_over_numbered_lines_is_answered(shipped: Rules) -> None:
    text = "*ปัญหา อุปสรรค และข้อเสนอแนะ"
    assert said(shipped, "ดำเนินการแล้ว 3 โครงการ", text, "1 ฝนตกหนักควรเริ่มเร็วขึ้น") == ("present", "present")
    assert said(shipped, "*ผลการใช้จ่ายงบประมาณ", "ใช้ไป 3 บาท", text, "1 ฝนตกหนักควรเริ่มเร็วขึ้น") == ("present", "present")
