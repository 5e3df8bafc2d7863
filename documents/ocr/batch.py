"""Small pictures recognised together: stacked on one sheet, so that a hundred of them cost one run of Tesseract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from documents.ocr.page_image import Grey
from documents.ocr.tesseract import BOTH, SHEET_MODE, Line, Part, lines

_GAP_INCHES = 0.16
_EDGE_INCHES = 0.12
_SHEET_TALL = 12_000
"""Pixels; Tesseract takes no picture taller than 32,767."""


def read_pictures(
    pictures: Sequence[Grey], dpi: int, paper: int, seconds: float, languages: str = BOTH
) -> list[list[Line]]:
    """The lines of each picture, with their places on it. `paper` is the grey between the pictures,
    `seconds` bounds each run. Raises TesseractError."""
    found = []
    for sheet in _sheets(pictures, dpi):
        found.extend(_read_sheet(sheet, dpi, paper, seconds, languages))
    return found


def paper_grey(page: Grey) -> int:
    """The grey of a page's paper."""
    return int(np.percentile(page[::8, ::8], 80))


def _sheets(pictures: Sequence[Grey], dpi: int) -> list[list[Grey]]:
    gap = int(dpi * _GAP_INCHES)
    sheets: list[list[Grey]] = []
    tall = _SHEET_TALL
    for picture in pictures:
        height = picture.shape[0] + gap
        if tall + height > _SHEET_TALL:
            sheets.append([])
            tall = 0
        sheets[-1].append(picture)
        tall += height
    return sheets


def _read_sheet(pictures: list[Grey], dpi: int, paper: int, seconds: float, languages: str) -> list[list[Line]]:
    gap, edge = int(dpi * _GAP_INCHES), int(dpi * _EDGE_INCHES)
    width = max(picture.shape[1] for picture in pictures) + 2 * edge
    height = sum(picture.shape[0] + gap for picture in pictures) + gap
    sheet = np.full((height, width), paper, np.uint8)
    starts, ends = [], []
    y = gap
    for picture in pictures:
        tall, wide = picture.shape
        sheet[y : y + tall, edge : edge + wide] = picture
        starts.append(y)
        y += tall + gap
        ends.append(y - gap // 2)
    inside: list[list[Line]] = [[] for _ in pictures]
    for line in lines(sheet, dpi, SHEET_MODE, seconds, languages):
        middle = (line.box[1] + line.box[3]) / 2
        at = next((n for n, end in enumerate(ends) if middle < end), len(pictures) - 1)
        inside[at].append(_moved(line, -edge, -starts[at]))
    return inside


def _moved(line: Line, across: int, down: int) -> Line:
    def moved(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        return box[0] + across, box[1] + down, box[2] + across, box[3] + down

    parts = tuple(Part(part.text, part.confidence, moved(part.box), part.spaced) for part in line.parts)
    return replace(line, box=moved(line.box), words=tuple(map(moved, line.words)), parts=parts)
