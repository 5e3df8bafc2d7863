"""Make documents/ocr/digits/shapes.npz: the shapes of Thai digits, and of letters, in freely licensed typefaces, worn
in many ways.

Needs the fonts of Debian's fonts-thai-tlwg, as `./run` installs them; a font's glyphs may be drawn and measured freely.
What is kept are no outlines but averages of measures.

Run: python -m benchmarks.digit_shapes [--fonts FOLDER] [--out FILE]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from documents.ocr.digits.shapes import DIGITS, features
from documents.ocr.page_image import Grey

TLWG = Path("/usr/share/fonts/truetype/tlwg")
FAMILIES = ("Garuda", "Laksaman", "Loma", "Norasi", "Waree", "Sawasdee", "Umpush", "TlwgTypist")
"""Typefaces whose shapes are kept; others of the folder stay for benchmarks/thai_digits.py to be measured with."""
_OUT = Path("documents/ocr/digits/shapes.npz")
_LETTERS = "กขคฆงจฉชซญณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาเแโใไ0123456789"
_DIGIT_TIMES, _LETTER_TIMES = 40, 5
_PIXELS = (20, 70)
"""Of a letter's em: 10 points at 150 dpi to 24 points at 200 dpi."""
_KINDS, _SPACE = 6, 30
"""Kinds of shapes that a digit has in different typefaces, and dimensions of the space in which they are told."""
_EVEN = 1.0
"""How much all directions count alike where spreads are measured."""

_Numbers = npt.NDArray[np.int64]
_Reals = npt.NDArray[np.float64]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=TLWG)
    parser.add_argument("--out", type=Path, default=_OUT)
    options = parser.parse_args()
    fonts = [options.fonts / f"{name}{weight}.ttf" for name in FAMILIES for weight in ("", "-Bold")]
    np.savez_compressed(options.out, **shapes(fonts))


def shapes(fonts: Sequence[Path], seed: int = 1) -> dict[str, npt.NDArray[np.generic]]:
    """What the file holds, of some fonts."""
    dice = np.random.default_rng(seed)
    digits = list(_measured(fonts, DIGITS, _DIGIT_TIMES, dice))
    letters = list(_measured(fonts, _LETTERS, _LETTER_TIMES, dice))
    measures = np.array([m for _, m in digits] + [m for _, m in letters], dtype=np.float64)
    signs = np.array([n for n, _ in digits] + [n + len(DIGITS) for n, _ in letters], dtype=np.int64)
    # First by sign, to find the kinds of each digit, then by kind.
    rough = measures @ _space(measures, signs)
    kinds = signs * _KINDS
    for sign in range(len(DIGITS)):
        own = signs == sign
        kinds[own] += _clusters(rough[own], _KINDS, dice)
    space = _space(measures, kinds)
    names = np.unique(kinds)
    points = np.array([(measures[kinds == name] @ space).mean(axis=0) for name in names])
    values = np.where(names < _KINDS * len(DIGITS), names // _KINDS, -1)
    return {
        "space": space.astype(np.float16),
        "points": points.astype(np.float16),
        "values": values.astype(np.int8),
    }


def _measured(
    fonts: Sequence[Path], signs: str, times: int, dice: np.random.Generator
) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    for font in fonts:
        for number, sign in enumerate(signs):
            for _ in range(times):
                picture = worn_sign(font, sign, int(dice.integers(*_PIXELS)), dice)
                if picture is not None:
                    yield number, features(picture)


def worn_sign(font: Path, sign: str, pixels: int, dice: np.random.Generator) -> Grey | None:
    """One sign as a scan has it, cut out; None where nothing is left of it."""
    face = ImageFont.truetype(str(font), pixels, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = face.getbbox(sign)
    pad = 6
    image = Image.new("L", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), 255)
    place = (pad - left + dice.random(), pad - top + dice.random())
    ImageDraw.Draw(image).text(place, sign, font=face, fill=0)
    if dice.random() < 0.7:
        image = image.rotate(dice.normal(0, 1.2), resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0, 1.0) * max(0.5, pixels / 40)))
    grey = np.asarray(image, dtype=np.float32)
    if dice.random() < 0.3:
        change = cv2.erode if dice.random() < 0.5 else cv2.dilate
        grey = change(grey, np.ones((2, 2)))
    grey = 250 - (255 - grey) * dice.uniform(0.6, 0.95) + dice.normal(0, dice.uniform(0, 12), grey.shape)
    page = np.clip(grey, 0, 255).astype(np.uint8)
    ink = (page < (np.percentile(page, 95) + page.min()) / 2).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    if len(stats) < 2:
        return None
    x, y, wide, tall, _ = stats[1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))].tolist()
    return page[y : y + tall, x : x + wide] if tall >= 6 and wide >= 3 else None


def _space(measures: _Reals, names: _Numbers) -> _Reals:
    """The space in which measures of one name lie closest together, and far from others (Fisher's)."""
    middle = measures.mean(axis=0)
    within = np.zeros((measures.shape[1],) * 2)
    between = within.copy()
    for name in np.unique(names):
        own = measures[names == name]
        off = own - own.mean(axis=0)
        away = (own.mean(axis=0) - middle)[:, None]
        within += off.T @ off
        between += len(own) * away @ away.T
    within /= len(measures)
    within += _EVEN * np.trace(within) / len(within) * np.eye(len(within))
    root = np.linalg.cholesky(np.linalg.inv(within))
    _, ways = np.linalg.eigh(root.T @ (between / len(measures)) @ root)
    return np.asarray(root @ ways[:, ::-1][:, :_SPACE])


def _clusters(points: _Reals, count: int, dice: np.random.Generator) -> _Numbers:
    """The number of the group of each point."""
    middles = points[dice.choice(len(points), count, replace=False)]
    groups = np.zeros(len(points), np.int64)
    for _ in range(30):
        groups = np.asarray(((points[:, None] - middles[None]) ** 2).sum(axis=2).argmin(axis=1), dtype=np.int64)
        middles = np.array(
            [points[groups == n].mean(axis=0) if (groups == n).any() else middles[n] for n in range(count)]
        )
    return groups


if __name__ == "__main__":
    main()
