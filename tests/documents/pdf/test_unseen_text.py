"""Text of a PDF that nobody sees on the page is marked as hidden; what can be seen, or may be, is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import BlockKind, Reading
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import grid, pdf, reader, write

LINES = ["รายงานผลการดำเนินงานประจำปี", "โครงการปรับปรุงถนนลูกรัง ดำเนินการแล้วเสร็จ"]
SECRET = "ข้อเสนอแนะ ควรจัดสรรงบประมาณเพิ่มเติม"


def read(*draw: Callable[[Canvas], None]) -> Reading:
    return read_pdf(pdf(*draw), ReadLimits(ocr_pages=0))


def shown(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if not block.hidden]


def hidden(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.hidden]


def piece(
    canvas: Canvas, text: str = SECRET, *, y: float = 500, mode: int = 0, size: float = 12, x: float = 60
) -> None:
    words = canvas.beginText(x, y)
    words.setFont("Drawn", size)
    words.setTextRenderMode(mode)
    words.textLine(text)
    canvas.drawText(words)


def inkless(canvas: Canvas) -> None:
    piece(canvas, mode=3)


def white_on_paper(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    piece(canvas)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.97, 0.98, 0.97))
    piece(canvas)


def white_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("form")
    canvas.setFont("Drawn", 12)
    canvas.setFillColor(white)
    canvas.drawString(60, 300, SECRET)
    canvas.endForm()
    canvas.translate(0, 100)
    canvas.doForm("form")


def under_a_white_sheet(canvas: Canvas) -> None:
    piece(canvas)
    canvas.setFillColor(white)
    canvas.rect(40, 480, 500, 40, stroke=0, fill=1)
    canvas.setFillColor(black)


def clipped_away(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(40, 100, 200, 60)
    canvas.clipPath(path, stroke=0, fill=0)
    piece(canvas)
    canvas.restoreState()


def under_a_sheet_in_a_form(canvas: Canvas) -> None:
    piece(canvas)
    canvas.beginForm("sheet")
    canvas.setFillColor(Color(0.9, 0.9, 0.6))
    canvas.rect(40, 480, 500, 40, stroke=0, fill=1)
    canvas.endForm()
    canvas.doForm("sheet")


def dark_on_the_same_dark(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.1, 0.2, 0.5))
    canvas.rect(40, 480, 500, 40, stroke=0, fill=1)
    piece(canvas)


def white_outlines(canvas: Canvas) -> None:
    canvas.setStrokeColor(white)
    piece(canvas, mode=1)


def clear(canvas: Canvas) -> None:
    canvas.setFillColor(black)
    canvas.setFillAlpha(0)
    piece(canvas)


def tiny(canvas: Canvas) -> None:
    piece(canvas, size=0.6)


def without_size(canvas: Canvas) -> None:
    piece(canvas, size=0)


def scaled_down(canvas: Canvas) -> None:
    canvas.scale(0.02, 0.02)
    piece(canvas, x=3000, y=25000)


@pytest.mark.parametrize(
    "draw",
    [inkless, white_on_paper, nearly_white, white_in_a_form, dark_on_the_same_dark, white_outlines, clear, tiny,
     without_size, scaled_down, under_a_white_sheet, under_a_sheet_in_a_form, clipped_away],
)  # fmt: skip
def test_text_that_nobody_sees_is_hidden(draw: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LINES)
        draw(canvas)

    reading = read(page)
    # Letters without size are parted by pdftotext.
    assert " ".join(hidden(reading)) == SECRET
    assert shown(reading) == LINES


def white_on_dark(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.1, 0.2, 0.5))
    canvas.rect(40, 480, 500, 40, stroke=0, fill=1)
    canvas.setFillColor(white)
    piece(canvas)


def white_on_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(reader(Image.effect_noise((200, 100), 60)), 40, 400, 500, 200)
    canvas.setFillColor(white)
    piece(canvas)


def white_on_a_shade(canvas: Canvas) -> None:
    canvas.linearGradient(40, 480, 540, 520, (Color(0.2, 0.2, 0.4), Color(0.5, 0.1, 0.1)), extend=False)
    canvas.setFillColor(white)
    piece(canvas)


def yellow(canvas: Canvas) -> None:
    canvas.setFillColor(Color(1, 1, 0))
    piece(canvas)


def black_outlines(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    piece(canvas, mode=1)


def dark_beside_dark(canvas: Canvas) -> None:
    canvas.setFillColor(black)
    canvas.rect(40, 520, 500, 40, stroke=0, fill=1)
    piece(canvas)


def small_print(canvas: Canvas) -> None:
    piece(canvas, size=4)


@pytest.mark.parametrize(
    "draw",
    [white_on_dark, white_on_a_picture, white_on_a_shade, yellow, black_outlines, dark_beside_dark, small_print],
)
def test_text_that_may_be_seen_is_not(draw: Callable[[Canvas], None]) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LINES)
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()

    reading = read(page)
    assert hidden(reading) == []
    assert SECRET in shown(reading)


def test_the_letters_over_a_scan_are_its_text() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(reader(Image.effect_noise((300, 400), 40)), 0, 0, 595, 842)
        for at in range(12):
            piece(canvas, f"{SECRET} ครั้งที่ {at}", y=760 - 40 * at, mode=3)

    reading = read(scan)
    assert hidden(reading) == []
    assert len(shown(reading)) == 12


def test_letters_without_ink_beside_a_small_picture_are_no_scan() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LINES)
        canvas.drawImage(reader(Image.new("L", (40, 40), 90)), 60, 100, 80, 80)
        inkless(canvas)

    assert hidden(read(page)) == [SECRET]


def test_a_line_that_is_seen_in_part_is_parted() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, [*LINES, "๓. ปัญหา อุปสรรค"])
        canvas.setFillColor(white)
        piece(canvas, "ไม่มี", y=790 - 2 * 26, x=170)

    reading = read(page)
    assert shown(reading) == [*LINES, "๓. ปัญหา อุปสรรค"]
    assert hidden(reading) == ["ไม่มี"]


def test_the_same_words_may_stand_there_seen_and_unseen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        piece(canvas, y=800)
        canvas.setFillColor(black)
        write(canvas, [*LINES, SECRET], y=760)

    reading = read(page)
    assert shown(reading) == [*LINES, SECRET]
    assert hidden(reading) == [SECRET]


def test_cells_of_a_table_are_hidden_one_by_one() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LINES)
        grid(canvas, [("โครงการ", "ปัญหาอุปสรรค"), ("ปรับปรุงถนน", "")], (60, 300, 540), 600)
        canvas.setFillColor(white)
        piece(canvas, "ฝนตกหนักมาก", y=545, x=310)

    reading = read(page)
    cells = {block.text: block.hidden for block in reading.blocks if block.kind is BlockKind.CELL}
    assert cells == {"โครงการ": False, "ปัญหาอุปสรรค": False, "ปรับปรุงถนน": False, "ฝนตกหนักมาก": True}


TURNS = {
    0: ((1, 0, 0, 1, 0, 0), (0, 300, 595, 842)),
    90: ((0, 1, -1, 0, 595, 0), (0, 0, 295, 842)),
    180: ((-1, 0, 0, -1, 595, 842), (0, 0, 595, 542)),
    270: ((0, -1, 1, 0, 0, 842), (300, 0, 595, 842)),
}
"""Degrees of a page's turn: the matrix that sets its contents upright, and what is shown without its
lower 300 points."""


@pytest.mark.parametrize("unit", [b"", b" /UserUnit 2.5"])
@pytest.mark.parametrize("turn", TURNS)
def test_what_was_cropped_away_is_hidden_on_a_turned_page_too(turn: int, unit: bytes) -> None:
    matrix, box = TURNS[turn]

    def page(canvas: Canvas) -> None:
        canvas.setCropBox(box)
        canvas.setPageRotation(turn)
        canvas.transform(*matrix)
        write(canvas, LINES, y=500)
        piece(canvas, y=200)
        canvas.setFillColor(white)
        piece(canvas, "ไม่มีปัญหา อุปสรรค", y=400)

    # The drawing library turns the sheet of a page that lies on its side.
    size = (842, 595) if turn % 180 else (595, 842)
    body = pdf(page, size=size).replace(f"/Rotate {turn}".encode(), f"/Rotate {turn}".encode() + unit)
    reading = read_pdf(body, ReadLimits(ocr_pages=0))
    assert shown(reading) == LINES
    assert set(hidden(reading)) == {SECRET, "ไม่มีปัญหา อุปสรรค"}


def test_a_layer_that_is_off_is_hidden_in_tables() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, LINES)
        grid(canvas, [("โครงการ", "ปัญหาอุปสรรค"), ("ปรับปรุงถนน", "")], (60, 300, 540), 600)
        canvas._code.append("/OC /layer BDC")
        piece(canvas, "ฝนตกหนักมาก", y=545, x=310)
        canvas._code.append("EMC")

    body = pdf(page)
    at = body.index(b"/Font ")
    body = body[:at] + b"/Properties << /layer 99 0 R >> " + body[at:]
    body = body.replace(b"/Type /Catalog", b"/OCProperties << /OCGs [99 0 R] /D << /OFF [99 0 R] >> >> /Type /Catalog")
    body = body.replace(b"xref\n", b"99 0 obj\n<< /Type /OCG /Name (off) >>\nendobj\nxref\n", 1)
    reading = read_pdf(body, ReadLimits(ocr_pages=0))
    assert "ฝนตกหนักมาก" not in shown(reading)
    assert "ปรับปรุงถนน" in shown(reading)
