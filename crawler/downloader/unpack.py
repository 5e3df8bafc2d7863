"""Packed bodies to bytes, in time that grows with what goes in and comes out.

Scrapy's own functions copy what is left of a body for every piece that comes out of it (47 MB: 5 s), and take a
microsecond or two for every empty part that a body is made of (48 MB: a minute), in the process of all agencies.
"""

from __future__ import annotations

import sys
import zlib
from contextlib import suppress
from typing import Any, NamedTuple

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BROKE_OFF = "broke-off"
"""Flag of a response whose packed body has no end."""
_SLICE = 64 << 10
"""Bytes handed to a library at once: what it has not used yet is copied with every call."""
_PIECE = 1 << 20
"""Bytes taken from it at once."""
MOST_PARTS = 10_000
"""Parts, each packed by itself, that one body is put together of: packers that work in parallel make some hundred."""
_GZIP_START = b"\x1f\x8b\x08"
_GZIP_HEAD, _GZIP_TAIL = 10, 8
_EXTRA, _CHECKED = 4, 2
_TEXTS = (8, 16)
"""Flags of a part's name and comment, each up to a zero."""


class UnfoldsTooFarError(ValueError):
    """A body unfolds to more than the limit, or is put together of too many parts."""


class Unpacked(NamedTuple):
    """What a packed body holds, and whether its end came too."""

    body: bytes
    whole: bool


def unpack(body: bytes, coding: bytes, most: int) -> Unpacked:
    """Return what a body holds that is packed as its Content-Encoding says (gzip, deflate, br, zstd).

    Raises UnfoldsTooFarError for more than `most` bytes, and the library's error for what is not packed that way. Of
    what broke off, what came is returned."""
    found = _Unfolded(most)
    if not body:
        return Unpacked(body, whole=True)
    if coding in (b"gzip", b"x-gzip"):
        _gunzip(body, found)
    elif coding == b"deflate":
        _inflate_either(body, found)
    elif coding == b"br":
        _unbrotli(body, found)
    else:
        _unzstd(body, found)
    return Unpacked(found.whole(), found.ended)


class _Unfolded:
    """What came out so far."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: list[bytes] = []
        self._parts = 0
        self.size = 0
        self.ended = True
        """Whether each stream that was begun came to its end."""

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self._pieces.append(piece)
        if self.size > self._most:
            raise UnfoldsTooFarError(f"more than {self._most} bytes")

    def begin_part(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise UnfoldsTooFarError(f"more than {MOST_PARTS} parts")

    def whole(self) -> bytes:
        return b"".join(self._pieces)


def unfold_gzip(body: bytes, most: int) -> bytes:
    """Return the first bytes of what a gzip body holds; empty if it holds nothing that can be read."""
    found = _Unfolded(most)
    with suppress(UnfoldsTooFarError, zlib.error):
        _gunzip(body, found)
    return found.whole()[:most]


def _gunzip(body: bytes, found: _Unfolded) -> None:
    """Unfold all parts of a gzip body. Sums are not checked: a page with a wrong one is shown by browsers too."""
    at = _deflated_at(body, 0)
    if at < 0:
        raise zlib.error("not gzip")
    while at >= 0:
        found.begin_part()
        try:
            at = _inflate(body, at, -zlib.MAX_WBITS, found)
        except zlib.error:
            if not found.size:
                raise
            found.ended = False
            return
        at = _deflated_at(body, at + _GZIP_TAIL)


def _deflated_at(body: bytes, at: int) -> int:
    """Where the packed bytes of the part begin whose head stands here, -1 if none does."""
    if not body.startswith(_GZIP_START, at) or len(body) < at + _GZIP_HEAD:
        return -1
    flags = body[at + 3]
    at += _GZIP_HEAD
    if flags & _EXTRA:
        at += 2 + int.from_bytes(body[at : at + 2], "little")
    for flag in _TEXTS:
        if flags & flag:
            end = body.find(b"\0", at)
            if end < 0:
                return -1
            at = end + 1
    return at + 2 if flags & _CHECKED else at


def _inflate(body: bytes, at: int, window: int, found: _Unfolded) -> int:
    """Unfold one deflated stream; return where it ends."""
    stream = zlib.decompressobj(window)
    while at < len(body) and not stream.eof:
        piece = body[at : at + _SLICE]
        at += len(piece)
        while piece and not stream.eof:
            found.add(stream.decompress(piece, _PIECE))
            piece = stream.unconsumed_tail
    if stream.eof:
        return at - len(stream.unused_data)
    found.add(stream.flush())
    found.ended = False
    return len(body)


def _inflate_either(body: bytes, found: _Unfolded) -> None:
    """Unfold `deflate`: with the head that belongs to it, or without, as some servers send it."""
    try:
        _inflate(body, 0, zlib.MAX_WBITS, found)
    except zlib.error:
        if found.size:
            raise
        _inflate(body, 0, -zlib.MAX_WBITS, found)


def _unbrotli(body: bytes, found: _Unfolded) -> None:
    stream = brotli.Decompressor()
    for at in range(0, len(body), _SLICE):
        came = stream.process(body[at : at + _SLICE], output_buffer_limit=_PIECE)
        # It takes all that it is given and says so while there is more to come out.
        while came or not (stream.is_finished() or stream.can_accept_more_data()):
            found.add(came)
            came = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_PIECE)
        if stream.is_finished():
            return
    found.ended = False


def _unzstd(body: bytes, found: _Unfolded) -> None:
    stream: Any = None
    for at in range(0, len(body), _SLICE):
        piece = body[at : at + _SLICE]
        while piece or not (stream is None or stream.eof or stream.needs_input):
            if stream is None or stream.eof:
                found.begin_part()
                stream = zstd.ZstdDecompressor()
            found.add(stream.decompress(piece, _PIECE))
            piece = stream.unused_data if stream.eof else b""
    found.ended = stream is None or stream.eof
