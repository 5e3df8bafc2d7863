"""Packed bodies: all that they hold, in time that does not grow faster than they do."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest

from crawler.downloader.unpack import MOST_PARTS, UnfoldsTooFarError, unfold_gzip, unpack, zstd
from tests.effort import effort

MOST = 48 << 20
TEXTS = (b"", b"a", b"text" * 50_000, b"\0" * 3_000_000, os.urandom(200_000))


def stored(data: bytes) -> bytes:
    """Deflated without saving anything."""
    packer = zlib.compressobj(0)
    return packer.compress(data) + packer.flush()


def bare(data: bytes) -> bytes:
    """Deflated without a head, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "gzip": (b"gzip", gzip.compress),
    "x-gzip": (b"x-gzip", gzip.compress),
    "deflate": (b"deflate", zlib.compress),
    "bare": (b"deflate", bare),
    "stored": (b"deflate", stored),
    "br": (b"br", brotli.compress),
    "zstd": (b"zstd", zstd.compress),
}


@pytest.mark.parametrize("name", PACKERS)
def test_all_that_was_packed_comes_out_up_to_the_limit(name: str) -> None:
    coding, pack = PACKERS[name]
    for text in TEXTS:
        packed = pack(text)
        assert unpack(packed, coding, MOST) == (text, True)
        assert unpack(packed, coding, len(text)) == (text, True)
        if text:
            with pytest.raises(UnfoldsTooFarError):
                unpack(packed, coding, len(text) - 1)


@pytest.mark.parametrize("name", PACKERS)
def test_what_broke_off_gives_what_came(name: str) -> None:
    coding, pack = PACKERS[name]
    text = os.urandom(300_000)
    came, whole = unpack(pack(text)[:250_000], coding, MOST)
    assert not whole
    assert len(came) > 100_000
    assert text.startswith(came)


def test_parts_are_put_together_and_what_stands_behind_is_left() -> None:
    for text in TEXTS:
        assert unpack(gzip.compress(text) * 2 + b"behind", b"gzip", MOST) == (text * 2, True)
        assert unpack(zstd.compress(text) * 2, b"zstd", MOST) == (text * 2, True)


def test_a_body_that_lacks_only_its_sum_is_whole() -> None:
    assert unpack(gzip.compress(b"text" * 100)[:-8], b"gzip", MOST) == (b"text" * 100, True)
    assert not unpack(gzip.compress(b"text" * 100)[:-9], b"gzip", MOST).whole


def test_a_head_with_names_and_sums_is_read_over() -> None:
    head = b"\x1f\x8b\x08\x1e" + b"\0" * 6 + b"\x03\0abc" + b"name\0" + b"comment\0" + b"\0\0"
    assert unpack(head + bare(b"text") + b"wrong sum", b"gzip", MOST) == (b"text", True)


@pytest.mark.parametrize("coding", [b"gzip", b"deflate", b"br", b"zstd"])
def test_what_is_not_packed_that_way_is_an_error_and_nothing_is_nothing(coding: bytes) -> None:
    assert unpack(b"", coding, MOST) == (b"", True)
    with pytest.raises((zlib.error, brotli.error, zstd.ZstdError)):
        unpack(b"<html>" * 1000, coding, MOST)


@pytest.mark.parametrize(
    ("coding", "part"),
    [(b"gzip", gzip.compress(b"", mtime=0)), (b"zstd", zstd.compress(b"")), (b"zstd", b"\x50\x2a\x4d\x18\0\0\0\0")],
)
def test_parts_without_end_are_refused_at_once(coding: bytes, part: bytes) -> None:
    body = part * (4 * MOST_PARTS)

    def refuse() -> None:
        with pytest.raises(UnfoldsTooFarError):
            unpack(body, coding, MOST)

    assert effort(refuse, 20) < 20


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (b"deflate", stored(os.urandom(40 << 20))),  # copied whole for every piece: 80
        (b"gzip", b"\x1f\x8b\x08\x10" + b"\0" * 6 + b"x" * (40 << 20)),  # a comment without end: 40
        (b"br", brotli.compress(b"a" * (60 << 20))),
    ],
)
def test_hostile_bodies_take_no_time(coding: bytes, body: bytes) -> None:

    def unfold() -> None:
        with suppress(UnfoldsTooFarError, zlib.error):
            unpack(body, coding, MOST)

    assert effort(unfold, 20) < 20


def test_a_long_sitemap_is_cut_not_refused() -> None:
    assert unfold_gzip(gzip.compress(b"a" * 100_000), 50_000) == b"a" * 50_000
    assert unfold_gzip(gzip.compress(b"a" * 100_000), 200_000) == b"a" * 100_000
    assert unfold_gzip(b"\x1f\x8b\x08nothing", 100) == b""
