"""Recognition: whichever way a page lies, tables keep their columns, and no page is recognised twice."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFilter

from core.models.snapshot import Block, BlockKind, Reading, ReadState
from core.thai.normalize import make_key
from documents import read_document
from documents.base import ReadLimits
from documents.ocr.page_image import Straight, clean_page, is_blank, is_noisy, skew, straighten
from documents.ocr.table_lines import find_tables, ink_box, is_dash
from sample.paper import Heading, Paper, Table, Text
from sample.render.pdf import pdf, picture_pdf

needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
pytestmark = pytest.mark.timeout(150)

HEADS = ("ที่", "โครงการ", "ปัญหา อุปสรรค ที่พบในการดำเนินงาน", "ข้อเสนอแนะ")
PAPER = Paper(
    "รายงานผลการดำเนินงาน",
    (
        Text("สำนักงานได้ดำเนินการตามแผนปฏิบัติการประจำปี"),
        Table(HEADS, (("1", "จัดอบรม", "งบประมาณไม่เพียงพอต่อการดำเนินงาน", "เพิ่มงบประมาณ"), ("2", "ตรวจเยี่ยม", "ไม่มี", "-"))),
        Heading("5. ปัญหา อุปสรรค", 2),
        Text("เจ้าหน้าที่มีจำนวนน้อย"),
    ),
)  # fmt: skip


@lru_cache
def drawn(dpi: int = 200) -> Image.Image:
    page = pdfium.PdfDocument(pdf(PAPER, shaped=True))[0]
    return page.render(scale=dpi / 72).to_pil().convert("L")


def as_jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def scan(*images: Image.Image) -> bytes:
    return picture_pdf([as_jpeg(image) for image in images])


def worn(image: Image.Image) -> Image.Image:
    """Crooked, blurred, grey and full of noise."""
    crooked = image.rotate(1.8, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.1))
    grey = np.asarray(crooked, dtype=np.float32) * 0.6 + 60
    noise = np.random.default_rng(7).normal(0, 26, grey.shape)
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def read(body: bytes, cache: Path | None = None, **limits: int) -> Reading:
    return read_document(body, "https://a.go.th/a.pdf", "", "a.pdf", ReadLimits(**limits), cache)


def cells(reading: Reading) -> dict[tuple[int | None, int | None], Block]:
    return {(b.row, b.col): b for b in reading.blocks if b.kind is BlockKind.CELL}


def key(text: str) -> str:
    return make_key(text).text.replace(" ", "")


@needs_ocr
@pytest.mark.parametrize(
    "change",
    [lambda i: i, lambda i: i.rotate(1.2, fillcolor=255), lambda i: i.rotate(180), worn],
    ids=["straight", "crooked", "upside-down", "worn"],
)
def test_a_ruled_table_keeps_its_wrapped_header(change: Callable[[Image.Image], Image.Image]) -> None:
    reading = read(scan(change(drawn())))
    assert reading.state is ReadState.READ
    found = cells(reading)
    assert key("ปัญหาอุปสรรค") in key(found[0, 2].text)
    assert key(found[0, 3].text) == key("ข้อเสนอแนะ")
    assert key(found[2, 2].text) == key("ไม่มี")
    assert found[2, 3].text in ("-", "")  # heavy cleaning may wipe out a dash
    assert all(b.ocr and b.page == 1 and b.bbox is not None and b.confidence is not None for b in reading.blocks)
    headings = {key(b.text).replace(",", ".") for b in reading.blocks if b.kind is BlockKind.PARAGRAPH}
    assert key("5. ปัญหา อุปสรรค") in headings


@needs_ocr
def test_boxes_are_those_of_the_page_as_it_lies_in_the_file() -> None:
    turned = drawn().rotate(90, expand=True)
    upright = next(b for b in read(scan(drawn())).blocks if key("มีจำนวน") in key(b.text)).bbox
    body = io.BytesIO()
    turned.save(body, "PNG")
    lying = next(b for b in read(body.getvalue()).blocks if key("มีจำนวน") in key(b.text)).bbox
    assert upright is not None
    assert lying is not None
    left, top, right, bottom = upright
    assert lying == pytest.approx((top, 1 - right, bottom, 1 - left), abs=0.02)


@needs_ocr
def test_pages_beyond_tonights_budget_wait_and_are_never_done_twice(tmp_path: Path) -> None:
    pages = []
    for number in range(3):
        page = drawn(100).copy()
        ImageDraw.Draw(page).line((60, 700 + 20 * number, 300, 700 + 20 * number), fill=0, width=2)
        pages.append(page)
    body = scan(*pages)
    first = read(body, tmp_path, ocr_pages=2)
    assert (first.state, first.note, first.unread_pages) == (ReadState.PARTIAL, "ocr-queued", (3,))
    assert (first.recognised, first.final) == (2, False)
    second = read(body, tmp_path, ocr_pages=2)
    assert (second.state, second.note, second.recognised) == (ReadState.READ, "", 1)
    assert {b.page for b in second.blocks} == {1, 2, 3}
    assert read(body, tmp_path, ocr_pages=0).recognised == 0
    assert read(body, None, ocr_pages=0).note == "ocr-queued"


@needs_ocr
def test_years_in_thai_digits_are_read_again_in_lines_and_cells_and_kept(tmp_path: Path) -> None:
    title = "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
    table = Table(("ที่", "โครงการ", "ผลของปี ๒๕๖๘"), (("1", "จัดอบรม", "ไม่มี"), ("2", "ตรวจเยี่ยม", "ไม่มี")))
    paper = Paper("สำนักงาน", (Text(title), Text("ดำเนินการในปี 2566"), table, Text("แผนประจำปี ๒๕๖๘ ฉบับแก้ไข")))
    body = scan(pdfium.PdfDocument(pdf(paper, shaped=True))[0].render(scale=200 / 72).to_pil().convert("L"))
    first, second = read(body, tmp_path), read(body, tmp_path)
    assert (first.recognised, second.recognised, first.blocks) == (1, 0, second.blocks)
    reread = {key(b.reread): b for b in first.blocks if b.reread}
    assert set(reread) == {key(title), key("ผลของปี ๒๕๖๘"), key("แผนประจำปี ๒๕๖๘ ฉบับแก้ไข")}
    assert reread[key("ผลของปี ๒๕๖๘")].kind is BlockKind.CELL


@needs_ocr
def test_the_empty_back_of_a_sheet_is_read(tmp_path: Path) -> None:
    reading = read(scan(drawn(100), Image.new("L", drawn(100).size, 250)), tmp_path)
    assert (reading.state, reading.note) == (ReadState.READ, "")


@needs_ocr
def test_a_page_without_legible_text_is_named_once_and_for_all(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (500, 400), dtype=np.uint8)
    body = scan(Image.fromarray(noise).filter(ImageFilter.GaussianBlur(3)))
    assert read(body, tmp_path).state is ReadState.UNREAD
    again = read(body, tmp_path)
    assert (again.state, again.note, again.recognised, again.final) == (ReadState.UNREAD, "no-text-layer", 0, True)


@needs_ocr
def test_every_frame_of_a_tiff_is_a_page() -> None:
    out = io.BytesIO()
    drawn().save(out, "TIFF", save_all=True, append_images=[drawn()], compression="tiff_deflate", dpi=(200, 200))
    reading = read(out.getvalue())
    assert (reading.page_count, {b.page for b in reading.blocks}) == (2, {1, 2})
    assert {b.table for b in reading.blocks if b.kind is BlockKind.CELL} == {0, 1}


@needs_ocr
def test_a_webp_without_background_is_read() -> None:
    letters = drawn().convert("RGBA")
    letters.putalpha(drawn().point(lambda v: 255 - v))
    out = io.BytesIO()
    letters.save(out, "WEBP", lossless=True)
    assert any(key("ข้อเสนอแนะ") == key(b.text) for b in read(out.getvalue()).blocks)


def test_a_crooked_page_is_set_straight() -> None:
    grey = np.asarray(drawn(100).rotate(-1.5, fillcolor=255))
    assert skew(grey) == pytest.approx(1.5, abs=0.15)
    assert abs(skew(straighten(grey).grey)) < 0.2
    assert skew(np.full((400, 300), 255, np.uint8)) == 0.0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_box_finds_its_way_back_from_any_turn(turns: int) -> None:
    page = np.zeros((100, 200), np.uint8)
    page[10:20, 30:60] = 255
    turned = np.rot90(page, turns)
    ys, xs = np.nonzero(turned)
    box = (float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    lying = np.ascontiguousarray(turned)
    assert Straight(lying, turns, 0.0, lying).fraction(box) == pytest.approx((0.15, 0.1, 0.3, 0.2))


def test_only_heavy_wear_is_cleaned() -> None:
    assert not is_noisy(np.asarray(drawn()))
    noisy = np.asarray(worn(drawn()))
    assert is_noisy(noisy)
    assert set(np.unique(clean_page(noisy))) == {0, 255}


def test_dust_is_no_writing() -> None:
    page = np.full((800, 600), 245, np.uint8)
    for at in range(50, 700, 90):
        page[at, at % 500 + 40] = 0
    assert is_blank(page)
    assert not is_blank(np.asarray(drawn(100)))


def test_tables_are_found_by_their_rules_alone() -> None:
    tables = find_tables(np.asarray(drawn()), 200)
    assert [len(t.cells) for t in tables] == [12]
    assert [(c.row, c.col) for c in tables[0].cells][:5] == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0)]
    assert find_tables(np.asarray(drawn().crop((0, 900, 1654, 2339))), 200) == ()


def test_a_dash_is_told_from_a_word_and_from_nothing() -> None:
    cell = np.full((60, 200), 255, np.uint8)
    assert ink_box(cell) is None
    cell[30:33, 90:110] = 0
    box = ink_box(cell)
    assert box is not None
    assert is_dash(box, 200)
    cell[15:45, 120:160] = 0
    box = ink_box(cell)
    assert box is not None
    assert not is_dash(box, 200)
