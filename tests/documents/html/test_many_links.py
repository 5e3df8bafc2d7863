"""A page of links without end: its reading takes time by their number, and hands on no more than a site has."""

from __future__ import annotations

import time

import pytest

from core.models.snapshot import ReadNote, ReadState, ResourceKind
from documents import read_document
from documents.base import ReadLimits


def seconds(links: int, letters: int) -> float:
    """What it takes to read a paragraph of so many links in so much text."""
    body = "<p>" + "".join(f"<a href=/{n}>ข่าวของหน่วยงาน {n}</a> " for n in range(links)) + "ก" * letters
    began = time.process_time()
    reading = read_document(body.encode(), "https://a.go.th/", "text/html; charset=utf-8", "", ReadLimits())
    assert len(reading.links) == links
    return time.process_time() - began


def test_the_words_around_a_link_are_not_all_of_a_long_paragraph_for_each() -> None:
    seconds(100, 100)
    apart = seconds(4000, 0) + seconds(1, 10_000_000)
    assert min(seconds(4000, 10_000_000) for _ in range(2)) < 2 * apart


def test_links_beyond_the_limit_are_cut_and_the_page_is_not_read_whole() -> None:
    body = "<p>" + "".join(f"<a href=/{n}>{n}</a> " for n in range(120))
    reading = read_document(body.encode(), "https://a.go.th/", "text/html", "", ReadLimits(links=100))
    assert len(reading.links) == 100
    assert (reading.kind, reading.state, reading.note) == (ResourceKind.PAGE, ReadState.PARTIAL, ReadNote.TOO_LARGE)


def test_long_links_are_cut_by_their_letters() -> None:
    body = "<p>" + "".join(f"<a href=/{n}{'x' * 990}>{n}</a> " for n in range(120))
    reading = read_document(body.encode(), "https://a.go.th/", "text/html", "", ReadLimits(link_letters=60_000))
    assert 20 < len(reading.links) < 60
    assert (reading.state, reading.note) == (ReadState.PARTIAL, ReadNote.TOO_LARGE)


@pytest.mark.parametrize(
    ("target", "is_whole"),
    [
        ("/" + "ก" * 230 + ".pdf", False),
        ("https://a.go.th/" + "x" * 2500, False),
        ("/o13.pdf", True),
        ("/share?text=" + "ก" * 300, True),
        ("https://www.facebook.com/" + "x" * 2500, True),
        ("data:image/png;base64," + "A" * 3000, True),
    ],
    ids=["thai-name", "long-path", "short", "query", "elsewhere", "data"],
)
def test_a_page_with_an_address_of_its_site_that_cannot_be_asked_for_was_not_read_whole(
    target: str, is_whole: bool
) -> None:
    body = f"<p><a href='{target}'>O13 รายงานผลการดำเนินงานประจำปี</a>".encode()
    reading = read_document(body, "https://a.go.th/", "text/html; charset=utf-8", "", ReadLimits())
    assert (reading.state is ReadState.READ) is is_whole
    assert (reading.note is ReadNote.TOO_LARGE) is not is_whole
