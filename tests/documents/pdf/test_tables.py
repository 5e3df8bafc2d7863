"""Ruled tables of PDFs as cells: merged ones, wrapped headers, tables over several pages, rows cut by a page's end."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import Block, BlockKind
from core.thai.normalize import make_key
from documents.base import ReadLimits
from documents.grid import find_grids
from documents.pdf.reader import read_pdf
from documents.pdf.ruled.tables import without_marks_below
from documents.table_headers import header_rows, join_split_rows, mark_headers
from tests.documents.pdf.drawing import grid as draw_grid
from tests.documents.pdf.drawing import pdf, write
from tests.paths import FONT_FILE

FONT = FONT_FILE
HEAD = ("ที่", "โครงการ", "ปัญหา/\nอุปสรรค", "ข้อเสนอแนะ")
EDGES = (60, 100, 260, 380, 520)


class Paper:
    """A PDF drawn piece by piece, from the top of each page down."""

    def __init__(self) -> None:
        if "Tables" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("Tables", str(FONT)))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=(595, 842))
        self.canvas.setFont("Tables", 11)
        self.y = 790.0

    def line(self, text: str) -> None:
        self.canvas.drawString(60, self.y, text)
        self.y -= 24

    def row(self, cells: Sequence[str], edges: Sequence[float] = EDGES, height: float = 40) -> None:
        for left, right, text in zip(edges[:-1], edges[1:], cells, strict=True):
            self.canvas.rect(left, self.y - height, right - left, height)
            for at, line in enumerate(text.split("\n")):
                self.canvas.drawString(left + 3, self.y - 14 - 15 * at, line)
        self.y -= height

    def page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont("Tables", 11)
        self.y = 790.0

    def cells(self) -> dict[tuple[int, int, int], Block]:
        return {(b.table or 0, b.row or 0, b.col or 0): b for b in self.blocks() if b.kind is BlockKind.CELL}

    def blocks(self) -> tuple[Block, ...]:
        self.canvas.save()
        return read_pdf(self._out.getvalue(), ReadLimits(ocr_pages=0)).blocks


def numbers(first: int, last: int) -> list[tuple[str, ...]]:
    return [(str(n), f"งานที่ {n}", "ไม่มี", "ทำต่อ") for n in range(first, last)]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_the_page_break(repeated: bool) -> None:
    paper = Paper()
    paper.line("รายงานผลการดำเนินงาน")
    for row in (HEAD, *numbers(1, 18)):
        paper.row(row)
    paper.canvas.drawString(290, 30, "- 1 -")
    paper.page()
    for row in ((HEAD,) if repeated else ()) + tuple(numbers(18, 22)):
        paper.row(row)
    cells = paper.cells()
    assert {table for table, _, _ in cells} == {0}
    assert [cells[0, row, 1].text for row in (17, 18 + repeated)] == ["งานที่ 17", "งานที่ 18"]
    assert {cells[0, row, 1].page for row in (17, 18)} == {1, 2}
    header = {row for _, row, _ in cells if cells[0, row, 0].header}
    assert header == ({0, 18} if repeated else set())
    assert "".join(cells[0, 0, 2].text.split()) == "ปัญหา/อุปสรรค"


@pytest.mark.parametrize("between", ["2. ปัญหา อุปสรรค และข้อเสนอแนะ", "ตารางที่ 2 ผลการเบิกจ่าย"])
def test_a_new_heading_or_other_columns_begin_a_new_table(between: str) -> None:
    paper = Paper()
    for row in (HEAD, *numbers(1, 18)):
        paper.row(row)
    paper.page()
    paper.line(between)
    for row in (HEAD, *numbers(1, 3)):
        paper.row(row)
    assert {table for table, _, _ in paper.cells()} == {0, 1}
    paper = Paper()
    for row in (HEAD, *numbers(1, 18)):
        paper.row(row)
    paper.page()
    paper.row(("ก", "ข"), (60, 300, 520))
    paper.row(("ค", "ง"), (60, 300, 520))
    assert {table for table, _, _ in paper.cells()} == {0, 1}


def test_a_table_that_ended_high_on_the_page_does_not_go_on() -> None:
    paper = Paper()
    for row in (HEAD, *numbers(1, 4)):
        paper.row(row)
    paper.page()
    for row in (HEAD, *numbers(1, 4)):
        paper.row(row)
    assert {table for table, _, _ in paper.cells()} == {0, 1}


def test_left_and_right_pages_may_have_other_margins() -> None:
    paper = Paper()
    for row in (HEAD, *numbers(1, 18)):
        paper.row(row)
    paper.page()
    for row in (HEAD, *numbers(18, 20)):
        paper.row(row, [edge - 25 for edge in EDGES])
    assert {table for table, _, _ in paper.cells()} == {0}


def test_a_running_title_is_no_heading() -> None:
    paper = Paper()
    for number in (1, 2):
        paper.line("สำนักงานตัวอย่าง")
        paper.line(f"หน้า {number}")
        for row in (HEAD, *numbers(10 * number, 10 * number + 16)):
            paper.row(row)
        paper.page()
    assert {table for table, _, _ in paper.cells()} == {0}


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    paper = Paper()
    for row in (HEAD, *numbers(1, 17), ("17", "งานที่ 17", "งบประมาณ", "ไม่มี")):
        paper.row(row)
    paper.page()
    for row in (("", "", "ไม่เพียงพอ", ""), *numbers(18, 20)):
        paper.row(row)
    cells = paper.cells()
    assert cells[0, 17, 2].text == "งบประมาณ\nไม่เพียงพอ"
    assert cells[0, 17, 3].text == "ไม่มี"
    assert (0, 18, 0) not in cells


def test_cells_merged_by_missing_lines_keep_their_text_and_spans() -> None:
    paper = Paper()
    canvas = paper.canvas
    canvas.lines(
        [(60, 760, 520, 760), (260, 730, 520, 730), (60, 700, 520, 700), (60, 660, 520, 660), (60, 620, 520, 620)]
    )
    canvas.lines([(60, 760, 60, 620), (260, 760, 260, 620), (390, 730, 390, 620), (520, 760, 520, 620)])
    for x, y, text in (
        (70, 725, "โครงการ"),
        (300, 740, "ผลการดำเนินงาน"),
        (265, 710, "ปัญหา/อุปสรรค"),
        (395, 710, "ข้อเสนอแนะ"),
        (70, 675, "อบรม"),
        (265, 675, "ไม่มี"),
        (395, 675, "ควรทำต่อ"),
        (70, 635, "ประชุม"),
        (265, 635, "ล่าช้า"),
    ):
        canvas.drawString(x, y, text)
    cells = paper.cells()
    assert (cells[0, 0, 0].text, cells[0, 0, 0].span_rows) == ("โครงการ", 2)
    assert (cells[0, 0, 1].text, cells[0, 0, 1].span_cols) == ("ผลการดำเนินงาน", 2)
    assert {key[1:] for key, cell in cells.items() if cell.header} == {(0, 0), (0, 1), (1, 1), (1, 2)}
    assert (cells[0, 2, 2].text, cells[0, 3, 2].text) == ("ควรทำต่อ", "")


def test_lines_outside_tables_keep_their_places() -> None:
    paper = Paper()
    paper.line("1. ผลการดำเนินงาน")
    paper.row(("ก", "ข", "ค", "ง"))
    paper.row(("จ", "ฉ", "ช", "ซ"))
    paper.y -= 20
    paper.line("2. ปัญหา อุปสรรค")
    kinds = [(b.kind is BlockKind.CELL, b.text) for b in paper.blocks()]
    assert kinds[0] == (False, "1. ผลการดำเนินงาน")
    assert kinds[-1] == (False, "2. ปัญหา อุปสรรค")
    assert all(cell for cell, _ in kinds[1:-1])


def test_half_a_line_under_a_wide_cell_ends_it() -> None:
    """A line under one of two merged columns still parts the rows."""
    boxes = [(0.0, y, 200.0, y) for y in (0.0, 100.0)] + [(100.0, 50.0, 200.0, 50.0)]
    boxes += [(x, 0.0, x, 100.0) for x in (0.0, 200.0)] + [(100.0, 0.0, 100.0, 50.0)]
    (grid,) = find_grids(boxes, 595, 842)
    assert {(c.row, c.col, c.span_rows, c.span_cols) for c in grid.cells} == {(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)}


def row(number: int, *texts: str, page: int = 1) -> list[Block]:
    return [Block(BlockKind.CELL, text, table=0, row=number, col=col, page=page) for col, text in enumerate(texts)]


def test_rows_of_numbers_or_one_name_are_no_headers() -> None:
    assert not header_rows({n: row(n, "1", "2") for n in range(3)})
    assert not header_rows({n: row(n, "ก", "") for n in range(3)})
    assert not header_rows({n: row(n, "ไม่มี", "ไม่มี") for n in range(2)})
    assert header_rows({0: row(0, "ก", "ข"), 1: row(1, "1", "2"), 2: row(2, "ก", "ข")}) == {0, 2}


def test_rows_that_are_whole_stay_apart() -> None:
    blocks = [*row(0, "ก", "ข"), *row(1, "1", "x"), *row(2, "2", "y", page=2), *row(3, "", "z", page=2)]
    assert join_split_rows(mark_headers(blocks)) == blocks


@pytest.mark.parametrize(
    ("row", "edges"),
    [
        (("ซ่อมฝาย", "ฝนตกหนักมาก ในช่วงเดือน กันยายน", ""), (60, 200, 300, 520)),
        (("ซ่อมฝาย", "ฝนตกหนักมาก ในช่วงเดือน กันยายน", "เพิ่มคน"), (60, 200, 300, 520)),
        (("ซ่อมฝายบ้านหนองแซงหมู่ที่ห้า", "", "ไม่มี"), (60, 120, 300, 520)),
        (("ซ่อมฝายบ้านหนองแซงหมู่ที่ห้า", "", "ไม่มี"), (60, 110, 140, 520)),
        (("ซ่อมฝาย", "ไม่มี", "ไม่มี"), (60, 200, 222, 300)),
        (("ซ่อมฝาย", "ฝนตก\nขาดคน", "รอฝน\nเพิ่มคน"), (60, 200, 300, 520)),
    ],
)
def test_what_runs_over_a_rule_is_of_the_cell_it_begins_in(row: tuple[str, ...], edges: tuple[float, ...]) -> None:
    body = pdf(lambda canvas: draw_grid(canvas, (("ก", "ข", "ค"), row), edges, 700))
    cells = [block.text for block in read_pdf(body, ReadLimits(ocr_pages=0)).blocks if block.row == 1]
    assert cells == list(row)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["ยุทธศาสตร์", "ำืีิ่"], ["ยุทธศาสตร์"]),
        (["มาตรการ", "ไ์ไ "], ["มาตรการ"]),
        (["แหล่งน้ำ 12 แห่งต่อ", "ปี"], ["แหล่งน้ำ 12 แห่งต่อ", "ปี"]),
        (["จำนวน", "12"], ["จำนวน", "12"]),
        (["เป้าหมาย", "ำใ้ปี"], ["เป้าหมาย"]),
        (["เมืองสะอาด", "โป่ใ"], ["เมืองสะอาด"]),
        (["ำืีิ่"], ["ำืีิ่"]),
    ],
)
def test_the_marks_of_the_row_below_are_none_of_a_cell(lines: list[str], kept: list[str]) -> None:
    assert without_marks_below(lines) == kept


def test_column_names_that_are_written_upwards_are_read() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, ["รายงานผลการดำเนินงานประจำปี"] * 4)
        draw_grid(canvas, [("", "", "ผล"), ("ถนน", "ฝนตก", "แล้วเสร็จ")], (60, 160, 260, 500), 600, height=90)
        for x, name in ((110, "โครงการ"), (210, "ปัญหา อุปสรรค")):
            canvas.saveState()
            canvas.translate(x, 515)
            canvas.rotate(90)
            canvas.drawString(0, 0, name)
            canvas.restoreState()

    reading = read_pdf(pdf(page), ReadLimits(ocr_pages=0))
    cells = [block.text for block in reading.blocks if block.kind is BlockKind.CELL]
    assert [make_key(cell).text for cell in cells[:3]] == ["โครงการ", make_key("ปัญหา อุปสรรค").text, "ผล"]
