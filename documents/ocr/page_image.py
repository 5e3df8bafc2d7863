"""Page images made fit for recognition: resolution, skew, noise. Pure picture arithmetic, no recognition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Grey = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

DPI = 200
"""Measured: 200 dpi gives 3.9% character errors on mild scans, 300 dpi 5.2%."""
_OWN_DPI = (150.0, 260.0)
"""A scan's own resolution within these is taken as it is: each resampling costs sharpness."""
_FULL_PAGE = 0.85
_SKEW_LIMIT = 5.0
_SKEW_SEEN = 0.15
"""Degrees; below this a turn blurs more than it straightens."""
_SMALL_SIDE = 450
_NOISY = 7.0
"""Mean difference from the median-filtered page, in grey levels: clean 0.7, mild 3.8, heavy noise 17."""
_FAINT = 8.0
"""Grey levels; paper varies less."""
_DUST = 0.00004
"""Share of the page; one short word takes more."""
_MAX_PIXELS = 40_000_000
_MAX_DECODED = 400_000_000
"""Dots of a picture that is unpacked at all; a sheet of A0 at 300 dpi has 140 million."""
_COARSEST = 20
"""Dots per inch; a sheet of five metres that holds no scan shows nothing that can be read."""
_PAPER_INCHES = 11.7
_DRAWN_OUT = 1.15
"""Times that a picture is wider or taller than its pixels; less does not harm recognition."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page in grey, the way it lies in the file. `dpi` is in dots per inch."""

    grey: Grey
    dpi: int


@dataclass(frozen=True, slots=True)
class Straight:
    """A page image turned upright. `turns` are quarter turns counter-clockwise done first, `angle` the small turn
    after them in degrees counter-clockwise; `crooked` is the image before that small turn."""

    grey: Grey
    turns: int
    angle: float
    crooked: Grey

    def corners(self, box: Box) -> npt.NDArray[np.float64]:
        """Where a box's corners (clockwise from the left top) lie on the crooked image, in pixels."""
        height, width = self.grey.shape
        left, top, right, bottom = box
        corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], dtype=np.float64)
        return corners @ _turning(width, height, -self.angle).T if self.angle else corners[:, :2]

    def fraction(self, box: Box) -> Box:
        """A box of this image, in pixels, as left, top, right, bottom in fractions of the page as it lies in the
        file; of a turned box the upright box around it."""
        height, width = self.grey.shape
        corners = self.corners(box).tolist() if self.angle else (box[:2], box[2:])
        points = [(x / width, y / height) for x, y in corners]
        for _ in range(self.turns % 4):
            points = [(1 - y, x) for x, y in points]
        across, down = zip(*points, strict=True)
        limits = min(across), min(down), max(across), max(down)
        left, top, right, bottom = (round(min(1.0, max(0.0, value)), 5) for value in limits)
        return left, top, right, bottom


def render_page(page: Any) -> PageImage | None:
    """A PDF page (pypdfium2) as an image: at the resolution of its own scan where it is one, never beyond its pixels,
    else at 200 dpi; a page of poster size is made small enough to hold. None if no picture of it can be made."""
    width, height = page.get_size()
    scan = _scan_of(page, width, height)
    if scan is not None and scan.pixels > _MAX_DECODED:
        return None
    dpi = scale_dpi = float(DPI)
    if scan is not None and scan.dpi <= _OWN_DPI[1]:
        # A sheet of metres is a scan whose file says nothing of its size: the paper was a sheet of A4.
        scale_dpi = scan.dpi
        dpi = scan.dpi if scan.dpi >= _OWN_DPI[0] else max(scan.dpi, scan.dpi * max(width, height) / 72 / _PAPER_INCHES)
    pixels = (width * scale_dpi / 72) * (height * scale_dpi / 72)
    if pixels > _MAX_PIXELS:
        shrunk = (_MAX_PIXELS / pixels) ** 0.5
        scale_dpi, dpi = scale_dpi * shrunk, dpi * shrunk
    if dpi < _COARSEST or min(width, height) * scale_dpi / 72 < 1:
        return None
    try:
        bitmap = page.render(scale=scale_dpi / 72, grayscale=True, rev_byteorder=False)
    except (pdfium.PdfiumError, MemoryError, ValueError):
        return None
    try:
        grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
    finally:
        bitmap.close()
    grey = grey if grey.ndim == 2 else grey[:, :, 0].copy()
    if dpi < _OWN_DPI[0] and scan is not None:
        grey, dpi = _enlarged(grey, dpi)
    return PageImage(grey, max(30, round(dpi)))


def _enlarged(grey: Grey, dpi: float) -> tuple[Grey, float]:
    """A coarse scan at the size at which letters are recognised best."""
    factor = min(DPI / dpi, (_MAX_PIXELS / grey.size) ** 0.5)
    if factor <= 1:
        return grey, dpi
    large = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, dtype=np.uint8), dpi * factor


def cut_out(image: PageImage, box: Box, known: Sequence[Box] = (), stretch: float = 1.0) -> PageImage:
    """The part of a page image within a box in fractions of it, other boxes painted over in the colour of paper; one
    that was drawn out in one direction is pressed together again."""
    height, width = image.grey.shape
    grey = image.grey.copy() if known else image.grey
    paper = int(np.percentile(grey[::8, ::8], 80))
    for left, top, right, bottom in known:
        grey[int(top * height) : round(bottom * height) + 1, int(left * width) : round(right * width) + 1] = paper
    left, top, right, bottom = box
    part = grey[int(top * height) : max(1, round(bottom * height)), int(left * width) : max(1, round(right * width))]
    if not 1 / _DRAWN_OUT < stretch < _DRAWN_OUT:
        fx, fy = (1.0, 1 / min(stretch, 8.0)) if stretch > 1 else (max(stretch, 1 / 8.0), 1.0)
        part = np.asarray(cv2.resize(part, None, fx=fx, fy=fy, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return PageImage(np.ascontiguousarray(part), image.dpi)


@dataclass(frozen=True, slots=True)
class _Scan:
    """The picture that covers a page: its dots per inch there, and how many it has."""

    dpi: float
    pixels: int


def _scan_of(page: Any, width: float, height: float) -> _Scan | None:
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        try:
            left, bottom, right, top = _bounds_on_page(item)
            wide, tall = item.get_px_size()
        except pdfium.PdfiumError:
            continue
        if (right - left) * (top - bottom) >= _FULL_PAGE * width * height and right > left and wide > 0 and tall > 0:
            # On its side or not: the picture's dots over the area they take.
            dots = wide * tall / ((right - left) * (top - bottom))
            return _Scan(float(round(72 * dots**0.5)), wide * tall)
    return None


def _bounds_on_page(item: Any) -> Box:
    """Left, bottom, right, top of an object on its page: one within a form is given where it lies in the form."""
    box: Box = item.get_bounds()
    form = item.container
    while form is not None:
        box = form.get_matrix().on_rect(*box)
        form = form.container
    return box


def straighten(grey: Grey, turns: int = 0) -> Straight:
    """The page with its text lines level, after so many quarter turns counter-clockwise."""
    turned: Grey = np.ascontiguousarray(np.rot90(grey, turns)) if turns % 4 else grey
    angle = skew(turned)
    if abs(angle) < _SKEW_SEEN:
        return Straight(turned, turns % 4, 0.0, turned)
    height, width = turned.shape
    paper = float(np.percentile(turned[::8, ::8], 80))
    level = cv2.warpAffine(
        turned, _turning(width, height, angle), (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,)
    )
    return Straight(np.asarray(level, dtype=np.uint8), turns % 4, angle, turned)


def spot_boxes(ink: Grey) -> npt.NDArray[np.int64]:
    """Left, top, right, bottom of each spot of ink; by their outlines, in a tenth of the time that numbering every dot
    takes."""
    outlines, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return np.zeros((0, 4), dtype=np.int64)
    own = [line for line, around in zip(outlines, tree[0, :, 3].tolist(), strict=True) if around < 0]
    # All at once: a grainy page has fifty thousand.
    corners = np.concatenate(own).reshape(-1, 2)
    starts = np.cumsum([0, *map(len, own[:-1])])
    low, high = np.minimum.reduceat(corners, starts), np.maximum.reduceat(corners, starts)
    found: npt.NDArray[np.int64] = np.hstack([low, high + 1]).astype(np.int64)
    return found


def _turning(width: int, height: int, angle: float) -> npt.NDArray[np.float64]:
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64)


def skew(grey: Grey) -> float:
    """Degrees counter-clockwise by which the page must be turned so that its lines lie level; 0 if nothing tells.

    The turn at which the rows' darkness differs most between neighbours."""
    factor = _SMALL_SIDE / max(_SMALL_SIDE, min(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 10).astype(np.float32)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        turned = cv2.warpAffine(ink, _turning(width, height, angle), (width, height), flags=cv2.INTER_LINEAR)
        rows = turned.sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max(np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.01, 0.5), key=sharpness)
    fine = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=sharpness)
    # A page without lines is as sharp one way as another: a turn must gain something.
    return round(float(fine), 2) if sharpness(fine) > 1.02 * sharpness(0.0) else 0.0


def noise(grey: Grey) -> float:
    """How much the page differs from its median-filtered self, in grey levels."""
    return float(cv2.absdiff(grey, cv2.medianBlur(grey, 3)).mean())


def is_noisy(grey: Grey) -> bool:
    """Whether cleaning is worth trying first: it harms pages that are only a little worn."""
    return noise(grey) >= _NOISY


def clean_page(grey: Grey) -> Grey:
    """A heavily worn page in black and white: median filter, even light, then a threshold that follows the
    neighbourhood's mean and spread (Sauvola)."""
    quiet = cv2.GaussianBlur(cv2.medianBlur(grey, 3), (0, 0), 1.0)
    size = (41, 41)
    mean, squares = cv2.boxFilter(quiet, cv2.CV_32F, size), cv2.sqrBoxFilter(quiet, cv2.CV_32F, size)
    # In place: a page has four million dots.
    threshold = np.asarray(cv2.sqrt(np.maximum(squares - mean * mean, 0)), dtype=np.float32)
    threshold *= 0.15 / 128
    threshold += 0.85
    threshold *= mean
    return np.where(quiet > threshold, np.uint8(255), np.uint8(0))


def is_blank(grey: Grey) -> bool:
    """Whether nothing is on the page but dust and the shadow of its edges."""
    height, width = grey.shape
    inner = grey[height // 30 : height - height // 30, width // 30 : width - width // 30]
    quiet = cv2.medianBlur(inner, 5).astype(np.float32)
    # Against its own shade: a scanner's light falls off, and faint writing must not pass for paper.
    differs = np.abs(quiet - cv2.GaussianBlur(quiet, (0, 0), 25)) > _FAINT
    return float(differs.mean()) < _DUST
