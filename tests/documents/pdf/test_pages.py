"""Pages that are turned, shaded, damaged or too large; text beside tables."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import BlockKind, Reading, ReadState
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import grid, pdf, write

HEAD = ("ที่", "โครงการ", "ปัญหา/\nอุปสรรค", "ข้อเสนอแนะ")
ROWS = (HEAD, ("1", "ซ่อมถนน", "ฝนตกหนัก", "เริ่มก่อนฤดูฝน"), ("2", "อบรมอาชีพ", "ไม่มี", "ไม่มี"))
EDGES = (60, 100, 260, 380, 520)


def read(body: bytes) -> Reading:
    return read_pdf(body, ReadLimits(ocr_pages=0))


def cells(reading: Reading) -> dict[tuple[int | None, int | None], str]:
    return {(b.row, b.col): b.text for b in reading.blocks if b.kind is BlockKind.CELL}


def lines(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if b.kind is not BlockKind.CELL]


def report(canvas: Canvas) -> None:
    write(canvas, ["รายงานผลการดำเนินงาน", "ประจำปีงบประมาณ พ.ศ. 2566"], y=540)
    grid(canvas, ROWS, EDGES, 480)


def on_its_side(quarters: int, *, said: bool) -> bytes:
    """The report on a page of 842 by 595 points, turned; `said` sets /Rotate so that it is shown upright."""

    def draw(canvas: Canvas) -> None:
        width, height = (842.0, 595.0) if quarters % 2 == 0 else (595.0, 842.0)
        canvas.translate(*{1: (width, 0), 2: (width, height), 3: (0, height)}.get(quarters, (0, 0)))
        canvas.rotate(90 * quarters)
        report(canvas)

    body = pdf(draw, size=(842, 595) if quarters % 2 == 0 else (595, 842))
    if not said:
        return body
    document = pdfium.PdfDocument(body)
    document[0].set_rotation(90 * quarters)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("said", [True, False])
def test_a_turned_page_reads_as_an_upright_one(quarters: int, said: bool) -> None:
    upright = read(pdf(report, size=(842, 595)))
    turned = read(on_its_side(quarters, said=said))
    assert cells(turned) == cells(upright)
    assert len(cells(turned)) == 12
    assert lines(turned) == lines(upright)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_lines_on_their_side_without_a_table_read_as_upright_ones(quarters: int) -> None:
    said = ["รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2566", "3. ปัญหา อุปสรรค", "ผู้รับจ้างเข้าพื้นที่ไม่ได้ 23 วัน"]

    def draw(canvas: Canvas) -> None:
        canvas.translate(*{1: (595, 0), 2: (595, 842), 3: (0, 842)}[quarters])
        canvas.rotate(90 * quarters)
        write(canvas, said, y=540)

    assert lines(read(pdf(draw))) == said


def test_the_boxes_of_a_turned_page_are_those_of_the_page_as_it_is_shown() -> None:
    upright = read(pdf(report, size=(842, 595))).blocks
    turned = read(on_its_side(1, said=True)).blocks
    for one, other in zip(upright, turned, strict=True):
        if one.bbox is not None and other.bbox is not None:
            assert other.bbox == pytest.approx(one.bbox, abs=0.01)
    lying = [b for b in read(on_its_side(1, said=False)).blocks if b.bbox is not None]
    assert lying[0].bbox is not None
    assert lying[-1].bbox is not None
    assert lying[0].bbox[1] > lying[-1].bbox[1], "the first column lies at the foot of the page"


@pytest.mark.parametrize("filled", [True, False])
def test_shading_behind_the_lines_of_a_header_is_no_ruling(filled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        for left, right in pairwise(EDGES):
            for at in (0, 1):
                canvas.setFillColor(Color(0.85, 0.9, 0.97))
                canvas.rect(left + 0.5, 700 - 20 * (at + 1), right - left - 1, 19.5, stroke=0, fill=1)
        canvas.setFillColor(black)
        grid(canvas, (HEAD, ("1", "ซ่อมถนน", "ฝนตก" if filled else "", "-" if filled else "")), EDGES, 700)

    found = cells(read(pdf(draw)))
    assert {row for row, _ in found} == {0, 1}
    assert "".join(found[0, 2].split()) == "ปัญหา/อุปสรรค"
    assert bool(found[1, 2]) is filled


def test_ground_behind_words_makes_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at, (first, second) in enumerate(((150, 300), (220, 410), (180, 260))):
            canvas.setFillColor(Color(1, 1, 0.4))
            canvas.rect(60, 700 - 20 * at, first - 60, 20, stroke=0, fill=1)
            canvas.rect(first, 700 - 20 * at, second - first, 20, stroke=0, fill=1)
            canvas.setFillColor(black)
            canvas.drawString(62, 705 - 20 * at, "ข้อความที่เน้นสีพื้นไว้")

    assert lines(read(pdf(draw))) == ["ข้อความที่เน้นสีพื้นไว้"] * 3


def test_a_table_of_shaded_cells_alone_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(ROWS):
            for left, right, text in zip(EDGES[:-1], EDGES[1:], row, strict=True):
                canvas.setFillColor(Color(0.9, 0.9, 0.9 - 0.1 * (at % 2)))
                canvas.rect(left, 700 - 40 * at, right - left, 40, stroke=0, fill=1)
                canvas.setFillColor(black)
                for number, line in enumerate(text.split("\n")):
                    canvas.drawString(left + 4, 725 - 40 * at - 16 * number, line)

    assert cells(read(pdf(draw)))[1, 3] == "เริ่มก่อนฤดูฝน"


def test_text_beside_a_table_is_kept() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["ตารางสรุปผล"], y=760)
        grid(canvas, (("ที่", "โครงการ"), ("1", "ซ่อมถนน"), ("2", "อบรม")), (60, 100, 260), 700)
        write(canvas, ["ปัญหา อุปสรรค", "ฝนตกหนัก"], x=330, y=680)
        write(canvas, ["ข้อเสนอแนะ", "ควรเริ่มงานก่อนฤดูฝน"], y=540)

    reading = read(pdf(draw))
    assert lines(reading) == ["ตารางสรุปผล", "ปัญหา อุปสรรค", "ฝนตกหนัก", "ข้อเสนอแนะ", "ควรเริ่มงานก่อนฤดูฝน"]
    assert cells(reading)[2, 1] == "อบรม"


def test_text_under_the_shorter_of_two_tables_is_kept() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (("ก", "ข"), ("1", "2")), (60, 100, 260), 700)
        grid(canvas, (("ค", "ง"), ("3", "4"), ("5", "6"), ("7", "8")), (320, 400, 520), 700)
        write(canvas, ["หมายเหตุใต้ตาราง"], y=590)

    reading = read(pdf(draw))
    assert lines(reading) == ["หมายเหตุใต้ตาราง"]
    assert {b.table for b in reading.blocks if b.kind is BlockKind.CELL} == {0, 1}


def test_a_page_that_is_too_large_costs_itself() -> None:
    def text(canvas: Canvas) -> None:
        write(canvas, ["ปัญหา อุปสรรค", "ไม่มี"])

    def endless(canvas: Canvas) -> None:
        canvas.setPageSize((400_000, 400_000))
        canvas.rect(0, 0, 100, 100, fill=1)
        canvas.bezier(0, 0, 50, 50, 80, 90, 100, 100)
        for at in range(200):
            canvas.circle(5000 + at * 900, 5000, 400)

    reading = read_pdf(pdf(text, endless, text), ReadLimits())
    assert lines(reading) == ["ปัญหา อุปสรรค", "ไม่มี"] * 2
    assert reading.state is ReadState.PARTIAL
    assert reading.unread_pages == (2,)
