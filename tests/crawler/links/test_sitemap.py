"""Sitemaps and robots.txt that are made to take long."""

from __future__ import annotations

import time

import pytest

from crawler.links.sitemap import addresses, in_robots


@pytest.mark.parametrize(
    "body",
    [
        b"<loc>" + b" " * 2_000_000 + b"</loc>",
        b"<loc>" + b" " * 1_000_000 + b"<![CDATA[" + b" " * 1_000_000,
        b"<loc>x</loc>" * 350_000,
        b"<loc>https://a.go.th/</loc>" * 100_000,
    ],
)
def test_hostile_sitemaps_take_no_second(body: bytes) -> None:
    start = time.process_time()
    assert len(addresses(body)[0]) <= 1
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "line", [b"\n", b"\r", b" ", b"sitemap\n", b"sitemap:", b"sitemap:x\n", b"sitemap:http://a/\n"]
)
def test_hostile_robots_take_no_second(line: bytes) -> None:
    start = time.process_time()
    assert len(in_robots(line * 500_000)) <= 1
    assert time.process_time() - start < 1


def test_blank_lines_and_cdata_are_read_over() -> None:
    assert in_robots(b"\n\n  Sitemap :  https://a.go.th/s.xml\r\n") == ("https://a.go.th/s.xml",)
    assert addresses(b"<loc>\n <![CDATA[\n https://a.go.th/x ]]></loc>") == (("https://a.go.th/x",), False)
    assert addresses(b"<loc>\n https://a.go.th/y\n</loc>") == (("https://a.go.th/y",), False)
