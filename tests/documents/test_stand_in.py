"""A page or text under the name of a file that is neither tells that the file did not come."""

from __future__ import annotations

import pytest

from core.models.snapshot import ReadNote
from documents import read_document
from documents.base import ReadLimits

_ERROR = "<html><head><title>Error</title></head><body><h1>Fatal error</h1><p>Too many connections</p>{}</body></html>"
_LONG = "<p>" + "ผลการดำเนินงานของสำนักงานในรอบปี " * 40 + "</p>"


@pytest.mark.parametrize(
    ("name", "body", "note"),
    [
        ("a.pdf", _ERROR.format(""), ReadNote.NOT_FOUND_PAGE),
        ("a.pdf", _ERROR.format('<a href="/">หน้าหลัก</a>'), ReadNote.NOT_FOUND_PAGE),
        ("a.docx", "Internal Server Error", ReadNote.NOT_FOUND_PAGE),
        ("a.pdf", '{"error": "quota exceeded"}', ReadNote.NOT_FOUND_PAGE),
        ("a.html", _ERROR.format(""), ReadNote.NONE),
        # Word opens pages under its old name.
        ("a.doc", _ERROR.format(""), ReadNote.NONE),
        ("a.pdf", _ERROR.format(_LONG), ReadNote.NONE),
        ("a.pdf", _ERROR.format('<a href="/files/b.pdf">ดาวน์โหลด</a>'), ReadNote.NONE),
        ("a.pdf", _ERROR.format('<iframe src="/view?f=1"></iframe>'), ReadNote.NONE),
        ("a.pdf", _ERROR.format('<img src="/page1.php" width="800" height="1100">'), ReadNote.NONE),
    ],
)
def test_what_comes_under_a_files_name(name: str, body: str, note: ReadNote) -> None:
    reading = read_document(body.encode(), f"https://a.go.th/{name}", "", name, ReadLimits())
    assert reading.note is note
