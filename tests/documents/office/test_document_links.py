"""Links in documents: a disclosure list may be a Word file or a PDF whose lines lead to the evidence."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from reportlab.pdfgen.canvas import Canvas

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.snapshot import TOO_LONG, FetchOutcome, Link, Reading, Resource, ResourceKind
from core.storage.store import with_reading
from core.urls import is_unopenable
from documents import read_document
from documents.base import ReadLimits
from tests.checklist.sites import HOME, page, snapshot, verdict

TITLES = {
    "O11": "แผนดำเนินงานและการใช้งบประมาณประจำปี",
    "O13": "รายงานผลการดำเนินงานประจำปี",
    "O36": "แผนปฏิบัติการป้องกันการทุจริต",
}


def word_list(address: str = f"{HOME}{{item}}.html") -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for item, title in TITLES.items():
        cells = table.add_row().cells
        cells[0].text = f"{item} {title}"
        link = OxmlElement("w:hyperlink")
        target = cells[1].part.relate_to(address.format(item=item), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "คลิก"
        run.append(text)
        link.append(run)
        cells[1].paragraphs[0]._p.append(link)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(body: bytes, name: str) -> Reading:
    return read_document(body, HOME + name, "", name, ReadLimits())


def test_links_of_a_word_document_have_the_words_of_their_row() -> None:
    links = read(word_list(), "ita66.docx").links
    assert [(link.url, link.label) for link in links] == [(f"{HOME}{item}.html", "คลิก") for item in TITLES]
    assert [link.context for link in links] == [f"{item} {title} คลิก" for item, title in TITLES.items()]


def test_links_of_a_pdf_are_read_in_order_and_others_left_out() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for at, url in enumerate((f"{HOME}a.pdf", "mailto:x@a.go.th", f"{HOME}b.pdf")):
        canvas.drawString(60, 700 - 40 * at, f"O{at + 11} annual report of the office")
        canvas.linkURL(url, (55, 690 - 40 * at, 400, 715 - 40 * at))
    canvas.save()
    links = read(stream.getvalue(), "list.pdf").links
    assert [(link.url, link.context) for link in links] == [
        (f"{HOME}a.pdf", "O11 annual report of the office"),
        (f"{HOME}b.pdf", "O13 annual report of the office"),
    ]


LOST = ("ftp://a.go.th/{item}.pdf", "file:///C:\\\\ita\\\\{item}.pdf", "http://a.go.th:99999/{item}.pdf")


def pdf_list(address: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for at, item in enumerate(TITLES):
        canvas.drawString(60, 700 - 40 * at, f"{item} annual report of the office")
        canvas.linkURL(address.format(item=item), (55, 690 - 40 * at, 400, 715 - 40 * at))
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("address", LOST)
@pytest.mark.parametrize("make", [word_list, pdf_list])
def test_addresses_that_nobody_can_open_are_kept_as_links(make: Callable[[str], bytes], address: str) -> None:
    links = read(make(address), "list.docx" if make is word_list else "list.pdf").links
    assert [is_unopenable(link.url) for link in links] == [True] * len(TITLES)


@pytest.mark.parametrize("address", [HOME + "x" * 2100 + "{item}", "x" * 2100 + "{item}", HOME + "%E0%B8%81" * 400])
@pytest.mark.parametrize("make", [word_list, pdf_list])
def test_addresses_that_are_too_long_are_links_of_the_document_itself(
    make: Callable[[str], bytes], address: str
) -> None:
    name = "list.docx" if make is word_list else "list.pdf"
    found = with_reading(Resource(HOME + name, FetchOutcome.OK), read(make(address), name))
    assert [(link.url, link.via) for link in found.links] == [(HOME + name, TOO_LONG)] * len(TITLES)


@pytest.mark.parametrize(("address", "status"), [(LOST[0], ItemStatus.UNREACHABLE), ("x" * 2100, ItemStatus.UNCHECKED)])
def test_a_list_whose_links_nobody_can_follow_calls_nothing_missing(
    address: str, status: ItemStatus, shipped: Rules
) -> None:
    """The links of a Word list that its writer made on a disk, or to files with very long names."""
    found = Resource(
        f"{HOME}list.docx", FetchOutcome.OK, f"{HOME}list.docx", ResourceKind.DOCUMENT, sha256="l", found_via=(HOME,)
    )
    listed = with_reading(found, read(word_list(address), "list.docx"))
    home = page("", "<a href='list.docx'>รายการเปิดเผยข้อมูลสาธารณะ OIT</a><p>สำนักงานตัวอย่าง</p>")
    assert verdict(shipped, snapshot(home, listed), "O13").status is status


def _document(name: str, links: tuple[Link, ...]) -> Resource:
    found = Resource(HOME + name, FetchOutcome.OK, final_url=HOME + name, kind=ResourceKind.DOCUMENT, sha256=name)
    return with_reading(found, Reading(ResourceKind.DOCUMENT, read(word_list(), name).state, links=links))


def test_a_document_that_lists_items_leads_to_their_evidence(shipped: Rules) -> None:
    listed = _document("ita66.docx", read(word_list(), "ita66.docx").links)
    plan = """<table><tr><td>โครงการ/กิจกรรม</td><td>งบประมาณ (บาท)</td><td>ช่วงเวลาดำเนินการ</td></tr><tr><td>อบรม</td>
        <td>12,000</td><td>ธ.ค. 2565</td></tr></table>"""
    evidence = page("O36.html", f"<h2>งานสุจริต ปีงบประมาณ พ.ศ. 2566</h2>{plan}")
    found = snapshot(page("", "<a href='/ita66.docx'>ITA</a>"), listed, evidence)
    assert verdict(shipped, found, "O36").status is ItemStatus.COMPLETE
    assert verdict(shipped, found, "O38").status is ItemStatus.MISSING


def test_a_report_that_links_to_another_document_is_no_list(shipped: Rules) -> None:
    link = Link(f"{HOME}O36.html", "แผนปฏิบัติการป้องกันการทุจริต", via="document")
    found = snapshot(page("", "<p>หน้าแรก</p>"), _document("report.docx", (link,)), page("O36.html", "<p>ก</p>"))
    assert verdict(shipped, found, "O36").status is not ItemStatus.COMPLETE
