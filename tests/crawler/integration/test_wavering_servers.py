"""Servers that waver: what heals within the night is read, what was sent is the page, what broke off proves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.models.snapshot import FetchOutcome, StopReason
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)
TEXT = "ข่าวของหน่วยงาน " * 40


def after(times: int, answer: Answer, status: int = 503) -> Answer:
    """An answer that comes from the so-many-and-first time on."""
    for _ in range(times):
        answer = Answer(b"busy", status, then=answer)
    return answer


def written(length: int, body: str) -> Answer:
    """A page announced with another length than it has."""

    def write(out: Any) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"
        out.write(head.encode() + body.encode())

    return Answer(raw=write)


@pytest.mark.parametrize(("times", "heals"), [(1, True), (3, True), (4, False)])
def test_not_now_heals_within_three_further_tries(tmp_path: Path, times: int, heals: bool) -> None:
    answers = {"/": page(f"{TEXT}<a href=/a>ก</a>"), "/a": after(times, page(TEXT))}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    found = by_path(snapshot, site)["/a"]
    assert (found.outcome is FetchOutcome.OK) is heals
    assert snapshot.complete is heals
    assert site.asked["/a"] == min(times + 1, 4)


def test_a_server_that_asks_for_a_rest_is_asked_again_after_it(tmp_path: Path) -> None:
    busy = Answer(b"busy", 503, {"Retry-After": "1"}, then=page(TEXT))
    with serve({"/": page(f"{TEXT}<a href=/a>ก</a>"), "/a": busy}) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert snapshot.complete
    when = [time for time, path in site.times if path == "/a"]
    assert when[1] - when[0] >= 0.9


@pytest.mark.parametrize("more", [5000, -900])
def test_a_wrong_length_gives_the_page_that_was_sent(tmp_path: Path, more: int) -> None:
    body = f"<html><body>{TEXT}<a href=/b>ข</a></body></html>"
    with serve(
        {"/": page(f"{TEXT}<a href=/a>ก</a>"), "/a": written(len(body.encode()) + more, body), "/b": page(TEXT)}
    ) as site:
        snapshot, _ = go(tmp_path, site.url)
    pages = by_path(snapshot, site)
    assert [pages[path].outcome for path in ("/a", "/b")] == [FetchOutcome.OK] * 2
    assert snapshot.complete


def test_a_page_that_breaks_off_each_time_leaves_the_crawl_incomplete(tmp_path: Path) -> None:
    body = f"<html><body>{TEXT}<a href=/b>ข</a>"
    answers = {"/": page(f"{TEXT}<a href=/a>ก</a>"), "/a": written(len(body.encode()) + 5000, body), "/b": page(TEXT)}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert by_path(snapshot, site)["/b"].outcome is FetchOutcome.OK  # what came is read
    assert snapshot.stopped_by is StopReason.ERRORS
    assert site.asked["/a"] == 2
