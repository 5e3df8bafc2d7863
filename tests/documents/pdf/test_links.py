"""Links on the pages of a PDF."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from documents.base import ReadLimits
from documents.pdf.links import LINK_PAGES
from documents.pdf.reader import read_pdf
from tests.documents.pdf.drawing import Draw, pdf, write


def page(name: str, *, turn: int = 0) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        write(canvas, [f"รายงาน {name} ฉบับสมบูรณ์"], y=700)
        canvas.linkURL(f"https://example.go.th/{name}.pdf", (60, 695, 300, 715))

    return draw


def links(body: bytes, **limits: int) -> list[tuple[str, str]]:
    return [(link.url, link.label) for link in read_pdf(body, ReadLimits(ocr_pages=0, **limits)).links]


def test_links_have_their_words_on_turned_pages_too() -> None:
    found = links(pdf(page("first"), page("second", turn=90), page("third", turn=180)))
    assert [url.rpartition("/")[2] for url, _ in found] == ["first.pdf", "second.pdf", "third.pdf"]
    assert all(name in text for (_, text), name in zip(found, ("first", "second", "third"), strict=True))


def test_links_are_read_of_the_first_pages_whatever_is_read_of_their_text() -> None:
    body = pdf(*(page(f"n{number}") for number in range(LINK_PAGES + 2)))
    everything = links(body)
    assert len(everything) == LINK_PAGES
    assert links(body, pages=2) == everything


def test_the_words_of_a_link_are_without_the_tails_of_the_line_above() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["รายงานผลการปฏิบัติหน้าที่ของกฎฎีกา", "ข้อมูลผู้บริหาร"], y=700, step=13)
        canvas.linkURL("https://example.go.th/2", (60, 683, 300, 699))

    assert links(pdf(draw)) == [("https://example.go.th/2", "ข้อมูลผู้บริหาร")]
