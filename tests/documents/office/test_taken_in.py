"""What an Office file shows from an odd place: formulas without values, pages taken in, shapes off the slide."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Font
from pptx import Presentation
from pptx.util import Inches

from core.models.snapshot import ReadState
from documents import read_document
from documents.base import ReadLimits
from documents.office.sheets.formulas import read_formulas
from tests.documents.office.word import paragraph, run, word


def read(body: bytes, name: str = "x") -> tuple[list[str], ReadState]:
    found = read_document(body, "https://a.go.th/x", "", name, ReadLimits())
    return [block.text for block in found.blocks if block.text], found.state


def book(formula: str) -> bytes:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["ปัญหา อุปสรรค", formula])
    made.save(out)
    return out.getvalue()


def test_a_formula_that_is_a_text_shows_it() -> None:
    assert read(book('="ไม่มี"')) == (["ปัญหา อุปสรรค", "ไม่มี"], ReadState.READ)


@pytest.mark.parametrize(
    ("formula", "state"),
    [("=B9", ReadState.PARTIAL), ('=IF(C1>0,"มี","ไม่มี")', ReadState.PARTIAL), ("=SUM(C1:C9)", ReadState.READ)],
)
def test_a_value_that_may_be_a_text_and_was_not_worked_out_is_not_read(formula: str, state: ReadState) -> None:
    assert read(book(formula)) == (["ปัญหา อุปสรรค"], state)


def test_a_formula_with_its_value_is_no_matter() -> None:
    assert read_formulas(b'<c r="B1" t="str"><f>A1</f><v>x</v></c>') == ({}, False)


def chunk(body: bytes, name: str, holder: str = "{}") -> bytes:
    around = (paragraph("ก่อน"), holder.format('<w:altChunk r:id="c"/>'), paragraph("หลัง"))
    return word(*around, parts={f"word/{name}": body}, targets={"c": name})


_IN_MHTML = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; "
    b"charset=utf-8\r\n\r\n<p>" + "ใน".encode() + b"</p>\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<html><body><p>ใน</p><p hidden>ลับ</p></body></html>".encode(), "c.html"),
        (b"{\\rtf1\\ansicpg874 \\'e3\\'b9\\par}", "c.rtf"),
        ("ใน".encode(), "c.txt"),
        (word(paragraph("ใน")), "c.docx"),
        (_IN_MHTML, "c.mht"),
    ],
)
def test_a_document_taken_into_a_word_file_is_read_at_its_place(body: bytes, name: str) -> None:
    assert read(chunk(body, name)) == (["ก่อน", "ใน", "หลัง"], ReadState.READ)


def test_what_a_cell_takes_in_is_its_text() -> None:
    table = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    assert read(chunk(word(paragraph("ใน")), "c.docx", table)) == (["ก่อน", "ใน", "หลัง"], ReadState.READ)


@pytest.mark.parametrize(
    "body",
    [b"PK\x03\x04 broken", b"%PDF-1.4", chunk(word(paragraph("ลึก")), "d.docx")],
    ids=["broken", "of a kind that Word takes not in", "one that takes in another"],
)
def test_what_is_taken_in_and_not_read_leaves_a_doubt(body: bytes) -> None:
    found, state = read(chunk(body, "c.docx"))
    assert (found[0], found[-1], state) == ("ก่อน", "หลัง", ReadState.PARTIAL)
    assert "ลึก" not in found


def test_what_stands_outside_the_file_leaves_a_doubt() -> None:
    assert read(word(paragraph("ก่อน"), '<w:altChunk r:id="gone"/>')) == (["ก่อน"], ReadState.PARTIAL)


@pytest.mark.parametrize(("left", "seen"), [(1.0, True), (-1.0, True), (20.0, False), (-8.0, False)])
def test_a_shape_beside_its_slide_is_not_seen(left: float, seen: bool) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(Inches(0), Inches(0), Inches(2), Inches(1)).text_frame.text = "เห็น"
    slide.shapes.add_textbox(Inches(left), Inches(2), Inches(2), Inches(1)).text_frame.text = "ข้าง"
    out = io.BytesIO()
    deck.save(out)
    assert read(out.getvalue())[0] == (["เห็น", "ข้าง"] if seen else ["เห็น"])


STRUCK = {
    "word": lambda: word(paragraph("เห็น", run("ลับ", "<w:strike/>"), run("ชัด", '<w:strike w:val="0"/>'))),
    "rich text": lambda: rb"{\rtf1\ansi shown{\strike secret}\strike secret\strike0  clear}",
    "slides": lambda: struck_slide(),
}


@pytest.mark.parametrize(("kind", "shown"), [("word", ["เห็นชัด"]), ("rich text", ["shown clear"]), ("slides", ["เห็น"])])
def test_what_is_struck_out_is_no_longer_said(kind: str, shown: list[str]) -> None:
    assert read(STRUCK[kind]())[0] == shown


def struck_slide() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    paragraph_of = slide.shapes.add_textbox(Inches(0), Inches(0), Inches(2), Inches(1)).text_frame.paragraphs[0]
    paragraph_of.add_run().text = "เห็น"
    taken_back = paragraph_of.add_run()
    taken_back.text = "ลับ"
    taken_back._r.get_or_add_rPr().set("strike", "sngStrike")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_struck_out_cells_show_nothing() -> None:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["เห็น", "ลับ"])
    made.active["B1"].font = Font(strike=True)
    made.save(out)
    assert read(out.getvalue())[0] == ["เห็น"]
