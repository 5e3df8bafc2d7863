"""Servers that send without end: each costs its own address only, and a bounded time."""

from __future__ import annotations

import gzip
import time
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd

from core.models.snapshot import FetchOutcome
from crawler.middlewares.cookies import MAX_COOKIES
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)
HONEST = page("<h1>O12 รายงานประจำปี</h1><p>" + "เนื้อหาที่ซื่อตรงของหน่วยงาน " * 20 + "</p>")
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(out: Any) -> None:
    out.write(_HEAD + b"Content-Length: 5000\r\n\r\n")
    for _ in range(400):
        out.write(b"x")
        out.flush()
        time.sleep(0.05)


def endless(out: Any) -> None:
    out.write(_HEAD + b"\r\n")
    for _ in range(4000):
        out.write(b"<p>x</p>" * 8192)


def headers(out: Any) -> None:
    out.write(_HEAD)
    for n in range(2_000_000):
        out.write(b"X-Flood-%d: %s\r\n" % (n, b"y" * 200))


def one_header(out: Any) -> None:
    out.write(_HEAD + b"X-Long: ")
    for _ in range(20_000):
        out.write(b"z" * 65536)


def status_line(out: Any) -> None:
    for _ in range(20_000):
        out.write(b"HTTP/1.1 200 " * 4096)


def test_floods_cost_themselves_only(tmp_path: Path) -> None:
    floods = {"/drip": drip, "/endless": endless, "/headers": headers, "/one": one_header, "/status": status_line}
    answers = {path: Answer(raw=raw) for path, raw in floods.items()}
    answers["/"] = page("".join(f"<a href={path}>{path}</a>" for path in [*floods, "/honest"]))
    answers["/honest"] = HONEST
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, DOWNLOAD_MAXSIZE="2000000", DOWNLOAD_TIMEOUT="4", OIT_SECOND_TIMEOUT="5")
        found = by_path(snapshot, site)
    assert found["/honest"].outcome is FetchOutcome.OK
    assert found["/honest"].blocks
    assert found["/drip"].outcome is FetchOutcome.TIMEOUT
    assert found["/endless"].outcome is FetchOutcome.TOO_LARGE
    assert all(
        found[path].outcome in (FetchOutcome.TOO_LARGE, FetchOutcome.RESET, FetchOutcome.OTHER)
        for path in ("/headers", "/one", "/status")
    )
    assert found["/headers"].outcome is FetchOutcome.TOO_LARGE
    assert not snapshot.complete


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_compressed_bodies_are_read_and_bombs_are_not(encoding: str, tmp_path: Path) -> None:
    squeeze = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}[encoding]
    bomb = squeeze(b"<html>" + b"a" * 40_000_000)
    assert len(bomb) < 200_000
    answers = {
        "/": page("<a href=/bomb>ก</a><a href=/fine>ข</a>"),
        "/bomb": Answer(bomb, headers={"Content-Encoding": encoding}),
        "/fine": Answer(squeeze(HONEST.body), headers={"Content-Encoding": encoding}),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, DOWNLOAD_MAXSIZE="4000000")
        found = by_path(snapshot, site)
    assert found["/bomb"].outcome is FetchOutcome.TOO_LARGE
    assert found["/fine"].title
    assert any("O12" in b.text for b in found["/fine"].blocks)


def test_thousands_of_cookies_neither_fill_requests_nor_hide_the_site(tmp_path: Path) -> None:
    many = tuple(f"c{n}={'v' * 100}; Path=/" for n in range(300))
    answers = {
        f"/p{n}": Answer(HONEST.body + str(n).encode(), cookies=tuple(f"d{n}x{i}=v" for i in range(100)))
        for n in range(20)
    }
    answers["/"] = Answer(page("".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(20))).body, cookies=many)
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert sum(r.outcome is FetchOutcome.OK for r in snapshot.resources) == 21
    assert site.largest_request < 8000
    assert MAX_COOKIES < 300
