"""What the objects of a PDF may hold, told without reading the file."""

from __future__ import annotations

import re
import zlib

import pytest

from documents.pdf.packed import may_hold
from documents.pdf.unseen_text import may_have_layers

OPEN = b"%PDF-1.5\n1 0 obj\n<</Type/Pages/Count 0>>\nendobj\n"


def packed(objects: bytes, more: bytes = b"") -> bytes:
    stream = zlib.compress(objects)
    return (
        b"7 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode" + more + b">>stream\r\n" + stream + b"\nendstream\n"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (OPEN, False),
        (OPEN + b"2 0 obj\n<</Font 3 0 R>>\nendobj\n", True),
        (OPEN + packed(b"2 0 <</Font 3 0 R>>"), True),
        (OPEN + packed(b"2 0 <</Length 3 0 R>>"), False),
        (OPEN + packed(b"2 0 <</Length 3>>") + packed(b"3 0 <</Font 3 0 R>>"), True),
    ],
)
def test_a_name_is_found_in_the_open_and_in_packed_objects(body: bytes, expected: bool) -> None:
    assert may_hold(body, b"/Font") is expected
    assert may_hold(body, re.compile(b"/Font")) is expected


@pytest.mark.parametrize(
    "body",
    [
        packed(b"2 0 <</Length 3>>", b"/DecodeParms<</Predictor 12>>"),
        packed(b"2 0 <</Length 3>>").replace(b"/FlateDecode", b"/LZWDecode"),
        packed(b"2 0 <</Length 3>>")[:-16],
        packed(b"2 0 <</Length 3>>").replace(b"stream\r\n", b"stream\r\nxx"),
        packed(b"2 0 <</Length 3>>") + b"trailer <</Encrypt 9 0 R>>",
        b"/ObjStm",
    ],
)
def test_a_name_may_be_where_nobody_can_tell(body: bytes) -> None:
    assert may_hold(OPEN + body, b"/Font")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (b"/OCGs[]/D<</OFF[]>>", False),
        (b"/D<</OFF[]>>/OCGs [ ]", False),
        (b"/OCGs[5 0 R]/D<<>>", True),
        (b"/OCGs 8 0 R/D<</OFF[5 0 R]>>", True),
    ],
)
def test_a_file_has_layers_where_its_list_of_them_is_not_empty(settings: bytes, expected: bool) -> None:
    body = b"1 0 obj\n<</Type/Catalog/OCProperties<<" + settings + b">>>>\nendobj\n"
    assert may_have_layers(OPEN + body) is expected
    assert may_have_layers(OPEN + packed(body)) is expected
    assert not may_have_layers(body.replace(b"/OCProperties", b"/Nothing"))
