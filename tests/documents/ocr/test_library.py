"""Tesseract as a library in processes of its own: one stays for many images, and what happens to it costs an image."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from documents.ocr import tesseract
from documents.ocr.library import Library, LibraryError, LibraryTimeoutError
from documents.ocr.page_image import Grey
from documents.ocr.tesseract import BOTH, THAI
from documents.ocr.worker import __file__ as worker

IMAGE = np.full((40, 60), 255, np.uint8)
ROW = "5\\t1\\t1\\t1\\t1\\t{at}\\t{left}\\t5\\t10\\t20\\t91.5\\t{letter}\\n"
FAKE = '''
import os, time
class RIL:
    TEXTLINE, WORD = 2, 3
class Words:
    """Each letter of a text a word, as Tesseract cuts Thai; the first is empty, as where it saw a picture."""
    def __init__(self, text):
        self.text, self.at = text, -1
    def Next(self, level):
        assert level == RIL.WORD
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] == " ": self.at += 1
        return self.at < len(self.text)
    def Empty(self, level): return self.at < 0
    def IsAtBeginningOf(self, level): return level == RIL.TEXTLINE and self.at <= 0
    def GetUTF8Text(self, level): return self.text[self.at]
    def Confidence(self, level): return 91.5
    def BoundingBox(self, level): return 10 * self.at, 5, 10 * self.at + 10, 25
    def BlanksBeforeWord(self): return int(self.at > 0 and self.text[self.at - 1] == " ")
class PyTessBaseAPI:
    def __init__(self, path, lang, variables):
        assert (path, variables) == ("data", {"some": "1", "other": "a=b"})
        self.lang = lang
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def Clear(self): pass
    def SetPageSegMode(self, mode): self.mode = mode
    def SetSourceResolution(self, dpi): self.dpi = dpi
    def SetImageBytes(self, pixels, width, height, depth, row):
        self.pixels, self.size = pixels, (width, height, depth, row)
        print("noise among the answers")
    def Recognize(self, milliseconds):
        if self.mode == 1: os._exit(3)
        if self.mode == 2: time.sleep(60)
        if self.mode == 4: raise RuntimeError("no")
        return self.mode != 5
    def GetIterator(self):
        if self.mode == 7: return None
        return Words(f"{os.getpid()} {len(self.pixels)} {self.size} {self.dpi} {self.lang}")
'''


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    (tmp_path / "tesserocr.py").write_text(FAKE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = [sys.executable, "-P", str(worker), "data", f"{THAI},{BOTH}", "some=1", "other=a=b"]
    return Library(command, (THAI, BOTH))


def said(library: Library, image: Grey = IMAGE, dpi: int = 200, mode: int = 3, languages: str = THAI) -> str:
    (line,) = library.recognise(image, dpi, mode, languages, 20)
    return "".join(" " * apart + text for text, *_, apart in line)


def test_one_process_reads_many_images(library: Library) -> None:
    first = said(library)
    assert first.split(" ", 1)[1] == "2400 (60, 40, 1, 60) 200 tha"
    large = np.zeros((3000, 2000), np.uint8)
    assert said(library, large, 300, 6, BOTH) == f"{first.split()[0]} 6000000 (2000, 3000, 1, 2000) 300 tha+eng"


def test_a_word_has_its_confidence_its_box_and_the_space_before_it(library: Library) -> None:
    (line,) = library.recognise(IMAGE, 200, 3, THAI, 20)
    assert line[0][1:] == [91.5, 0, 5, 10, 25, False]
    assert [word[-1] for word in line].count(True) == 7


def test_a_page_without_writing_has_no_lines(library: Library) -> None:
    assert library.recognise(IMAGE, 200, 7, THAI, 20) == []


def test_idle_processes_end_when_told(library: Library) -> None:
    before = int(said(library).split()[0])
    library.close()
    assert not Path(f"/proc/{before}").exists()
    assert int(said(library).split()[0]) != before


def test_an_image_that_ends_the_process_costs_itself(library: Library) -> None:
    before = said(library)
    with pytest.raises(LibraryError):
        library.recognise(IMAGE, 200, 1, THAI, 20)
    after = said(library)
    assert library.works
    assert before.split()[0] != after.split()[0]


def test_an_image_that_takes_too_long_is_given_up(library: Library) -> None:
    library.recognise(IMAGE, 200, 3, THAI, 20)
    start = time.monotonic()
    with pytest.raises(LibraryTimeoutError):
        library.recognise(IMAGE, 200, 2, THAI, 0.3)
    assert time.monotonic() - start < 5
    with pytest.raises(LibraryTimeoutError):
        library.recognise(IMAGE, 200, 5, THAI, 20)


def test_an_image_that_it_refuses_leaves_it_at_work(library: Library) -> None:
    before = said(library)
    with pytest.raises(LibraryError, match="no"):
        library.recognise(IMAGE, 200, 4, THAI, 20)
    assert said(library) == before


def test_what_cannot_be_started_is_not_tried_again() -> None:
    library = Library([sys.executable, "-c", "raise SystemExit(1)"], (THAI,))
    with pytest.raises(LibraryError):
        library.recognise(IMAGE, 200, 3, THAI, 20)
    assert not library.works


def test_lines_come_from_the_library_and_else_from_the_command(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command = tmp_path / "tesseract"
    # The command writes beside its second argument: the image, where to, and how.
    command.write_text('#!/bin/sh\n[ $# -gt 3 ] && printf said > "$2.txt" && printf "$COLUMNS_AND_ROW" > "$2.tsv"\n')
    command.chmod(0o755)
    row = ROW.format(at=1, left=0, letter="said")
    monkeypatch.setenv("COLUMNS_AND_ROW", "level\\tpage_num\\n" + row)
    monkeypatch.setattr(
        "documents.ocr.tesseract.shutil.which", lambda name: str(command) if name == "tesseract" else None
    )
    # What this command lists must not be remembered for other tests.
    monkeypatch.setattr(tesseract, "_listed", lambda: "")
    monkeypatch.setattr(tesseract, "library", lambda *_: library)
    assert tesseract.lines(IMAGE, 200, 3, 20)[0].text.endswith("2400 (60, 40, 1, 60) 200 tha+eng")
    assert [line.text for line in tesseract.lines(IMAGE, 200, 4, 20)] == ["said"]
    assert [line.text for line in tesseract.lines(IMAGE, 200, 1, 20)] == ["said"]
    with pytest.raises(tesseract.TesseractError):
        tesseract.lines(IMAGE, 200, 5, 20)
    monkeypatch.setattr(tesseract, "library", lambda *_: None)
    assert [line.text for line in tesseract.lines(IMAGE, 200, 3, 20)] == ["said"]
