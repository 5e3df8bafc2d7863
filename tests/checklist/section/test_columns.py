"""Headings side by side on a page, labels with their answers in one cell, and a table whose names stand alone."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def both(shipped: Rules, *blocks: Block) -> tuple[str, str]:
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    whole = EvidencePart(resource, 0, len(blocks))
    problems, suggestions = (check_section(w, whole, shipped.lexicon) for w in ("problems", "suggestions"))
    return problems.status.value, suggestions.status.value


def line(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=1, bold="อุปสรรค" in text)


def row(at: int, *texts: str, table: int = 0, page: int = 1) -> list[Block]:
    return [Block(BlockKind.CELL, text, table=table, row=at, col=col, page=page) for col, text in enumerate(texts)]


TWO = "ปัญหา อุปสรรค\tข้อเสนอแนะ"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((TWO,), ("empty", "empty")),
        ((TWO, "ขอรับงบเพิ่มเติม"), ("review", "review")),
        ((TWO, "งบประมาณมีจำกัด\tขอรับงบเพิ่มเติม"), ("present", "present")),
        ((TWO, "-\tขอรับงบเพิ่มเติม"), ("empty", "present")),
        ((TWO, "ไม่มี\tไม่มี"), ("present", "present")),
        ((TWO, "ไม่มี\t"), ("present", "empty")),
        ((TWO, "\tขอรับงบเพิ่มเติม"), ("empty", "present")),
        ((TWO, "\tขอรับงบเพิ่มเติม", "ขาดคน\t"), ("present", "present")),
        ((TWO, "ไม่มี\t", "ขอแสดงความนับถือ"), ("present", "review")),
        (("ปัญหา อุปสรรค\tไม่มี", "ข้อเสนอแนะ\tไม่มี"), ("present", "present")),
    ],
)
def test_headings_side_by_side_are_answered_column_by_column(
    shipped: Rules, lines: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert both(shipped, *map(line, lines)) == expected


def test_names_alone_at_the_foot_of_a_page_head_the_table_on_the_next(shipped: Rules) -> None:
    names = row(0, "โครงการ", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ")
    below = row(0, "ซ่อมฝาย", "ดินทรุด", "", table=1, page=2)
    assert both(shipped, *names, *below) == ("present", "empty")


def test_names_in_two_rows_at_the_foot_of_a_page_head_the_table_on_the_next(shipped: Rules) -> None:
    def cell(text: str, at: int, col: int, rows: int = 1, cols: int = 1) -> Block:
        return Block(BlockKind.CELL, text, page=1, table=0, row=at, col=col, span_rows=rows, span_cols=cols)

    over = [cell("โครงการ", 0, 0, rows=2), cell("การประเมินผล", 0, 1, cols=2)]
    names = [*over, cell("ปัญหาอุปสรรค", 1, 1), cell("ข้อเสนอแนะ", 1, 2)]
    spilt = [line("โครงการซ่อมฝาย"), line("ระยะที่สอง")]
    for answers, expected in ((("ดินทรุด", "เสริมคันดิน"), "present"), (("", ""), "empty")):
        below = [*row(0, "ขุดบ่อ", *answers, table=1, page=2), *row(1, "ทำถนน", *answers, table=1, page=2)]
        assert both(shipped, *names, *below) == (expected, expected)
        unsure = "review" if expected == "empty" else expected
        assert both(shipped, *names, *spilt, *below) == (unsure, unsure)


def test_a_table_of_another_shape_on_the_next_page_is_another(shipped: Rules) -> None:
    names = row(0, "โครงการ", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ")
    below = row(0, "ซ่อมฝาย", "ดินทรุด", table=1, page=2)
    assert "present" not in both(shipped, *names, *below)


def test_a_label_and_what_is_written_below_it_in_the_last_row(shipped: Rules) -> None:
    boxes = row(0, "ปัญหา อุปสรรค\nขาดคน", "ข้อเสนอแนะ\n............")
    assert both(shipped, *boxes) == ("present", "empty")


def test_a_name_of_two_lines_holds_no_answer(shipped: Rules) -> None:
    assert "present" not in both(shipped, *row(0, "ปัญหา อุปสรรค\nในการดำเนินงาน", "ข้อเสนอแนะ\nเพื่อการพัฒนา"))
    assert both(shipped, *row(0, "ปัญหา อุปสรรค\nของงานก่อสร้าง", "ข้อเสนอแนะ\nเพิ่มคน")) == ("review", "present")


@pytest.mark.parametrize("behind", ["มีดังต่อไปนี้", "พอสรุปได้ดังนี้", "ที่พบมีดังต่อไปนี้", "ในการดำเนินงานมีข้อสรุปดังต่อไปนี้"])
def test_words_that_lead_to_an_answer_are_none(shipped: Rules, behind: str) -> None:
    found = both(shipped, line(f"3. ปัญหา อุปสรรค {behind}"), line("4. ข้อเสนอแนะ"), line("ไม่มี"))
    assert found[0] in ("empty", "review")


def test_an_answer_may_name_the_next_of_several_places(shipped: Rules) -> None:
    lines = ("หมู่ที่ 1 ดำเนินการแล้วเสร็จ", "3. ปัญหา อุปสรรค", "หมู่ที่ 2 น้ำประปาไม่ไหล", "4. ข้อเสนอแนะ", "ไม่มี")
    assert both(shipped, *map(line, lines)) == ("present", "present")


@pytest.mark.parametrize("foot", ["หน้า {}", "หน้า {} จาก 3", "- {} -"])
def test_numbers_of_pages_do_not_end_a_section(shipped: Rules, foot: str) -> None:
    lines = (foot.format(1), "3. ปัญหา อุปสรรค", foot.format(2), "ขาดแคลนบุคลากร", "4. ข้อเสนอแนะ", "ไม่มี", foot.format(3))
    assert both(shipped, *map(line, lines)) == ("present", "present")


def test_a_slide_of_thanks_is_no_answer(shipped: Rules) -> None:
    assert both(shipped, line("ปัญหา อุปสรรค และข้อเสนอแนะ"), line("ขอบคุณ")) == ("empty", "empty")


def test_a_name_that_its_column_cuts_off_is_the_name(shipped: Rules) -> None:
    names = row(0, "โครงการ", "ปัญหา/อุปสรร", "ข้อเสนอแน")
    assert both(shipped, *names, *row(1, "ซ่อมฝาย", "ดินทรุด", "เสริมคันดิน")) == ("present", "present")
    assert both(shipped, *names, *row(1, "ซ่อมฝาย", "", "")) == ("empty", "empty")
    assert "present" not in both(shipped, *row(0, "โครงการ", "ข้อเสนอ"), *row(1, "ซ่อมฝาย", "เสริมคันดิน"))[1:]


@pytest.mark.parametrize(
    ("problems", "suggestions", "expected"),
    [
        ("ผู้เข้าร่วมมาสาย กำหนดการจึงคลาดเคลื่อน", "เลื่อนกิจกรรมไปช่วงฤดูหนาว", ("present", "present")),
        ("ไม่มี", "-", ("present", "empty")),
        ("", "", ("empty", "empty")),
    ],
)
def test_labels_behind_a_cell_over_several_rows_are_answered_beside_them(
    shipped: Rules, problems: str, suggestions: str, expected: tuple[str, str]
) -> None:
    def cell(text: str, at: int, col: int, rows: int = 1) -> Block:
        return Block(BlockKind.CELL, text, page=1, table=0, row=at, col=col, span_rows=rows)

    first = [cell("สรุป", 0, 0, rows=2), cell("ปัญหา/อุปสรรค", 0, 1), cell(problems, 0, 2)]
    assert both(shipped, *first, cell("ข้อเสนอแนะ", 1, 1), cell(suggestions, 1, 2)) == expected


def test_the_name_of_an_indicator_is_no_section(shipped: Rules) -> None:
    names = row(0, "ตัวชี้วัด", "ผล")
    rows = [*row(1, "ร้อยละของปัญหาที่ได้รับการแก้ไข", "92"), *row(2, "จำนวนข้อเสนอแนะที่นำไปปฏิบัติ", "7")]
    assert both(shipped, *names, *rows) == ("missing", "missing")
