"""Politeness: rests that a server asks for, quiet hours, one slot per server over all agencies, who we are."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, StopReason
from core.storage.store import Store
from core.version import __version__
from crawler.downloader.quiet_hours import THAI_TIME, QuietHours
from crawler.downloader.slots import SharedSlots
from crawler.extensions.retry_after import retry_after
from crawler.process.supervisor import CrawlSettings, run_crawl
from tests.mockserver.crawling import FAST, by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(120)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2023-03-07T{text}").replace(tzinfo=THAI_TIME)


@pytest.mark.parametrize(
    ("hours", "now", "left"),
    [
        ("08:30-16:30", "08:29", 0), ("08:30-16:30", "08:30", 8 * 3600), ("08:30-16:30", "16:30", 0),
        ("22:00-06:00", "23:00", 7 * 3600), ("22:00-06:00", "05:59", 60), ("22:00-06:00", "12:00", 0),
        ("08:00-09:00, 13:00-14:00", "13:30", 1800), ("", "12:00", 0), ("00:00-24:00", "12:00", 12 * 3600),
        ("10:00:30-10:01", "10:00:45", 15),
    ],
)  # fmt: skip
def test_quiet_hours(hours: str, now: str, left: float) -> None:
    assert QuietHours(hours).seconds_left(at(now)) == left
    assert QuietHours(hours).seconds_left(at(now).astimezone(UTC)) == left  # Thai time, whatever the machine's is


@pytest.mark.parametrize("text", ["8-9", "08:30", "25:00-26:00", "08:60-09:00", "a-b", "08:30-08:30", "-"])
def test_what_are_no_quiet_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|hours"):
        QuietHours(text)


def test_nothing_is_asked_in_quiet_hours_and_they_cost_no_budget(tmp_path: Path) -> None:
    with serve({"/": page("<a href=/a>ก</a>"), "/a": page("ข")}) as site:
        now = datetime.now(THAI_TIME)
        until = now + timedelta(seconds=6)
        span = f"{(now - timedelta(minutes=1)):%H:%M:%S}-{until:%H:%M:%S}"
        opens = time.monotonic() + int((until.replace(microsecond=0) - now).total_seconds())
        snapshot, _ = go(tmp_path, site.url, OIT_QUIET_HOURS=span)
    assert site.times
    assert min(when for when, _ in site.times) >= opens
    assert snapshot.complete


def test_the_clock_of_budgets_stands_still_in_quiet_hours() -> None:
    moments = [at("08:00")]
    turns = SharedSlots(quiet=QuietHours("08:30-16:30"), now=lambda: moments[-1])
    start = turns.clock()
    moments.append(at("09:00"))
    turns.clock()
    time.sleep(0.05)
    slept = turns.clock()
    moments.append(at("17:00"))
    assert slept - start < 0.05
    assert turns.clock() - slept < 0.05


def test_retry_after_is_obeyed_and_the_page_asked_again(tmp_path: Path) -> None:
    good = page("<h1>O12</h1>" + "คำ " * 50)
    answers = {
        "/": page("<a href=/busy>O12</a><a href=/x>ข่าว</a>"),
        "/busy": Answer(b"later", 429, headers={"Retry-After": "2"}, then=good),
        "/x": page("ข่าว"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, CONCURRENT_REQUESTS_PER_DOMAIN="1")
        found = by_path(snapshot, site)
    asked = [when for when, path in site.times if path == "/busy"]
    after = [when for when, _ in site.times if when > asked[0]]
    assert after[0] - asked[0] >= 2
    assert found["/busy"].outcome is FetchOutcome.OK
    assert site.asked["/busy"] == 2
    assert snapshot.complete


def test_a_longer_rest_than_the_night_has_ends_the_visit_at_once(tmp_path: Path) -> None:
    wait = {"Retry-After": "86400"}
    answers = {"/": page("<a href=/a>OIT</a><a href=/b>ข</a>"), "/a": Answer(b"", 503, headers=wait), "/b": page("ข")}
    with serve(answers) as site:
        started = time.monotonic()
        snapshot, _ = go(tmp_path, site.url, CONCURRENT_REQUESTS_PER_DOMAIN="1")
        found = by_path(snapshot, site)
        asked = dict(site.asked)
    assert time.monotonic() - started < 20
    assert snapshot.stopped_by == StopReason.ERRORS
    assert found["/a"].outcome is FetchOutcome.RATE_LIMITED
    assert (asked["/a"], asked.get("/b", 0)) == (1, 0)


def test_the_distance_that_robots_txt_asks_for_is_kept(tmp_path: Path) -> None:
    answers = {
        "/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain"),
        "/": page("<a href=/a>ก</a><a href=/b>ข</a>"),
        "/a": page("ก"),
        "/b": page("ข"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url)
    assert snapshot.complete
    times = [when for when, path in site.times if path in ("/", "/a", "/b")]
    assert all(later - earlier > 0.4 for earlier, later in pairwise(times))


def test_retry_after_in_both_forms() -> None:
    now = datetime(2023, 3, 7, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Tue, 07 Mar 2023 12:01:00 GMT", now) == 60
    assert retry_after("Tue, 07 Mar 2023 11:01:00 GMT", now) == 0
    assert retry_after("soon", now) == 0


def test_agencies_on_one_server_share_its_limits(tmp_path: Path) -> None:
    links = "".join(f"<a href=/%s{n}>หน้า {n}</a>" for n in range(6))
    answers = {f"/{office}{n}": page(f"หน้า {n}") for office in "ab" for n in range(6)}
    answers |= {f"/{office}/": page(links.replace("%s", office)) for office in "ab"}
    with serve(answers) as site:
        agencies = tuple(Agency(office, office, f"{site.url}{office}/") for office in "ab")
        scrapy = {**FAST, "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "DOWNLOAD_DELAY": "0.2", "DOWNLOAD_DELAY_JITTER": "0"}
        store = Store(tmp_path)
        settings = CrawlSettings(local=True, readers=1, processes=2, scrapy=scrapy)
        result = run_crawl(agencies, store, settings, lambda _: None)
        snapshots = [store.load_snapshot(agency) for agency in agencies]
    assert result.finished == ("a", "b")
    assert all(s is not None and len(s.resources) == 7 for s in snapshots)
    times = sorted(when for when, path in site.times)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > 0.1  # two spiders with slots of their own would ask at the same moment


def test_requests_say_whom_to_write_to_and_robots_can_be_overridden_per_agency(tmp_path: Path) -> None:
    robots = Answer(b"User-agent: *\nDisallow: /", kind="text/plain")
    with serve({"/robots.txt": robots, "/": page("ก")}) as site:
        store = Store(tmp_path)
        asked = Agency("asked", "", site.url, ignore_robots=True)
        settings = CrawlSettings(local=True, readers=1, scrapy=FAST, contact="mailto:it@example.go.th")
        run_crawl((asked, Agency("not", "", site.url)), store, settings, lambda _: None)
        found = [store.load_snapshot(agency) for agency in (asked, Agency("not", "", site.url))]
    assert [s.resources[0].outcome for s in found if s] == [FetchOutcome.OK, FetchOutcome.ROBOTS]
    assert site.agents == {f"oit/{__version__} (Thai public disclosure checker; +mailto:it@example.go.th)"}
