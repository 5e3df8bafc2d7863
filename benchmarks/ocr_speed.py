"""Recognition against plain Tesseract on the same page images with the same number of processes: wall time as a
ratio, and what each of them reads.

Pages are made anew from a seed: reports with headings and text, half of them with a ruled table whose section column
has a wrapped header, as clean, mild and poor scans, and some lying on their side. Processor time is printed beside
wall time: it stays the same on a machine that has other work to do.

Run: python -m benchmarks.ocr_speed [--pages N] [--rounds N]
"""

from __future__ import annotations

import argparse
import io
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from core.models.snapshot import BlockKind
from core.thai.normalize import make_key
from documents.base import ReadLimits
from documents.ocr.page_image import DPI, PageImage
from documents.ocr.recognise import recognise_images
from documents.ocr.tesseract import close
from sample.paper import Heading, Paper, Table, Text
from sample.render.pdf import pdf

_AT_ONCE = 2
_LYING = "on its side"
_HEADERS = ("ปัญหา/อุปสรรค", "ปัญหา อุปสรรค และข้อเสนอแนะ", "ปัญหาอุปสรรคในการดำเนินงาน", "ข้อเสนอแนะเพื่อการปรับปรุง")
_PROJECTS = (
    "โครงการส่งเสริมคุณธรรมและความโปร่งใส", "โครงการพัฒนาบุคลากรด้านดิจิทัล", "โครงการบริการประชาชนเคลื่อนที่",
    "โครงการปรับปรุงศูนย์ข้อมูลข่าวสาร", "โครงการอบรมการจัดซื้อจัดจ้าง", "โครงการตรวจสุขภาพเจ้าหน้าที่",
)  # fmt: skip
_RESULTS = ("ดำเนินการแล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "ผู้เข้าร่วม 150 คน", "เบิกจ่ายแล้วร้อยละ 87")
_PROBLEMS = ("ไม่มี", "งบประมาณไม่เพียงพอ", "บุคลากรมีภารกิจมาก", "ประชาชนไม่ทราบกำหนดการ", "วัสดุมีราคาสูงขึ้น")
_SENTENCES = (
    "สำนักงานได้ดำเนินการตามแผนปฏิบัติการประจำปีโดยมีผลเป็นไปตามเป้าหมายที่กำหนดไว้",
    "ทั้งนี้ ได้ติดตามผลการดำเนินงานอย่างต่อเนื่องและรายงานให้ผู้บริหารทราบเป็นระยะ",
    "ประชาชนในพื้นที่ห่างไกลยังเข้าไม่ถึงบริการของหน่วยงานเท่าที่ควร",
    "หน่วยงานที่เกี่ยวข้องได้ร่วมกันกำหนดแนวทางการป้องกันและแก้ไขปัญหา",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with what stands on it."""

    image: Image.Image
    header: str
    pieces: tuple[str, ...]


def main() -> None:
    """Make the pages, read them both ways, print ratios and figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6, help="pages per quality")
    parser.add_argument("--rounds", type=int, default=2, help="times that each way is measured, in turns")
    options = parser.parse_args()
    rng = random.Random(2567)
    tables = [_sheet(rng, table=True) for _ in range(options.pages)]
    texts = [_sheet(rng, table=False) for _ in range(options.pages)]
    qualities: dict[str, list[Sheet]] = {}
    for kind, sheets in (("text", texts), ("table", tables)):
        qualities[f"{kind}, clean"] = sheets
        qualities[f"{kind}, mild"] = [replace(s, image=_mild(s.image, rng)) for s in sheets]
        qualities[f"{kind}, poor"] = [replace(s, image=_poor(s.image, rng)) for s in sheets]
    qualities[_LYING] = [replace(s, image=s.image.rotate(90, expand=True)) for s in (texts[0], tables[0])]
    print(f"{_AT_ONCE} at once, {options.pages} pages per quality; CER over all paragraphs and cells")
    print(f"{'pages':12} {'wall':>6} {'cpu':>6} {'header ours':>12} {'plain':>7} {'CER ours':>9} {'plain':>7}")
    totals: dict[str, list[float]] = {"clean": [0.0] * 4, "mild": [0.0] * 4, "poor": [0.0] * 4}
    for name, sheets in qualities.items():
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, sheet in enumerate(sheets):
                paths.append(Path(folder) / f"{number}.png")
                sheet.image.save(paths[-1])
            ours, plain = [], []
            for _ in range(options.rounds):
                plain.append(_timed(lambda paths=paths: _plain(paths)))  # type: ignore[misc]
                ours.append(_timed(lambda sheets=sheets: _ours(sheets)))  # type: ignore[misc]
            our_heads, our_texts = ours[0].texts
            plain_heads, plain_texts = plain[0].texts
        times = [
            sum(t.wall for t in ours),
            sum(t.wall for t in plain),
            sum(t.cpu for t in ours),
            sum(t.cpu for t in plain),
        ]
        if name != _LYING:
            total = totals[name.split(", ")[1]]
            total[:] = [a + b for a, b in zip(total, times, strict=True)]
        print(
            f"{name:12} {times[0] / times[1]:6.2f} {times[2] / times[3]:6.2f} {_found(our_heads, sheets):>12} "
            f"{_found(plain_heads, sheets):>7} {_cer(our_texts, sheets):9.1%} {_cer(plain_texts, sheets):7.1%}",
            flush=True,
        )
    for name, total in totals.items():
        print(f"{name + ', all':12} {total[0] / total[1]:6.2f} {total[2] / total[3]:6.2f}")
    every = [sum(total[n] for total in totals.values()) for n in range(4)]
    print(f"{'all upright':12} {every[0] / every[1]:6.2f} {every[2] / every[3]:6.2f}   (bar for wall: 1.30)")


def _sheet(rng: random.Random, *, table: bool) -> Sheet:
    header = rng.choice(_HEADERS) if table else ""
    heads = ("ที่", "ชื่อโครงการ", "ผลการดำเนินงาน", header)
    rows = tuple(
        (str(n), rng.choice(_PROJECTS), rng.choice(_RESULTS), rng.choice(_PROBLEMS))
        for n in range(1, rng.randint(5, 9))
    )
    texts = [" ".join(rng.sample(_SENTENCES, 2)) for _ in range(4 if table else 10)]
    middle = (Table(heads, rows), Heading("5. ปัญหา อุปสรรค", 2)) if table else (Heading("5. ปัญหา อุปสรรค", 2),)
    half = len(texts) // 2
    blocks = (*map(Text, texts[:half]), *middle, *map(Text, texts[half:]))
    paper = Paper("รายงานผลการดำเนินงานประจำปี 2566", blocks)
    page = pdfium.PdfDocument(pdf(paper, shaped=True))[0]
    image = page.render(scale=DPI / 72).to_pil().convert("L")
    cells = (*heads[1:], *(cell for row in rows for cell in row[1:])) if table else ()
    return Sheet(image, header, (*texts, *cells))


def _mild(image: Image.Image, rng: random.Random) -> Image.Image:
    return _worn(image, rng, angle=0.7, blur=0.8, contrast=0.85, noise=9, quality=55)


def _poor(image: Image.Image, rng: random.Random) -> Image.Image:
    return _worn(image, rng, angle=1.8, blur=1.2, contrast=0.6, noise=26, quality=35)


def _worn(
    image: Image.Image, rng: random.Random, *, angle: float, blur: float, contrast: float, noise: float, quality: int
) -> Image.Image:
    turned = image.rotate(rng.uniform(-angle, angle), fillcolor=255, resample=Image.Resampling.BICUBIC)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32)
    grey = 128 + (grey - 128) * contrast + 40 * (1 - contrast)
    grey = grey + np.random.default_rng(rng.randrange(1 << 30)).normal(0, noise, grey.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


_Texts = tuple[list[list[str]], list[str]]
"""Header cells (or lines) of each page, and each page's whole text."""


def _ours(sheets: list[Sheet]) -> _Texts:
    images = ((n, PageImage(np.asarray(s.image), DPI)) for n, s in enumerate(sheets, 1))
    limits = ReadLimits(ocr_pages=len(sheets), seconds=3600)
    blocks = recognise_images(images, list(range(1, len(sheets) + 1)), limits, None).blocks
    # Processes that stay count when they have ended.
    close()
    pages = [[b for b in blocks if b.page == n] for n in range(1, len(sheets) + 1)]
    heads = [[b.text for b in page if b.kind is BlockKind.CELL and b.row == 0] for page in pages]
    return heads, ["\n".join(b.text for b in page) for page in pages]


def _plain(paths: list[Path]) -> _Texts:
    def one(path: Path) -> str:
        command = ["tesseract", str(path), "-", "-l", "tha+eng", "--dpi", str(DPI), "--psm", "3"]
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        return subprocess.run(command, capture_output=True, check=True, env=env).stdout.decode("utf-8", "replace")

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        texts = list(threads.map(one, paths))
    return [text.splitlines() for text in texts], texts


@dataclass(frozen=True, slots=True)
class _Timed:
    wall: float
    cpu: float
    texts: _Texts


def _timed(work: Callable[[], _Texts]) -> _Timed:
    wall, cpu = time.perf_counter(), _cpu()
    texts = work()
    return _Timed(time.perf_counter() - wall, _cpu() - cpu, texts)


def _cpu() -> float:
    """Processor seconds of this process and of those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _key(text: str) -> str:
    return "".join(make_key(text).text.split())


def _found(heads: list[list[str]], sheets: list[Sheet]) -> str:
    pairs = [(texts, s) for texts, s in zip(heads, sheets, strict=True) if s.header]
    hits = sum(any(_key(s.header) == _key(text) for text in texts) for texts, s in pairs)
    return f"{hits} of {len(pairs)}" if pairs else ""


def _cer(texts: list[str], sheets: list[Sheet]) -> float:
    """Edits needed to make what was read best fit what stands there, over its length."""
    edits = letters = 0
    for text, sheet in zip(texts, sheets, strict=True):
        page = _key(text)
        for piece in map(_key, sheet.pieces):
            fit = fuzz.partial_ratio_alignment(piece, page)
            read = page[fit.dest_start : fit.dest_end] if fit is not None else ""
            edits += min(len(piece), Levenshtein.distance(piece, read))
            letters += len(piece)
    return edits / max(1, letters)


if __name__ == "__main__":
    main()
