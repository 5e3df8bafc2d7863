"""Scrapy's own commands on this project, as somebody who knows Scrapy uses them: in a clone, on a site on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from core.models.agency import Agency
from core.storage.store import Store
from tests.mockserver.crawling import page
from tests.mockserver.http import Answer, Site, serve
from tests.paths import PROJECT

pytestmark = pytest.mark.timeout(240)
QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "LOG_LEVEL=ERROR")


@pytest.fixture
def site() -> Iterator[Site]:
    answers = {
        "/": page("<h1>สำนักงาน</h1><a href=/oit>OIT</a><a href=/gone>ข่าว</a>"),
        "/oit": page("<h1>OIT</h1><p>O1 โครงสร้าง</p>"),
        "/gone": Answer(b"gone", 404),
    }
    with serve(answers) as served:
        yield served


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


def opened(site: Site, folder: Path) -> tuple[str, ...]:
    return (*QUICK, "-s", f"OIT_LOCAL=127.0.0.1:{site.port}", "-s", f"OIT_DATA={folder / 'var'}")


def test_the_spider_is_listed() -> None:
    assert scrapy("list").stdout.split() == ["agency"]


def test_a_site_of_no_list_is_crawled_stored_and_exported(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = scrapy("crawl", "agency", "-a", f"url={site.url}", *opened(site, tmp_path), "-O", str(out))
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    met = {line["url"].removeprefix(site.url): line["outcome"] for line in lines}
    assert met == {"": "ok", "oit": "ok", "gone": "not_found"}
    assert lines[-1]["found_via"][0] == site.url
    store = Store(tmp_path / "var")
    snapshots = [store.load_snapshot(Agency(name, name, site.url)) for name in store.finished_agencies(1)]
    store.close()
    assert [s is not None and (s.complete, len(s.resources)) for s in snapshots] == [(True, 3)]


def test_an_agency_of_a_list_is_crawled_under_its_id(site: Site, tmp_path: Path) -> None:
    agencies = tmp_path / "agencies.yaml"
    row = {"id": "office", "name": "สำนักงาน", "url": site.url, "kind": "provincial"}
    agencies.write_text(yaml.safe_dump({"province": "ตัวอย่าง", "agencies": [row]}, allow_unicode=True), "utf-8")
    chosen = ("-a", "agency=office", "-a", f"agencies={agencies}")
    done = scrapy("crawl", "agency", *chosen, *opened(site, tmp_path), "-s", "LOG_LEVEL=INFO")
    assert done.returncode == 0, done.stderr
    assert "'item_scraped_count': 3" in done.stderr
    store = Store(tmp_path / "var")
    snapshot = store.load_snapshot(Agency("office", "สำนักงาน", site.url))
    store.close()
    assert snapshot is not None
    assert snapshot.complete


def test_an_agency_that_is_not_on_the_list_ends_with_the_reason(tmp_path: Path) -> None:
    agencies = tmp_path / "agencies.yaml"
    row = {"id": "office", "name": "สำนักงาน", "url": "https://www.example.go.th/", "kind": "provincial"}
    agencies.write_text(yaml.safe_dump({"province": "ตัวอย่าง", "agencies": [row]}, allow_unicode=True), "utf-8")
    done = scrapy("crawl", "agency", "-a", "agency=offices", "-a", f"agencies={agencies}", *QUICK)
    assert done.returncode == 2
    assert done.stderr == f"scrapy crawl agency: {agencies}: no agency 'offices'; the list has office\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a site: -a url=ADDRESS, or -a agency=ID of the agency list"),
        (("-a", "agency=office", "-a", "agencies=no-such.yaml"), "no-such.yaml: cannot be read"),
        (("-a", "url=ftp://x.go.th/"), "not an http address: 'ftp://x.go.th/'"),
        (("-a", "site=x"), "unknown argument site: the spider takes url, agency and agencies"),
        (("-a", "url=https://x.go.th/", "-s", "USER_AGENT=oit (this machine only)"), "set OIT_CONTACT"),
    ],
)
def test_arguments_that_name_no_site_are_told_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    done = scrapy("crawl", "agency", *arguments, *QUICK)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_shell_fetches_a_page(site: Site, tmp_path: Path) -> None:
    done = scrapy("shell", site.url, "-c", "response.css('h1::text').get()", *opened(site, tmp_path))
    assert "สำนักงาน" in done.stdout, done.stderr


def test_parse_shows_the_item_and_the_links(site: Site, tmp_path: Path) -> None:
    done = scrapy("parse", "--spider", "agency", "--nocolour", *opened(site, tmp_path), f"{site.url}oit")
    assert "'outcome': 'ok'" in done.stdout, done.stderr
    done = scrapy("parse", "--spider", "agency", "--nocolour", *opened(site, tmp_path), site.url)
    assert f"<GET {site.url}oit>" in done.stdout, done.stderr


def test_check_has_nothing_to_complain_about() -> None:
    done = scrapy("check")
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stderr + done.stdout


def test_a_private_address_is_refused_and_the_way_to_open_it_named(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    data = ("-s", f"OIT_DATA={tmp_path / 'var'}", "-s", "USER_AGENT=test (webmaster@example.go.th)")
    scrapy("crawl", "agency", "-a", f"url={site.url}", *QUICK, *data, "-O", str(out))
    (line,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert line["outcome"] == "unsafe_address"
    assert f"-s OIT_LOCAL=127.0.0.1:{site.port}" in line["detail"]
    assert not site.asked
