"""Answers put over a page with a viewer stand where they are seen."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString, xObjectName
from reportlab.pdfgen.canvas import Canvas

from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import grid, pdf, write

FORM = ["3. ปัญหา อุปสรรค", "", "4. ข้อเสนอแนะ", "", "5. ผู้รายงาน"]


def texts(body: bytes) -> list[str]:
    return [block.text for block in read_pdf(body, ReadLimits(ocr_pages=0)).blocks]


def typed_over(body: bytes, answers: Sequence[tuple[str, tuple[float, float, float, float]]], flags: int = 4) -> bytes:
    """The PDF with free text put at boxes given as left, bottom, right, top."""
    document = pdfium.PdfDocument(body)
    page = document[0]
    for text, (left, bottom, right, top) in answers:
        note = pdfium_c.FPDFPage_CreateAnnot(page.raw, pdfium_c.FPDF_ANNOT_FREETEXT)
        pdfium_c.FPDFAnnot_SetRect(note, pdfium_c.FS_RECTF(left, top, right, bottom))
        encoded = (text + "\0").encode("utf-16-le")
        words = (pdfium_c.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
        pdfium_c.FPDFAnnot_SetStringValue(note, b"Contents", words)
        pdfium_c.FPDFAnnot_SetFlags(note, flags)
        pdfium_c.FPDFPage_CloseAnnot(note)
    page.close()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_free_text_stands_below_its_heading() -> None:
    body = pdf(lambda canvas: write(canvas, FORM))
    over = typed_over(body, [("ควรเริ่มก่อนฤดูฝน", (80, 708, 300, 724)), ("ไม่มี", (80, 760, 300, 776))])
    assert texts(over) == [FORM[0], "ไม่มี", FORM[2], "ควรเริ่มก่อนฤดูฝน", FORM[4]]


def test_free_text_on_a_dotted_line_goes_on_with_its_words() -> None:
    body = pdf(lambda canvas: write(canvas, ["ปัญหา อุปสรรค:", "ข้อเสนอแนะ:"]))
    over = typed_over(body, [("ฝนตกหนัก", (150, 786, 300, 802)), ("ไม่มี", (150, 760, 300, 776))])
    assert texts(over) == ["ปัญหา อุปสรรค: ฝนตกหนัก", "ข้อเสนอแนะ: ไม่มี"]


def test_free_text_in_a_cell_is_the_cells() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (("โครงการ", "ปัญหา/อุปสรรค"), ("ซ่อมถนน", "")), (60, 260, 500), 700)

    assert texts(typed_over(pdf(draw), [("ฝนตกหนัก", (280, 625, 480, 650))]))[-1] == "ฝนตกหนัก"


def test_hidden_free_text_is_not_there() -> None:
    body = pdf(lambda canvas: write(canvas, FORM))
    assert "ไม่มี" not in texts(typed_over(body, [("ไม่มี", (80, 760, 300, 776))], pdfium_c.FPDF_ANNOT_FLAG_HIDDEN))


def stamp(canvas: Canvas, shown: str, note: str, low: float) -> None:
    """Put a stamp over the page that shows one text and has another for its note."""
    name = f"stamp{low}"
    canvas.beginForm(name, 0, 0, 200, 20)
    canvas.setFont("Drawn", 12)
    canvas.drawString(2, 5, shown)
    canvas.endForm()
    drawn = PDFDictionary({"N": PDFObjectReference(xObjectName(name))})
    made = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Stamp"),
        "Rect": PDFArray([70, low, 270, low + 20]),
        "Contents": PDFString(note),
        "F": 4,
        "AP": drawn,
    }
    canvas._addAnnotation(PDFDictionary(made))


def test_a_stamp_stands_where_it_was_put_if_it_shows_its_note() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, FORM)
        for low in (758, 706):
            stamp(canvas, "- ไม่มี -", "- ไม่มี -", low)

    assert texts(pdf(draw)) == [FORM[0], "- ไม่มี -", FORM[2], "- ไม่มี -", FORM[4]]


def test_what_a_stamps_note_says_is_not_shown_by_itself() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, FORM)
        stamp(canvas, "", "ไม่มี", 758)

    assert "ไม่มี" not in texts(pdf(draw))


def test_lines_alike_keep_their_answers_apart() -> None:
    body = pdf(lambda canvas: write(canvas, ["ปัญหา", "", "ปัญหา", "", "ปัญหา", ""]))
    over = typed_over(body, [("สอง", (80, 708, 300, 722)), ("หนึ่ง", (80, 760, 300, 774)), ("สาม", (80, 656, 300, 670))])
    assert texts(over) == ["ปัญหา", "หนึ่ง", "ปัญหา", "สอง", "ปัญหา", "สาม"]


@pytest.mark.parametrize("ticked", [True, False])
def test_form_fields_and_boxes_to_tick(ticked: bool) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["3. ปัญหา อุปสรรค", "", "4. ข้อเสนอแนะ"])
        canvas.acroForm.textfield(name="a", value="None so far", x=80, y=758, width=300, height=20, fontSize=11)
        canvas.drawString(80, 712, "ไม่มี")
        canvas.drawString(180, 712, "มี ระบุ")
        canvas.acroForm.checkbox(name="b", x=64, y=710, size=12, checked=ticked)
        canvas.acroForm.checkbox(name="c", x=164, y=710, size=12, checked=False)

    found = texts(pdf(draw))
    assert found[:3] == ["3. ปัญหา อุปสรรค", "None so far", "4. ข้อเสนอแนะ"]
    assert " ".join(" ".join(found[3:]).split()) == f"{'☑' if ticked else '☐'} ไม่มี ☐ มี ระบุ"


def test_answers_of_a_flattened_form_stand_below_their_headings() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, FORM)
        for low, answer in ((734, "ควรเริ่มก่อนฤดูฝน"), (786, "ฝนตกหนักหลายวัน")):
            canvas.drawString(70, low - 18, answer)

    read = texts(pdf(draw))
    assert [line for line in read if line] == [FORM[0], "ฝนตกหนักหลายวัน", FORM[2], "ควรเริ่มก่อนฤดูฝน", FORM[4]]
