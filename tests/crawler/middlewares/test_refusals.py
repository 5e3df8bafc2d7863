"""Answers packed in layers."""

from __future__ import annotations

import zlib

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from core.models.snapshot import FetchOutcome
from crawler.failures import RefusedError
from crawler.middlewares.refusals import MAX_CODINGS, DecompressionMiddleware


def unfolded(body: bytes, layers: int, *, one_header: bool) -> bytes:
    for _ in range(layers):
        body = zlib.compress(body)
    named: list[str] = [",".join(["deflate"] * layers)] if one_header else ["deflate"] * layers
    response = Response("https://a.go.th/", headers={"Content-Encoding": named}, body=body)
    answer = DecompressionMiddleware(crawler=get_crawler()).process_response(Request("https://a.go.th/"), response)
    assert isinstance(answer, Response)
    return answer.body


@pytest.mark.parametrize("one_header", [True, False])
def test_layers_without_end_are_refused(one_header: bool) -> None:
    assert unfolded(b"text", MAX_CODINGS, one_header=one_header) == b"text"
    with pytest.raises(RefusedError) as refused:
        unfolded(b"text", MAX_CODINGS + 1, one_header=one_header)
    assert refused.value.outcome is FetchOutcome.TOO_LARGE
