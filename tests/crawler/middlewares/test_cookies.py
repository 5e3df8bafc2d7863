"""Cookies of one site stay within limits, by whatever they differ."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.cookies import MAX_COOKIES, MAX_KEPT, MAX_PLACES, CookieLimits


def kept(limits: CookieLimits, *cookies: str, url: str = "https://a.go.th/x/y") -> list[str]:
    response = Response(url, headers={"Set-Cookie": list(cookies)})
    left = limits.process_response(Request(url), response).headers.getlist("Set-Cookie")
    return [cookie.decode() for cookie in left]


@pytest.mark.parametrize("form", ["a=1; Path=/{n}/", "a=1; path = /{n}", "a=1; Domain=s{n}.a.go.th"])
def test_one_name_under_many_places_is_many_cookies(form: str) -> None:
    limits = CookieLimits()
    assert sum(len(kept(limits, form.format(n=n))) for n in range(1000)) == MAX_PLACES


def test_the_folder_counts_where_no_path_is_named() -> None:
    limits = CookieLimits()
    assert sum(len(kept(limits, "a=1", url=f"https://a.go.th/{n}/x")) for n in range(1000)) == MAX_PLACES
    assert kept(limits, "a=2", url="https://a.go.th/3/other") == ["a=2"]


def test_bytes_are_bounded_in_all() -> None:
    limits = CookieLimits()
    taken = [c for n in range(1000) for c in kept(limits, f"a={'v' * 4000}; Path=/{n}")]
    assert MAX_KEPT // 2 < sum(map(len, taken)) <= MAX_KEPT


def test_a_cookie_that_is_renewed_is_one_cookie() -> None:
    limits = CookieLimits()
    assert all(kept(limits, f"session={'v' * 3000}{n}; Path=/") for n in range(1000))


def test_names_are_bounded() -> None:
    limits = CookieLimits()
    assert sum(len(kept(limits, f"n{n}=1; Path=/")) for n in range(1000)) == MAX_COOKIES
