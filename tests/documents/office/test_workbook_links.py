"""Links in workbooks and relative links in documents of all kinds."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from core.models.snapshot import FetchOutcome, Reading, Resource
from core.storage.store import with_reading
from core.urls import completed_address, written_address
from documents import read_document
from documents.base import ReadLimits
from tests.checklist.sites import HOME

TARGETS = ("ev/o11.pdf", "/ev/o13.pdf", "../o36.html", f"{HOME}whole.pdf")
ADDRESSES = [f"{HOME}oit/ev/o11.pdf", f"{HOME}ev/o13.pdf", f"{HOME}o36.html", f"{HOME}whole.pdf"]


def workbook(*, formula: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet["B2"] = "รายการ OIT"
    for row, target in enumerate(TARGETS, start=3):
        sheet.cell(row, 2, f"O{row} รายงาน")
        cell = sheet.cell(row, 3, f'=HYPERLINK("{target}","เปิด")' if formula else "เปิด")
        if not formula:
            cell.hyperlink = target
    sheet.row_dimensions[6].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word() -> bytes:
    document = Document()
    for target in (*TARGETS, "mailto:a@b.go.th", r"C:\work\o1.doc", "#top"):
        paragraph = document.add_paragraph("รายงาน ")
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "คลิก"
        run.append(text)
        link.append(run)
        paragraph._p.append(link)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for at, target in enumerate(TARGETS):
        canvas.drawString(60, 700 - 40 * at, f"O{at} report")
        canvas.linkURL(target, (55, 690 - 40 * at, 400, 715 - 40 * at))
    canvas.save()
    return stream.getvalue()


def read(body: bytes, name: str) -> Reading:
    return read_document(body, f"{HOME}elsewhere/{name}", "", name, ReadLimits())


@pytest.mark.parametrize(("body", "name"), [(word(), "list.docx"), (pdf(), "list.pdf")])
def test_relative_links_are_completed_from_the_address_of_the_night(body: bytes, name: str) -> None:
    """A document is read once and kept by its bytes, whatever address it came from first."""
    found = with_reading(Resource(f"{HOME}oit/{name}", FetchOutcome.OK), read(body, name))
    assert [link.url for link in found.links if link.url.startswith("http")] == ADDRESSES


@pytest.mark.parametrize("formula", [False, True])
def test_links_of_a_workbook_have_the_words_of_their_row(*, formula: bool) -> None:
    found = with_reading(Resource(f"{HOME}oit/list.xlsx", FetchOutcome.OK), read(workbook(formula=formula), "a.xlsx"))
    assert [link.url for link in found.links] == ADDRESSES[:3], "the last row is hidden"
    assert found.links[0].context.startswith("O3 รายงาน")
    assert found.links[0].label == "เปิด"


@pytest.mark.parametrize("text", ["", "#a", "mailto:a@b.th", "//host/a", "a" * 3000])
def test_what_is_no_web_address_is_left_out(text: str) -> None:
    with pytest.raises(ValueError, match=r"no web address|too long"):
        written_address(text)


def test_addresses_are_completed_as_browsers_do() -> None:
    assert written_address("www.a.go.th/x y") == "http://www.a.go.th/x%20y"
    assert written_address("..\\ev\\a.pdf") == "../ev/a.pdf"
    assert completed_address("http://a.go.th/oit/list.docx", "../ev/ก.pdf") == "http://a.go.th/ev/%E0%B8%81.pdf"
