"""A second reading of a page is paid for only where something says that it will be better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from documents.ocr import page
from documents.ocr.page import read_page
from documents.ocr.page_image import Grey, PageImage
from documents.ocr.tesseract import Line
from documents.ocr.writing import Look
from tests.documents.ocr.test_recognise import drawn, worn

GOOD = Line("สำนักงานได้ดำเนินการตามแผนปฏิบัติการประจำปี", 0.94, (100, 300, 900, 340))
BAD = [Line("ธีโอฝสไเร", 0.5, (100, 400 + 60 * n, 400, 440 + 60 * n)) for n in range(30)]


class Reader:
    """Instead of recognition: what a page holds, what of it is surer when cleaned, and how often each was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, whole: Sequence[Line], cleaned: float) -> None:
        self.pages = self.pictures = self.turns = 0
        self._whole, self._cleaned = list(whole), cleaned
        monkeypatch.setattr(page, "read_page_lines", self._page)
        monkeypatch.setattr(page, "read_pictures", self._sample)
        monkeypatch.setattr(page, "read_bands", lambda *_: ())
        monkeypatch.setattr(page, "quarter_turns", self._turns)

    def _page(self, *_: object) -> list[Line]:
        self.pages += 1
        return self._whole

    def _sample(self, pictures: Sequence[Grey], *_: object) -> list[list[Line]]:
        self.pictures += len(pictures)
        return [[Line("ปัญหา", self._cleaned, (0, 0, 9, 9))] for _ in pictures]

    def _turns(self, *_: object) -> int:
        self.turns += 1
        return 0


@pytest.fixture(scope="module")
def sheet() -> PageImage:
    text = np.asarray(drawn(200).crop((0, 0, 1654, 1200)), dtype=np.uint8).copy()
    text[320:] = 255
    text[320:900:60, 100:900:9] = 0
    return PageImage(text, 200)


@pytest.mark.parametrize(("cleaned", "pages"), [(0.5, 1), (0.7, 2)])
def test_a_page_in_parts_poor_is_read_again_only_if_a_sample_gains(
    monkeypatch: pytest.MonkeyPatch, sheet: PageImage, cleaned: float, pages: int
) -> None:
    reader = Reader(monkeypatch, [GOOD, *BAD], cleaned)
    read_page(sheet, 9)
    assert (reader.pages, reader.turns) == (pages, 0), "a page with a line that is sure stands upright"
    assert 4 <= reader.pictures <= 8


def test_which_way_is_up_is_asked_where_nothing_is_sure(monkeypatch: pytest.MonkeyPatch, sheet: PageImage) -> None:
    reader = Reader(monkeypatch, BAD, 0.5)
    read_page(sheet, 9)
    assert (reader.pages, reader.turns, reader.pictures) == (2, 1, 0)


@pytest.mark.parametrize("wear", [lambda image: image, worn])
def test_a_page_on_its_side_is_told_from_a_table_of_narrow_columns(wear: object) -> None:
    upright = np.asarray(wear(drawn(200)), dtype=np.uint8)  # type: ignore[operator]
    assert not Look.at(upright, 200).runs_across()
    assert Look.at(np.ascontiguousarray(np.rot90(upright)), 200).runs_across()
