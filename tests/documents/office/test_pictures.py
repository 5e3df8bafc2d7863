"""Pictures in office documents: the writing on them is read where they stand, and what cannot be read is said."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
import pytest
import xlsxwriter
from docx.shared import Inches
from PIL import Image
from pptx import Presentation

from core.models.snapshot import Block, BlockKind, Reading, ReadNote, ReadState
from core.thai.normalize import make_key
from documents import read_document
from documents.base import ReadLimits
from documents.ocr.recognise import Recognised
from documents.office.embedded_images import embedded_images
from sample.paper import Heading, Paper, Text
from sample.render.pdf import pdf
from sample.structures.word import MADE
from tests.documents.office.containers import presentation
from tests.documents.office.word import paragraph, word

needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
pytestmark = [pytest.mark.timeout(150)]
_BEFORE, _AFTER = "ผลการดำเนินงานครบถ้วน", "จบรายงานฉบับนี้"


@lru_cache
def section_picture() -> Image.Image:
    """A section of a report, cut out of a drawn page."""
    paper = Paper("", (Heading("5. ปัญหา อุปสรรค", 2), Text("เจ้าหน้าที่มีจำนวนน้อย")))
    page = pdfium.PdfDocument(pdf(paper, shaped=True))[0].render(scale=200 / 72).to_pil().convert("L")
    ink = np.asarray(page) < 128
    rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return page.crop((cols[0] - 40, rows[0] - 30, cols[0] + 1160, rows[-1] + 30))


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def photo() -> bytes:
    """Dark noise, as a photo without writing is to the recogniser."""
    grey = np.random.default_rng(3).integers(0, 120, (60, 80)).astype(np.uint8)
    return png(Image.fromarray(grey).resize((900, 700), Image.Resampling.BICUBIC))


def in_docx(image: bytes) -> bytes:
    made = docx.Document()
    made.add_paragraph(_BEFORE)
    made.add_picture(io.BytesIO(image), width=Inches(6))
    made.add_paragraph(_AFTER)
    return _saved(made.save)


def in_pptx(image: bytes) -> bytes:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = _BEFORE
    slide.shapes.add_picture(io.BytesIO(image), 0, Inches(2), width=Inches(6))
    return _saved(made.save)


def in_xlsx(image: bytes) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("รายงาน")
        sheet.write(0, 0, _BEFORE)
        sheet.insert_image(2, 0, "x.png", {"image_data": io.BytesIO(image)})
        sheet.write(30, 0, _AFTER)
    return out.getvalue()


def in_odt(image: bytes) -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    frame = '<draw:frame svg:width="6in" svg:height="1.5in"><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    text = f"<text:p>{_BEFORE}</text:p><text:p>{frame}</text:p><text:p>{_AFTER}</text:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        body = f"<office:body><office:text>{text}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        archive.writestr("Pictures/a.png", image)
    return out.getvalue()


def in_rtf(image: bytes) -> bytes:
    def coded(text: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in text.encode("cp874"))

    picture = f"{{\\*\\shppict{{\\pict\\pngblip\\picwgoal8640\\pichgoal2160 {image.hex()}}}}}"
    return f"{{\\rtf1\\ansi\\ansicpg874 {coded(_BEFORE)}\\par {picture}\\par {coded(_AFTER)}\\par}}".encode()


def in_mhtml(image: bytes) -> bytes:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(f"<html><body><p>{_BEFORE}</p><img src=a.png></body></html>", subtype="html", cte="base64")
    message.add_related(image, "image", "png")
    return bytes(message)


def in_ppt(image: bytes) -> bytes:
    return presentation([("หัวข้อ", _BEFORE)], pictures=bytes(25) + image)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recognised")


def read(body: bytes, cache: Path | None = None, limits: ReadLimits | None = None) -> Reading:
    return read_document(body, "https://a.go.th/x", "", "x", limits or ReadLimits(), cache)


MAKERS = [in_docx, in_pptx, in_xlsx, in_odt, in_rtf, in_mhtml, in_ppt]


@needs_ocr
@pytest.mark.parametrize("make", MAKERS)
def test_the_writing_on_a_picture_is_read_where_it_stands(make: Callable[[bytes], bytes], cache: Path) -> None:
    found = read(make(png(section_picture())), cache)
    texts = [make_key(block.text).text for block in found.blocks]
    heading = next(at for at, text in enumerate(texts) if "ปัญหาอุปสรรค" in text)
    assert found.state is ReadState.READ
    assert found.blocks[heading].ocr
    assert texts.index(_BEFORE) < heading
    assert _AFTER not in texts or heading < texts.index(_AFTER)


@needs_ocr
def test_a_photo_without_writing_leaves_a_document_read(cache: Path) -> None:
    found = read(in_docx(photo()), cache)
    assert (found.state, [b.text for b in found.blocks if b.text and not b.ocr]) == (ReadState.READ, [_BEFORE, _AFTER])


@pytest.mark.parametrize("make", MAKERS)
def test_a_picture_that_nobody_looked_at_makes_the_reading_partial(make: Callable[[bytes], bytes]) -> None:
    found = read(make(png(section_picture())), limits=ReadLimits(ocr_pages=0))
    assert found.state is ReadState.PARTIAL
    assert found.note in (ReadNote.OCR_QUEUED, ReadNote.NEEDS_TOOL)


def test_crests_and_lines_are_not_recognised() -> None:
    small = png(Image.new("L", (1200, 1200), 255))
    made = docx.Document()
    made.add_paragraph(_BEFORE)
    made.add_picture(io.BytesIO(small), width=Inches(1))
    found = read(_saved(made.save), limits=ReadLimits(ocr_pages=0))
    assert found.state == ReadState.READ
    assert [block.kind for block in found.blocks] == [BlockKind.PARAGRAPH, BlockKind.IMAGE]


def test_a_drawing_that_cannot_be_opened_makes_the_reading_partial() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="i1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    body = word(
        paragraph(_BEFORE), paragraph(drawing), parts={"word/media/a.emf": b"\x01\x00\x00\x00" + bytes(200)},
        targets={"i1": "media/a.emf"},
    )  # fmt: skip
    found = read(body)
    assert (found.state, found.note) == (ReadState.PARTIAL, ReadNote.NO_TEXT_LAYER)


def test_pictures_within_binary_files_are_found() -> None:
    one, two = (
        png(section_picture()),
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + b"\xff\xda" + bytes(600) + b"\xff\xd9",
    )
    assert embedded_images(b"head" + one + bytes(50) + two + b"tail") == [one, two]
    assert embedded_images(b"\xff\xd8\xff" * 200_000) == []
    assert embedded_images(b"\x89PNG\r\n\x1a\n" * 50_000) == []


@needs_ocr
def test_a_sheet_too_worn_to_be_read_may_hold_the_section(cache: Path) -> None:
    grain = np.random.default_rng(5).integers(0, 256, (594, 420))
    sheet = np.where(np.add.outer(np.arange(594) % 22 < 5, np.arange(420) * 0) > 0, 150, 220)
    worn = Image.fromarray((sheet * 0.7 + grain * 0.3).astype(np.uint8))
    assert read(in_docx(png(worn)), cache).note is ReadNote.NO_TEXT_LAYER


@needs_ocr
def test_a_few_poor_signs_are_not_all_that_stands_on_a_sheet(cache: Path) -> None:
    report = Paper("รายงานผลการจัดซื้อจัดจ้าง", (Text("ผลการจัดซื้อจัดจ้าง"),))
    problem = "เจ้าหน้าที่มีจำนวนน้อยเมื่อเทียบกับปริมาณงาน ทำให้บางกิจกรรมล่าช้า"
    lines = ("4. ปัญหา อุปสรรค", problem, "5. ข้อเสนอแนะ", "ควรบูรณาการกิจกรรมกับหน่วยงานที่มีกลุ่มเป้าหมายเดียวกัน")
    assert read(MADE["pictured"].build(report, lines), cache).note is ReadNote.NO_TEXT_LAYER


@needs_ocr
@pytest.mark.parametrize(("text", "state"), [("อ ด่อ", ReadState.PARTIAL), ("เจ้าหน้าที่มีจำนวนน้อย", ReadState.READ)])
def test_some_letters_that_were_read_for_sure_are_not_a_sheet_of_writing(
    text: str, state: ReadState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recognise(images: Iterator[tuple[int, object]], *_: object) -> Recognised:
        blocks = [Block(BlockKind.PARAGRAPH, text, page=number, ocr=True, confidence=0.9) for number, _ in images]
        return Recognised(tuple(blocks), (), False, len(blocks))

    monkeypatch.setattr("documents.ocr.recognise.recognise_images", recognise)
    monkeypatch.setattr("documents.ocr.recognise.available", lambda: True)
    assert read(in_docx(png(section_picture()))).state is state


def test_an_even_grey_photograph_without_a_line_of_letters_says_nothing(cache: Path) -> None:
    """A sky is as even as paper."""
    sky = Image.new("L", (480, 320), 181)
    sky.paste(116, (0, 210, 480, 320))
    for at in range(40, 440, 80):
        sky.paste(60 + at // 4, (at, 150, at + 32, 300))
    found = read(in_docx(png(sky)), cache)
    assert found.state is ReadState.READ
    assert [(b.kind, bool(b.src)) for b in found.blocks if b.text not in (_BEFORE, _AFTER)] == [(BlockKind.IMAGE, True)]
