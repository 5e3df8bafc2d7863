"""Pictures with writing on pages that have a text layer."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import Reading, ReadNote, ReadState
from documents.base import ReadLimits
from documents.ocr.tesseract import available
from documents.pdf.places import skeleton
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import pdf, picture, reader, write

TYPED = ["รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566", "1. ผลการดำเนินการของโครงการตามแผนปฏิบัติการ"]
DRAWN = ["2. ปัญหา อุปสรรค", "ฝนตกหนักทำให้งานล่าช้ากว่าแผน", "3. ข้อเสนอแนะ", "ควรเริ่มงานก่อนฤดูฝนของทุกปี"]
needs_ocr = pytest.mark.skipif(not available(), reason="Tesseract with Thai is not installed")


def read(body: bytes, pages: int = 5) -> Reading:
    return read_pdf(body, ReadLimits(ocr_pages=pages))


def key(text: str) -> str:
    """Letters without the marks above and below, which recognition sometimes misses."""
    return skeleton(text)


def with_picture(canvas: Canvas) -> None:
    write(canvas, TYPED)
    canvas.drawImage(picture(DRAWN, (1000, 320)), 60, 560, 480, 154)
    write(canvas, ["4. ลงชื่อผู้รายงาน"], y=500)


@needs_ocr
def test_a_section_that_is_a_picture_is_read_at_its_place() -> None:
    reading = read(pdf(with_picture))
    found = [key(block.text) for block in reading.blocks]
    assert found == [*map(key, TYPED), *map(key, DRAWN), key("4. ลงชื่อผู้รายงาน")]
    assert [block.ocr for block in reading.blocks] == [False] * 2 + [True] * 4 + [False]
    assert reading.state is ReadState.READ


def test_a_picture_with_writing_that_was_not_recognised_leaves_its_page_unread() -> None:
    reading = read(pdf(with_picture, lambda canvas: write(canvas, TYPED)), pages=0)
    assert reading.state is ReadState.PARTIAL
    assert reading.unread_pages == (1,)
    assert reading.note in (ReadNote.OCR_QUEUED, ReadNote.NEEDS_TOOL)
    assert [block.text for block in reading.blocks if block.page == 1] == [*TYPED, "4. ลงชื่อผู้รายงาน"]


@needs_ocr
def test_a_scan_under_two_typed_lines_is_recognised_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture([*TYPED, *DRAWN], (1240, 1754)), 0, 0, 595, 842)
        write(canvas, ["ลงนามแล้วโดยระบบสารบรรณอิเล็กทรอนิกส์ เมื่อวันที่ 12 ตุลาคม 2566"], y=60)

    reading = read(pdf(draw))
    text = key("".join(block.text for block in reading.blocks))
    for line in [*DRAWN, "ลงนามแล้วโดยระบบสารบรรณ"]:
        assert text.count(key(line)) == 1, line
    assert reading.state is ReadState.READ


def test_a_scan_with_its_text_behind_it_is_not_read_again() -> None:
    lines = [*TYPED, *DRAWN] * 2

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture(lines, (1240, 1754), step=70), 0, 0, 595, 842)
        hidden = canvas.beginText(24, 810)
        hidden.setTextRenderMode(3)
        hidden.setFont("Drawn", 16, 33.6)
        for line in lines:
            hidden.textLine(line)
        canvas.drawText(hidden)

    reading = read(pdf(draw), pages=0)
    assert reading.state is ReadState.READ
    assert reading.recognised == 0


def test_photographs_seals_and_grounds_leave_a_page_read() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (24, 32), dtype=np.uint8)
    photo = reader(Image.fromarray(noise).resize((1200, 900), Image.Resampling.BICUBIC))
    ground = reader(Image.fromarray(np.tile(np.linspace(200, 255, 600, dtype=np.uint8), (800, 1))))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ground, 0, 0, 595, 842)
        canvas.drawImage(photo, 60, 300, 400, 300)
        write(canvas, [*TYPED, "ภาพกิจกรรมของโครงการ"])

    reading = read(pdf(draw), pages=0)
    assert reading.state is ReadState.READ
    assert len(reading.blocks) == 3
