"""A process of its own that recognises one image after another with Tesseract as a library; started by its path, so
that it loads nothing of the project. It ends with its input, or when nobody has asked for a while.

Asked: five 32-bit numbers (width, height, dots per inch, page mode, seconds), then the image, a byte a pixel. Answered:
a 32-bit length and that much JSON, the text and the table of Tesseract's command, or the error. First comes a line with
the letter R, once the library and its data are loaded.
"""

from __future__ import annotations

import json
import os
import select
import struct
import sys
from importlib import import_module
from typing import Any, BinaryIO

HEAD = struct.Struct("!5I")
LENGTH = struct.Struct("!I")
READY = b"R\n"
TIME = "time"
"""The error of an image that took too long."""
_IDLE = 30.0
"""Seconds without work after which the memory of the data is given back."""


def main(data: str, languages: str) -> None:
    """Serve standard input. `data` is the folder of Tesseract's data."""
    source, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    # What the library prints must not stand among the answers.
    os.dup2(2, 1)
    tesserocr = import_module("tesserocr")

    with tesserocr.PyTessBaseAPI(path=data, lang=languages) as api:
        answers.write(READY)
        answers.flush()
        while select.select([source], [], [], _IDLE)[0]:
            head = _exactly(source, HEAD.size)
            if head is None:
                return
            width, height, dpi, mode, seconds = HEAD.unpack(head)
            pixels = _exactly(source, width * height)
            if pixels is None:
                return
            answer = json.dumps(_recognised(api, pixels, (width, height), dpi, mode, seconds)).encode()
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _recognised(api: Any, pixels: bytes, size: tuple[int, int], dpi: int, mode: int, seconds: int) -> dict[str, str]:
    width, height = size
    try:
        api.SetPageSegMode(mode)
        api.SetImageBytes(pixels, width, height, 1, width)
        api.SetSourceResolution(dpi)
        if not api.Recognize(1000 * seconds):
            return {"error": TIME}
        return {"text": api.GetUTF8Text(), "table": api.GetTSVText(0)}
    except RuntimeError as error:
        return {"error": str(error)[:200]}
    finally:
        api.Clear()


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
    main(*sys.argv[1:3])
