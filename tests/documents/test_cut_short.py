"""What is left of a body for its size may hold what is looked for: it is never called read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from core.formats import FileFormat
from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind
from documents import read_document
from documents.base import ReadLimits
from tests.documents.format_digest import fixture_of
from tests.documents.test_formats import params

SMALL = ReadLimits(blocks=50, links=50, text=5_000)


def read(body: bytes, content_type: str, name: str, limits: ReadLimits = SMALL) -> Reading:
    return read_document(body, f"https://a.go.th/{name}", content_type, name, limits)


@pytest.mark.parametrize("kind", params())
def test_of_every_format_what_has_too_many_blocks_is_read_in_part(kind: FileFormat) -> None:
    path = fixture_of(kind)
    assert path is not None
    whole = read(path.read_bytes(), "", path.name, ReadLimits())
    few = read(path.read_bytes(), "", path.name, ReadLimits(blocks=1))
    assert few.state is not ReadState.READ
    assert few.note
    enough = read(path.read_bytes(), "", path.name, ReadLimits(blocks=len(whole.blocks) + 60))
    assert enough.state is whole.state is ReadState.READ


@pytest.mark.parametrize(
    ("content_type", "name", "few", "many"),
    [
        ("text/html", "a.html", "<p>ก</p>" * 40, "<p>ก</p>" * 60),
        ("text/html", "a.html", "<p>" + "<a href=x>ก</a> " * 40, "<p>" + "<a href=x>ก</a> " * 60),
        ("text/html", "a.html", "<p>" + "a " * 2000 + " " * 9000, "<p>" + "a " * 3000),
        ("text/plain", "a.txt", "ก\n" * 40, "ก\n" * 60),
        ("text/plain", "a.txt", "a " * 2000, "a " * 3000),
        ("text/csv", "a.csv", "ก,ข\n" * 20, "ก,ข\n" * 60),
        ("text/csv", "a.csv", "ก," + "a " * 2000, "ก," + "a " * 3000),
    ],
)
def test_text_beyond_the_limit_is_missed_knowingly(content_type: str, name: str, few: str, many: str) -> None:
    assert read(few.encode(), content_type, name).state is ReadState.READ
    cut = read(many.encode(), content_type, name)
    assert (cut.state, cut.note) == (ReadState.PARTIAL, ReadNote.TOO_LARGE)
    assert len(cut.links) <= SMALL.links


def test_rows_beyond_the_limit_are_missed_knowingly() -> None:
    for rows, state in ((20_000, ReadState.READ), (20_001, ReadState.PARTIAL)):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for n in range(rows):
            sheet.append([n])
        with io.BytesIO() as file:
            book.save(file)
            assert read(file.getvalue(), "", "a.xlsx", ReadLimits()).state is state


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "section"])
def test_a_page_nested_too_deeply_is_a_page_all_the_same(tag: str) -> None:
    found = read(f"<html><body>{f'<{tag}>' * 5_000}OIT".encode(), "text/html", "a.html", ReadLimits())
    assert found.kind is ResourceKind.PAGE
    assert found.state is not ReadState.READ
    assert found.note is ReadNote.BROKEN
