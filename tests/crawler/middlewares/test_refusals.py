"""Answers packed in layers, and redirects of what a page's script sent."""

from __future__ import annotations

import asyncio
import zlib

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from core.models.snapshot import FetchOutcome
from crawler.failures import RefusedError
from crawler.middlewares.refusals import (
    BY_SCRIPT,
    MAX_ADDRESS,
    MAX_CODINGS,
    DecompressionMiddleware,
    RedirectLoopMiddleware,
)


def unfolded(body: bytes, layers: int, *, one_header: bool) -> bytes:
    for _ in range(layers):
        body = zlib.compress(body)
    named: list[str] = [",".join(["deflate"] * layers)] if one_header else ["deflate"] * layers
    response = Response("https://a.go.th/", headers={"Content-Encoding": named}, body=body)
    work = DecompressionMiddleware(crawler=get_crawler()).process_response(Request("https://a.go.th/"), response)
    answer = asyncio.run(work)
    assert isinstance(answer, Response)
    return answer.body


@pytest.mark.parametrize("one_header", [True, False])
def test_layers_without_end_are_refused(one_header: bool) -> None:
    assert unfolded(b"text", MAX_CODINGS, one_header=one_header) == b"text"
    with pytest.raises(RefusedError) as refused:
        unfolded(b"text", MAX_CODINGS + 1, one_header=one_header)
    assert refused.value.outcome is FetchOutcome.TOO_LARGE


def redirected(method: str, status: int, to: str) -> Request | Response:
    """What is asked for where a script's request, with a header of its own, is redirected."""
    meta = {BY_SCRIPT: frozenset({"a.go.th", "www.a.go.th"})}
    headers = {"X-Token": "1", "Accept": "text/html"}
    request = Request("https://a.go.th/list", method=method, body="a=1", headers=headers, meta=meta)
    response = Response("https://a.go.th/list", status=status, headers={"Location": to})
    return RedirectLoopMiddleware.from_crawler(get_crawler()).process_response(request, response)


@pytest.mark.parametrize("status", [307, 308])
def test_a_scripts_post_is_not_sent_on_to_another_site(status: int) -> None:
    with pytest.raises(RefusedError) as refused:
        redirected("POST", status, "https://b.go.th/delete")
    assert refused.value.outcome is FetchOutcome.OFF_SITE


def test_a_scripts_post_is_sent_on_within_its_site() -> None:
    asked = redirected("POST", 307, "https://www.a.go.th/list")
    assert isinstance(asked, Request)
    assert (asked.method, asked.body, asked.headers["X-Token"]) == ("POST", b"a=1", b"1")


def test_a_get_to_another_site_has_no_headers_of_the_scripts_own() -> None:
    asked = redirected("POST", 302, "https://b.go.th/list")
    assert isinstance(asked, Request)
    assert (asked.method, asked.body) == ("GET", b"")
    assert "X-Token" not in asked.headers
    assert asked.headers["Accept"] == b"text/html"


@pytest.mark.parametrize("letter", ["a", "ก", "%", "../a/"])
def test_redirects_to_addresses_without_end_are_refused(letter: str) -> None:
    asked = redirected("GET", 302, "https://a.go.th/" + "a" * 4000)
    assert isinstance(asked, Request)
    with pytest.raises(RefusedError) as refused:
        redirected("GET", 302, "https://a.go.th/" + letter * MAX_ADDRESS)
    assert refused.value.outcome is FetchOutcome.TOO_LARGE
