"""Pictures and pen strokes without words stand among the lines of a page, where they may be an answer."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import Block, BlockKind
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import Draw, grid, pdf, reader, write

FORM = ["รายงานผลการดำเนินงาน", "3. ปัญหา อุปสรรค", "", "4. ข้อเสนอแนะ", "", "5. ผู้รายงาน"]
DRAWN = "(picture)"


def shown(*pages: Draw) -> list[str]:
    return lines(pdf(*pages))


def lines(body: bytes) -> list[str]:
    return [DRAWN if b.kind is BlockKind.IMAGE else b.text for b in read_pdf(body, ReadLimits(ocr_pages=0)).blocks]


def scrawl(canvas: Canvas, x: float, y: float) -> None:
    """What a pen leaves: two strokes of a word's size."""
    for start in (x, x + 30):
        path = canvas.beginPath()
        path.moveTo(start, y)
        for step in (start, start + 16):
            path.curveTo(step + 4, y + 14, step + 8, y - 6, step + 16, y + 8)
        canvas.drawPath(path)


def grey(canvas: Canvas, x: float, y: float, wide: float = 60, tall: float = 16) -> None:
    canvas.drawImage(reader(Image.new("L", (120, 32), 90)), x, y, wide, tall)


def form(canvas: Canvas) -> None:
    write(canvas, FORM)


@pytest.mark.parametrize("draw", [scrawl, grey])
def test_what_is_drawn_under_a_heading_stands_there(draw: Draw) -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        draw(canvas, 90, 738)  # type: ignore[call-arg]

    assert shown(page) == [FORM[0], FORM[1], DRAWN, FORM[3], FORM[5]]


def test_what_is_drawn_beside_a_heading_stands_behind_it() -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        grey(canvas, 300, 708)

    assert shown(page) == [FORM[0], FORM[1], FORM[3], DRAWN, FORM[5]]


def test_a_picture_in_a_cell_follows_the_cell() -> None:
    def page(canvas: Canvas) -> None:
        grid(canvas, (("โครงการ", "ปัญหา/อุปสรรค"), ("ซ่อมถนน", ""), ("ขุดสระ", "")), (60, 260, 500), 700)
        grey(canvas, 300, 630)

    assert shown(page) == ["โครงการ", "ปัญหา/อุปสรรค", "ซ่อมถนน", "", DRAWN, "ขุดสระ", ""]


def test_ink_and_a_stamp_without_words_are_pictures() -> None:
    document = pdfium.PdfDocument(pdf(form))
    page = document[0]
    for kind, low in ((pdfium_c.FPDF_ANNOT_INK, 736), (pdfium_c.FPDF_ANNOT_STAMP, 684)):
        note = pdfium_c.FPDFPage_CreateAnnot(page.raw, kind)
        pdfium_c.FPDFAnnot_SetRect(note, pdfium_c.FS_RECTF(90, low + 16, 200, low))
        pdfium_c.FPDFAnnot_SetFlags(note, 4)
        pdfium_c.FPDFPage_CloseAnnot(note)
    page.close()
    out = io.BytesIO()
    document.save(out)
    assert lines(out.getvalue()) == [FORM[0], FORM[1], DRAWN, FORM[3], DRAWN, FORM[5]]


def test_crests_letterheads_bullets_and_frames_are_none() -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        grey(canvas, 260, 800, 40, 40)
        grey(canvas, 40, 762, 6, 6)
        canvas.roundRect(50, 600, 400, 210, 8)

    def second(canvas: Canvas) -> None:
        page(canvas)

    assert shown(page, second) == [line for line in FORM if line] * 2


def test_a_page_of_curves_is_a_chart() -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        for at in range(140):
            scrawl(canvas, 60 + at % 10 * 40, 100 + at // 10 * 30)

    assert DRAWN not in shown(page)


def test_the_blocks_are_images_with_their_place() -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        grey(canvas, 90, 738)

    found: Block = read_pdf(pdf(page), ReadLimits(ocr_pages=0)).blocks[2]
    assert (found.kind, found.text, found.src, found.page) == (BlockKind.IMAGE, "", "", 1)
    assert found.bbox == pytest.approx((90 / 595, 88 / 842, 150 / 595, 104 / 842), abs=0.01)
