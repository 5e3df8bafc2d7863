"""Tables of PDFs without rules: cells only where the places of the writing show them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import Block, BlockKind
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import pdf, write

HEAD = ("ที่", "โครงการ", "ผลการดำเนินงาน", "ปัญหา/\nอุปสรรค", "ข้อเสนอแนะ")
EDGES = (60, 90, 210, 320, 420)
BLANK = (
    ("1", "โครงการอบรม\nอาชีพ", "แล้วเสร็จ", "", ""),
    ("2", "โครงการปลูกป่า", "แล้วเสร็จ", "", ""),
)
FILLED = (
    ("1", "โครงการอบรม\nอาชีพ", "แล้วเสร็จ", "ฝนตกหนัก", "ควรเริ่ม\nก่อนฤดูฝน"),
    ("2", "โครงการปลูกป่า", "แล้วเสร็จ", "ไม่มี", "-"),
)


def draw(canvas: Canvas, rows: Sequence[Sequence[str]], top: float = 700, edges: Sequence[float] = EDGES) -> None:
    """Rows whose writing begins at the left edges of their columns."""
    for row in rows:
        for left, text in zip(edges, row, strict=True):
            write(canvas, text.split("\n"), left, top, 17)
        top -= 17 * max(text.count("\n") + 1 for text in row) + 9


def page(canvas: Canvas, rows: Sequence[Sequence[str]], below: str = "") -> None:
    """A title, a table, and a line below it."""
    write(canvas, ["รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2565"], 140, 780)
    draw(canvas, rows)
    write(canvas, [below], 60, 400)


def cells(blocks: Sequence[Block]) -> dict[tuple[int, int], str]:
    return {(b.row or 0, b.col or 0): b.text for b in blocks if b.kind is BlockKind.CELL}


def read(rows: Sequence[Sequence[str]], below: str = "") -> tuple[Block, ...]:
    return read_pdf(pdf(partial(page, rows=rows, below=below)), ReadLimits()).blocks


@pytest.mark.parametrize("rows", [BLANK, FILLED])
def test_columns_of_numbered_rows_are_cells(rows: Sequence[Sequence[str]]) -> None:
    blocks = read((HEAD, *rows), "3. ปัญหา อุปสรรค")
    table = [HEAD, *rows]
    assert cells(blocks) == {(r, c): text for r, row in enumerate(table) for c, text in enumerate(row)}
    assert [b.text for b in blocks if b.kind is not BlockKind.CELL][-1] == "3. ปัญหา อุปสรรค"


def test_a_table_goes_on_in_its_columns_on_the_next_page() -> None:
    more = (("3", "โครงการตรวจสุขภาพ", "แล้วเสร็จ", "", "ควรเพิ่มคน"),)
    body = pdf(partial(draw, rows=(HEAD, *BLANK), top=200), partial(draw, rows=more, top=780))
    blocks = read_pdf(body, ReadLimits()).blocks
    assert {b.table for b in blocks if b.kind is BlockKind.CELL} == {0}
    assert cells(blocks)[3, 4] == "ควรเพิ่มคน"


def test_names_that_come_again_on_the_next_page_are_no_answers() -> None:
    more = (HEAD, ("3", "โครงการตรวจสุขภาพ", "แล้วเสร็จ", "", ""), ("4", "โครงการปลูกป่า", "แล้วเสร็จ", "", ""))
    body = pdf(partial(draw, rows=(HEAD, *BLANK), top=200), partial(draw, rows=more, top=780))
    names = {"ปัญหา/\nอุปสรรค", ""}
    assert {b.text for b in read_pdf(body, ReadLimits()).blocks if b.kind is BlockKind.CELL and b.col == 3} == names


@pytest.mark.parametrize(
    "rows",
    [
        # Names that nothing shows to be names.
        (HEAD[1:], BLANK[0][1:], BLANK[1][1:]),
        # Writing that runs over into the next column.
        (HEAD, ("1", "โครงการอบรมอาชีพระยะสั้นสำหรับผู้สูงอายุในตำบล", "แล้วเสร็จ", "", ""), BLANK[1]),
        # More rows below a line that stands in none of them.
        (HEAD, *BLANK, ("ด้านสังคม", "", "", "", ""), *FILLED),
        # A column that has no name.
        (("ที่", "โครงการ", "", "ปัญหา", "ข้อเสนอแนะ"), *BLANK),
        # Two columns: a text beside another one.
        (("ที่", "โครงการ", "", "", ""), ("1", "อบรม", "", "", ""), ("2", "ปลูกป่า", "", "", "")),
    ],
)
def test_what_cannot_be_shown_stays_lines(rows: Sequence[Sequence[str]]) -> None:
    edges = EDGES[-len(rows[0]) :]
    blocks = read_pdf(pdf(partial(draw, rows=rows, edges=edges)), ReadLimits()).blocks
    assert not cells(blocks)


def test_a_blank_column_is_shown_only_if_no_writing_may_be_its_own() -> None:
    # A name in the middle of its column, and what may be another's text or its own before it.
    head, edges = ("ที่", "โครงการ", "ผล", "ปัญหา"), (60, 90, 210, 330)
    rows = (("1", "อบรม", "แล้วเสร็จทั้งหมดตามแผน", ""), ("2", "ปลูกป่า", "แล้วเสร็จ", ""))

    def centred(canvas: Canvas) -> None:
        draw(canvas, (head,), 700, (60, 130, 250, 330))
        draw(canvas, rows, 674, edges)

    assert not cells(read_pdf(pdf(centred), ReadLimits()).blocks)


def test_names_in_the_middle_of_their_rows() -> None:
    def middle(canvas: Canvas) -> None:
        write(canvas, ["ที่"], 60, 692)
        write(canvas, ["โครงการ"], 90, 692)
        write(canvas, ["ปัญหา/", "อุปสรรค"], 210, 700, 16)
        for number, top in ((1, 650), (2, 600)):
            write(canvas, [str(number)], 60, top - 8)
            write(canvas, ["ก่อสร้างถนน", "คอนกรีต"], 90, top, 16)
            write(canvas, ["ฝนตกหนัก"], 210, top - 8)

    found = cells(read_pdf(pdf(middle), ReadLimits()).blocks)
    assert found[0, 2] == "ปัญหา/\nอุปสรรค"
    assert found[1, 1] == "ก่อสร้างถนน\nคอนกรีต"
    assert found[2, 2] == "ฝนตกหนัก"


LABELS = ("ผลการดำเนินงาน", "งบประมาณที่ใช้", "ปัญหา อุปสรรค", "ข้อเสนอแนะ")
SAID = ("ซ่อมถนน 3 สาย\nแล้วเสร็จ", "480,000 บาท", "น้ำท่วมขังต้องเลื่อนงาน", "ควรตั้งงบสำรอง")


def test_a_form_whose_labels_stand_apart_is_a_table() -> None:
    rows = list(zip(LABELS, SAID, strict=True))
    blocks = read_pdf(pdf(partial(draw, rows=rows, edges=(60, 300))), ReadLimits()).blocks
    assert cells(blocks) == {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}


@pytest.mark.parametrize(
    "columns",
    [
        # Two columns of text, line by line: what shows that one says something of the other?
        (LABELS, ("ซ่อมถนน 3 สาย", "480,000 บาท", "น้ำท่วมขังต้องเลื่อนงาน", "ควรตั้งงบสำรอง")),
        # Each goes on without the other.
        (("ปัญหา อุปสรรค", "น้ำท่วมขังต้องเลื่อน", "งานออกไปหลายเดือน", "ข้อเสนอแนะ", "ควรตั้งงบสำรอง"),
         ("ผลการดำเนินงาน", "", "ซ่อมถนน 3 สาย", "อบรมอาชีพ 2 รุ่น", "ปลูกป่า 20 ไร่")),
    ],
)  # fmt: skip
def test_two_columns_of_text_are_no_form(columns: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    def beside(canvas: Canvas) -> None:
        write(canvas, columns[0], 60, 700, 17)
        write(canvas, columns[1], 300, 700, 17)

    assert not cells(read_pdf(pdf(beside), ReadLimits()).blocks)
