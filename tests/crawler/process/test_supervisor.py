"""Crawl processes that die: nothing is lost but what kills them, and the rest of the night goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreError
from core.models.agency import Agency
from core.storage.store import Store
from crawler.process import supervisor
from crawler.process.supervisor import CrawlSettings, local_hosts, run_crawl
from tests.mockserver.crawling import FAST, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(200)


def kill_crawl_processes(times: int, number: int = signal.SIGKILL) -> Callable[[Any], None]:
    """An answer that kills the crawl processes below this one, the first so many times that it is asked for."""
    left = [times]

    def answer(connection: Any) -> None:
        if left[0] <= 0:
            connection.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        left[0] -= 1
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                command = (folder / "cmdline").read_bytes()
            except (OSError, IndexError):
                continue
            if parent == os.getpid() and b"crawler.process.worker" in command:
                os.kill(int(folder.name), number)

    return answer


@pytest.mark.parametrize("limit", ["_STOPPED_SECONDS", "_SILENT_LOOKS"])
def test_a_process_that_is_stopped_or_says_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Each limit alone: one that nobody stopped may be kept by what it looks at."""
    limits = {"_STOPPED_SECONDS": 10_000, "_SILENT_LOOKS": 10_000} | {limit: 5}
    for name, most in limits.items():
        monkeypatch.setattr(f"crawler.process.children.{name}", most)
    monkeypatch.setattr(supervisor, "_DISK_EVERY", 1.0)
    pages = {"/": page("<a href=/stop>O1</a>"), "/stop": Answer(raw=kill_crawl_processes(1, signal.SIGSTOP))}
    with serve(pages) as site:
        agency = Agency("a", "", site.url)
        store = Store(tmp_path)
        settings = CrawlSettings(local=True, readers=1, processes=1, scrapy={**FAST, "OIT_BROWSER": ""})
        result = run_crawl((agency,), store, settings, lambda _: None)
        store.close()
    assert result.finished == ("a",)
    assert result.crashes == 1


@pytest.mark.parametrize(("times", "lost"), [(1, ()), (10_000, ("killer",))])
def test_a_process_that_dies_costs_only_what_kills_it(tmp_path: Path, times: int, lost: tuple[str, ...]) -> None:
    links = "".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(20))
    pages = {f"/p{n}": page(f"หน้า {n}") for n in range(20)}
    deadly = {"/": page("<a href=/kill>O1</a>"), "/kill": Answer(raw=kill_crawl_processes(times))}
    with serve({"/": page(links), **pages}) as good, serve(deadly) as killer:
        agencies = (Agency("killer", "", killer.url), Agency("good", "", good.url))
        store = Store(tmp_path)
        settings = CrawlSettings(local=True, readers=1, processes=1, scrapy={**FAST, "OIT_BROWSER": ""})
        result = run_crawl(agencies, store, settings, lambda _: None)
        snapshot = store.load_snapshot(agencies[1])
        left = store.unfinished_agencies()
        store.close()
    assert result.unfinished == lost
    assert left == set(lost)
    assert result.crashes == (1 if times == 1 else 3)
    assert snapshot is not None
    assert len([r for r in snapshot.resources if r.sha256]) == 21
    # Twice a process died with this site under way; at most 2 x 8 + 2 pages of it were asked for and not yet stored.
    assert sum(good.sent[f"/p{n}"] for n in range(20)) <= 20 + 2 * 18


def test_tables_that_cannot_be_written_end_the_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_UNWRITTEN_SECONDS", 0.5)
    monkeypatch.setattr(supervisor, "_DISK_EVERY", 0.2)
    store = Store(tmp_path)

    def broken(statement: Any) -> None:
        raise StoreError("oit.sqlite: disk I/O error")

    with serve({"/": Answer(b"late", slow=30.0)}) as site:
        settings = CrawlSettings(local=True, readers=1, processes=1, scrapy={**FAST, "OIT_BROWSER": ""})
        monkeypatch.setattr(store, "_change", broken)
        with pytest.raises(StoreError, match="disk I/O error"):
            run_crawl((Agency("a", "", site.url),), store, settings, lambda _: None)
    store.close()


def test_the_pairs_opened_on_purpose_are_those_that_the_list_names() -> None:
    agency = Agency("a", "ก", "http://127.0.0.1:8001/", also=("http://127.0.0.1:8002/",))
    declared = Agency("b", "ข", "https://10.0.0.1/", declared={"O12": "http://10.0.0.1:8080/report.pdf"})
    assert local_hosts([agency, declared]) == {"127.0.0.1:8001", "127.0.0.1:8002", "10.0.0.1:443", "10.0.0.1:8080"}
