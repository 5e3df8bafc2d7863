"""Sitemaps and robots.txt that are made to take long."""

from __future__ import annotations

import gzip

import pytest

from crawler.links.sitemap import addresses, in_robots
from tests.effort import effort


@pytest.mark.parametrize(
    "body",
    [
        b"<loc>" + b" " * 2_000_000 + b"</loc>",
        b"<loc>" + b" " * 1_000_000 + b"<![CDATA[" + b" " * 1_000_000,
        b"<loc>x</loc>" * 350_000,
        b"<loc>https://a.go.th/</loc>" * 100_000,
        (b"<loc>https://a.go.th/?" + b"&a" * 900 + b"</loc>") * 4000,
        (b"<loc>https://" + "ก".encode() * 600 + b"/</loc>") * 4000,
        gzip.compress(b"") * 1_000_000,
        b"\x1f\x8b\x08\x10" + b"\0" * 6 + b"x" * (20 << 20),
    ],
)
def test_hostile_sitemaps_take_no_time(body: bytes) -> None:
    assert len(addresses(body)[0]) <= 1
    assert effort(lambda: addresses(body), 50) < 50  # 14 at most


@pytest.mark.parametrize(
    "line", [b"\n", b"\r", b" ", b"sitemap\n", b"sitemap:", b"sitemap:x\n", b"sitemap:http://a/\n"]
)
def test_hostile_robots_take_no_time(line: bytes) -> None:
    body = line * 500_000
    assert len(in_robots(body)) <= 1
    assert effort(lambda: in_robots(body), 20) < 20


def test_blank_lines_and_cdata_are_read_over() -> None:
    assert in_robots(b"\n\n  Sitemap :  https://a.go.th/s.xml\r\n") == ("https://a.go.th/s.xml",)
    assert addresses(b"<loc>\n <![CDATA[\n https://a.go.th/x ]]></loc>") == (("https://a.go.th/x",), False)
    assert addresses(b"<loc>\n https://a.go.th/y\n</loc>") == (("https://a.go.th/y",), False)


def test_a_full_sitemap_of_long_thai_addresses_is_read_whole() -> None:
    name = "%E0%B8%81" * 50
    listed = tuple(f"https://a.go.th/{n}/{name}" for n in range(2000))
    body = "".join(f"<url><loc>{url}</loc></url>" for url in listed).encode()
    assert addresses(gzip.compress(body))[0] == listed
