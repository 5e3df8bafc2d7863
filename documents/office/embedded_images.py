"""Pictures that stand as they are in a binary file (Word 97-2003, RTF): found by their own first and last bytes."""

from __future__ import annotations

import re
import struct

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_SCAN, _JPEG_END = b"\xff\xd8\xff", 0xDA, b"\xff\xd9"
_START = re.compile(re.escape(_PNG) + b"|" + re.escape(_JPEG))
_MAX_IMAGES = 200
_SMALLEST = 512
"""Bytes; no writing fits in less."""


def embedded_images(body: bytes) -> list[bytes]:
    """Return the PNG and JPEG pictures within a file, in its order. A picture within a picture is not counted."""
    found: list[bytes] = []
    after = 0
    ends_left = {_PNG: True, _JPEG: True}
    for match in _START.finditer(body):
        kind, start = match.group(), match.start()
        if start < after or not ends_left[kind]:
            continue
        stop = _png_stop(body, start) if kind == _PNG else _jpeg_stop(body, start)
        if stop is None:
            # No end behind this one is none behind the next: looking for it again and again would take for ever.
            ends_left[kind] = False
        elif stop - start >= _SMALLEST:
            found.append(body[start:stop])
            after = stop
            if len(found) >= _MAX_IMAGES:
                break
    return found


def _png_stop(body: bytes, start: int) -> int | None:
    end = body.find(_PNG_END, start)
    return end + len(_PNG_END) if end >= 0 else None


def _jpeg_stop(body: bytes, start: int) -> int | None:
    """Where a JPEG ends: behind the end mark that follows its own data, not that of a thumbnail in its head. `start`
    for what only begins like one, None if no end follows."""
    at = start + 2
    while at + 4 <= len(body) and body[at] == 0xFF:
        if body[at + 1] == _JPEG_SCAN:
            end = body.find(_JPEG_END, at)
            return end + len(_JPEG_END) if end >= 0 else None
        at += 2 + struct.unpack_from(">H", body, at + 2)[0]
    return start
