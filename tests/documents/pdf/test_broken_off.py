"""A PDF that opens only in part is told from a whole one."""

from __future__ import annotations

import pytest

from core.models.snapshot import ReadNote, ReadState
from documents import read_document
from documents.base import ReadLimits
from tests.documents.test_readers import make_pdf


def read(body: bytes) -> tuple[ReadState, ReadNote]:
    found = read_document(body, "https://a.go.th/a.pdf", "application/pdf", "a.pdf", ReadLimits())
    return found.state, found.note


@pytest.mark.parametrize("behind", [b"", b"\r\n", b"\0" * 5000, b"<!-- served in 0.1 s -->" * 20])
def test_a_whole_file_is_whole_whatever_a_server_writes_behind_it(behind: bytes) -> None:
    assert read(make_pdf() + behind) == (ReadState.READ, ReadNote.NONE)


def test_a_file_that_broke_off_is_not_whole() -> None:
    whole = make_pdf()
    for share in (0.99, 0.9, 0.7):
        state, _ = read(whole[: int(len(whole) * share)].replace(b"%%EOF", b""))
        assert state is not ReadState.READ
