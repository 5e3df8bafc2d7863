"""What the objects of a PDF say, without reading it: they stand in the open, or deflated in streams of objects."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_MOST = 1 << 24
"""Bytes of objects that are unpacked."""
_DICTIONARY = 2_000
"""Bytes around the name of a stream of objects in which its dictionary ends."""


def may_hold(body: bytes, wanted: bytes | re.Pattern[bytes]) -> bool:
    """Whether an object of a PDF may hold a name; yes where nobody can tell without reading the file."""
    if _holds(body, wanted):
        return True
    at = body.find(b"/ObjStm")
    if at < 0:
        return False
    if b"/Encrypt" in body:
        return True
    left = _MOST
    while at >= 0:
        unpacked = _unpacked(body, at, left)
        if unpacked is None or _holds(unpacked, wanted):
            return True
        left -= len(unpacked)
        at = body.find(b"/ObjStm", at + 1)
    return False


def _holds(objects: bytes, wanted: bytes | re.Pattern[bytes]) -> bool:
    return wanted in objects if isinstance(wanted, bytes) else wanted.search(objects) is not None


def _unpacked(body: bytes, at: int, most: int) -> bytes | None:
    """The objects of the stream whose dictionary has its name at a place; None if it is not plainly deflated."""
    begin = _STREAM.search(body, at, at + _DICTIONARY)
    start = body.rfind(b"obj", max(0, at - _DICTIONARY), at)
    if begin is None or start < 0 or most <= 0:
        return None
    dictionary = body[start : begin.start()]
    if b"/FlateDecode" not in dictionary or b"/DecodeParms" in dictionary:
        return None
    packed = zlib.decompressobj()
    try:
        objects = packed.decompress(memoryview(body)[begin.end() :], most)
    except zlib.error:
        return None
    return objects if packed.eof else None
