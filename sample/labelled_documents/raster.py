"""A paper as pictures of its pages at three qualities, as scanners and telephones make them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

import pypdfium2 as pdfium
from PIL import Image, ImageEnhance, ImageFilter

from sample.paper import Paper
from sample.render.pdf import pdf, picture_pdf


@dataclass(frozen=True, slots=True)
class Quality:
    """How a page is worn: dots per inch of the scan, degrees of skew, pixels of blur, share of noise,
    JPEG quality, paper's grey (0-255)."""

    dpi: int
    skew: float
    blur: float
    noise: float
    jpeg: int
    grey: int


QUALITIES = {
    "clean": Quality(200, 0.0, 0.0, 0.0, 90, 255),
    "mild": Quality(150, 0.8, 0.5, 0.05, 70, 240),
    "poor": Quality(52, 2.5, 1.1, 0.30, 18, 220),
}
"""A good office scanner; a copy of a copy; a page that no machine can read."""


def pictures(paper: Paper, quality: Quality, seed: int) -> list[Image.Image]:
    """The paper's pages as grey pictures."""
    document = pdfium.PdfDocument(pdf(paper, shaped=True))
    try:
        pages = [page.render(scale=quality.dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
    return [_worn(page, quality, Random(f"{seed}/{i}")) for i, page in enumerate(pages)]


def _worn(page: Image.Image, quality: Quality, dice: Random) -> Image.Image:
    if quality.grey < 255:
        page = ImageEnhance.Contrast(page).enhance(0.8).point(lambda value: min(value, quality.grey))
    if quality.skew:
        page = page.rotate(quality.skew * dice.choice((-1, 1)), Image.Resampling.BICUBIC, fillcolor=quality.grey)
    if quality.blur:
        page = page.filter(ImageFilter.GaussianBlur(quality.blur))
    if quality.noise:
        noise = Image.frombytes("L", page.size, dice.randbytes(page.size[0] * page.size[1]))
        page = Image.blend(page, noise, quality.noise)
    return page


def scan(paper: Paper, quality: Quality, seed: int) -> bytes:
    """The paper as a PDF that holds pictures only."""
    return picture_pdf([encode_page(page, "JPEG", quality) for page in pictures(paper, quality, seed)])


def encode_page(page: Image.Image, form: str, quality: Quality) -> bytes:
    """One page as JPEG, PNG or TIFF."""
    out = io.BytesIO()
    dpi = (quality.dpi, quality.dpi)
    if form == "JPEG":
        page.save(out, form, quality=quality.jpeg, dpi=dpi)
    else:
        page.save(out, form, dpi=dpi)
    return out.getvalue()


def tiff(pages: list[Image.Image], quality: Quality) -> bytes:
    """All pages in one TIFF, as a fax keeps them."""
    out = io.BytesIO()
    dpi = (quality.dpi, quality.dpi)
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=dpi, compression="tiff_lzw")
    return out.getvalue()
