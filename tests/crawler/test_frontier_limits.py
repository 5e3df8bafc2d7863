"""What waits of one site is bounded, and what is left out or lost leaves the crawl incomplete."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import Any

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, ReadNote, Resource, ResourceKind, StopReason
from crawler.frontier import FrontierFullError, FrontierQueue, Provenance
from crawler.scheduler import FrontierScheduler
from crawler.site_crawl import SiteCrawl

WAY = Provenance(tuple(f"https://a.go.th/{n}/{'x' * 1900}" for n in range(10)), "ข่าว", "ข่าว", 3)


def size_of(queue: FrontierQueue) -> int:
    return int(queue._file.seek(0, 2))


def test_links_of_one_page_share_the_way_to_it() -> None:
    with FrontierQueue() as queue:
        for number in range(1000):
            queue.push(f"https://a.go.th/{number}", WAY, number)
        assert size_of(queue) < 300_000
        assert queue.pop() == ("https://a.go.th/999", WAY)


def test_ways_of_different_pages_are_kept_apart() -> None:
    other = Provenance(("https://a.go.th/",), "", "", 1)
    none = Provenance((), "", "", 0)
    with FrontierQueue(first_come=True) as queue:
        pushed = [("https://a.go.th/1", WAY), ("https://a.go.th/2", other), ("https://a.go.th/3", none)]
        pushed += [("https://a.go.th/4", WAY)]
        for url, way in pushed:
            queue.push(url, way, 0)
        assert [queue.pop() for _ in pushed] == pushed


@pytest.mark.parametrize(("limit", "value"), [("_MOST_BYTES", 20_000), ("_MOST_WAITING", 50)])
def test_a_flood_of_links_is_cut_off(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"crawler.frontier.{limit}", value)
    with FrontierQueue() as queue:
        for number in range(20):
            assert queue.push(f"https://a.go.th/{number}", Provenance((), "ก" * 100, "", 1), 0)
        with pytest.raises(FrontierFullError):
            flood(queue)
        assert 20 < len(queue) < 100


def test_a_link_that_could_not_be_written_is_not_taken_for_met(monkeypatch: pytest.MonkeyPatch) -> None:
    with FrontierQueue() as queue:
        monkeypatch.setattr(queue, "_write", full_disk)
        with pytest.raises(OSError, match="full"):
            queue.push("https://a.go.th/", WAY, 0)
        assert "https://a.go.th/" not in queue


def flood(queue: FrontierQueue) -> None:
    for number in range(20, 1000):
        queue.push(f"https://a.go.th/{number}", Provenance((), "ก" * 100, "", 1), 0)


def full_disk(*_: Any) -> int:
    raise OSError(errno.ENOSPC, "full")


def scheduler_with(frontier: FrontierQueue) -> tuple[FrontierScheduler, SiteCrawl]:
    scheduler = FrontierScheduler(get_crawler())
    site = SiteCrawl(Agency("a", "ก", "https://a.go.th/"), services=None, hosts=set(), frontier=frontier)  # type: ignore[arg-type]
    scheduler._site, scheduler._frontier = site, frontier
    site.home_ok = True
    return scheduler, site


def ask(scheduler: FrontierScheduler, url: str) -> bool:
    return scheduler.enqueue_request(Request(url, meta={"provenance": WAY}))


def test_a_site_with_more_links_than_are_kept_is_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.frontier._MOST_WAITING", 1)
    with FrontierQueue() as queue:
        scheduler, site = scheduler_with(queue)
        assert ask(scheduler, "https://a.go.th/1")
        assert site.stop_reason() is StopReason.NONE
        assert not ask(scheduler, "https://a.go.th/2")
        assert site.stop_reason() is StopReason.NOT_FOLLOWED


def test_a_link_that_was_lost_to_the_machine_leaves_the_crawl_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    with FrontierQueue() as queue:
        scheduler, site = scheduler_with(queue)
        monkeypatch.setattr(queue, "_write", full_disk)
        assert not ask(scheduler, "https://a.go.th/1")
        assert site.stop_reason() is StopReason.MACHINE


@pytest.mark.parametrize("note", [ReadNote.TOO_LARGE, ReadNote.BROKEN, ReadNote.CRASHED, ReadNote.TIMEOUT])
def test_a_page_that_was_not_read_to_its_end_leaves_the_site_unread(note: ReadNote) -> None:
    page = Resource("https://a.go.th/x", FetchOutcome.OK, kind=ResourceKind.PAGE)
    with FrontierQueue() as queue:
        _, site = scheduler_with(queue)
        site.record(page, WAY)
        assert site.stop_reason() is StopReason.NONE
        site.record(replace(page, read_note=note), WAY)
        assert site.stop_reason() is StopReason.ERRORS
