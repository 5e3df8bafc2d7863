"""Documents of every kind give the same blocks; what cannot be read says why."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import BlockKind, Reading, ReadState
from documents import read_document
from documents.base import ReadLimits
from documents.thai_repair.page import repair, usable
from tests.paths import FONT_FILE

HEADING = "5. ปัญหา อุปสรรค"
FONT = FONT_FILE
needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def read(body: bytes, name: str = "x", **limits: int) -> Reading:
    return read_document(body, f"https://a.go.th/{name}", "", name, ReadLimits(**limits))


def texts(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if b.text]


def make_docx() -> bytes:
    document = docx.Document()
    document.add_heading("รายงาน", 1)
    document.add_paragraph(HEADING)
    table = document.add_table(2, 2)
    for number, text in enumerate(("โครงการ", "ข้อเสนอแนะ", "ก", "เพิ่มคน")):
        table.cell(number // 2, number % 2).text = text
    document.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("โครงการ", "ข้อเสนอแนะ"), ("ก", "เพิ่มคน")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_pptx() -> bytes:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "รายงาน"
    slide.placeholders[1].text = HEADING
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def make_pdf(*, table: bool = False, pages: int = 1) -> bytes:
    if "Test" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Test", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFont("Test", 14)
        canvas.drawString(72, 780, f"{HEADING} หน้า {number + 1}")
        if table:
            canvas.grid([72, 200, 330], [700, 660, 620])
            for x, y, text in ((76, 670, "โครงการ"), (204, 685, "ปัญหา/"), (204, 668, "อุปสรรค"), (76, 635, "ก")):
                canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_docx_with_headers_and_tables() -> None:
    reading = read(make_docx())
    assert reading.state is ReadState.READ
    assert reading.blocks[0].kind is BlockKind.HEADING
    assert {HEADING, "หัวกระดาษ"} <= set(texts(reading))
    assert [(b.row, b.col, b.text) for b in reading.blocks if b.kind is BlockKind.CELL][3] == (1, 1, "เพิ่มคน")


def test_spreadsheets_and_csv_are_tables() -> None:
    for body, name in ((make_xlsx(), "a.xlsx"), ("โครงการ,ข้อเสนอแนะ\nก,เพิ่มคน\n".encode("cp874"), "a.csv")):
        cells = {(b.row, b.col): b.text for b in read(body, name).blocks}
        assert (cells[0, 1], cells[1, 1]) == ("ข้อเสนอแนะ", "เพิ่มคน")


def test_slides_keep_their_numbers() -> None:
    reading = read(make_pptx())
    assert (reading.blocks[0].kind, reading.blocks[0].page) == (BlockKind.HEADING, 1)
    assert HEADING in texts(reading)


def test_rich_text_in_windows_874() -> None:
    body = b"{\\rtf1\\ansi " + HEADING.encode("cp874") + b"\\par }"
    assert texts(read(body)) == [HEADING]


def test_pdf_pages_are_counted_and_limited() -> None:
    reading = read(make_pdf(pages=3))
    assert (reading.state, reading.page_count) == (ReadState.READ, 3)
    assert [b.page for b in reading.blocks] == [1, 2, 3]
    cut = read(make_pdf(pages=3), pages=2)
    assert (cut.state, cut.note) == (ReadState.PARTIAL, "too-many-pages")


def test_a_wrapped_header_in_a_ruled_pdf_table_stays_whole() -> None:
    cells = {(b.row, b.col): b.text for b in read(make_pdf(table=True)).blocks if b.kind is BlockKind.CELL}
    assert "".join(cells[0, 1].split()) == "ปัญหา/อุปสรรค"
    assert cells[1, 0] == "ก"


def test_archives_are_read_one_level_deep() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", HEADING)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ก/รายงาน.docx", make_docx())
        archive.writestr("again.zip", inner.getvalue())
    reading = read(out.getvalue())
    assert HEADING in texts(reading)
    assert {b.sheet for b in reading.blocks} == {"รายงาน.docx"}
    assert (reading.state, reading.note) == (ReadState.PARTIAL, "partial")


def test_bombs_broken_and_encrypted_files_cost_themselves_only() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"0" * 40_000_000)
    assert (read(out.getvalue()).state, read(out.getvalue()).note) == (ReadState.UNREAD, "too-large")
    for body in (make_docx()[:400], b"%PDF-1.7\n%%EOF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600):
        assert read(body).state is ReadState.UNREAD


@needs_ocr
@pytest.mark.timeout(120)
def test_a_picture_of_text_is_recognised_once(tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    page = pdfium.PdfDocument(make_pdf())[0]
    out = io.BytesIO()
    page.render(scale=200 / 72).to_pil().save(out, "PNG")
    reading = read_document(out.getvalue(), "https://a.go.th/a.png", "", "a.png", ReadLimits(), tmp_path)
    assert reading.state is ReadState.READ
    assert all(b.ocr and b.confidence is not None for b in reading.blocks)
    assert len(list((tmp_path / "ocr").rglob("*.json"))) == 1


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("กำร ควำม งำน ปัญหำ ตำม รำยงำน", "การ ความ งาน ปัญหา ตาม รายงาน"),
        ("ประจ\ufffdาปี ส\ufffdานัก".replace("\ufffdา", "\ufffd"), "ประจำปี สำนัก"),
        ("ΦϬϔϠθχΩΩμνυϒσϔε" * 2, "คำแถลงงบประมาณ" * 2),
        ("a\x00b", "ab"),
        ("ปัญหๅ อุปสรรค กๅรดําเนินงๅน ฤๅษี", "ปัญหา อุปสรรค การดำเนินงาน ฤๅษี"),
    ],
)
def test_repair(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize("text", ["การดำเนินงานตามแผนงาน จำนวน 3 โครงการ", "น้ำ ทำ คำ ดำ", "Plain English text", ""])
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair(text) == text


@given(st.text(alphabet="กขคำาิ่้ ปัญห์Ωϔ\ufffd\x00a1", max_size=120))
def test_repair_twice_is_repair_once(text: str) -> None:
    assert repair(repair(text)) == repair(text)


def test_a_fragment_on_a_picture_is_no_text_layer() -> None:
    assert not usable("57", images=True)
    assert not usable("", images=True)
    assert usable("", images=False)
    assert usable("รายงานผลการดำเนินงานประจำปีของสำนักงานจังหวัด " * 3, images=True)


def test_a_pdf_that_shows_nothing_at_all_was_not_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(3):
        canvas.showPage()
    canvas.save()
    reading = read(out.getvalue(), "blank.pdf", ocr_pages=0)
    assert reading.state is ReadState.UNREAD
    assert reading.note


def test_cells_between_tabs_are_a_table() -> None:
    text = "รายงาน\nที่\tโครงการ\tปัญหา/อุปสรรค\n1\tอบรม\tไม่มี\nสรุป\tผล\n"
    cells = [(b.table, b.row, b.col, b.text) for b in read(text.encode(), "x.txt").blocks if b.kind is BlockKind.CELL]
    assert cells == [
        (0, 0, 0, "ที่"),
        (0, 0, 1, "โครงการ"),
        (0, 0, 2, "ปัญหา/อุปสรรค"),
        (0, 1, 0, "1"),
        (0, 1, 1, "อบรม"),
        (0, 1, 2, "ไม่มี"),
    ]


def test_a_page_without_a_body_tag_is_read() -> None:
    page = "<!doctype html><meta charset=utf-8><title>ก</title><main><h1>หัวข้อ</h1></main><p>เนื้อหา</p>"
    assert texts(read(page.encode(), "x.html")) == ["หัวข้อ", "เนื้อหา"]
