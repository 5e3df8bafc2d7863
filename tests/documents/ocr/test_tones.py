"""Light writing on dark ground becomes dark on light, and nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageFilter

from core.thai.normalize import make_key
from documents.ocr.page import read_page
from documents.ocr.page_image import Grey, PageImage
from documents.ocr.table_lines import find_tables
from documents.ocr.tones import darken_writing, smooth_paper
from sample.paper import Heading, Paper, Table, Text
from sample.render.pdf import pdf

needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
DPI = 200
HEADS = ("ที่", "โครงการ", "ปัญหา อุปสรรค", "ข้อเสนอแนะ")
PAPER = Paper(
    "รายงานผลการดำเนินงาน",
    (
        Text("สำนักงานได้ดำเนินการตามแผนปฏิบัติการประจำปี"),
        Table(HEADS, (("1", "จัดอบรม", "ไม่มี", "เพิ่มงบประมาณ"), ("2", "ตรวจเยี่ยม", "ไม่มี", "จัดทำแผน"))),
        Heading("5. ปัญหา อุปสรรค", 2),
        Text("เจ้าหน้าที่มีจำนวนน้อย"),
    ),
)


@pytest.fixture(scope="module")
def plain() -> Grey:
    image = pdfium.PdfDocument(pdf(PAPER, shaped=True))[0].render(scale=DPI / 72).to_pil().convert("L")
    return np.asarray(image, dtype=np.uint8)


def filled(page: Grey, ground: int) -> Grey:
    """The page with the head of its table written in white on such a ground; rules stay black."""
    page = page.copy()
    for cell in find_tables(page, DPI)[0].cells:
        if cell.row == 0:
            left, top, right, bottom = cell.box
            part = np.s_[top - 2 : bottom + 2, left - 2 : right + 2]
            page[part] = ground + (255 - page[part].astype(int)) * (255 - ground) // 255
    return page


def key(text: str) -> str:
    return make_key(text).text.replace(" ", "")


@needs_ocr
@pytest.mark.parametrize("change", [lambda p: filled(p, 40), lambda p: filled(p, 90), lambda p: 255 - p])
def test_white_writing_on_dark_ground_is_read(plain: Grey, change: Callable[[Grey], Grey]) -> None:
    pieces = read_page(PageImage(change(plain), DPI), 60) or ()
    found = {(p.row, p.col): key(p.text) for p in pieces}
    assert [found.get((0, col)) for col in (1, 2, 3)] == [key(head) for head in HEADS[1:]]
    assert any(key("5. ปัญหา อุปสรรค") == key(p.text) for p in pieces)


def test_a_page_without_dark_ground_stays_as_it_is(plain: Grey) -> None:
    assert darken_writing(plain, DPI) is plain
    heavy = np.asarray(Image.fromarray(plain).filter(ImageFilter.MinFilter(5)))
    assert np.array_equal(darken_writing(heavy, DPI), heavy)


def test_a_photograph_and_a_dark_edge_stay_as_they_are(plain: Grey) -> None:
    page = plain.copy()
    grain = np.random.default_rng(3).integers(0, 255, (90, 120), dtype=np.uint8)
    photograph = Image.fromarray(grain).resize((700, 500), Image.Resampling.BICUBIC).point(lambda v: v // 2)
    page[1500:2000, 300:1000] = np.asarray(photograph)
    page[:, :60] = 10
    assert np.array_equal(darken_writing(page, DPI), page)


def test_the_edges_of_a_black_bar_across_a_table_are_rules() -> None:
    """The row below a bar had its upper half cut off: the next rule was taken for its top."""
    page = np.full((1000, 1400), 255, np.uint8)
    page[200:260, 100:1300] = 0
    for y in (100, 400, 500):
        page[y : y + 3, 100:1300] = 0
    page[330:333, 700:1300] = 0
    for x in (100, 700, 1297):
        page[260:500, x : x + 3] = 0
    for x in (100, 1297):
        page[100:260, x : x + 3] = 0
    (table,) = find_tables(darken_writing(page, DPI), DPI)
    boxes = {(cell.row, cell.col): (cell.box[1], cell.box[3]) for cell in table.cells}
    names = [box for box in boxes.values() if 255 <= box[0] <= 275]
    assert sorted(round(bottom, -1) for _, bottom in names) == [330, 400]


def test_the_grain_of_paper_goes_and_letters_stay(plain: Grey) -> None:
    assert smooth_paper(plain) is plain
    noise = np.random.default_rng(5).normal(0, 9, plain.shape)
    copied = np.clip(plain * 0.8 + 40 + noise, 0, 255).astype(np.uint8)
    smooth = smooth_paper(copied)
    assert np.mean(smooth[plain == 255] == 255) > 0.95
    assert float(np.median(smooth[plain == 0])) < 70


def test_a_page_without_light_paper_keeps_its_greys(plain: Grey) -> None:
    dim = np.clip(plain * 0.4 + np.random.default_rng(5).normal(0, 9, plain.shape), 0, 255).astype(np.uint8)
    assert smooth_paper(dim) is dim
