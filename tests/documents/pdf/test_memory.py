"""A long PDF stays within its reader's limits, and what is left out is said."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.reader_memory import measure
from core.models.snapshot import ReadState
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from tests.paths import FONT_FILE

FONT = FONT_FILE
MB = 1 << 20


def long_pdf(pages: int) -> bytes:
    if "Long" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Long", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        canvas.setFont("Long", 12)
        for line in range(20):
            canvas.drawString(
                60, 780 - 20 * line, f"หน้า {number} บรรทัด {line} การดาเนินงานตามแผนของสานักงาน จานวน 3 โครงการ"
            )
        canvas.grid([60, 200, 500], [360, 330, 300])
        canvas.drawString(70, 340, "โครงการ")
        canvas.drawString(210, 340, "ข้อเสนอแนะ")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.timeout(120)
def test_memory_of_a_reader_stays_under_its_limit() -> None:
    limits = ReadLimits(pages=250, memory=400 * MB, ocr_pages=0)
    before, peak, resident, reading, _ = measure(long_pdf(250), limits)
    assert (reading.state, reading.page_count, reading.note) == (ReadState.READ, 250, "")
    assert peak - before < limits.memory
    assert resident < limits.memory


def test_pages_blocks_and_text_past_a_limit_are_told() -> None:
    body = long_pdf(4)
    cut = read_pdf(body, ReadLimits(pages=2))
    assert (cut.state, cut.note, {b.page for b in cut.blocks}) == (ReadState.PARTIAL, "too-many-pages", {1, 2})
    for limits in (ReadLimits(blocks=30), ReadLimits(text=2000)):
        cut = read_pdf(body, limits)
        assert (cut.state, cut.note, {b.page for b in cut.blocks}) == (ReadState.PARTIAL, "too-large", {1, 2})


def test_pages_that_pdftotext_did_not_give_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    body = long_pdf(6)
    whole = {b.page for b in read_pdf(body, ReadLimits()).blocks}
    monkeypatch.setattr("documents.pdf.text_layer.RawText._more", lambda raw: False)
    assert {b.page for b in read_pdf(body, ReadLimits()).blocks} == whole == {1, 2, 3, 4, 5, 6}


def test_a_page_that_one_extractor_finds_empty_is_read_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.pdf.text_layer.RawText.next", lambda raw: "")
    assert {b.page for b in read_pdf(long_pdf(2), ReadLimits()).blocks} == {1, 2}


def test_a_letter_that_looks_like_a_page_end_moves_no_text_to_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    body = long_pdf(2)
    whole = [(b.page, b.text) for b in read_pdf(body, ReadLimits()).blocks]
    pages = iter(("หน้าแรก ครึ่งหนึ่ง", "อีกครึ่งหนึ่ง", "หน้าสอง"))
    monkeypatch.setattr("documents.pdf.text_layer.RawText.next", lambda raw: next(pages, None))
    assert [(b.page, b.text) for b in read_pdf(body, ReadLimits()).blocks] == whole


@pytest.mark.parametrize("broken", ["subprocess.Popen", "tempfile.NamedTemporaryFile"])
def test_no_room_for_a_process_or_a_file(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(f"documents.pdf.text_layer.{broken}", fails)
    assert {b.page for b in read_pdf(long_pdf(2), ReadLimits()).blocks} == {1, 2}


def test_without_pdftotext_pages_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    body = long_pdf(2)
    with_it = [b.text for b in read_pdf(body, ReadLimits()).blocks]
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert [b.text for b in read_pdf(body, ReadLimits()).blocks] == with_it
