"""In the disclosure part nothing is left silently: it is followed, or its loss is recorded and the crawl incomplete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.models.snapshot import FetchOutcome, StopReason
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(240)
STRANGE = (
    "/?p=34000", "/list?page=57", "/list?start=960", "/ita/2566/13", "/m?year=2566&month=4", "/prevention/year-2566",
    "/browse?dir=oit", "/doc?task=get&tmpl=component", "/doc?gid=13&format=raw", "/doc?share=public",
    "/modules?name=News&sid=123", "/doc?sort=plan", "/a/b/a/b/a/b",
)  # fmt: skip


def test_what_looks_like_a_trap_is_followed_from_a_page_of_disclosures(tmp_path: Path) -> None:
    answers = {path: page(f"<h1>เอกสาร {n}</h1><p>เนื้อหาของเอกสารที่ {n}</p>") for n, path in enumerate(STRANGE)}
    links = "".join(f"<li><a href='{path}'>เอกสาร {n}</a></li>" for n, path in enumerate(STRANGE))
    answers |= {"/": page("<a href=/oit>OIT</a>"), "/oit": page(f"<h1>OIT</h1><ul>{links}</ul>")}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert {path: found[path].outcome for path in STRANGE} == dict.fromkeys(STRANGE, FetchOutcome.OK)
    assert snapshot.complete


def test_the_same_list_in_the_folder_of_each_year_leads_to_each_years_files(tmp_path: Path) -> None:
    index = page("<h1>OIT</h1><ul><li><a href=plan.html>แผน</a></li></ul>")
    answers = {"/": page("<a href=/oit>OIT</a>"), "/oit": page("<a href=/2565/>ก</a><a href=/2566/>ข</a>")}
    answers |= {f"/{year}/": index for year in (2565, 2566)}
    answers |= {f"/{year}/plan.html": page(f"<p>แผนปี {year}</p>") for year in (2565, 2566)}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert {path for path in found if path.endswith("plan.html")} == {"/2565/plan.html", "/2566/plan.html"}
    assert snapshot.complete


def test_a_trap_among_the_disclosures_ends_and_leaves_the_crawl_incomplete(tmp_path: Path) -> None:
    def endless(path: str) -> Answer | None:
        if not path.startswith("/calendar"):
            return None
        year, month = (int(number) for number in re.findall(r"\d+", path)[:2])
        later = ((year + n, month + 1) for n in range(1, 40))
        links = "".join(f"<a href='/calendar?year={y}&month={m}'>เดือน {m} ปี {y}</a>" for y, m in later)
        return page(f"<p>{year} {month}</p>{links}")

    start = "<h1>OIT</h1><a href='/calendar?year=2000&month=1'>ก</a>"
    answers = {"/": page("<a href=/oit>OIT</a>"), "/oit": page(start)}
    with serve(answers, endless=endless) as site:
        snapshot, _ = go(tmp_path, site.url)
        asked = sum(count for path, count in site.asked.items() if path.startswith("/calendar"))
    lost = [r for r in snapshot.resources if r.outcome is FetchOutcome.NOT_FOLLOWED]
    assert asked <= 150
    assert 0 < len(lost) <= 300
    assert {r.detail for r in lost} == {"trap:calendar"}
    assert all(r.label and r.found_via for r in lost)
    assert (snapshot.stopped_by, snapshot.complete) == (StopReason.NOT_FOLLOWED, False)


def test_the_same_trap_elsewhere_is_no_loss(tmp_path: Path) -> None:
    news = page("<p>ข่าว</p><a href='/calendar?year=2566&month=1'>ปฏิทิน</a>")
    answers = {"/": page("<p><a href=/oit>OIT</a></p><p><a href=/news>ข่าว</a></p>"), "/oit": page("<h1>OIT</h1>")}
    answers["/news"] = news
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert snapshot.complete
    assert len(snapshot.resources) == 3


@pytest.mark.parametrize(
    ("index", "robots"),
    [
        (Answer(b"no", 403), b""),
        (Answer(b"who", 401), b""),
        (Answer(b"", 302, {"Location": "/oit?again=1"}), b""),
        (page("<form><p>เข้าสู่ระบบ</p><input name=user><input type=password name=pass></form>"), b""),
        (page("<h1>OIT</h1>"), b"User-agent: *\nDisallow: /oit\n"),
        (Answer(b"x" * 70_000), b""),
    ],
)
def test_a_closed_index_of_disclosures_is_unread(index: Answer, robots: bytes, tmp_path: Path) -> None:
    answers = {
        "/": page("<h1>สำนักงาน</h1><nav><a href=/oit>OIT</a></nav><a href=/about>เกี่ยวกับ</a>"),
        "/about": page("เกี่ยวกับเรา"),
        "/oit": index,
        "/oit?again=1": Answer(b"", 302, {"Location": "/oit"}),
        "/robots.txt": Answer(robots, kind="text/plain"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, DOWNLOAD_MAXSIZE="50000")
    assert (snapshot.complete, snapshot.stopped_by) == (False, StopReason.ERRORS)


def test_web_mail_and_administration_leave_nothing_unread(tmp_path: Path) -> None:
    menu = "<nav><a href=/mail>อีเมลเจ้าหน้าที่</a><a href=/admin>ผู้ดูแลระบบ</a></nav>"
    answers = {
        "/": page(f"{menu}<h1>สำนักงาน</h1><a href=/oit>OIT</a>"),
        "/oit": page(f"{menu}<h1>OIT</h1><p>O1</p>"),
        "/mail": Answer(b"no", 403),
        "/admin": Answer(b"no", 401),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert snapshot.complete


def test_the_page_that_holds_a_link_is_named_to_the_server(tmp_path: Path) -> None:
    answers = {"/": page("<a href=/oit>OIT</a>"), "/oit": page("<h1>OIT</h1>")}
    with serve(answers) as site:
        go(tmp_path, site.url)
        referers = [referer for path, referer in site.referers if path == "/oit"]
    assert referers == [site.url]
