"""The sample's HTTP server: one port per site, planted failures, no way out of the site's folder."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from sample.province import build
from sample.server import ServedSite, Serving, SiteServers, serve

_SITES = (
    "governance", "livestock", "cooperatives", "land-reform", "labour", "employment", "labour-protection",
    "transport",
)  # fmt: skip


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = tmp_path_factory.mktemp("served")
    province = build(root, 2565, only=_SITES)
    with serve(province, root / "agencies.yaml") as running:
        yield running


def _get(serving: Serving, agency: str, path: str, method: str = "GET", **headers: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(urlsplit(serving.urls[agency]).netloc, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


def test_each_site_has_its_own_port(serving: Serving) -> None:
    assert len(set(serving.urls.values())) == len(_SITES)
    assert all(url.startswith("http://127.0.0.1:") for url in serving.urls.values())


def test_agencies_file_holds_the_real_ports(serving: Serving) -> None:
    data = yaml.safe_load((serving.province.root / "agencies.yaml").read_text("utf-8"))
    assert {row["id"]: row["url"] for row in data["agencies"]} == serving.urls


def test_home_page_and_robots(serving: Serving) -> None:
    status, kind, data = _get(serving, "governance", "/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "ที่ทำการปกครองจังหวัดตัวอย่าง" in data.decode()
    assert b"Disallow: /\n" not in _get(serving, "governance", "/robots.txt")[2]
    assert b"Disallow: /\n" in _get(serving, "labour", "/robots.txt")[2]


def test_head_has_no_body(serving: Serving) -> None:
    assert _get(serving, "governance", "/", "HEAD")[2] == b""


def test_site_that_is_down(serving: Serving) -> None:
    assert _get(serving, "land-reform", "/")[0] == 503
    assert _get(serving, "land-reform", "/robots.txt")[0] == 503


def test_missing_and_forbidden(serving: Serving) -> None:
    assert _get(serving, "employment", "/files/o12-final.pdf")[0] == 404
    paths = serving.province.root / "sites" / "labour-protection" / "server.json"
    path = next(iter(yaml.safe_load(paths.read_text("utf-8"))["paths"]))
    assert _get(serving, "labour-protection", path)[0] == 403


@pytest.mark.parametrize(("agency", "kind"), [("livestock", "text/html"), ("cooperatives", "text/html; charset=utf-8")])
def test_charset_headers(serving: Serving, agency: str, kind: str) -> None:
    assert _get(serving, agency, "/oit/index.html")[1] == kind


@pytest.mark.parametrize("path", ["/../truth.json", "/%2e%2e/truth.json", "/..%2fserver.json", "//etc/group"])
def test_nothing_outside_the_site_is_served(serving: Serving, path: str) -> None:
    assert _get(serving, "governance", path)[0] == 404


def test_unchanged_page_is_not_sent_again(serving: Serving) -> None:
    connection = http.client.HTTPConnection(urlsplit(serving.urls["governance"]).netloc, timeout=10)
    connection.request("GET", "/")
    first = connection.getresponse()
    first.read()
    etag = first.getheader("ETag", "")
    connection.close()
    assert etag
    assert _get(serving, "governance", "/", **{"If-None-Match": etag})[0] == 304


def test_forms_and_files_for_visitors_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name in ("index.html", "two.html", "files/a.txt"):
        (tmp_path / name).write_text(name)
    manner = {"posts": {"/": [{"has": "page=2", "file": "/two.html"}]}, "referer": ["/files/"], "paths": {}}
    with SiteServers({"a": ServedSite(tmp_path, manner)}) as running:
        address = urlsplit(running.urls["a"]).netloc

        def ask(method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
            connection = http.client.HTTPConnection(address, timeout=10)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            found = answer.status, answer.read()
            connection.close()
            return found

        assert ask("POST", "/", "x=1&page=2") == (200, b"two.html")
        assert ask("POST", "/", "x=1")[0] == 405
        assert ask("GET", "/files/a.txt")[0] == 403
        assert ask("GET", "/files/a.txt", Referer=running.urls["a"]) == (200, b"files/a.txt")
        assert ask("GET", "/" + "a" * 300)[0] == 404


def test_ports_are_closed_in_the_end(tmp_path: Path) -> None:
    province = build(tmp_path, 2566, only=("statistics",))
    with serve(province) as running:
        address = urlsplit(running.urls["statistics"]).netloc
    connection = http.client.HTTPConnection(address, timeout=2)
    with pytest.raises(ConnectionError):
        connection.request("GET", "/")
