"""Pages are drawn at the resolution of their scans, wherever these stand; spots of ink are where they are."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.ocr.page_image import render_page, spot_boxes, straighten
from documents.ocr.table_lines import ink_box
from tests.documents.pdf.drawing import pdf, picture


def within_a_form(canvas: Canvas) -> None:
    """A scan of a sheet of A4 that lies on its side within a form, which is drawn upright on a sheet of poster size."""
    canvas.beginForm("sheet", 0, 0, 842, 595)
    canvas.drawImage(picture(["รายงานผล"], (1654, 1170)), 0, 0, 842, 595)
    canvas.endForm()
    canvas.translate(1600, 0)
    canvas.rotate(90)
    canvas.scale(2263 / 842, 1600 / 595)
    canvas.doForm("sheet")


def test_a_scan_within_a_form_is_drawn_at_its_own_resolution() -> None:
    image = render_page(pdfium.PdfDocument(pdf(within_a_form, size=(1600, 2263)))[0])
    assert image is not None
    # The scan has 141 dots to an inch of paper, and is made as large as letters are recognised best.
    assert image.dpi == pytest.approx(200, abs=2)
    assert max(image.grey.shape) == pytest.approx(2339, abs=30)


def test_spots_have_the_boxes_that_numbering_them_gives() -> None:
    ink = (np.random.default_rng(3).random((200, 300)) < 0.2).astype(np.uint8) * 255
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    numbered = {(x, y, x + wide, y + tall) for x, y, wide, tall, _ in stats[1:].tolist()}
    assert {tuple(box) for box in spot_boxes(ink).tolist()} == numbered
    assert spot_boxes(np.zeros((20, 20), np.uint8)).shape == (0, 4)


def test_what_is_left_of_rules_and_dust_is_no_ink_of_a_cell() -> None:
    cell = np.full((40, 120), 255, np.uint8)
    assert ink_box(cell) is None
    cell[:30, :2] = cell[38:, 20:] = 0
    cell[20, 60] = 0
    assert ink_box(cell) is None
    cell[10:30, 40:46] = 0
    assert ink_box(cell) == (40, 10, 46, 30)


@pytest.mark.parametrize(
    ("turns", "box"), [(0, (0.1, 0.2, 0.3, 0.25)), (1, (0.75, 0.1, 0.8, 0.3)), (2, (0.7, 0.75, 0.9, 0.8))]
)
def test_a_box_is_told_in_fractions_of_the_page_as_it_lies(turns: int, box: tuple[float, ...]) -> None:
    page = np.full((400, 200) if not turns % 2 else (200, 400), 255, np.uint8)
    straight = straighten(page, turns)
    height, width = straight.grey.shape
    assert straight.fraction((0.1 * width, 0.2 * height, 0.3 * width, 0.25 * height)) == pytest.approx(box)
