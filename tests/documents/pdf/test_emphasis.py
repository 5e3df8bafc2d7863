"""Lines that stand out by their font."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import Block, BlockKind
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import grid, pdf, write

RUNNING = "The office carried out all projects of its plan within the budget year and reports on them below."
LATIN = ("Helvetica", "Helvetica-Bold")


def blocks(body: bytes) -> list[Block]:
    return list(read_pdf(body, ReadLimits(ocr_pages=0)).blocks)


def lines(canvas: Canvas, *texts: tuple[str, str, float]) -> None:
    for at, (text, font, size) in enumerate(texts):
        canvas.setFont(font, size)
        canvas.drawString(50, 780 - 30 * at, text)


def test_a_bold_line_is_marked_and_a_numbered_one_is_a_heading() -> None:
    plain, bold = LATIN

    def draw(canvas: Canvas) -> None:
        lines(
            canvas,
            ("1. Results", bold, 11),
            (RUNNING, plain, 11),
            ("Problems met", bold, 11),
            (RUNNING, plain, 11),
            ("2. the second of many", plain, 11),
        )

    found = blocks(pdf(draw))
    assert [block.bold for block in found] == [True, False, True, False, False]
    assert [block.kind for block in found] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 4]


def test_a_larger_line_stands_out_and_has_the_higher_level() -> None:
    plain, bold = LATIN

    def draw(canvas: Canvas) -> None:
        lines(canvas, ("1. Chapter", plain, 18), (RUNNING, plain, 11), ("1.1 Part", bold, 11), (RUNNING, plain, 11))

    found = blocks(pdf(draw))
    assert [block.bold for block in found] == [True, False, True, False]
    assert 0 < found[0].level < found[2].level


def test_where_all_is_bold_nothing_stands_out() -> None:
    bold = LATIN[1]
    body = pdf(lambda canvas: lines(canvas, *[(f"{n}. Line", bold, 11) for n in range(1, 8)]))
    assert not any(block.bold for block in blocks(body))


def test_a_bold_label_before_its_answer_is_no_heading() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, (RUNNING, LATIN[0], 11))
        canvas.setFont(LATIN[1], 11)
        canvas.drawString(50, 700, "Problems:")
        canvas.setFont(LATIN[0], 11)
        canvas.drawString(120, 700, "none so far")

    assert [block.bold for block in blocks(pdf(draw))] == [False, False]


def test_lines_over_a_table_are_marked_too() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ("2. Problems", LATIN[1], 11), (RUNNING, LATIN[0], 11))
        canvas.setFont("Drawn", 12)
        grid(canvas, (("ที่", "ปัญหา"), ("1", "ไม่มี")), (60, 200, 500), 600)
        write(canvas, ["หมายเหตุท้ายตาราง"], y=480)

    assert [block.bold for block in blocks(pdf(draw)) if block.kind is not BlockKind.CELL] == [True, False, False]


def test_a_tab_stands_where_a_line_goes_on_in_another_column() -> None:
    plain, bold = LATIN

    def draw(canvas: Canvas) -> None:
        lines(canvas, (RUNNING, plain, 11), ("Left", bold, 11))
        canvas.drawString(320, 750, "Right")
        canvas.drawString(50, 720, "Near")
        canvas.drawString(95, 720, "by")

    assert [block.text for block in blocks(pdf(draw))][1:] == ["Left\tRight", "Near by\t"]


def test_a_line_alone_in_one_of_two_columns_has_a_tab_for_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        rows = [(60, "ปัญหา อุปสรรค"), (320, "ข้อเสนอแนะ"), (320, "ไม่มี"), (60, "ขาดคน"), (60, RUNNING[:80]), (60, "ไม่มี")]
        for (x, text), y in zip(rows, (700, 700, 674, 648, 622, 596), strict=True):
            canvas.drawString(x, y, text)

    texts = [block.text for block in blocks(pdf(draw))]
    assert texts == ["ปัญหา อุปสรรค\tข้อเสนอแนะ", "\tไม่มี", "ขาดคน\t", RUNNING[:80].rstrip(), "ไม่มี"]


@pytest.mark.parametrize("table", [False, True])
def test_texts_beside_heads_that_were_drawn_before_them_stand_behind_their_heads(table: bool) -> None:
    heads = ["1. ผลการดำเนินงาน", "3. ปัญหา อุปสรรค", "4. ข้อเสนอแนะ"]
    texts = ["ดำเนินการแล้ว 18 โครงการ จาก 20 โครงการ", "ฝนตกหนักทำให้งานก่อสร้างล่าช้า", "ควรเริ่มงานก่อสร้างก่อนฤดูฝน"]

    def draw(canvas: Canvas) -> None:
        write(canvas, heads, y=500, step=50)
        write(canvas, texts, x=220, y=500, step=50)
        if table:
            grid(canvas, [["โครงการ", "งบประมาณ"], ["ซ่อมถนน", "98,000"]], (60, 200, 400), 700)

    said = [b.text for b in read_pdf(pdf(draw), ReadLimits(ocr_pages=0)).blocks if b.kind is not BlockKind.CELL]
    assert said == [line for pair in zip(heads, texts, strict=True) for line in pair]
