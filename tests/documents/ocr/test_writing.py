"""Writing is told from photographs without a recognition."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from core.models.snapshot import ReadNote, ReadState
from documents.ocr.writing import Look, writing_rows
from tests.documents.ocr.test_recognise import drawn, needs_ocr, read, scan, worn

pytestmark = pytest.mark.timeout(150)


def photo(seed: int = 1, size: tuple[int, int] = (1200, 1600)) -> Image.Image:
    """What a photograph is to a look for writing: spots and shades of all sizes."""
    rng = np.random.default_rng(seed)
    layers = [
        Image.fromarray(rng.integers(0, 255, (scale * 4, scale * 3), dtype=np.uint8)).resize(size)
        for scale in (2, 8, 40)
    ]
    return Image.fromarray(np.mean([np.asarray(layer) for layer in layers], axis=0).astype(np.uint8))


def grey(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize(
    "change", [lambda image: image, worn, lambda image: image.rotate(90, expand=True), lambda image: image.rotate(180)]
)
def test_a_page_with_writing_is_never_taken_for_a_photograph(change: Callable[[Image.Image], Image.Image]) -> None:
    page = grey(change(drawn(200)))
    assert Look.at(page, 200).may_hold_writing()


def test_photographs_are_not_recognised() -> None:
    for seed in range(6):
        assert not Look.at(grey(photo(seed)), 150).may_hold_writing()
        assert Look.at(grey(photo(seed)), 150).has_no_lines()


def test_lines_are_counted_where_they_stand() -> None:
    rows = writing_rows(grey(drawn(100)))
    assert sum(row.letters for row in rows) >= 80
    assert all(left < right and top < bottom for left, top, right, bottom in (row.box for row in rows))
    assert [row.box[1] for row in rows] == sorted(row.box[1] for row in rows)


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_on_its_side_is_told_by_its_lines_however_large_they_are(size: int) -> None:
    page = drawn(100)
    large = grey(page.resize((page.width * size, page.height * size)))
    assert not Look.at(large, 100).runs_across()
    assert Look.at(np.ascontiguousarray(np.rot90(large)), 100).runs_across()


@needs_ocr
def test_a_photograph_leaves_a_document_read_and_no_page_unread() -> None:
    reading = read(scan(drawn(), photo()))
    assert reading.state is ReadState.READ
    assert reading.unread_pages == ()
    assert {block.page for block in reading.blocks} == {1}


@needs_ocr
def test_a_document_of_photographs_alone_could_not_be_read() -> None:
    reading = read(scan(photo(1), photo(2)))
    assert reading.state is ReadState.UNREAD
    assert reading.note is not ReadNote.NONE


@needs_ocr
def test_a_frame_that_is_too_large_costs_itself() -> None:
    out = io.BytesIO()
    large = Image.new("1", (9000, 7000), 1)
    drawn(100).save(out, "TIFF", save_all=True, append_images=[large, drawn(100)], dpi=(100, 100))
    reading = read(out.getvalue())
    assert {block.page for block in reading.blocks} == {1, 3}
    assert reading.unread_pages == (2,)
    assert reading.state is ReadState.PARTIAL
