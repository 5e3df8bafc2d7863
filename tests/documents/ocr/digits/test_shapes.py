"""Digits are told by their shapes in a typeface that the program does not know, and letters are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.ocr.digits.shapes import DIGITS, digit_shapes
from documents.ocr.page_image import Grey
from tests.paths import FONT_FILE


def sign(text: str, pixels: int) -> Grey:
    face = ImageFont.truetype(str(FONT_FILE), pixels)
    left, top, right, bottom = map(int, face.getbbox(text))
    image = Image.new("L", (right - left, bottom - top), 255)
    ImageDraw.Draw(image).text((-left, -top), text, font=face, fill=0)
    return np.asarray(image, dtype=np.uint8)


@pytest.mark.parametrize("pixels", [30, 44, 80])
def test_each_digit_is_told(pixels: int) -> None:
    found = digit_shapes().tell([sign(digit, pixels) for digit in DIGITS])
    assert [digit.value for digit in found] == list(range(10))
    assert min(digit.sure for digit in found) > 0.2


def test_letters_and_other_digits_are_none() -> None:
    found = digit_shapes().tell([sign(letter, 44) for letter in "กขคดมพศสอ0123478"])
    assert sum(digit.value >= 0 and digit.sure > 0.2 for digit in found) <= 1
    assert digit_shapes().tell([]) == []
