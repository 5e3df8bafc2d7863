"""An answer that broke off says what came of it, and proves no lack."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest

from core.models.snapshot import FetchOutcome, ReadNote, ReadState, StopReason
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

LIST = "<html><head><title>OIT</title></head><body>" + "".join(f"<p><a href=/p{n}>ข้อ {n}</a></p>" for n in range(200))
WHOLE = (LIST + "</body></html>").encode()
CUT = WHOLE[: len(WHOLE) // 2]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def written(data: bytes) -> Answer:
    def write(connection: Any) -> None:
        connection.write(data)

    return Answer(raw=write)


def packed(coding: str, pack: Callable[[bytes], bytes], share: float = 0.5) -> Answer:
    body = pack(WHOLE)
    return Answer(body[: int(len(body) * share)], headers={"Content-Encoding": coding})


CUTS = {
    "length": written(HEAD + b"Content-Length: %d\r\n\r\n" % len(WHOLE) + CUT),
    "chunk": written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(CUT) + CUT + b"\r\n"),
    "part": Answer(CUT, status=206, headers={"Content-Range": f"bytes 0-{len(CUT) - 1}/{len(WHOLE)}"}),
    "gzip": packed("gzip", gzip.compress),
    "brotli": packed("br", brotli.compress),
}


@pytest.mark.parametrize("kind", CUTS)
def test_a_list_that_broke_off_is_read_as_a_part(tmp_path: Path, kind: str) -> None:
    answers = {"/": page("<a href=/oit>OIT</a><p>สำนักงาน</p>"), "/oit": CUTS[kind]}
    with serve(answers) as site:
        site.catch_all = page("เนื้อหา")
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)["/oit"]
        assert site.asked["/oit"] == 2
    assert found.outcome is FetchOutcome.OK
    assert (found.read_state, found.read_note) == (ReadState.PARTIAL, ReadNote.CUT_OFF)
    assert not snapshot.complete


def test_a_wrong_length_and_a_packing_without_its_sum_take_nothing_from_a_whole_page(tmp_path: Path) -> None:
    longer = written(HEAD + b"Content-Length: %d\r\n\r\n" % (len(WHOLE) + 100) + WHOLE)
    summed = Answer(gzip.compress(WHOLE)[:-8], headers={"Content-Encoding": "gzip"})
    answers = {"/": page("<a href=/one>OIT</a><a href=/two>OIT</a>"), "/one": longer, "/two": summed}
    with serve(answers) as site:
        site.catch_all = page("เนื้อหา")
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert [found[path].read_state for path in ("/one", "/two")] == [ReadState.READ, ReadState.READ]
    assert snapshot.stopped_by is not StopReason.ERRORS


def test_an_empty_answer_is_a_page_that_was_not_sent(tmp_path: Path) -> None:
    with serve({"/": page("<a href=/empty>OIT</a><p>สำนักงาน</p>"), "/empty": Answer(b"")}) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert not snapshot.complete
