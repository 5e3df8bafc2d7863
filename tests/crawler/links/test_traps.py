"""Addresses without end are named by their kind."""

from __future__ import annotations

import pytest

from crawler.links.traps import trap_kind
from tests.effort import effort


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.go.th/calendar?year=2022&month=3", "calendar"),
        ("https://a.go.th/news?page=900", "pagination"),
        ("https://a.go.th/news/page/55293ab80f4b.html", ""),
        ("https://a.go.th/page/12/", ""),
        ("https://a.go.th/list?sort=asc", "sort"),
        ("https://a.go.th/a?print=1", "print"),
        ("https://a.go.th/a/b/a/b/a/b/a/b", "repeated"),
        ("https://a.go.th/oit/o12", ""),
    ],
)
def test_traps(url: str, name: str) -> None:
    assert trap_kind(url) == name


@pytest.mark.parametrize(
    "url",
    [
        "https://a.go.th/?p=34000",
        "https://a.go.th/list?start=60",
        "https://a.go.th/prevention/year-2566.php",
        "https://a.go.th/browse?dir=oit",
        "https://a.go.th/doc?task=doc_download&gid=13&format=raw",
        "https://a.go.th/doc?share=public",
    ],
)
def test_numbers_of_posts_and_words_of_content_are_no_traps(url: str) -> None:
    assert trap_kind(url) == ""


@pytest.mark.parametrize("piece", ["event/", "event", "calendar.", "=", "/2566/1?%0a", "/a", "?p=1", "filter_a&"])
def test_long_addresses_are_judged_in_a_moment(piece: str) -> None:
    url = "https://a.go.th/" + (piece * 2000)[:1980]

    def judge() -> None:
        for _ in range(100):
            trap_kind(url)

    assert effort(judge, 12) < 12  # 32 when `.*` stood behind the word


def test_the_day_of_a_calendar_stands_behind_its_name() -> None:
    assert trap_kind("https://a.go.th/events/month-3") == "calendar"
    assert trap_kind("https://a.go.th/month-3/events") == ""
    assert trap_kind("https://a.go.th/news/2566/1?x=1") == "calendar"
