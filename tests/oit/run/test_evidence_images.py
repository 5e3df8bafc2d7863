"""Evidence pictures: the quote is marked where it stands, nothing is drawn twice, nothing hostile is drawn here."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    ElementStatus,
    EvidenceRef,
    Finding,
    ItemStatus,
    Level,
    Method,
    Quote,
    Verdict,
)
from core.storage.store import Store
from documents.evidence_crops import render_crops
from documents.highlight import Highlight
from documents.pool import ReaderPool
from oit.run import evidence_images as pictures
from tests.documents.ocr.test_recognise import drawn, scan
from tests.documents.test_readers import HEADING, make_pdf
from tests.factories import make_assessment

pytestmark = pytest.mark.timeout(60)

URL = "https://a.go.th/report.pdf"
NIGHT = datetime(2022, 4, 29, tzinfo=UTC)


def colours(png: bytes) -> tuple[Image.Image, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """The picture, where it is red, where it is yellow."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    dots = np.asarray(image).astype(int)
    red = (dots[..., 0] > 150) & (dots[..., 1] < 60)
    yellow = (dots[..., 0] > 200) & (dots[..., 1] > 180) & (dots[..., 2] < 170)
    return image, red, yellow


def one(body: bytes, *marks: Highlight) -> bytes | None:
    return next(iter(render_crops(body, (marks,))))


def test_a_quote_of_a_text_layer_is_marked_where_it_is_drawn() -> None:
    png = one(make_pdf(table=True), Highlight(1, HEADING))
    assert png is not None
    assert len(png) <= 60_000
    image, red, yellow = colours(png)
    rows, columns = np.nonzero(yellow)
    # The heading is drawn from 72 of 595 points on, at 780 of 842; the crop has the page's full width.
    assert columns.min() / image.width == pytest.approx(72 / 595, abs=0.02)
    assert columns.max() / image.width < 0.4
    assert red.any()
    assert image.height < 0.4 * image.width * 842 / 595
    dark = np.asarray(image.convert("L"))[rows.min() : rows.max(), columns.min() : columns.max()] < 90
    assert dark.any()


@pytest.mark.parametrize("quote", ["5.  ปัญหาอุปสรรค", "๕. ปัญหา อุปสรรค", "5. ปัญหา อุปสรรด"])
def test_a_repaired_or_slightly_other_text_is_found(quote: str) -> None:
    assert one(make_pdf(), Highlight(1, quote)) is not None


def test_what_is_not_on_the_page_is_not_marked() -> None:
    body = make_pdf()
    groups = (
        (Highlight(1, "แผนปฏิบัติราชการ"),),
        (Highlight(7, HEADING),),
        (Highlight(1, "ก"),),
        (Highlight(1, HEADING),),
    )
    assert [png is None for png in render_crops(body, groups)] == [True, True, True, False]


def test_a_turned_page_is_marked_as_it_is_shown() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setPageRotation(90)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(100, 300, "SUGGESTIONS")
    canvas.save()
    png = one(out.getvalue(), Highlight(1, "SUGGESTIONS"))
    assert png is not None
    image, _, yellow = colours(png)
    _, columns = np.nonzero(yellow)
    # Turned clockwise, what stood at 300 of 595 from below stands at 300 of 595 from the left.
    assert columns.mean() / image.width == pytest.approx(307 / 595, abs=0.03)


def test_a_scan_is_marked_by_its_box_and_stays_small() -> None:
    noisy = Image.effect_noise((1654, 2339), 90)
    body = scan(Image.blend(drawn(), noisy.resize(drawn().size), 0.4))
    png = one(body, Highlight(1, "", (0.2, 0.3, 0.5, 0.33)))
    assert png is not None
    assert len(png) <= 60_000
    image, red, _ = colours(png)
    _, columns = np.nonzero(red)
    assert columns.min() / image.width == pytest.approx(0.2, abs=0.02)
    assert columns.max() / image.width == pytest.approx(0.5, abs=0.02)


def test_a_picture_is_cropped_too() -> None:
    out = io.BytesIO()
    drawn(100).save(out, "JPEG")
    assert one(out.getvalue(), Highlight(1, "", (0.1, 0.1, 0.4, 0.15))) is not None
    assert one(out.getvalue(), Highlight(2, "", (0.1, 0.1, 0.4, 0.15))) is None
    assert one(out.getvalue(), Highlight(1, "x")) is None


# ------------------------------------------------------------------------------------- which, where and how often


def assessed(store: Store, body: bytes, *quotes: Quote, element: str = "problems", **more: object) -> Assessment:
    sha = store.add_body(body)
    finding = Finding(element, "ปัญหา", Level.REQUIRED, ElementStatus.EMPTY, quotes=quotes)
    evidence = EvidenceRef(URL, (), "รายงาน", "application/pdf", sha, NIGHT, 200)
    verdict = Verdict("O12", "รายงาน", "9.2", ItemStatus.INCOMPLETE, 1.0, (evidence,), (finding,), **more)  # type: ignore[arg-type]
    return make_assessment(verdict, agency=Agency("labour", "สำนักงานแรงงาน", "https://a.go.th/"))


def quote(page: int = 1, text: str = HEADING) -> Quote:
    return Quote(URL, text, Method.HEADING, page=page)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def test_a_picture_is_drawn_once_and_cleared_away_when_it_is_shown_no_longer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = assessed(store, make_pdf(), quote())
    made = pictures.render_evidence_images(tmp_path, [assessment], store)
    path = tmp_path / "2565" / "labour" / made["labour"]["O12", "problems"]
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.name.startswith(assessment.verdicts[0].evidence[0].sha256[:16] + "-p1-")
    stamp = path.stat().st_mtime_ns

    class NoPool(ReaderPool):
        def __init__(self, size: int) -> None:
            raise AssertionError("nothing is to be drawn")

    monkeypatch.setattr(pictures, "ReaderPool", NoPool)
    assert pictures.render_evidence_images(tmp_path, [assessment], store) == made
    assert path.stat().st_mtime_ns == stamp
    gone = replace(assessment, verdicts=())
    assert pictures.render_evidence_images(tmp_path, [gone], store) == {"labour": {}}
    assert not path.exists()


def test_what_cannot_be_drawn_has_no_picture_and_is_tried_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = assessed(store, b"%PDF-1.4 broken", quote())
    absent = assessed(store, make_pdf(pages=2), quote(2, "ไม่มีข้อความนี้อยู่ในเอกสาร"))
    for assessment in (broken, absent):
        assert pictures.render_evidence_images(tmp_path, [assessment], store) == {"labour": {}}
    monkeypatch.setattr(pictures, "ReaderPool", None)
    for assessment in (broken, absent):
        assert pictures.render_evidence_images(tmp_path, [assessment], store) == {"labour": {}}


def test_fine_items_show_their_section_and_nothing_else(store: Store, tmp_path: Path) -> None:
    def fine(element: str, status: ElementStatus) -> Assessment:
        assessment = assessed(store, make_pdf(), quote(), element=element)
        verdict = assessment.verdicts[0]
        findings = (replace(verdict.findings[0], status=status),)
        return replace(assessment, verdicts=(replace(verdict, status=ItemStatus.COMPLETE, findings=findings),))

    shown = pictures.render_evidence_images(tmp_path, [fine("suggestions", ElementStatus.PRESENT)], store)
    assert list(shown["labour"]) == [("O12", "suggestions")]
    assert pictures.render_evidence_images(tmp_path, [fine("chart", ElementStatus.PRESENT)], store) == {"labour": {}}


def test_a_document_that_vanished_from_the_store_stops_nothing(store: Store, tmp_path: Path) -> None:
    assessment = assessed(store, make_pdf(), quote())
    source = store.body_source(assessment.verdicts[0].evidence[0].sha256)
    assert isinstance(source, Path)
    source.unlink()
    assert pictures.render_evidence_images(tmp_path, [assessment], store) == {"labour": {}}
