"""Which encoding a page is in, whatever it says of itself."""

from __future__ import annotations

import pytest

from documents.encoding import decode
from tests.effort import effort

NAMES = ("windows-874", "tis-620", "iso-8859-11", "windows-1252", "koi8-r", "gb18030", "euc-kr")
OTHERS = ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "zlib", "rot13", "undefined", "x" * 30)


@pytest.mark.parametrize("name", NAMES)
def test_what_browsers_know_is_used(name: str) -> None:
    _, used = decode(b"<p>\xc4\xe3 a", f"text/html; charset={name}")
    assert used != "utf-8"


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_what_is_no_encoding_of_pages_is_not_used_and_takes_no_time(name: str, where: str) -> None:
    meta = f'<meta charset="{name}">' if where == "meta" else ""
    body = meta.encode() + b"\xff" + b"a" * 200_000 + b"-" + b"bcd9" * 50_000
    header = f"text/html; charset={name}" if where == "header" else ""
    text, used = decode(body, header)
    assert effort(lambda: decode(body, header), 20) < 20
    assert used == "utf-8"
    assert text.endswith("bcd9")


def test_large_thai_pages_are_decoded_at_once() -> None:
    body = "ภาษาไทย ".encode("cp874") * 1_000_000
    assert decode(body) == (body.decode("cp874"), "windows-874")
    assert effort(lambda: decode(body), 20) < 20
