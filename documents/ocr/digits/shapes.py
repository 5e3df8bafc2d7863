"""Thai digits told from their shapes: Tesseract's Thai has only five of the ten in its alphabet, so a year in a scan is
another year, or none. A shape is compared with the digits of many typefaces, and with letters, which are no digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from documents.ocr.page_image import Grey

DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_DATA = Path(__file__).with_name("shapes.npz")
"""Made by benchmarks/digit_shapes.py."""
_SIDE, _ZONES, _WAYS = 32, 5, 8
"""Pixels to which a shape is drawn, zones across and down, and directions of its edges that are measured."""
_ASPECT = 0.3
"""Weight of a shape's width over its height."""
_FAINT = 20.0
"""Grey levels between paper and ink at least."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Digit:
    """What a shape is likest to: `value` 0 to 9, `sure` how much nearer it is than to the next one, 0 to 1, and `far`
    how far it is from the nearest, in spreads of the same digit's shapes. A shape that is likest to a letter has value
    -1."""

    value: int
    sure: float
    far: float


@dataclass(frozen=True, slots=True)
class DigitShapes:
    """The typefaces' shapes as points in a space in which those of one digit lie close together: `space` leads there,
    `points` are they, `values` the digit of each, -1 for a letter."""

    space: Floats
    points: Floats
    values: npt.NDArray[np.int8]

    def tell(self, pictures: Sequence[Grey]) -> list[Digit]:
        """What each of some pictures, each of one shape and nothing else, shows."""
        if not pictures:
            return []
        places = np.stack([features(picture) for picture in pictures]) @ self.space
        away = np.linalg.norm(places[:, None] - self.points[None], axis=2)
        each = np.stack([away[:, self.values == value].min(axis=1) for value in (*range(10), -1)], axis=1)
        order = np.argsort(each, axis=1)
        found = []
        for row, (first, second) in zip(each, order[:, :2].tolist(), strict=True):
            near, next_one = float(row[first]), float(row[second])
            found.append(Digit(first if first < len(DIGITS) else -1, 1 - near / max(next_one, 1e-6), near))
        return found


@lru_cache(maxsize=1)
def digit_shapes() -> DigitShapes:
    """The shapes that come with the program."""
    with np.load(_DATA) as data:
        return DigitShapes(data["space"].astype(np.float32), data["points"].astype(np.float32), data["values"])


def features(picture: Grey) -> Floats:
    """How the edges of a shape run in each part of it, whatever its size, stroke and ink."""
    ink = picture.astype(np.float32)
    paper, dark = float(np.percentile(ink, 90)), float(np.percentile(ink, 5))
    ink = np.clip((paper - ink) / max(_FAINT, paper - dark), 0, 1)
    height, width = picture.shape
    way = cv2.INTER_AREA if max(height, width) > _SIDE else cv2.INTER_LINEAR
    drawn = cv2.GaussianBlur(cv2.resize(ink, (_SIDE, _SIDE), interpolation=way), (0, 0), 1.0)
    across, down = cv2.Sobel(drawn, cv2.CV_32F, 1, 0), cv2.Sobel(drawn, cv2.CV_32F, 0, 1)
    ways = np.arctan2(down, across) % (2 * np.pi) * (_WAYS / (2 * np.pi))
    first = np.floor(ways).astype(np.int64) % _WAYS
    part, strength = ways - np.floor(ways), np.hypot(across, down)
    edges = np.zeros((_WAYS, _SIDE * _SIDE), np.float32)
    dots = np.arange(_SIDE * _SIDE)
    edges[first.ravel(), dots] += (strength * (1 - part)).ravel()
    edges[(first.ravel() + 1) % _WAYS, dots] += (strength * part).ravel()
    look = _zones()
    sums = np.sqrt(np.maximum(0, look @ edges.reshape(_WAYS, _SIDE, _SIDE) @ look.T)).ravel()
    sums /= max(1e-6, float(np.linalg.norm(sums)))
    return np.append(sums, _ASPECT * np.log(width / height)).astype(np.float32)


@lru_cache(maxsize=1)
def _zones() -> Floats:
    """How much each row of a drawn shape counts for each zone: those around its middle most."""
    middles = (np.arange(_ZONES) + 0.5) * _SIDE / _ZONES
    away = (np.arange(_SIDE) + 0.5)[None] - middles[:, None]
    weights = np.exp(-0.5 * (away / (_SIDE / _ZONES / 2)) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)
