"""Labels within a line or a cell, projects named like the section, answers on their headings' lines, stamps."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

Both = tuple[str, str]


def both(shipped: Rules, *blocks: Block) -> Both:
    resource = Resource("https://a.go.th/r", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    first, second = (check_section(w, part, shipped.lexicon).status.value for w in ("problems", "suggestions"))
    return first, second


def lines(*texts: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text) for text in texts]


def cells(*rows: tuple[str, ...]) -> list[Block]:
    return [Block(BlockKind.CELL, t, table=0, row=y, col=x) for y, row in enumerate(rows) for x, t in enumerate(row)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3. ปัญหา : ไม่มี อุปสรรค : ไม่มี ข้อเสนอแนะ : ไม่มี", ("present", "present")),
        ("ปัญหา : ฝนตกหนัก  ข้อเสนอแนะ : -", ("present", "empty")),
        ("ปัญหา : - อุปสรรค : - ข้อเสนอแนะ : -", ("empty", "empty")),
        ("ปัญหา/อุปสรรค: ........ ข้อเสนอแนะ: ........", ("empty", "empty")),
    ],
)
def test_labels_on_one_line_have_each_their_own_answer(shipped: Rules, line: str, said: Both) -> None:
    assert both(shipped, *lines("2. งบประมาณ", "เบิกจ่ายร้อยละ 98", line)) == said


@pytest.mark.parametrize(
    "told", ["ปัญหา: ฝนตกหนัก ข้อเสนอแนะ: เริ่มก่อนฤดูฝน", "ปัญหา/อุปสรรค - ฝนตกหนัก\nข้อเสนอแนะ - เริ่มก่อนฤดูฝน"]
)
def test_labels_in_a_cell_of_remarks_are_answered_there(shipped: Rules, told: str) -> None:
    table = cells(("โครงการ", "งบประมาณ", "หมายเหตุ"), ("ถนน", "98,000", told), ("อบรม", "20,000", ""))
    assert both(shipped, *table) == ("present", "present")


def test_projects_that_are_named_like_the_section_are_none(shipped: Rules) -> None:
    rows = ("รับฟังปัญหาและข้อเสนอแนะของประชาชน", "จัดเวที 9 ครั้ง"), ("สำรวจปัญหาอุปสรรคการใช้น้ำ", "1 ครั้ง")
    assert both(shipped, *cells(("โครงการ/กิจกรรม", "ผล"), *rows)) == ("missing", "missing")
    form = ("ชื่อโครงการ", "อบรมอาชีพ"), ("สรุปปัญหา อุปสรรค", "ฝนตกหนัก"), ("ข้อเสนอแนะ", "เริ่มก่อนฤดูฝน")
    assert both(shipped, *cells(*form)) == ("present", "present")


def test_an_answer_on_its_headings_line_is_one_where_the_other_part_is_told_so(shipped: Rules) -> None:
    told = "3. ปัญหาและอุปสรรค ระบบขัดข้องบ่อย จึงบันทึกข้อมูลล่าช้า"
    assert both(shipped, *lines(told, "4. ข้อเสนอแนะ กำหนดค่าปรับและติดตามงาน")) == ("present", "present")
    assert both(shipped, *lines(told, "4. ข้อเสนอแนะ ของกองช่างและกองคลัง")) == ("review", "empty")
    assert both(shipped, *lines("3. ปัญหาและอุปสรรค", "4. ข้อเสนอแนะ กำหนดค่าปรับและติดตามงาน"))[1] == "review"


def stamped(text: str, *, bold: bool = False, line: int = 4) -> list[Block]:
    """A page with a line under its last heading; `line` is its number in the order of drawing."""
    written = [("3. ปัญหา อุปสรรค", 1), ("ฝนตกหนักทำให้งานล่าช้า", 2), ("4. ข้อเสนอแนะ", 3), (text, line), ("ลงชื่อ สมชาย", 5)]
    return [
        Block(BlockKind.PARAGRAPH, each, page=1, line=number, bold=bold and each == text) for each, number in written
    ]


@pytest.mark.parametrize("text", ["สำเนาถูกต้อง", "ตรวจแล้ว", "ใช้ภายในหน่วยงานเท่านั้น", "COPY", "อบต.หนองทราย"])
def test_a_stamp_under_an_empty_heading_is_no_answer(shipped: Rules, text: str) -> None:
    assert both(shipped, *stamped(text, bold=True))[1] != "present"


def test_what_is_drawn_last_or_is_no_thai_is_for_a_person_unless_it_says_something(shipped: Rules) -> None:
    assert both(shipped, *stamped("กองช่างและกองคลัง", line=9))[1] == "review"
    assert both(shipped, *stamped("Scanned with CamScanner"))[1] == "review"
    assert both(shipped, *stamped("ควรเริ่มงานก่อนฤดูฝน", line=9, bold=True))[1] == "present"
    assert both(shipped, *stamped("- ไม่มี -", line=9, bold=True))[1] == "present"
    assert both(shipped, *stamped("การจราจรติดขัดหน้าตลาด"))[1] == "present"


@pytest.mark.parametrize("ask", ["คำถาม 6: มีข้อเสนอแนะอย่างไร", "6. ท่านมีข้อเสนอแนะหรือไม่", "มีข้อเสนอแนะเพื่อปรับปรุงอย่างไร?"])
def test_a_question_that_is_answered_is_for_a_person(shipped: Rules, ask: str) -> None:
    title = "รายงานผลการดำเนินงานประจำปี"
    assert both(shipped, *lines(title, ask, "ใช้หอกระจายข่าวแจ้งถึงบ้าน"))[1] == "review"
    assert both(shipped, *lines(title, ask, "ไม่มี"))[1] == "review"
    assert both(shipped, *lines(title, ask, "...................."))[1] != "present"


def test_a_paragraph_that_begins_with_the_name_and_goes_on_is_no_sure_lack(shipped: Rules) -> None:
    told = "ปัญหา/อุปสรรค กลุ่มเป้าหมายย้ายถิ่นไปทำงานต่างจังหวัด จำนวนผู้เข้าอบรมจึงไม่ครบตามที่ตั้งไว้ในแผนทั้งปี"
    assert both(shipped, *lines("รายงานผลการดำเนินงาน", told, "ข้อเสนอแนะ")) == ("review", "empty")


def test_headings_that_all_stand_without_a_text_may_have_theirs_beside_them(shipped: Rules) -> None:
    heads = ["1. ผลการดำเนินงาน", "2. การใช้จ่ายงบประมาณ", "3. ปัญหา อุปสรรค", "4. ข้อเสนอแนะ"]
    texts = ["ดำเนินการแล้ว 18 โครงการ", "เบิกจ่ายร้อยละ 95", "ฝนตกหนัก", "ควรเริ่มก่อนฤดูฝน"]
    assert both(shipped, *lines(*heads, *texts)) == ("review", "review")
    told = [line for pair in zip(heads[:2], texts[:2], strict=True) for line in pair]
    assert both(shipped, *lines(*told, *heads[2:])) == ("empty", "empty")


P, S = "กลุ่มเป้าหมายย้ายถิ่นไปทำงานต่างจังหวัด", "จัดอบรมวันหยุดและแจ้งล่วงหน้า"
TITLE = "รายงานผลการดำเนินงานประจำปี"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((f"ปัญหา/อุปสรรค\t{P}", f"ข้อเสนอแนะ\t{S}"), ("present", "present")),
        ((f"3. ปัญหา/อุปสรรค\t\t{P}", f"4. ข้อเสนอแนะ\t\t{S}"), ("present", "present")),
        (("ปัญหา/อุปสรรค\tขาดคน", "ข้อเสนอแนะ\tเพิ่มอัตรากำลัง"), ("present", "present")),
        ((f"ปัญหา/อุปสรรค\t{P}", "ข้อเสนอแนะ"), ("present", "empty")),
        (("ปัญหา/อุปสรรค", f"ข้อเสนอแนะ\t{S}"), ("empty", "present")),
        (("ปัญหา/อุปสรรค\tไม่มี", "ข้อเสนอแนะ\t-"), ("present", "empty")),
        (("ปัญหา/อุปสรรค\t:\tขาดคน", "ข้อเสนอแนะ\t:"), ("present", "empty")),
        (("ปัญหา/อุปสรรค\tของงานก่อสร้าง", f"ข้อเสนอแนะ\t{S}"), ("empty", "present")),
        ((f"ปัญหา/อุปสรรค\t{P}\tข้อเสนอแนะ\t{S}",), ("present", "present")),
        ((f"ปัญหา/อุปสรรค\t{P}\tข้อเสนอแนะ",), ("present", "empty")),
        (("ปัญหา อุปสรรค\t12", "ข้อเสนอแนะ\t13"), ("empty", "empty")),
    ],
)
def test_a_tab_parts_a_label_from_its_answer(shipped: Rules, texts: tuple[str, ...], said: Both) -> None:
    assert both(shipped, *lines(TITLE, *texts)) == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("ปัญหา/อุปสรรค\tข้อเสนอแนะ", f"{P}\t{S}"), ("present", "present")),
        (("ปัญหา/อุปสรรค\tข้อเสนอแนะ",), ("empty", "empty")),
        (("ปัญหา/อุปสรรค\tข้อเสนอแนะ", P), ("review", "review")),
        (("โครงการ\tปัญหา\tข้อเสนอแนะ", f"อบรม\t{P}\t{S}", "ถนน\tไม่มี\tไม่มี"), ("present", "present")),
        (("โครงการ\tปัญหา\tข้อเสนอแนะ", f"อบรม\t{P}", "ถนน\tไม่มี"), ("present", "empty")),
        (("โครงการ\tปัญหา\tข้อเสนอแนะ", f"อบรม\t\t{S}"), ("empty", "present")),
        (("โครงการ\tปัญหา\tข้อเสนอแนะ", "อบรม", "ถนน"), ("review", "review")),
        (("โครงการ\t\tปัญหา\tข้อเสนอแนะ", f"อบรม\t{P}\t{S}"), ("present", "present")),
        (("โครงการ\tปัญหา\tข้อเสนอแนะ", f"1\tอบรม\t{P}\t{S}"), ("review", "review")),
    ],
)
def test_names_between_tabs_head_columns(shipped: Rules, texts: tuple[str, ...], said: Both) -> None:
    assert both(shipped, *lines(TITLE, *texts)) == said


def test_a_gap_within_a_line_of_a_page_may_be_that_of_two_columns(shipped: Rules) -> None:
    page = [Block(BlockKind.PARAGRAPH, text, page=1) for text in (f"ปัญหา/อุปสรรค\t{P}", f"ข้อเสนอแนะ\t{S}")]
    assert both(shipped, *page) == ("review", "review")
