"""The title of a document over two lines of its cover."""

from __future__ import annotations

from datetime import date

import pytest

from checklist.rules.model import Rules
from core.models.snapshot import Block, BlockKind, Reading, ReadState, ResourceKind
from oit.check_file import judge_reading


def subject(rules: Rules, *lines: str) -> str:
    """What is said of "a manual of which work" in a document of these lines."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    read = Reading(kind=ResourceKind.DOCUMENT, state=ReadState.READ, blocks=blocks)
    edition = next(one for one in rules.editions if one.year == 2565)
    judged = judge_reading("a.docx", b"x", read, edition, "O13", date(2022, 4, 30), dict(rules.lexicon), "provincial")
    return next(f.status.value for f in judged.verdict.findings if f.element == "subject")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("คู่มือ", "การเบิกค่าเช่าบ้าน"),
        ("คู่มือการปฏิบัติงาน", "เรื่อง การจัดเก็บภาษีที่ดิน"),
        ("คู่มือการปฏิบัติงาน", "ด้านการเงินและบัญชี"),
        ("คู่มือปฏิบัติงาน", "งานสารบรรณ"),
    ],
)
def test_the_next_line_says_of_what_it_is(shipped: Rules, first: str, second: str) -> None:
    assert subject(shipped, first, second, "ขั้นตอน", "รับคำขอ") == "present"


def test_the_name_itself_may_stand_on_two_lines(shipped: Rules) -> None:
    assert subject(shipped, "คู่มือ", "การปฏิบัติงาน", "งานจัดเก็บภาษีที่ดิน", "ขั้นตอน", "รับคำขอ") == "present"
    assert subject(shipped, "คู่มือ", "การปฏิบัติงาน", "องค์การบริหารส่วนตำบลบ้านทดลอง") != "present"


@pytest.mark.parametrize("between", ["เรื่อง", "(Standard Operating Procedure)"])
def test_what_only_leads_on_may_stand_between(shipped: Rules, between: str) -> None:
    title = "คู่มือการปฏิบัติงาน"
    assert subject(shipped, title, between, "การเบิกจ่ายเงินสวัสดิการ", "ขั้นตอน", "รับคำขอ") == "present"
    assert subject(shipped, title, between, "องค์การบริหารส่วนตำบลบ้านทดลอง") == "missing"


@pytest.mark.parametrize("title", ["คู่มือการปฏิบัติงานการรับเรื่องร้องเรียน", "คู่มือการปฏิบัติงาน งานพัสดุ", "คู่มือการเบิกค่าเช่าบ้าน"])
def test_a_title_says_itself_of_what_it_is(shipped: Rules, title: str) -> None:
    assert subject(shipped, title, "ขั้นตอนการรับคำขอ") == "present"


def test_a_page_whose_heading_is_its_title(shipped: Rules) -> None:
    title = "คู่มือการปฏิบัติงาน"
    for lines in ((f"{title}งานสารบรรณ", "ขั้นตอนการรับคำขอ"), (title, "เรื่อง การจัดเก็บภาษีที่ดิน")):
        blocks = (Block(BlockKind.HEADING, lines[0], level=1), Block(BlockKind.PARAGRAPH, lines[1]))
        read = Reading(kind=ResourceKind.PAGE, state=ReadState.READ, blocks=blocks, title=lines[0])
        edition = next(one for one in shipped.editions if one.year == 2565)
        judged = judge_reading("a", b"x", read, edition, "O13", date(2022, 4, 30), dict(shipped.lexicon), "provincial")
        assert "present" in {f.status.value for f in judged.verdict.findings if f.element == "subject"}


def test_a_title_without_a_topic_says_of_nothing(shipped: Rules) -> None:
    assert subject(shipped, "คู่มือการปฏิบัติงาน", "องค์การบริหารส่วนตำบลบ้านทดลอง") == "missing"
