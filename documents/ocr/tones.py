"""The greys of a page made as recognition likes them: writing dark on light everywhere, and paper without grain."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.ocr.page_image import Grey, noise

_LOOK_DPI = 100
_DARK = 0.6
"""Part of the paper's grey below which ground is dark."""
_AROUND = (39, 17)
"""Pixels of the look, across and down, in whose middle the ground is dark if half of them are: more than letters take,
less than a filled line is tall."""
_TALL, _WIDE = 12, 24
"""Pixels of the look; a filled area measures at least so much."""
_LETTER = (4, 40)
"""Pixels of the look; how tall light letters are."""
_FEWEST = 2
"""Letters, or words that run together."""
_EVEN = 8.0
"""Half of a filled area's greys are as near as this to its middle one; those of photographs are further."""
_FULL = 0.85
"""Share of its box from which a dark area is the whole box."""
_CONTRAST = 60.0
_FLAT, _SOLID, _RAGGED = 4, 0.99, 4
"""Times that a bar is wider than tall at least, how much of it is dark, and pixels of the look along its edges where
paper may show."""
_EDGE = 1.5
"""Pixels of the look by which it may be wrong about where a filled area ends."""
_LIGHT_PAPER = 160
_GRAIN = 1.5
"""Noise (`page_image.noise`) from which paper has a grain."""
_ABOVE = (3.0, 8.0)
"""What is lighter than the paper less so many times its noise and so many greys is paper."""

_Flags = npt.NDArray[np.bool_]


def darken_writing(grey: Grey, dpi: int) -> Grey:
    """The page with light writing on a dark ground turned into dark writing on paper, such as in the filled heads of
    tables: recognition seldom reads it as it is, and no rules are found there. Photographs stay as they are."""
    factor = min(1.0, _LOOK_DPI / dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    light = float(np.percentile(small[::4, ::4], 80))
    paper = light if light >= _LIGHT_PAPER else 255.0
    dark = (small < _DARK * paper).astype(np.uint8)
    share = cv2.blur(255 * dark, _AROUND)
    filled = cv2.morphologyEx((share >= 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones((_TALL, _WIDE), np.uint8))
    if not filled.any():
        return grey
    count, areas = cv2.connectedComponents(filled)
    page = grey
    spots = _Light.of(dark)
    for number in range(1, count):
        area = _boxed(areas == number)
        letters = spots.letters(area)
        ground = small[area & (dark > 0)]
        middle = float(np.median(ground))
        if float(np.median(np.abs(ground - middle))) > _EVEN:
            continue
        if not letters.any():
            if _is_bar(area, dark):
                page = _hollowed(page, area, round(paper))
            continue
        bright = float(np.percentile(small[letters], 90))
        if bright - middle >= _CONTRAST:
            page = _turned(page, area, middle, bright, paper)
    return page


def _is_bar(area: _Flags, dark: Grey) -> bool:
    """Whether a dark area is a bar across a table, or what was blacked out: all dark, wide, and apart from the page's
    edge, along which scanners draw shadows."""
    left, top, wide, tall = cv2.boundingRect(area.astype(np.uint8))
    height, width = area.shape
    apart = min(left, top) > 0 and left + wide < width and top + tall < height
    inner = dark[top + _RAGGED : top + tall - _RAGGED, left + _RAGGED : left + wide - _RAGGED]
    return apart and wide >= _FLAT * tall and inner.size > 0 and float(inner.mean()) >= _SOLID


def _boxed(area: _Flags) -> _Flags:
    """An area with the corners that its look has rounded."""
    left, top, wide, tall = cv2.boundingRect(area.astype(np.uint8))
    if np.count_nonzero(area) >= _FULL * wide * tall:
        area[top : top + tall, left : left + wide] = True
    return area


@dataclass(frozen=True, slots=True)
class _Light:
    """The light spots of a look: each pixel's spot, 0 where it is dark, how many pixels each has, and which of them
    have the size of letters."""

    spots: npt.NDArray[np.int32]
    pixels: npt.NDArray[np.int64]
    sized: _Flags

    @staticmethod
    def of(dark: Grey) -> _Light:
        _, spots, stats, _ = cv2.connectedComponentsWithStats(1 - dark)
        tall = stats[:, cv2.CC_STAT_HEIGHT]
        sized = (tall >= _LETTER[0]) & (tall <= _LETTER[1])
        sized[0] = False
        pixels = stats[:, cv2.CC_STAT_AREA].astype(np.int64)
        return _Light(np.asarray(spots, dtype=np.int32), pixels, np.asarray(sized, dtype=np.bool_))

    def letters(self, area: _Flags) -> _Flags:
        """What is light within a dark area and does not reach its edge; nothing unless it has the size of letters."""
        found = np.zeros_like(area)
        left, top, wide, tall = cv2.boundingRect(area.astype(np.uint8))
        part = np.s_[top : top + tall, left : left + wide]
        spots = self.spots[part]
        within = np.bincount(spots[area[part]], minlength=len(self.pixels))
        inside = self.sized & (within == self.pixels)
        if np.count_nonzero(inside) >= _FEWEST:
            found[part] = inside[spots]
        return found


def _turned(page: Grey, area: _Flags, ground: float, bright: float, paper: float) -> Grey:
    """The page with one area, given on the look, turned."""
    height, width = page.shape
    mask = cv2.resize(area.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    around = np.ones((2 * round(_EDGE * height / area.shape[0]) + 1,) * 2, np.uint8)
    inner, outer = cv2.erode(mask, around, borderValue=1) > 0, cv2.dilate(mask, around) > 0
    # Both what is lighter and what is darker than the ground is writing or a rule.
    greys = paper - np.abs(np.arange(256) - ground) * (paper / (bright - ground))
    turned = cv2.LUT(page, np.clip(greys, 0, 255).astype(np.uint8))
    # At the edge, whose place the look tells only nearly, whatever is light stays or becomes paper.
    return np.where(inner, turned, np.where(outer, np.maximum(page, turned), page)).astype(np.uint8)


def _hollowed(page: Grey, area: _Flags, paper: int) -> Grey:
    """The page with one dark area, given on the look, as paper within a thin rule around it: it parts what stands above
    from what stands below as rules do, and nothing is written in it."""
    height, width = page.shape
    mask = cv2.resize(area.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    around = np.ones((2 * round(_EDGE * height / area.shape[0]) + 1,) * 2, np.uint8)
    empty = np.where(cv2.dilate(mask, around) > 0, np.uint8(paper), page)
    return np.where((mask > 0) & (cv2.erode(mask, np.ones((3, 3), np.uint8)) == 0), np.uint8(0), empty)


def smooth_paper(grey: Grey) -> Grey:
    """The page with its paper white and even where it has a grain, which costs recognition an eighth of its time;
    letters keep their edges. A page without light paper, or as good as a print, stays as it is."""
    paper = float(np.percentile(grey[::8, ::8], 80))
    grain = noise(grey)
    if paper < _LIGHT_PAPER or grain < _GRAIN:
        return grey
    white = paper - _ABOVE[0] * grain - _ABOVE[1]
    return np.asarray(cv2.LUT(grey, np.clip(np.arange(256) * (255 / white), 0, 255).astype(np.uint8)), dtype=np.uint8)
