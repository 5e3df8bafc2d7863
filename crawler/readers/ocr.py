"""Recognition of pages without a text layer, with Tesseract (Thai and English)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from crawler.readers.base import ReadLimits
from crawler.readers.lines import line_block
from oit.model import Block, BlockKind

_DPI = 200
"""Measured: 200 dpi gives 3.9% character errors on mild scans, 300 dpi 5.2%."""
_LANGUAGES = "tha+eng"


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether Tesseract with Thai is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "tha" in listed.stdout.split()


def recognise_pages(
    document: Any, pages: list[int], limits: ReadLimits, cache: Path | None
) -> tuple[list[Block], list[int]]:
    """Blocks of the given pages (numbered from 1) and the pages still unread: those past the budget, and
    those on which nothing could be recognised."""
    blocks: list[Block] = []
    left = list(pages[limits.ocr_pages :])
    for number in pages[: limits.ocr_pages]:
        page = document[number - 1]
        image = page.render(scale=_DPI / 72, grayscale=True).to_pil()
        page.close()
        found = recognise(image, number, limits, cache)
        if found:
            blocks.extend(found)
        else:
            left.append(number)
    return blocks, sorted(left)


def recognise(image: Any, number: int, limits: ReadLimits, cache: Path | None) -> list[Block]:
    """Lines of one page image; an empty list if nothing is legible. The same picture is recognised once."""
    picture = io.BytesIO()
    image.save(picture, "PNG")
    data = picture.getvalue()
    key = hashlib.sha256(image.tobytes()).hexdigest()
    path = cache / "ocr" / key[:2] / f"{key}.json" if cache is not None else None
    if path is not None and path.exists():
        lines = json.loads(path.read_text("utf-8"))
    else:
        lines = _tesseract(data, limits)
        if path is not None and lines is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps(lines, ensure_ascii=False), "utf-8")
            part.rename(path)
    blocks = []
    for at, (text, confidence, box) in enumerate(lines or (), 1):
        block = line_block(text, page=number, line=at)
        blocks.append(
            Block(
                BlockKind.PARAGRAPH, block.text, page=number, line=at, ocr=True, confidence=confidence,
                bbox=(box[0] / image.width, box[1] / image.height, box[2] / image.width, box[3] / image.height),
            )
        )  # fmt: skip
    return blocks


def _tesseract(picture: bytes, limits: ReadLimits) -> list[tuple[str, float, tuple[int, int, int, int]]] | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    # One thread a process: unset, the same page takes ten times as long.
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [program, "-", "-", "-l", _LANGUAGES, "--dpi", str(_DPI), "--psm", "3", "tsv"],
            input=picture, capture_output=True, timeout=limits.ocr_seconds, check=False, env=env,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    return _lines(done.stdout.decode("utf-8", "replace"))


def _lines(table: str) -> list[tuple[str, float, tuple[int, int, int, int]]]:
    """Lines from Tesseract's table of words. Thai has no spaces, so its pieces are joined as they come."""
    lines: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and (row.get("text") or "").strip():
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    found = []
    for words in lines.values():
        confidence = sum(float(w["conf"]) for w in words) / len(words) / 100
        left = min(int(w["left"]) for w in words)
        top = min(int(w["top"]) for w in words)
        right = max(int(w["left"]) + int(w["width"]) for w in words)
        bottom = max(int(w["top"]) + int(w["height"]) for w in words)
        found.append((" ".join(w["text"] for w in words), round(confidence, 3), (left, top, right, bottom)))
    return found
