"""Tesseract, as a library or as a command: lines with boxes out of images, one thread a process."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2

from core.processes import tie_command
from documents.ocr.library import Library, LibraryError, LibraryTimeoutError, library
from documents.ocr.page_image import Grey

LANGUAGES = "tha+eng"
PAGE_MODE = 3
"""Full layout analysis."""
SHEET_MODE = 6
"""One block of lines: cells stacked one below the other."""
_ROTATE = re.compile(r"^Rotate:\s*(\d+)", re.M)
_CONFIDENCE = re.compile(r"^Orientation confidence:\s*([\d.]+)", re.M)
_SURE = 1.0
_DATA = re.compile(r'"(/[^"\n]+)"')
"""The folder of the data, in the first line of the list of languages."""
_COLUMNS = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
_SARA_AM = re.compile("ํ([่-๋]?)า")
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One recognised line; the box is left, top, right, bottom in pixels, `words` are the boxes of its words,
    confidence (0-1) the mean over letters."""

    text: str
    confidence: float
    box: tuple[int, int, int, int]
    words: tuple[tuple[int, int, int, int], ...] = ()


class TesseractError(Exception):
    """Tesseract is absent, failed or took too long."""


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages installed; none without Tesseract."""
    return frozenset(_listed().split())


@lru_cache(maxsize=1)
def _listed() -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return listed.stdout


def available() -> bool:
    """Whether Tesseract with Thai is installed."""
    return "tha" in languages()


def lines(image: Grey, dpi: int, mode: int, seconds: float) -> list[Line]:
    """The lines of one image, in reading order. Raises TesseractError."""
    text, table = _recognised(image, dpi, mode, seconds)
    # The table has the boxes, but cuts Thai into single letters; the text knows where the spaces are.
    spaced = [line.strip() for line in text.replace("\f", "\n").splitlines() if line.strip()]
    found = []
    at = 0
    for words in _words(table).values():
        bare = "".join(word.text for word in words)
        match = next((n for n in range(at, min(at + _LOOK_AHEAD, len(spaced))) if _bare(spaced[n]) == bare), None)
        if match is not None:
            at = match + 1
        whole = spaced[match] if match is not None else " ".join(word.text for word in words)
        box = (
            min(w.box[0] for w in words),
            min(w.box[1] for w in words),
            max(w.box[2] for w in words),
            max(w.box[3] for w in words),
        )
        confidence = sum(w.confidence * len(w.text) for w in words) / len(bare)
        boxes = tuple(word.box for word in words)
        found.append(Line(_SARA_AM.sub(r"\1ำ", whole), round(confidence, 3), box, boxes))
    return found


def _recognised(image: Grey, dpi: int, mode: int, seconds: float) -> tuple[str, str]:
    """The text of an image and the table of its words."""
    made = _library()
    if made is not None and made.works:
        end = time.monotonic() + seconds
        try:
            text, table = made.recognise(image, dpi, mode, seconds)
        except LibraryTimeoutError as error:
            raise TesseractError("took too long") from error
        except LibraryError:
            # The command is another release, and may do what the library cannot.
            seconds = max(1.0, end - time.monotonic())
        else:
            return text, _COLUMNS + table
    with tempfile.TemporaryDirectory(prefix="oit-ocr-") as name:
        made_in = Path(name)
        out = str(made_in / "out")
        _run(image, [out, "-l", LANGUAGES, "--dpi", str(dpi), "--psm", str(mode), "txt", "tsv"], made_in, seconds)
        try:
            return (made_in / "out.txt").read_text("utf-8", "replace"), (made_in / "out.tsv").read_text(
                "utf-8", "replace"
            )
        except OSError as error:
            raise TesseractError(str(error)) from error


def _library() -> Library | None:
    folder = _DATA.search(_listed())
    return library(folder[1] if folder else "", LANGUAGES)


def close() -> None:
    """End the processes of the library that have nothing to do; without this they end after a while."""
    made = _library()
    if made is not None:
        made.close()


def mean_confidence(found: Sequence[Line]) -> float:
    """Mean over letters, 0-1; 0 without lines."""
    letters = sum(len(line.text) for line in found)
    return round(sum(line.confidence * len(line.text) for line in found) / letters, 3) if letters else 0.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    box: tuple[int, int, int, int]


def _words(table: str) -> dict[tuple[str, str, str], list[_Word]]:
    found: dict[tuple[str, str, str], list[_Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = _bare(row.get("text") or "")
        if row.get("level") != "5" or not text:
            continue
        try:
            left, top, wide, tall = (int(row[name]) for name in ("left", "top", "width", "height"))
            confidence = max(0.0, min(1.0, float(row["conf"]) / 100))
        except (KeyError, ValueError):
            continue
        line = (row["block_num"], row["par_num"], row["line_num"])
        found.setdefault(line, []).append(_Word(text, confidence, (left, top, left + wide, top + tall)))
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def quarter_turns(image: Grey, seconds: float) -> int:
    """Quarter turns counter-clockwise that set a page upright; 0 if it cannot be told."""
    if "osd" not in languages():
        return 0
    try:
        with tempfile.TemporaryDirectory(prefix="oit-ocr-") as folder:
            said = _run(image, ["-", "--psm", "0"], Path(folder), seconds)
    except TesseractError:
        return 0
    rotate, sure = _ROTATE.search(said), _CONFIDENCE.search(said)
    if rotate is None or sure is None or float(sure.group(1)) < _SURE:
        return 0
    # Tesseract names the clockwise turn that mends the page.
    return (-int(rotate.group(1)) // 90) % 4


def _run(image: Grey, options: Sequence[str], folder: Path, seconds: float) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise TesseractError("not installed")
    # Unpacked: a PNG takes ten times as long to write; a PGM is read byte by byte, which costs a twentieth of all.
    source = folder / "page.bmp"
    if not cv2.imwrite(str(source), image):
        raise TesseractError("no picture")
    # One thread a process: unset, the same page takes ten times as long.
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            tie_command([program, str(source), *options]), capture_output=True, timeout=seconds, check=False, env=env
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TesseractError(str(error)) from error
    if done.returncode != 0:
        raise TesseractError(done.stderr.decode("utf-8", "replace")[:200])
    return done.stdout.decode("utf-8", "replace")
