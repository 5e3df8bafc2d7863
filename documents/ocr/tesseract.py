"""Tesseract, as a library or as a command: lines with boxes out of images, one thread a process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import cv2

from core.processes import tie_command
from documents.ocr.library import Library, LibraryError, LibraryTimeoutError, library
from documents.ocr.page_image import Grey

THAI, BOTH = "tha", "tha+eng"
"""Languages; both take a fifth longer, and now and then make a Latin word of a Thai one."""
PAGE_MODE = 3
"""Full layout analysis."""
SHEET_MODE = 6
"""One block of lines: cells stacked one below the other."""
_SETTINGS = ("tessedit_do_invert=0", "invert_threshold=0", "paragraph_text_based=0")
"""Variables of Tesseract: no second look at every doubtful line in white on black (`light_paper` turns such areas
itself), nor a search for paragraphs, which nobody asks for. Together a tenth of the time."""
_ROTATE = re.compile(r"^Rotate:\s*(\d+)", re.M)
_CONFIDENCE = re.compile(r"^Orientation confidence:\s*([\d.]+)", re.M)
_SURE = 1.0
_DATA = re.compile(r'"(/[^"\n]+)"')
"""The folder of the data, in the first line of the list of languages."""
_DOUBTFUL = 0.8
"""Confidence that nearly every letter of a language that was asked for reaches, even on worn paper."""
_COLUMNS = 12
"""Of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
_WORD_LEVEL = "5"
_DOTS = re.compile(r"[.…·_-]+")
AM = re.compile("ํ([่-๋]?)า")
"""Sara am as Tesseract gives it now and then: two letters, with a tone between them."""
_LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What Tesseract takes for a word of a line, mostly a single letter of Thai; `spaced` if a space stands before
    it."""

    text: str
    confidence: float
    box: tuple[int, int, int, int]
    spaced: bool = False

    @property
    def doubtful(self) -> int:
        """How many letters were read with little confidence. Leader dots are never sure, and say nothing."""
        return len(self.text) if self.confidence < _DOUBTFUL and not _DOTS.fullmatch(self.text) else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One recognised line; the box is left, top, right, bottom in pixels, `words` are the boxes of its words,
    confidence (0-1) the mean over letters, `doubtful` how many letters were read with little."""

    text: str
    confidence: float
    box: tuple[int, int, int, int]
    words: tuple[tuple[int, int, int, int], ...] = ()
    doubtful: int = 0
    parts: tuple[Part, ...] = ()


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


def lines(image: Grey, dpi: int, mode: int, seconds: float, languages: str = BOTH) -> list[Line]:
    """The lines of one image, in reading order. Raises TesseractError."""
    end = time.monotonic() + seconds
    found = _by_library(image, dpi, mode, seconds, languages)
    if found is None:
        found = _by_command(image, dpi, mode, max(1.0, end - time.monotonic()), languages)
    return found


def _by_library(image: Grey, dpi: int, mode: int, seconds: float, languages: str) -> list[Line] | None:
    """What the library reads; None where it is not installed or failed: the command is another release, and may do
    what the library cannot."""
    made = _library()
    if made is None or not made.works:
        return None
    try:
        read = made.recognise(image, dpi, mode, languages, seconds)
    except LibraryTimeoutError as error:
        raise TesseractError("took too long") from error
    except LibraryError:
        return None
    found = []
    for line in read:
        words = [_part(text, confidence, box, spaced) for text, confidence, *box, spaced in line if not text.isspace()]
        if words := [word for word in words if word.text]:
            found.append(line_of(words))
    return found


def _by_command(image: Grey, dpi: int, mode: int, seconds: float, languages: str) -> list[Line]:
    options = ["-l", languages, "--dpi", str(dpi), "--psm", str(mode)]
    for setting in _SETTINGS:
        options += ["-c", setting]
    with tempfile.TemporaryDirectory(prefix="oit-ocr-") as name:
        folder = Path(name)
        _run(image, [str(folder / "out"), *options, "txt", "tsv"], folder, seconds)
        try:
            text, table = ((folder / f"out.{kind}").read_text("utf-8", "replace") for kind in ("txt", "tsv"))
        except OSError as error:
            raise TesseractError(str(error)) from error
    # The table has the boxes, but cuts Thai into single letters; the text knows where the spaces are.
    spaced = [line.strip() for line in text.replace("\f", "\n").splitlines() if line.strip()]
    found = []
    at = 0
    for words in _words(table).values():
        bare = "".join(word.text for word in words)
        match = next((n for n in range(at, min(at + _LOOK_AHEAD, len(spaced))) if _bare(spaced[n]) == bare), None)
        if match is None:
            found.append(line_of([replace(word, spaced=True) for word in words]))
        else:
            at = match + 1
            found.append(line_of(_with_spaces(words, spaced[match])))
    return found


def _with_spaces(words: Sequence[Part], text: str) -> list[Part]:
    """The words of a line with the spaces that its text has before them."""
    found = []
    for word in words:
        left = text.lstrip()
        found.append(replace(word, spaced=len(left) < len(text)))
        for letter in word.text:
            left = left[left.index(letter) + 1 :]
        text = left
    return found


def line_of(parts: Sequence[Part]) -> Line:
    """The line that its parts make."""
    left, top, right, bottom = zip(*(part.box for part in parts), strict=True)
    text = " ".join("".join(f" {part.text}" if part.spaced else part.text for part in parts).split())
    # Leader dots are never sure, and say nothing of the words between them.
    told = [part for part in parts if not _DOTS.fullmatch(part.text)] or parts
    confidence = sum(part.confidence * len(part.text) for part in told) / sum(len(part.text) for part in told)
    return Line(
        AM.sub(r"\1ำ", text),
        round(confidence, 3),
        (min(left), min(top), max(right), max(bottom)),
        tuple(part.box for part in parts),
        sum(part.doubtful for part in parts),
        tuple(parts),
    )


def _library() -> Library | None:
    folder = _DATA.search(_listed())
    return library(folder[1] if folder else "", (THAI, BOTH), _SETTINGS)


def close() -> None:
    """End the processes of the library that have nothing to do; without this they end after a while."""
    made = _library()
    if made is not None:
        made.close()


def mean_confidence(found: Sequence[Line]) -> float:
    """Mean over letters, 0-1; 0 without lines."""
    letters = sum(len(line.text) for line in found)
    return round(sum(line.confidence * len(line.text) for line in found) / letters, 3) if letters else 0.0


def _part(text: str, confidence: float, box: Sequence[int], spaced: bool = False) -> Part:
    left, top, right, bottom = box
    return Part(_bare(text), max(0.0, min(1.0, confidence / 100)), (left, top, right, bottom), spaced)


def _words(table: str) -> dict[tuple[str, str, str], list[Part]]:
    """The words of the command's table by block, paragraph and line."""
    found: dict[tuple[str, str, str], list[Part]] = {}
    for row in table.splitlines():
        columns = row.split("\t")
        if len(columns) != _COLUMNS or columns[0] != _WORD_LEVEL or not _bare(columns[-1]):
            continue
        try:
            left, top, wide, tall = map(int, columns[6:10])
            word = _part(columns[-1], float(columns[10]), (left, top, left + wide, top + tall))
        except ValueError:
            continue
        found.setdefault((columns[2], columns[3], columns[4]), []).append(word)
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
