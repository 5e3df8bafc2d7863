"""A home page that is served with 200 is the agency's site, or it is not: decided from what lies behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Link, Resource, ResourceKind, StopReason
from core.storage.store import Store
from crawler.extensions.home import HomeEvidence
from crawler.frontier import Provenance
from crawler.items import ResourceItem
from crawler.rendering.browser import find_browser
from tests.effort import effort
from tests.mockserver.crawling import go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)
NAME = "สำนักงานตัวอย่างจังหวัดตัวอย่าง"
SITE = {
    "/": page("<h1>สำนักงาน</h1>" + "".join(f"<a href=/{n}>เรื่อง {n}</a>" for n in "abcdef") + "<a href=/oit>OIT</a>"),
    "/oit": page("<h1>OIT</h1><p>O12</p>"),
    **{f"/{n}": page(f"<p>เรื่องที่ {n}</p>") for n in "abcdef"},
}


@pytest.mark.parametrize(
    ("home", "cause"),
    [
        ("<h1>ปิดปรับปรุงเว็บไซต์ชั่วคราว</h1><p>ขออภัยในความไม่สะดวก</p>", "home_alone"),
        ("<h1>ปิดปรับปรุง</h1><a href=/>กลับหน้าหลัก</a><a href=/admin>ผู้ดูแล</a>", "home_alone"),
        ("", "home_empty"),
        ("<h1>Error establishing a database connection</h1>", "home_alone"),
        ("<b>Fatal error</b>: Uncaught Error in /var/www/index.php:12", "home_alone"),
        ("<h1>Welcome to nginx!</h1><a href=https://nginx.org/>nginx.org</a>", "home_alone"),
        ("<h1>It works!</h1><a href=/manual>manual</a>", "home_alone"),
        ("<h1>example.go.th</h1><a href=/buy>Buy this domain</a><a href=/cars>Cars</a>", "home_foreign"),
    ],
)
def test_what_is_no_site_is_unchecked_with_its_cause(home: str, cause: str, tmp_path: Path) -> None:
    answers = {
        "/": Answer(f"<html><head></head><body>{home}</body></html>".encode()),
        "/admin": Answer(b"<form><input type=password name=p></form>", 403),
        "/buy": Answer(b"<html><title>Buy</title><body><p>Make an offer now</p></body></html>"),
        "/cars": Answer(b"<html><title>Cars</title><body><p>Used cars</p></body></html>"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert (snapshot.stopped_by, snapshot.complete) == (StopReason.HOME, False)
    assert snapshot.resources[0].detail == cause


@pytest.mark.parametrize(
    "answers",
    [
        {"/": page("<h1>สำนักงาน</h1><a href=/r.txt>รายงานประจำปี</a>"), "/r.txt": Answer(b"x" * 300, kind="text/plain")},
        {"/": page("<h1>สำนักงาน</h1><p>" + "ข้อมูลของหน่วยงานทั้งหมดอยู่ในหน้านี้ " * 60 + "</p>")},
        {"/": page("".join(f"<h2>ข้อมูล {n}</h2><ul>{'<li>โครงการ</li>' * 4}</ul>" for n in "กขคง"))},
        {"/": page("<a href=/index2.html>Enter</a>"), "/index2.html": page("<h1>สำนักงาน</h1>")},
    ],
)
def test_a_small_site_is_a_site(answers: dict[str, Answer], tmp_path: Path) -> None:
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert (snapshot.complete, snapshot.stopped_by) == (True, StopReason.NONE)


@pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
def test_a_wall_that_gives_a_cookie_by_script_lets_the_whole_crawl_in(tmp_path: Path) -> None:
    wall = '<html><body><script>document.cookie = "seen=1; path=/"; location.reload();</script></body></html>'
    answers = {path: replace(answer, needs_cookie="seen=1", wall=wall) for path, answer in SITE.items()}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert (snapshot.complete, snapshot.stopped_by) == (True, StopReason.NONE)
    assert len(snapshot.resources) >= len(SITE)


def test_the_last_good_night_stays_while_the_site_is_closed(tmp_path: Path) -> None:
    agency = Agency("a", NAME, "")
    with serve(dict(SITE)) as site:
        agency = Agency("a", NAME, site.url)
        first, _ = go(tmp_path, site.url, agency=agency)
        site.answers = {"/": page("<h1>ปิดปรับปรุง</h1>")}
        second, _ = go(tmp_path, site.url, agency=agency)
    assert first.complete
    assert second.stale
    assert len(second.resources) == len(first.resources)


def test_pages_of_somebody_else_are_not_the_site_and_a_new_design_is(tmp_path: Path) -> None:
    other = {"/": page("<a href=/slot1>สล็อตเว็บตรง</a>"), "/slot1": page("<p>แทงบอลออนไลน์</p><a href=/slot2>ต่อ</a>")}
    new = {
        "/": page(f"<h1>{NAME}</h1><a href=/new/about>เกี่ยวกับเรา</a>"),
        "/new/about": page("<p>เกี่ยวกับเรา</p>"),
    }
    with serve(dict(SITE)) as site:
        agency = Agency("a", NAME, site.url)
        go(tmp_path, site.url, agency=agency)
        site.answers = other
        taken, _ = go(tmp_path, site.url, agency=agency)
        store = Store(tmp_path)
        night = next(iter(store.nights(agency)))
        store.close()
        site.answers = new
        redesigned, _ = go(tmp_path, site.url, agency=agency)
    assert taken.stale
    assert night.stopped_by == StopReason.HOME
    assert (redesigned.complete, redesigned.stale) == (True, False)


def test_pages_of_links_without_end_take_no_time() -> None:
    links = tuple(Link(f"https://a.go.th/{n}", "ข่าวประชาสัมพันธ์" * 18) for n in range(60_000))
    page = Resource("https://a.go.th/x", FetchOutcome.OK, kind=ResourceKind.PAGE, links=links)

    def add() -> None:
        evidence = HomeEvidence(Agency("a", "ชื่อที่ไม่มีใครเรียก", "https://a.go.th/"))
        evidence.add(ResourceItem.from_resource(page, None, Provenance((), "", "", 1)))

    assert effort(add, 20) < 20
