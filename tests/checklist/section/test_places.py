"""The section in sheets, two-row headers, questionnaires without pages; and what only looks like it."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind, Zone


def _both(shipped: Rules, *blocks: Block) -> tuple[str, str]:
    resource = Resource("https://a.go.th/r", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    first, second = (check_section(w, part, shipped.lexicon).status.value for w in ("problems", "suggestions"))
    return first, second


def _cells(*rows: tuple[str, ...], sheet: str = "", top: int = 0) -> list[Block]:
    return [
        Block(BlockKind.CELL, text, table=0, row=top + y, col=x, sheet=sheet)
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    ]


def _lines(*texts: str) -> list[Block]:
    return [
        Block(BlockKind.HEADING, t[2:], level=2) if t.startswith("# ") else Block(BlockKind.PARAGRAPH, t) for t in texts
    ]


def test_a_sheet_holds_lines_and_tables(shipped: Rules) -> None:
    title = ("รายงานผลการดำเนินงาน 2565", "", "")
    table = (("งาน", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ"), ("ก", "ฝนตกหนัก", ""), ("ข", "", ""))
    assert _both(shipped, *_cells(title, ("", "", ""), *table, sheet="ก")) == ("present", "empty")
    field = ("ปัญหา/อุปสรรค : ฝนตกหนัก", "", ""), ("ข้อเสนอแนะ : -", "", "")
    assert _both(shipped, *_cells(title, ("ก", "ข", "ค"), *field, sheet="ก")) == ("present", "empty")


def test_a_header_of_two_rows(shipped: Rules) -> None:
    top = Block(BlockKind.CELL, "ปัญหา อุปสรรค และข้อเสนอแนะ", table=0, row=0, col=1, span_cols=2)
    name = Block(BlockKind.CELL, "งาน", table=0, row=0, col=0, span_rows=2)
    below = [Block(BlockKind.CELL, t, table=0, row=1, col=x) for x, t in ((1, "ปัญหา/อุปสรรค"), (2, "ข้อเสนอแนะ"))]
    assert _both(shipped, name, top, *below, *_cells(("ก", "", ""), top=2)) == ("empty", "empty")
    assert _both(shipped, name, top, *below, *_cells(("ก", "ฝนตกหนัก", "เลื่อนงาน"), top=2)) == ("present", "present")


def test_each_part_of_a_joint_heading_answers_for_itself(shipped: Rules) -> None:
    blocks = _lines("# 5. ปัญหา อุปสรรค และข้อเสนอแนะ", "5.1 ปัญหา อุปสรรค", "ไม่มี", "5.2 ข้อเสนอแนะ", "-")
    assert _both(shipped, *blocks) == ("present", "empty")


def test_a_number_that_was_misread_keeps_the_heading(shipped: Rules) -> None:
    assert _both(shipped, *_lines("«. ปัญหา/อุปสรรค", "ฝนตกหนักมาก"))[0] == "present"


def test_the_lines_around_a_pages_text_are_no_answer(shipped: Rules) -> None:
    running = Block(BlockKind.PARAGRAPH, "รายงานประจำปี อำเภอสมมุติ", zone=Zone.FOOTER)
    heading = Block(BlockKind.PARAGRAPH, "ข้อเสนอแนะ", zone=Zone.FOOTER)
    assert _both(shipped, *_lines("3. ปัญหา อุปสรรค"), running) == ("empty", "missing")
    assert _both(shipped, *_lines("3. ปัญหา อุปสรรค", "ขาดคน"), running, heading) == ("present", "missing")


@pytest.mark.parametrize("number", ["3", "๓", "3.", "(3)", "3.1"])
def test_the_number_of_a_row_stands_before_its_name(shipped: Rules, number: str) -> None:
    rows = [(number, "ปัญหา อุปสรรค", "ฝนตกหนัก"), ("4", "ข้อเสนอแนะ", "ไม่มี")]
    assert _both(shipped, *_cells(("1", "ผลงาน", "แล้วเสร็จ"), *rows)) == ("present", "present")
    blank = [(number, "ปัญหา อุปสรรค", ""), ("4", "ข้อเสนอแนะ", "-")]
    assert _both(shipped, *_cells(("1", "ผลงาน", "แล้วเสร็จ"), *blank)) == ("empty", "empty")


@pytest.mark.parametrize("name", ["สรุปข้อเสนอแนะ", "ประชุมรับฟังข้อเสนอแนะ"])
def test_a_numbered_step_of_a_plan_is_no_section(shipped: Rules, name: str) -> None:
    steps = _cells(("ที่", "ขั้นตอน", "เวลา"), ("1", "รับเรื่อง", "หนึ่งวัน"), ("2", name, "สามวัน"))
    assert _both(shipped, *steps)[1] == "missing"


def test_one_text_under_its_columns_name_belongs_to_the_column(shipped: Rules) -> None:
    names = ("ปัญหา อุปสรรค", "ข้อเสนอแนะ")
    title = ("รายงานผลการดำเนินงาน 2564", "")
    text = "บุคลากรบางส่วนโอนย้ายระหว่างปี ทำให้งานหลายโครงการขาดความต่อเนื่องและล่าช้ากว่าแผนที่ตั้งไว้ในปีก่อน"
    assert _both(shipped, *_cells(title, names, (text, ""), sheet="ก")) == ("present", "empty")
    assert _both(shipped, *_cells(title, names, ("", text), sheet="ก")) == ("empty", "present")


@pytest.mark.parametrize("blank", ["", "-", "......"])
def test_a_blank_cell_below_a_line_of_a_page_is_its_empty_answer(shipped: Rules, blank: str) -> None:
    rows = _cells(("3. ปัญหา อุปสรรค",), (blank,), ("4. ข้อเสนอแนะ",), (blank,))
    blocks = (*_lines("ผลงาน", "แล้วเสร็จ"), *rows)
    resource = Resource("https://a.go.th/r", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    assert [check_section(w, part, shipped.lexicon).status.value for w in ("problems", "suggestions")] == ["empty"] * 2


ABSENT = {
    "swot": _cells(("ด้าน", "รายละเอียด"), ("จุดแข็ง", "คนมีความรู้"), ("โอกาส", "มีนโยบาย"), ("อุปสรรค (T)", "ภัยธรรมชาติ")),
    "complaint kinds": _cells(("เรื่อง", "จำนวน"), ("ข้อเสนอแนะ/ข้อคิดเห็น/คำชมเชย", "สิบสองเรื่อง"), ("ร้องเรียน", "ไม่มี")),
    "activity": _cells(
        ("ที่", "ขั้นตอน", "เวลา"), ("1", "ประชุมงาน", "5 วัน"), ("2", "สรุปข้อเสนอแนะ ปัญหา และอุปสรรค", "สามวัน")
    ),
    "guidance": _lines("ข้อ 7 ปัญหา อุปสรรค ให้ระบุปัญหาที่เกิดขึ้นระหว่างดำเนินงาน หากไม่มีให้ระบุว่าไม่มี", "ข้อความของแบบ"),
    "questionnaire": _lines("# ภาคผนวก แบบสอบถาม", "ตอนที่ 2 ปัญหา ข้อเสนอแนะในการใช้บริการ", "......................"),
    "earlier year": _lines(
        "รายงานปี 2565", "# ปัญหาและอุปสรรค ปีงบประมาณ พ.ศ. 2561", "ฝนตกหนัก", "# ข้อเสนอแนะ ปี 2561", "เลื่อน"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ABSENT)
def test_what_only_looks_like_the_section(shipped: Rules, name: str) -> None:
    assert _both(shipped, *ABSENT[name]) == ("missing", "missing")


def test_the_same_answer_on_every_page_is_an_answer_each_time(shipped: Rules) -> None:
    """A form for each project, filled in alike: its last line is no running footer."""
    lines = ("ปัญหา อุปสรรค", "ขาดแคลนบุคลากร", "ข้อเสนอแนะ", "ควรจัดสรรงบประมาณเพิ่มเติมให้เพียงพอ")
    forms = [Block(BlockKind.PARAGRAPH, line, page=page) for page in (1, 2) for line in lines]
    assert _both(shipped, *forms) == ("present", "present")


def test_a_footer_below_one_heading_is_no_answer(shipped: Rules) -> None:
    pages = (("ปัญหา อุปสรรค", "ขาดแคลนบุคลากร"), ("รายละเอียดของโครงการ", "ข้อเสนอแนะ"))
    footer = "องค์การบริหารส่วนตำบลนาสวน"
    texts = [(text, at) for at, page in enumerate(pages, 1) for text in (*page, footer)]
    assert _both(shipped, *(Block(BlockKind.PARAGRAPH, text, page=at) for text, at in texts)) == ("present", "empty")


def test_a_list_under_the_heading_before_is_no_run_of_headings(shipped: Rules) -> None:
    """Texts of bare headings may stand in a column beside them; a list that happens to end right before does not."""
    heads = _lines("๑. งบประมาณที่ใช้", "งบ 20,000 บาท", "๒. ปัญหา อุปสรรค", "๑. ข้อมูลจากพื้นที่ส่งมาไม่ครบ", "๒. ฝนตกหนัก")
    answer = _lines("๓. ข้อเสนอแนะ", "๑. ควรเร่งรัดตั้งแต่ไตรมาสแรก", "๒. ควรประสานงาน")
    assert _both(shipped, *heads, *answer) == ("present", "present")
    bare = _lines("๑. งบประมาณที่ใช้", "๒. ผลการดำเนินงาน", "๓. ข้อเสนอแนะ", "ควรเร่งรัดตั้งแต่ไตรมาสแรก")
    assert _both(shipped, *bare)[1] == "review"


def test_names_and_texts_behind_an_empty_row_are_no_rows_of_the_table(shipped: Rules) -> None:
    table = _cells(("ที่", "โครงการ", "ผลการดำเนินงาน", "งบประมาณ"), ("1", "ขุดลอกคลอง", "แล้วเสร็จ", "26000"), sheet="ก")
    named = _cells(("", "ปัญหา/อุปสรรค", "ฝนตกหนัก"), ("", "ข้อเสนอแนะ", "เลื่อนเวลา"), sheet="ก", top=3)
    assert _both(shipped, *table, *named) == ("present", "present")


def test_rows_behind_hidden_ones_are_the_tables(shipped: Rules) -> None:
    table = _cells(("ที่", "โครงการ", "ปัญหา อุปสรรค", "ข้อเสนอแนะ"), sheet="ก")
    rows = _cells(("9", "ขุดลอกคลอง", "ฝนตกหนัก", "เลื่อนเวลา"), sheet="ก", top=5)
    assert _both(shipped, *table, *rows) == ("present", "present")
