"""A site full of traps around an honest one: what is honest is judged right, and the pages fetched are bounded."""

from __future__ import annotations

import json
import mimetypes
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.models.snapshot import FetchOutcome, Resource, Snapshot, StopReason
from core.storage.store import Store
from core.urls import canonical
from crawler.budget import Budget
from crawler.links.traps import FacetTraps, same_list, trap_kind
from crawler.process.supervisor import CrawlSettings, run_crawl
from oit.evaluation import compare
from sample.editions import AS_OF
from sample.province import build
from tests.mockserver.crawling import FAST, go, page
from tests.mockserver.http import Answer, Site, serve

pytestmark = pytest.mark.timeout(240)
EDITION = 2566
OFFICE = "skill-development"
"""One of its items is truly missing: only a complete crawl can say so."""
ENTRANCES = "/index.html"


def honest(folder: Path) -> tuple[dict[str, Answer], dict[str, object]]:
    """A sample site's answers and its truth."""
    province = build(folder, EDITION, only=(OFFICE,))
    www = folder / "sites" / OFFICE / "www"
    answers = {}
    for path in www.rglob("*"):
        if path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            kind = "text/html; charset=utf-8" if kind == "text/html" else kind
            answers["/" + quote(path.relative_to(www).as_posix())] = Answer(path.read_bytes(), kind=kind)
    return answers, json.loads(province.truth(OFFICE).read_text("utf-8"))


def with_links(home: Answer, links: str) -> Answer:
    return Answer(home.body.replace(b"</body>", f"<div>{links}</div></body>".encode()), kind=home.kind)


def judged(folder: Path, site: Site, rules: Rules, budget: Budget) -> tuple[Snapshot, Assessment]:
    edition = rules.edition(EDITION)
    from crawler.links.scoring import FollowHints

    hints = FollowHints(
        index=("OIT", "ITA", *rules.lexicon["index_pages"]),
        years=(EDITION, EDITION - 1),
        phrases=tuple(phrase for item in edition.items for phrase in (item.title, *item.aliases)),
    )
    store = Store(folder)
    agency = Agency(OFFICE, OFFICE, site.url)
    settings = CrawlSettings(hints=hints, budget=budget, local=True, readers=2, scrapy=FAST)
    run_crawl((agency,), store, settings, lambda _: None)
    snapshot = store.load_snapshot(agency)
    store.close()
    assert snapshot is not None
    return snapshot, assess(snapshot, edition, date.fromisoformat(AS_OF[EDITION]), dict(rules.lexicon))


def bounded_traps(path: str) -> Answer | None:
    """Pages without end, each kind under a path of its own."""
    path = unquote(path)
    number = int((re.findall(r"\d+", path) or ["0"])[-1])
    if path.startswith("/calendar"):
        return page(f"<p>เดือนที่ {number}</p><a href='/calendar?year={2000 + number}&month={number + 1}'>ถัดไป</a>")
    if path.startswith("/events/"):
        return page(f"<p>กิจกรรม {path}</p><a href='/events/2570/{number % 12 + 1}/'>ถัดไป</a>")
    if path.startswith("/board"):
        return page(f"<p>กระทู้หน้า {number}</p><a href='/board?page={number + 1}'>หน้าถัดไป</a>")
    if path.startswith("/token"):
        return page(
            f"<p>ยินดีต้อนรับสมาชิก</p><a href='/token?x={hash(path)}'>ก</a><a href='/token?x={hash(path) + 1}'>ข</a>"
        )
    if path.startswith("/shop"):
        query = path.partition("?")[2]
        names = [f"c{n}" for n in range(40)]
        more = "".join(f"<a href='/shop?{query}&{name}=1'>{name}</a>" for name in names if name not in query)
        return page(f"<p>สินค้า {hash(query)}</p>{more}" if query.count("&") < 8 else "<p>หมด</p>")
    if path.startswith("/deep/"):
        return page(f"<p>ลึก {path}</p><a href='deep/{'x' * (path.count('/') % 3)}/'>ลึกลงไป</a>")
    if path.startswith("/copy"):
        return page("<p>เหมือนกันทุกหน้า</p><a href='/copy1'>1</a><a href='/copy2'>2</a>")
    if path.startswith("/own"):
        links = f"<a href='/own?r={number + 1}'>ก</a><a href='/own?r={number + 2}'>ข</a>"
        return Answer(
            page(f"<p>หน้าเดียวกัน</p>{links}").body.replace(b"<title>", b"<link rel=canonical href=/own><title>")
        )
    return None


TRAPS = (
    "<a href='/calendar?year=2023&month=1'>ปฏิทิน</a><a href='/events/'>กิจกรรม</a><a href='/board?page=1'>กระดาน</a>"
    "<a href='/token?x=1'>สมาชิก</a><a href='/shop?a=1&b=2'>ร้าน</a><a href='/deep/'>ลึก</a><a href='/copy0'>สำเนา</a>"
    "<a href='/own?r=1'>หน้า</a><a href='/index.html?print=1'>พิมพ์</a><a href='/index.html?sort=asc'>เรียง</a>"
    "<a href='/index.html;jsessionid=8A9C0B1D2E3F4A5B6C7D8E9F0A1B2C3D'>เข้า</a>"
    "<a href='/index.html?PHPSESSID=77'>เข้า</a>"
)


def test_the_honest_part_of_a_trapped_site_is_judged_right(tmp_path: Path, shipped: Rules) -> None:
    answers, truth = honest(tmp_path / "sample")
    alone = len(answers)
    home = answers.pop("/index.html")
    # The way in: a script, a choice of language, a wall that wants its cookie, a frame.
    answers["/"] = Answer(b"<html><head><script>window.location.href = '/enter/';</script></head><body></body></html>")
    answers["/enter/"] = page("<a href='en/'>English</a><a href=\"javascript:location='/enter/th/'\">ไทย</a>")
    answers["/enter/en/"] = page("<p>English</p>")
    answers["/enter/th/"] = Answer(
        b"<html><head><base href='/'><title>x</title></head><frameset><frame src='index.html'></frameset></html>",
        needs_cookie="seen=1",
    )
    answers["/index.html"] = with_links(home, TRAPS)
    with serve(answers, endless=bounded_traps) as site:
        snapshot, assessment = judged(tmp_path / "store", site, shipped, Budget(pages=1000))
    kinds = Counter(re.split(r"[/?;\d]", path.removeprefix("/"))[0] for path in site.asked)
    trapped = {kind: kinds[kind] for kind in ("calendar", "events", "board", "token", "shop", "deep", "copy", "own")}
    assert trapped["calendar"] <= 1
    assert trapped["events"] <= 2
    assert trapped["board"] <= 41
    assert trapped["token"] <= 5
    assert trapped["shop"] <= 200
    assert trapped["deep"] <= 12
    assert trapped["copy"] == 3
    assert trapped["own"] <= 5
    assert sum(site.asked.values()) <= alone + 320
    assert snapshot.complete, snapshot.stopped_by
    assert [str(d) for d in compare([(assessment, truth)]).differences] == []


def test_what_is_without_end_leaves_nothing_missing_and_nothing_wrong(tmp_path: Path, shipped: Rules) -> None:
    def endless(path: str) -> Answer | None:
        number = int((re.findall(r"\d+", path) or ["0"])[-1])
        if path.startswith("/chain"):
            return page(f"<p>ตอน {number}</p><a href='/chain/next-{number * 7 + 3}'>ต่อไป</a>")
        return page(f"<p>รูปที่ {number}</p>") if path.startswith("/giant") else None

    answers, truth = honest(tmp_path / "sample")
    giant = "".join(f"<a href='/giant/{n}'>รูป {n}</a>" for n in range(20_000))
    answers["/list"] = page(giant)
    answers["/"] = with_links(answers["/index.html"], "<a href='/chain/next-1'>นิยาย</a><a href='/list'>คลังภาพ</a>")
    with serve(answers, endless=endless) as site:
        snapshot, assessment = judged(tmp_path / "store", site, shipped, Budget(pages=300))
    assert snapshot.stopped_by == StopReason.PAGES
    assert sum(site.asked.values()) <= 400
    differences = compare([(assessment, truth)]).differences
    assert {(d.truth, d.verdict) for d in differences} <= {("missing", "unchecked")}


def test_meta_refresh_thai_paths_and_onclick(tmp_path: Path) -> None:
    answers = {
        "/": Answer("<meta http-equiv=refresh content='0;url=/หน้าแรก'>".encode()),
        quote("/หน้าแรก"): page(
            f"<a href='/รายงาน 2566.html'>ก</a><a href='{quote('/รายงาน 2566.html')}'>ข</a>"
            "<div onclick=\"window.open('/ซ่อน.html')\">เปิด</div>"
            "<a href='javascript:void(0)' onclick=\"location.href='/คลิก.html'\">ค</a>"
        ),
        quote("/รายงาน 2566.html"): page("รายงาน"),
        quote("/ซ่อน.html"): page("ซ่อน"),
        quote("/คลิก.html"): page("คลิก"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert {r.url.removeprefix(site.url.rstrip("/")): r.outcome for r in snapshot.resources} == dict.fromkeys(
        answers, FetchOutcome.OK
    )
    assert all(site.asked[path] == 1 for path in answers if path != "/")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.go.th/x?date=2023-05-01", "calendar"), ("https://a.go.th/x?y=2566&m=3", "calendar"),
        ("https://a.go.th/2566/03/", "calendar"), ("https://a.go.th/2566/03/report.pdf", ""),
        ("https://a.go.th/oit?year=2566", ""), ("https://a.go.th/news?page=40", ""),
        ("https://a.go.th/2566/03/annual-report/", ""),
    ],
)  # fmt: skip
def test_dates_in_addresses(url: str, name: str) -> None:
    assert trap_kind(url) == name


def test_session_ids_in_paths() -> None:
    assert canonical("https://a.go.th/(S(lit3py55t21z5v55vlm25s55))/o.aspx?id=1") == "https://a.go.th/o.aspx?id=1"
    assert canonical("https://a.go.th/(a)/o") == "https://a.go.th/(a)/o"


def test_pages_of_one_list() -> None:
    assert same_list("https://a.go.th/n?page=3", "https://a.go.th/n?page=2")
    assert not same_list("https://a.go.th/n?page=3", "https://a.go.th/m?page=2")
    assert not same_list("https://a.go.th/p3.html", "https://a.go.th/p2.html")


def test_facets_are_bounded_and_content_systems_are_not() -> None:
    facets = FacetTraps()
    assert not any(facets.is_trap(f"https://a.go.th/index.php?option=x&view=y&id={n}") for n in range(5000))
    assert sum(not facets.is_trap(f"https://a.go.th/shop?a=1&f{n}=1") for n in range(500)) <= 20
    assert facets.is_trap("https://a.go.th/s?f=1&f=2&f=3")


def test_twins_are_told_by_words_under_one_path() -> None:
    from crawler.links.duplicates import DuplicatePages

    twins = DuplicatePages()
    first = Resource("https://a.go.th/p?x=1", FetchOutcome.OK, final_url="https://a.go.th/p?x=1", sha256="1")
    other = Resource("https://a.go.th/p?x=2", FetchOutcome.OK, final_url="https://a.go.th/p?x=2", sha256="2")
    gallery = Resource("https://a.go.th/q", FetchOutcome.OK, final_url="https://a.go.th/q", sha256="3")
    assert twins.new(first, "same words")
    assert not twins.new(other, "same words")
    assert twins.new(gallery, "same words")
