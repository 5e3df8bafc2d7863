"""A year is read from its digits where the text has its place, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from documents.ocr.digits.years import GlyphYear, believed, with_years, years_of_line, years_of_text
from documents.ocr.page_image import Grey
from documents.ocr.tesseract import Line, Part, line_of
from tests.paths import FONT_FILE

LEFT, TOP = 40, 30


def picture(text: str, *, blur: float = 0.5, noise: float = 4, pixels: int = 44) -> Grey:
    """Text as a scan has it, in a typeface whose shapes the program does not know."""
    face = ImageFont.truetype(str(FONT_FILE), pixels)
    height = TOP * 2 + pixels * 2 * (1 + text.count("\n"))
    image = Image.new("L", (round(face.getlength(max(text.split("\n"), key=len))) + 2 * LEFT, height), 250)
    ImageDraw.Draw(image).text((LEFT, TOP), text, font=face, fill=20)
    dots = np.random.default_rng(3).normal(0, noise, (image.height, image.width))
    return np.clip(np.asarray(image.filter(ImageFilter.GaussianBlur(blur))) + dots, 0, 255).astype(np.uint8)


def whole(grey: Grey) -> tuple[int, int, int, int]:
    return 0, 0, grey.shape[1], grey.shape[0]


def years(text: str, read: str, **wear: float) -> list[int]:
    """The years on the picture of a text that was recognised as another."""
    grey = picture(text, **wear)  # type: ignore[arg-type]
    return [year.year for year in years_of_text(grey, whole(grey), read)]


@pytest.mark.parametrize("year", ["๒๕๔๐", "๒๕๖๑", "๒๕๖๔", "๒๕๖๖", "๒๕๖๗", "๒๕๖๘", "๒๕๖๙", "๒๕๗๐"])
@pytest.mark.parametrize("pixels", [34, 44, 64])
def test_a_year_is_read_from_its_digits(year: str, pixels: int) -> None:
    assert years(f"ปีงบประมาณ พ.ศ. {year}", "ปีงบประมาณ พ.ศ. ๒๕๒๐๕", pixels=pixels) == [int(year)]


def test_years_are_read_on_worn_paper_and_one_below_the_other() -> None:
    assert years("ปี ๒๕๖๖", "ปี ๒๕๐๒", blur=1.2, noise=16) == [2566]
    assert years("ปี ๒๕๖๖\nปี ๒๕๖๗", "ปี ๒๕๐๒\nปี ๒๕๒") == [2566, 2567]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("พ.ศ. ๒๕๖", "พ.ศ. ๒๕๐"),
        ("พ.ศ. ๒๕๖๖๗", "พ.ศ. ๒๕๐๒๕"),
        ("พ.ศ. 2566", "พ.ศ. ๒๕๐๒"),
        ("ปีนี้ ๒๕.๖๘", "ปีนี้ ๒๕๒๕"),
        ("พ.ศ. ๒๔๖๖", "พ.ศ. ๒๕๐๒"),
        ("ปีงบประมาณ พ.ศ. กขคง", "ปีงบประมาณ พ.ศ. ๒๕๐๒"),
        ("พ.ศ. ๒๕๖๖ - ๒๕๗๐", "พ.ศ. ๒๕๐๒"),
    ],
    ids=["three-digits", "five-digits", "western-digits", "an-amount", "too-early", "letters", "more-than-places"],
)
def test_what_is_no_year_or_not_the_places_one_stays_unread(text: str, read: str) -> None:
    assert years(text, read) == []


def test_nothing_is_looked_for_where_no_year_stands() -> None:
    assert years("จำนวน ๒๕๖๗ คน", "จำนวนคน") == []


def test_of_a_line_each_place_has_the_year_that_stands_there() -> None:
    text, read = "ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘", "ตุลาคม ๒๕๐ - กันยายน ๒๕๒๐๕"
    grey = picture(text)
    face = ImageFont.truetype(str(FONT_FILE), 44)
    parts = []
    for shown, word in zip(text.split(" "), read.split(" "), strict=True):
        before = text.index(shown)
        left, right = (LEFT + round(face.getlength(text[:at])) for at in (before, before + len(shown)))
        parts.append(Part(word, 0.9, (left, TOP + 12, right, TOP + 48), spaced=bool(parts)))
    line = line_of(parts)
    found = years_of_line(grey, line)
    assert [(year.year, line.text[year.start : year.stop]) for year in found] == [(2567, "๒๕๐"), (2568, "๒๕๒๐๕")]
    assert with_years(line.text, found, {2567, 2568}) == text


def test_a_line_whose_words_lie_nowhere_has_as_many_years_as_places() -> None:
    grey = picture("ประจำปี ๒๕๖๖")
    assert [y.year for y in years_of_line(grey, Line("ประจำปี ๒๕๐๒", 0.9, whole(grey)))] == [2566]


def seen(*found: tuple[int, float]) -> Sequence[GlyphYear]:
    return [GlyphYear(year, 0, 4, sure) for year, sure in found]


def test_a_year_read_once_must_be_sure_and_one_read_again_need_not_as_much() -> None:
    assert believed(seen((2566, 0.65))) == {2566}
    assert believed(seen((2566, 0.5))) == set()
    assert believed(seen((2566, 0.4), (2566, 0.3), (2565, 0.4))) == {2566}
    assert believed(seen((2566, 0.3), (2566, 0.3))) == set()


def test_a_year_that_stands_seldom_beside_another_one_may_be_a_misread_one() -> None:
    assert believed(seen((2563, 0.7), *[(2567, 0.7)] * 3)) == {2563, 2567}
    assert believed(seen((2563, 0.7), *[(2567, 0.7)] * 4)) == {2567}


def test_a_text_is_given_with_all_of_its_years_or_not_at_all() -> None:
    text = "แผน พ.ศ. ๒๕๐๒ - ๒๕๐๐"
    both = [GlyphYear(2566, 9, 13, 0.6), GlyphYear(2570, 16, 20, 0.6)]
    assert with_years(text, both, {2566, 2570}) == "แผน พ.ศ. ๒๕๖๖ - ๒๕๗๐"
    assert with_years(text, both, {2566}) == ""
    assert with_years(text, both[:1], {2566}) == ""
    assert with_years("ไม่มีปี", [], {2566}) == ""
