"""Every row of core/formats.py has a reader and a fixture, and a reader that changes raises READING_FORMAT."""

from __future__ import annotations

import ctypes.util
import io
import shutil
import zipfile

import pytest

from core.formats import FORMATS, Family, FileFormat
from core.models.snapshot import ReadState
from core.storage.schema import READING_FORMAT
from documents.sniff import sniff
from tests.documents.format_digest import FOLDER, READABLE, RECOGNISED, digest_of, fixture_of, read_fixture, stored

TOOLS = {
    "doc": shutil.which("antiword"),
    "rar": ctypes.util.find_library("archive"),
    "7z": ctypes.util.find_library("archive"),
    "image": shutil.which("tesseract"),
}
"""Programs without which a format stays unread on this machine (`oit doctor`)."""
STEPS = "python -m tests.documents.format_digest"


def params(*, digested: bool = False) -> list[object]:
    kinds = [each for each in READABLE if not (digested and each.kind in RECOGNISED)]
    return [
        pytest.param(
            each,
            id=each.kind,
            marks=[
                *([pytest.mark.ocr] if each.kind in RECOGNISED else []),
                pytest.mark.skipif(
                    not TOOLS.get(each.kind, True), reason=f"the program for {each.kind} is not installed"
                ),
            ],
        )
        for each in kinds
    ]


def test_kinds_and_endings_are_unambiguous() -> None:
    kinds = [each.kind for each in FORMATS]
    endings = [ending for each in FORMATS for ending in each.endings]
    assert len(set(kinds)) == len(kinds)
    assert len(set(endings)) == len(endings)
    assert all(each.media_type for each in FORMATS if each.family not in (Family.IMAGE, Family.USELESS))


@pytest.mark.parametrize("kind", params())
def test_every_format_has_a_fixture_that_is_read_whole(kind: FileFormat) -> None:
    path = fixture_of(kind)
    assert path is not None, f"put a small file into {FOLDER.name}/{kind.kind}/ (docs/adding.md)"
    assert path.suffix.removeprefix(".") in kind.endings
    assert sniff(path.read_bytes(), "", path.name) == kind.kind, f"documents/sniff.py does not know {kind.kind}"
    reading = read_fixture(path)
    assert reading.state is ReadState.READ, f"{kind.kind}: no reader in documents/__init__.py? ({reading.note})"
    assert any(block.text for block in reading.blocks)
    assert reading.content_type == kind.media_type


@pytest.mark.parametrize("kind", params(digested=True))
def test_a_reader_that_changes_raises_the_reading_format(kind: FileFormat) -> None:
    kept = stored()
    path = fixture_of(kind)
    assert path is not None
    if kept["reading_format"] != READING_FORMAT:
        pytest.fail(f"READING_FORMAT is {READING_FORMAT}, the digests are of {kept['reading_format']}: run {STEPS}")
    if kind.kind not in kept["digests"]:
        pytest.fail(f"no digest of {kind.kind}: run {STEPS}")
    if kept["digests"][kind.kind] != digest_of(read_fixture(path)):
        pytest.fail(
            f"the reader of {kind.kind} gives other blocks: raise READING_FORMAT in core/storage/schema.py from "
            f"{READING_FORMAT} to {READING_FORMAT + 1}, so that stored readings are made anew, then run {STEPS}"
        )


def test_no_fixture_is_left_over() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert folders == {each.kind for each in READABLE}


def test_an_archive_that_holds_a_pdf_as_it_is_is_an_archive() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("10.pdf", b"%PDF-1.4\n")
    assert sniff(packed.getvalue(), "application/zip", "months.zip") == "zip"
    assert sniff(b"\r\n%PDF-1.4\n") == "pdf"
