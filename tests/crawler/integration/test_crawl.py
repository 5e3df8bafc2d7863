"""Real crawls over loopback sockets of sites that misbehave; the honest part must still be read."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.models.snapshot import FetchOutcome, ReadState, StopReason
from crawler.budget import Budget
from tests.mockserver.crawling import FAST, by_path, go, page
from tests.mockserver.http import Answer, serve
from tests.paths import PROJECT

pytestmark = pytest.mark.timeout(150)
ROOT = PROJECT


def test_every_cause_is_named_and_the_honest_part_is_read(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        other = closed.getsockname()[1]
        site_pages = {
            "/": page(
                "<a href=/good>O1 ดี</a><a href=/gone>หาย</a><a href=/shut>ห้าม</a><a href=/broken>เสีย</a>"
                "<a href=/busy>ยุ่ง</a><a href=/slow>ช้า</a><a href=/cut>ขาด</a><a href=/loop>วน</a>"
                "<a href=/inside>ใน</a><a href=/soft>นุ่ม</a><a href=/big.pdf>ใหญ่</a><a href=/login>เข้า</a>"
                "<a href=/wall>กำแพง</a><a href='http://169.254.169.254/'>นอก</a>"
            ),
            "/good": page("<h1>O1 โครงสร้าง</h1><p>" + "เนื้อหาที่ซื่อตรงของหน่วยงาน " * 30 + "</p>"),
            "/shut": Answer(b"no", 403),
            "/broken": Answer(b"oops", 500),
            "/busy": Answer(b"later", 429),
            "/slow": Answer(b"x", slow=6),
            "/cut": Answer(cut=True),
            "/loop": Answer(status=302, headers={"Location": "/loop"}),
            "/inside": Answer(status=302, headers={"Location": f"http://127.0.0.1:{other}/secret"}),
            "/soft": page("<h1>ไม่พบหน้าที่ท่านต้องการ</h1>"),
            "/big.pdf": Answer(b"%PDF-1.4" + b"x" * 300_000, kind="application/pdf"),
            "/login": page("<form>เข้าสู่ระบบ<input type=password></form>"),
            "/wall": page("<title>Just a moment...</title>"),
        }
        with serve(site_pages) as site:
            snapshot, _ = go(tmp_path, site.url, DOWNLOAD_MAXSIZE="200000", REDIRECT_MAX_TIMES="4")
            found = {path: r.outcome for path, r in by_path(snapshot, site).items()}
    assert found == {
        "/": FetchOutcome.OK,
        "/good": FetchOutcome.OK,
        "/gone": FetchOutcome.NOT_FOUND,
        "/shut": FetchOutcome.FORBIDDEN,
        "/broken": FetchOutcome.SERVER_ERROR,
        "/busy": FetchOutcome.RATE_LIMITED,
        "/slow": FetchOutcome.TIMEOUT,
        "/cut": FetchOutcome.RESET,
        "/loop": FetchOutcome.REDIRECT_LOOP,
        "/inside": FetchOutcome.UNSAFE_ADDRESS,
        "/soft": FetchOutcome.SOFT_404,
        "/big.pdf": FetchOutcome.TOO_LARGE,
        "/login": FetchOutcome.LOGIN,
        "/wall": FetchOutcome.CHALLENGE,
    }
    assert not snapshot.complete
    assert snapshot.stopped_by == StopReason.ERRORS
    assert site.asked["/broken"] == 2  # transient causes get a second pass, permanent ones do not
    assert site.asked["/gone"] == 1


def test_a_site_that_answers_everything_alike_has_no_pages(tmp_path: Path) -> None:
    same = page("<h1>ยินดีต้อนรับ</h1><p>เว็บไซต์ของหน่วยงาน</p>")
    with serve({"/": page("<a href=/a>ก</a><a href=/b>ข</a>" + "คำ " * 50)}, catch_all=same) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert found["/a"].outcome is FetchOutcome.SOFT_404
    assert found["/"].outcome is FetchOutcome.OK


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"/": Answer(b"down", 503)}, FetchOutcome.SERVER_ERROR),
        (
            {"/robots.txt": Answer(b"User-agent: *\nDisallow: /", kind="text/plain"), "/": page("x")},
            FetchOutcome.ROBOTS,
        ),
        ({"/": Answer(cut=True)}, FetchOutcome.RESET),
    ],
)
def test_a_home_page_that_cannot_be_read_is_not_an_empty_site(
    tmp_path: Path, answers: dict[str, Answer], outcome: FetchOutcome
) -> None:
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert snapshot.resources[0].outcome is outcome
    assert not snapshot.complete
    assert snapshot.stopped_by == StopReason.HOME


def test_no_address_but_the_listed_ones_is_asked(tmp_path: Path) -> None:
    with serve({"/": page("secret")}) as inner:
        with serve({"/": page(f"<a href='{inner.url}'>ใน</a><iframe src='{inner.url}x'></iframe>")}) as site:
            snapshot, _ = go(tmp_path, site.url)
        assert not inner.asked
    assert len(snapshot.resources) == 1


def test_budgets_stop_a_site_without_end(tmp_path: Path) -> None:
    def endless(n: int) -> Answer:
        return page(f"<p>{n}</p><a href=/n{n * 2}>ต่อ</a><a href=/n{n * 2 + 1}>ไป</a>")

    answers = {f"/n{n}": endless(n) for n in range(1, 600)} | {"/": endless(1)}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, Budget(pages=30))
    assert snapshot.stopped_by == StopReason.PAGES
    assert not snapshot.complete
    assert 30 <= len(snapshot.resources) <= 60


def test_disclosure_pages_come_first(tmp_path: Path) -> None:
    links = "".join(f"<a href=/x{n}>ข่าว {n}</a>" for n in range(60)) + "<a href=/oit>OIT การเปิดเผยข้อมูล</a>"
    answers = {f"/x{n}": page(f"ข่าว {n}") for n in range(60)} | {"/": page(links)}
    answers["/oit"] = page("".join(f"<a href=/o{n}>O{n}</a>" for n in range(10)))
    answers |= {f"/o{n}": page(f"หลักฐาน {n}") for n in range(10)}
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, Budget(pages=25), CONCURRENT_REQUESTS_PER_DOMAIN="1")
        found = by_path(snapshot, site)
    assert all(f"/o{n}" in found for n in range(10))


def test_the_second_night_transfers_no_body_twice(tmp_path: Path) -> None:
    answers = {"/": page("<a href=/a>ก</a>"), "/a": page("<p>ข้อความ</p>")}
    answers = {k: Answer(v.body, etag=f'"{k}"') for k, v in answers.items()}
    with serve(answers) as site:
        first, _ = go(tmp_path, site.url)
        second, _ = go(tmp_path, site.url)
    assert site.sent["/"] == site.sent["/a"] == 1
    assert [r.blocks for r in first.resources] == [r.blocks for r in second.resources]
    assert second.complete


def test_a_body_that_kills_its_reader_costs_itself_only(tmp_path: Path) -> None:
    deep = ("<div>" * 60_000).encode()
    with serve(
        {"/": page("<a href=/bomb>ก</a><a href=/fine>ข</a>"), "/bomb": Answer(deep), "/fine": page("ดี")}
    ) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    assert found["/fine"].read_state is ReadState.READ
    assert found["/bomb"].outcome is FetchOutcome.OK


def test_a_crawl_killed_at_once_goes_on_where_it_was(tmp_path: Path) -> None:
    answers = {f"/p{n}": Answer(page(f"หน้า {n}").body, slow=0.05) for n in range(60)}
    answers["/"] = page("".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(60)))
    script = (
        "import sys\nfrom pathlib import Path\nfrom crawler.process.supervisor import CrawlSettings, run_crawl\n"
        "from core.models.agency import Agency\nfrom core.storage.store import Store\n"
        "scrapy = dict(p.split('=') for p in sys.argv[3:])\n"
        "run_crawl((Agency('a', 'ก', sys.argv[2]),), Store(Path(sys.argv[1])), "
        "CrawlSettings(local=True, readers=1, scrapy=scrapy), lambda p: print(p.pages, flush=True))\n"
    )
    with serve(answers) as site:
        slow = [f"{k}={v}" for k, v in {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}.items()]
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), site.url, *slow],
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 40
        while sum(site.asked[f"/p{n}"] for n in range(60)) < 10 and time.monotonic() < end:
            time.sleep(0.05)
        _kill_tree(child.pid)
        child.wait(timeout=10)
        time.sleep(0.5)
        before = sum(site.sent[f"/p{n}"] for n in range(60))
        assert 5 <= before < 60
        snapshot, result = go(tmp_path, site.url)
        again = sum(site.sent[f"/p{n}"] for n in range(60)) - 60
    assert snapshot.complete
    assert len(snapshot.resources) == 61
    assert result.finished == ("a",)
    assert again <= 6  # at most what was on its way when the process was killed


def _kill_tree(pid: int) -> None:
    """kill -9 for a process and everything below it, as when a machine is switched off."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    pending = [pid]
    while pending:
        one = pending.pop()
        pending += children.get(one, [])
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
