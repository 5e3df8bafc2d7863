"""Years in Thai digits on rendered scans: how many are read again rightly, how many are left alone, and how many are
read wrongly, in typefaces whose shapes the program knows and in others. Wrong must be none, or nearly: a wrong year may
complete an item with another year's document.

Run: python -m benchmarks.thai_digits [--seed N] [--pages 2] [--fonts FOLDER]
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.digit_shapes import FAMILIES, TLWG
from documents.ocr.digits.shapes import DIGITS
from documents.ocr.digits.years import believed
from documents.ocr.page import read_page
from documents.ocr.page_image import PageImage

_OTHERS = ("Kinnari", "TlwgTypo", "TlwgMono")
_SAMPLE = Path("sample/fonts/ArundinaSans.ttf")
_YEARS = (2560, 2570)
_LINES = (
    "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. {}",
    "แผนปฏิบัติการป้องกันการทุจริต ประจำปี {} ของเทศบาล",
    "ตามแผนพัฒนาท้องถิ่น ปีงบประมาณ {} และได้ดำเนินการแล้ว",
    "ประกาศ ณ วันที่ ๑๕ ตุลาคม พ.ศ. {}",
    "ลงวันที่ ๒๓ มกราคม {} เรื่อง การใช้จ่ายงบประมาณ",
    "ตามพระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. {} มาตรา ๙",
    "จัดซื้อวัสดุสำนักงาน จำนวน ๔๗ รายการ เป็นเงิน ๖,๘๙๐ บาท โทร. ๐ ๒๕๖๗ ๘๔๙๑",
)
"""The last one holds no year."""


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page was scanned."""

    name: str
    dpi: int
    blur: float
    noise: float
    skew: float
    jpeg: int


_WEARS = (
    Wear("clean 200", 200, 0.4, 2, 0.0, 85),
    Wear("fine 300", 300, 0.9, 6, 0.4, 70),
    Wear("worn 200", 200, 0.8, 10, 0.7, 55),
    Wear("coarse 150", 150, 0.5, 5, -0.5, 60),
    Wear("poor 150", 150, 0.8, 14, 1.0, 45),
)


def main() -> None:
    """Render, read and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--fonts", type=Path, help="more typefaces that the program does not know")
    options = parser.parse_args()
    known = [TLWG / f"{name}{weight}.ttf" for name in FAMILIES for weight in ("", "-Bold")]
    others = [*(TLWG / f"{name}.ttf" for name in _OTHERS), _SAMPLE]
    others += sorted(options.fonts.glob("*.ttf")) if options.fonts else []
    for title, fonts in (("known typefaces", known), ("other typefaces", others)):
        every: Counter[str] = Counter()
        for font in fonts:
            counts: Counter[str] = Counter()
            for wear in _WEARS:
                for page in range(options.pages):
                    counts += read_scan(font, wear, Random(f"{options.seed} {font.name} {wear.name} {page}"))
            every += counts
            print(f"  {font.stem:24}{figures(counts)}", flush=True)
        print(f"{title}: {figures(every)}", flush=True)


def figures(counts: Counter[str]) -> str:
    """One line of figures: years on the pages, and documents of one page."""
    return (
        f"years: {counts['right']:4} right {counts['silent']:4} silent {counts['wrong']:3} wrong; "
        f"believed by page: {counts['believed']:4} right {counts['untold']:3} silent {counts['misled']:3} wrong"
    )


def read_scan(font: Path, wear: Wear, dice: Random) -> Counter[str]:
    """What came of the years of one page, and of what the page as a document is believed to say."""
    years = [dice.randrange(*_YEARS) for _ in range(2)]
    lines = [(line, year) for year in years for line in _LINES]
    page, middles = _scan(font, wear, [line.format(_thai(year)) for line, year in lines], dice)
    pieces = read_page(page, 60.0) or ()
    counts: Counter[str] = Counter()
    truth = [year if "{}" in line else None for line, year in lines]
    seen: list[list[int]] = [[] for _ in lines]
    for piece in pieces:
        at = int(np.argmin(np.abs(np.array(middles) - (piece.box[1] + piece.box[3]) / 2)))
        seen[at] += [year.year for year in piece.years]
    for wanted, found in zip(truth, seen, strict=True):
        counts["wrong"] += sum(year != wanted for year in found)
        if any(year != wanted for year in found):
            print(f"    {font.stem}, {wear.name}: {wanted} read as {found}", flush=True)
        if wanted is not None:
            counts["right" if wanted in found else "silent"] += 1
    told = believed(year for piece in pieces for year in piece.years)
    counts["misled"] += len(told - set(years))
    counts["believed"] += len(told & set(years))
    counts["untold"] += len(set(years) - told)
    return counts


def _thai(year: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(year))


def _scan(font: Path, wear: Wear, lines: Sequence[str], dice: Random) -> tuple[PageImage, list[float]]:
    """A page of lines as a scan, and how far down each line stands, in parts of the page."""
    tall = round(dice.choice((14, 16, 16, 18)) * wear.dpi / 72)
    face = ImageFont.truetype(str(font), tall)
    step, edge = round(tall * 1.7), wear.dpi // 2
    image = Image.new("L", (round(8.27 * wear.dpi), step * len(lines) + 2 * edge), 248)
    draw = ImageDraw.Draw(image)
    middles = []
    for number, line in enumerate(lines):
        top = edge + number * step
        draw.text((edge, top), line, font=face, fill=25)
        middles.append((top + face.getbbox(line)[1] + face.getbbox(line)[3] + top) / 2 / image.height)
    return PageImage(_worn(image, wear, dice), wear.dpi), middles


def _worn(image: Image.Image, wear: Wear, dice: Random) -> np.ndarray:
    image = image.rotate(wear.skew, resample=Image.Resampling.BICUBIC, fillcolor=248)
    image = image.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 200))
    noise = np.random.default_rng(dice.getrandbits(32)).normal(0, wear.noise, (image.height, image.width))
    grey = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    grey.save(out, "JPEG", quality=wear.jpeg)
    return np.asarray(Image.open(out), dtype=np.uint8)


if __name__ == "__main__":
    main()
