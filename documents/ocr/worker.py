"""A process of its own that recognises one image after another with Tesseract as a library; started by its path, so
that it loads nothing of the project. It ends with its input, or when nobody has asked for a while.

Asked: six 32-bit numbers (width, height, dots per inch, page mode, which languages, seconds), then the image, a byte a
pixel. Answered: a 32-bit length and that much JSON, the lines or the error; a line is a list of words, a word its
text, its confidence (0-100), left, top, right, bottom in pixels, and whether a space stands before it. First comes a
line with the letter R, once the library and its data are loaded.
"""

from __future__ import annotations

import json
import os
import select
import struct
import sys
from importlib import import_module
from typing import Any, BinaryIO

HEAD = struct.Struct("!6I")
LENGTH = struct.Struct("!I")
READY = b"R\n"
TIME = "time"
"""The error of an image that took too long."""
Word = tuple[str, float, int, int, int, int, bool]
_IDLE = 30.0
"""Seconds without work after which the memory of the data is given back."""


def main(data: str, languages: str, *settings: str) -> None:
    """Serve standard input. `data` is the folder of Tesseract's data, `languages` are the choices with a comma between
    them, `settings` are Tesseract's variables as name=value."""
    source, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    # What the library prints must not stand among the answers.
    os.dup2(2, 1)
    tesserocr = import_module("tesserocr")
    variables = dict(setting.split("=", 1) for setting in settings)
    levels = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    choices = languages.split(",")
    engines = {0: tesserocr.PyTessBaseAPI(path=data, lang=choices[0], variables=variables)}
    answers.write(READY)
    answers.flush()
    while select.select([source], [], [], _IDLE)[0]:
        head = _exactly(source, HEAD.size)
        if head is None:
            return
        width, height, dpi, mode, choice, seconds = HEAD.unpack(head)
        pixels = _exactly(source, width * height)
        if pixels is None:
            return
        if choice not in engines:
            engines[choice] = tesserocr.PyTessBaseAPI(path=data, lang=choices[choice], variables=variables)
        api = engines[choice]
        try:
            found = _recognised(api, pixels, (width, height), dpi, mode, seconds)
            answer = {"error": TIME} if found is None else {"lines": _lines(found, *levels)}
        except RuntimeError as error:
            answer = {"error": str(error)[:200]}
        finally:
            api.Clear()
        _write(answers, json.dumps(answer).encode())


def _recognised(api: Any, pixels: bytes, size: tuple[int, int], dpi: int, mode: int, seconds: int) -> Any:
    """Tesseract's iterator over what it found; None if it took too long."""
    width, height = size
    api.SetPageSegMode(mode)
    api.SetImageBytes(pixels, width, height, 1, width)
    api.SetSourceResolution(dpi)
    return api.GetIterator() or () if api.Recognize(1000 * seconds) else None


def _lines(at: Any, word: int, line: int) -> list[list[Word]]:
    """Walked once, word by word: Tesseract's own text and table cost a tenth of a page, since both begin a line anew
    for each of its words, and it takes nearly every Thai letter for a word."""
    found: list[list[Word]] = []
    more = bool(at)
    while more:
        if not found or at.IsAtBeginningOf(line):
            found.append([])
        if not at.Empty(word):
            box = at.BoundingBox(word) or (0, 0, 0, 0)
            found[-1].append((at.GetUTF8Text(word), at.Confidence(word), *box, at.BlanksBeforeWord() > 0))
        more = at.Next(word)
    return [words for words in found if words]


def _write(answers: BinaryIO, answer: bytes) -> None:
    answers.write(LENGTH.pack(len(answer)) + answer)
    answers.flush()


def _exactly(source: BinaryIO, size: int) -> bytes | None:
    """So many bytes; None if the input ends before."""
    found = bytearray()
    while len(found) < size:
        piece = source.read(min(size - len(found), 1 << 20))
        if not piece:
            return None
        found += piece
    return bytes(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
