"""Lines that recognition of a whole page passes over are read again; what is no print never becomes text."""

from __future__ import annotations

import io
import math
import shutil
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFilter

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import FetchOutcome, Resource, ResourceKind
from documents import read_document
from documents.base import ReadLimits
from documents.ocr import missed_lines as ocr_bands
from documents.ocr import page as ocr_page
from documents.ocr.missed_lines import drop_echoes, read_bands, replace_weak, unread_bands
from documents.ocr.page_image import Grey, PageImage
from documents.ocr.reading_order import insert_lines
from documents.ocr.tesseract import Line, TesseractError
from sample.paper import Block, Heading, Paper, Text
from sample.render.pdf import pdf, picture_pdf

needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
pytestmark = pytest.mark.timeout(150)

DPI = 200
READ, UNREAD = 100, 200
"""Where a line of letters stands that was recognised, and one that was passed over."""


class Sheet:
    """A white page with made-up letters: strokes of a letter's height."""

    def __init__(self) -> None:
        self.image = Image.new("L", (900, 500), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.letters(READ)

    def letters(self, y: int, x: int = 60, count: int = 8) -> None:
        for n in range(count):
            left = x + 22 * n
            self.draw.rectangle((left, y, left + 12, y + 22), outline=0, width=3)

    def dots(self, y: int, x: int, count: int = 12) -> None:
        for n in range(count):
            self.draw.ellipse((x + 11 * n, y + 19, x + 11 * n + 4, y + 23), fill=0)

    @property
    def grey(self) -> Grey:
        return np.asarray(self.image, dtype=np.uint8)

    def bands(self, confidence: float = 0.94) -> tuple[ocr_bands.Band, ...]:
        return unread_bands(self.grey, DPI, [line(READ, confidence)])


def line(y: int, confidence: float = 0.94, x: int = 60, count: int = 8, text: str = "ก") -> Line:
    words = tuple((x + 22 * n, y, x + 22 * n + 13, y + 23) for n in range(count))
    return Line(text, confidence, (x, y, words[-1][2], y + 23), words)


def test_writing_that_no_line_covers_is_a_band() -> None:
    sheet = Sheet()
    assert sheet.bands() == ()
    sheet.letters(UNREAD, x=300, count=5)
    (band,) = sheet.bands()
    assert band.box == (300, UNREAD, 300 + 4 * 22 + 13, UNREAD + 23)
    assert band.letters == 5


def test_a_line_that_counts_as_dirt_covers_nothing() -> None:
    sheet = Sheet()
    sheet.letters(UNREAD)
    passed_over = unread_bands(sheet.grey, DPI, [line(READ), line(UNREAD, 0.2)])
    assert [band.box[1] for band in passed_over] == [UNREAD]


def test_without_any_line_nothing_is_looked_for() -> None:
    assert unread_bands(Sheet().grey, DPI, []) == ()


def test_leader_dots_are_wiped_from_the_band_and_its_marks_are_not() -> None:
    sheet = Sheet()
    sheet.letters(UNREAD, x=200, count=4)
    sheet.draw.rectangle((224, UNREAD - 10, 234, UNREAD - 6), fill=0)
    marked = sheet.grey
    sheet.dots(UNREAD, 60)
    sheet.dots(UNREAD, 292)
    (band,) = sheet.bands()
    left, top = 200 - (band.picture.shape[1] - (band.box[2] - band.box[0])) // 2, None
    for row in range(UNREAD - 30, UNREAD):
        window = marked[row : row + band.picture.shape[0], left : left + band.picture.shape[1]]
        if np.array_equal(window, band.picture):
            top = row
    assert top is not None
    assert top < UNREAD - 10


def test_dots_alone_are_no_writing() -> None:
    sheet = Sheet()
    for row in range(4):
        sheet.dots(UNREAD + 50 * row, 60, 60)
    assert sheet.bands() == ()


def test_rules_scribbles_stamps_and_pictures_are_no_writing() -> None:
    sheet = Sheet()
    sheet.draw.line((60, UNREAD, 800, UNREAD), fill=0, width=3)
    scribble = [(100 + 2 * n, 300 + int(50 * math.sin(n / 3)) + n % 7) for n in range(80)]
    sheet.draw.line(scribble, fill=0, width=3)
    sheet.draw.ellipse((400, 220, 560, 380), outline=0, width=5)
    sheet.draw.rectangle((650, 240, 820, 420), fill=90)
    assert sheet.bands() == ()


def test_only_so_many_bands_are_recognised_and_only_what_is_sure_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet()
    for row in range(14):
        sheet.letters(160 + 24 * row, x=60 + (row % 2) * 400, count=5)
    asked: list[int] = []

    def read(pictures: list[Grey], *_: object) -> list[list[Line]]:
        asked.append(len(pictures))
        texts = [("ปัญหา", 0.94), ("ฆซ่ va", 0.7), ("..:", 0.95)]
        return [[line(0, sure, text=text)] for text, sure in texts] + [[] for _ in pictures[3:]]

    monkeypatch.setattr(ocr_bands, "read_pictures", read)
    found = read_bands(sheet.grey, DPI, [line(READ)], 5)
    assert asked == [12]
    assert [(x.text, x.confidence) for x in found] == [("ปัญหา", 0.94)]


def test_a_doubtful_line_gives_way_to_what_was_read_again_of_it() -> None:
    sure, spoilt = line(READ, text="ผลงาน"), line(UNREAD, 0.43, text="ไมมิ....")
    again = line(UNREAD, 0.93, x=100, count=3, text="ไม่มี")
    assert replace_weak([sure, spoilt], [again]) == [sure]
    assert replace_weak([sure, spoilt], [line(300, 0.93, text="ไม่มี")]) == [sure, spoilt]
    dotted = replace(spoilt, confidence=0.7, doubtful=2)
    assert replace_weak([sure, dotted], [again]) == [sure]
    longer = line(UNREAD, 0.43, text="ไมมิ.... เพราะว่าเพิ่งเริ่มดำเนินการ")
    assert replace_weak([sure, longer], [again]) == [sure, longer]


def test_the_ink_of_a_sure_line_is_no_second_line() -> None:
    sure, echo, below = line(READ, 0.86), line(READ + 3, 0.57), line(READ + 20, 0.57)
    assert drop_echoes([sure, echo, below]) == [sure, below]
    assert drop_echoes([echo]) == [echo]
    assert drop_echoes([sure, line(READ + 3, 0.7)]) == [sure, line(READ + 3, 0.7)]


def test_a_line_read_again_stands_in_its_column() -> None:
    left = [Line(f"left {n}", 0.9, (60, y, 380, y + 30)) for n, y in enumerate((100, 200, 300))]
    right = [Line(f"right {n}", 0.9, (480, y, 800, y + 30)) for n, y in enumerate((100, 200, 300))]
    found = insert_lines([*left, *right], [Line("new", 0.94, (100, 150, 200, 180))])
    assert [x.text for x in found][:3] == ["left 0", "new", "left 1"]
    found = insert_lines([*left, *right], [Line("new", 0.94, (500, 150, 600, 180))])
    assert [x.text for x in found][3:6] == ["right 0", "new", "right 1"]
    beside = [Line("ข้อเสนอแนะ", 0.9, (60, 100, 200, 130)), Line("ลงชื่อ", 0.9, (60, 160, 200, 190))]
    assert [x.text for x in insert_lines(beside, [Line("ไม่มี", 0.94, (260, 104, 330, 128))])] == [
        "ข้อเสนอแนะ",
        "ไม่มี",
        "ลงชื่อ",
    ]
    first = insert_lines(left, [Line("top", 0.94, (60, 20, 120, 50))])
    assert first[0].text == "top"


def fails(*_: object) -> list[list[Line]]:
    raise TesseractError("too slow")


def test_what_was_read_stays_if_the_second_look_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet()
    sheet.letters(UNREAD)
    whole = [replace(line(READ), text="ผลการดำเนินงาน")]
    monkeypatch.setattr(ocr_page, "read_page_lines", lambda *_: whole)
    monkeypatch.setattr(ocr_bands, "read_pictures", fails)
    pieces = ocr_page.read_page(PageImage(sheet.grey, DPI), 5)
    assert [(p.text, p.confidence) for p in pieces or ()] == [("ผลการดำเนินงาน", 0.94), ("", 0.0)]


@pytest.mark.parametrize(
    ("x", "count", "text", "confidence", "kept"),
    [
        (60, 8, "ขอเสนอเเนะ", 0.85, [("ขอเสนอเเนะ", 0.85)]),
        (60, 8, "BUNA 5", 0.7, [("", 0.0)]),
        (60, 8, "", 0.0, [("", 0.0)]),
        (560, 8, "ขอเสนอเเนะ", 0.85, []),
        (60, 4, "หหห", 0.7, []),
    ],
)
def test_what_may_be_a_heading_is_not_dropped_in_silence(
    monkeypatch: pytest.MonkeyPatch, x: int, count: int, text: str, confidence: float, kept: list[tuple[str, float]]
) -> None:
    sheet = Sheet()
    sheet.letters(UNREAD, x=x, count=count)
    read = [[line(UNREAD, confidence, text=text)] if text else []]
    monkeypatch.setattr(ocr_bands, "read_pictures", lambda *_: read)
    assert [(x.text, x.confidence) for x in read_bands(sheet.grey, DPI, [line(READ)], 5)] == kept


REPORT: tuple[Block, ...] = (
    Text("สำนักงานได้ดำเนินการตามแผนปฏิบัติการประจำปีและเผยแพร่ผลต่อสาธารณะอย่างสม่ำเสมอ"), Heading("2. ผลการใช้จ่ายงบประมาณ"),
    Text("เบิกจ่ายแล้วร้อยละ 91.24 ของงบประมาณที่ได้รับจัดสรร"),
)  # fmt: skip


def form(answer: str) -> Paper:
    section = (Heading("3. ปัญหา/อุปสรรค"), Text(answer), Heading("4. ข้อเสนอแนะ"), Text(answer))
    return Paper("รายงานผลการดำเนินงานประจำปี", (*REPORT, *section))


def drawn(paper: Paper, dpi: int) -> Image.Image:
    return pdfium.PdfDocument(pdf(paper, shaped=True))[0].render(scale=dpi / 72).to_pil().convert("L")


def clean(paper: Paper) -> Image.Image:
    return drawn(paper, 200)


def mild(paper: Paper) -> Image.Image:
    """A copy of a copy: 150 dpi, a little crooked, pale and noisy."""
    crooked = drawn(paper, 150).rotate(-0.8, Image.Resampling.BICUBIC, fillcolor=240)
    grey = np.asarray(crooked.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32) * 0.85 + 20
    return Image.fromarray(np.clip(grey + np.random.default_rng(5).normal(0, 5, grey.shape), 0, 255).astype(np.uint8))


def document(image: Image.Image) -> EvidencePart:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    reading = read_document(picture_pdf([out.getvalue()]), "https://a.go.th/a.pdf", "", "a.pdf", ReadLimits())
    resource = Resource("https://a.go.th/a.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=reading.blocks)
    return EvidencePart(resource, 0, len(resource.blocks))


def said(part: EvidencePart, rules: Rules) -> list[tuple[str, bool]]:
    found = [check_section(wanted, part, rules.lexicon) for wanted in ("problems", "suggestions")]  # type: ignore[arg-type]
    return [(result.status.value, result.says_none) for result in found]


@needs_ocr
@pytest.mark.parametrize("answer", ["......ไม่มี......", "........................ไม่มี........................"])
@pytest.mark.parametrize("scan", [clean, mild])
def test_none_between_leader_dots_is_read(shipped: Rules, scan: type, answer: str) -> None:
    assert said(document(scan(form(answer))), shipped) == [("present", True), ("present", True)]


@needs_ocr
@pytest.mark.parametrize("answer", ["....................", "." * 120, "- " + "…" * 30])
@pytest.mark.parametrize("scan", [clean, mild])
def test_a_dotted_line_left_blank_stays_blank(shipped: Rules, scan: type, answer: str) -> None:
    part = document(scan(form(answer)))
    assert not any("มี" in block.text for block in part.resource.blocks)
    assert {status for status, _ in said(part, shipped)} <= {"empty", "review"}


@needs_ocr
def test_what_is_no_print_becomes_no_text(shipped: Rules) -> None:
    page = clean(form("...................."))
    draw = ImageDraw.Draw(page)
    for n in range(3):  # signatures, one on the dotted line
        x, y = 300 + 350 * n, (1000, 1400, 1500)[n]
        points = [(x + 3 * k, y + int(25 * math.sin(k / 2.5 + n) + 12 * math.cos(k / 1.3))) for k in range(70)]
        draw.line(points, fill=40, width=3)
    draw.ellipse((1000, 1600, 1250, 1850), outline=60, width=5)  # a stamp
    draw.ellipse((1040, 1640, 1210, 1810), outline=60, width=3)
    draw.text((1080, 1710), "RECEIVED", fill=60)
    noise = np.random.default_rng(3).integers(0, 255, (300, 400), dtype=np.uint8)
    page.paste(Image.fromarray(noise).filter(ImageFilter.GaussianBlur(3)), (200, 1700))  # a photograph
    plain = {b.text for b in document(clean(form("...................."))).resource.blocks}
    part = document(page)
    invented = [b.text for b in part.resource.blocks if b.text not in plain and (b.confidence or 0) >= 0.9]
    assert invented in ([], ["RECEIVED"])
    assert {status for status, _ in said(part, shipped)} <= {"empty", "review"}
