"""What Scrapy opens by default on the machine that it runs on stays shut."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler import settings as ours
from tests.mockserver.crawling import go, page
from tests.mockserver.http import Answer, serve

_LISTEN = "0A"
"""A listening socket in the system's table of them."""
_KNOWN = {
    *(name for name, order in ours.EXTENSIONS.items() if name.startswith("crawler.") and order is not None),
    "scrapy.extensions.corestats.CoreStats",
    "scrapy.extensions.feedexport.FeedExporter",
    "scrapy.extensions.logcount.LogCount",
    "scrapy.extensions.logstats.LogStats",
    "scrapy.extensions.memdebug.MemoryDebugger",
    "scrapy.extensions.memusage.MemoryUsage",
    "scrapy.extensions.spiderstate.SpiderState",
    "scrapy.extensions.closespider.CloseSpider",
    "scrapy.extensions.throttle.AutoThrottle",
}
"""Extensions that were looked at: none of them listens to anybody."""


def descendants(parent: int) -> set[int]:
    """Processes that a process has started, and those that they have."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = {parent}
    while more := {child for child, its in parents.items() if its in found} - found:
        found |= more
    return found - {parent}


def listening(process: int) -> set[str]:
    """Local addresses (in hexadecimal) at which a process can be reached."""
    with suppress(OSError):
        own = {link.readlink().name for link in Path(f"/proc/{process}/fd").iterdir() if link.is_symlink()}
        rows = [
            row.split()
            for table in ("tcp", "tcp6")
            for row in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]
        ]
        return {row[1] for row in rows if row[3] == _LISTEN and f"socket:[{row[9]}]" in own}
    return set()


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="sockets are looked up in /proc")
def test_no_process_of_a_crawl_can_be_reached_from_outside(tmp_path: Path) -> None:
    answers = {"/": page('<a href="/slow">OIT</a>'), "/slow": Answer(b"<html><body>O1</body></html>", slow=2.0)}
    doors: set[str] = set()
    looked: set[int] = set()
    with serve(answers) as site, socket.create_server(("127.0.0.1", 0)):
        assert listening(os.getpid())
        crawl = threading.Thread(target=go, args=(tmp_path, site.url))
        crawl.start()
        while crawl.is_alive():
            crawl.join(0.1)
            for child in descendants(os.getpid()):
                looked.add(child)
                doors |= listening(child)
    assert looked
    assert not doors


def test_an_opened_site_is_asked_without_the_proxy_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"/": page('<a href="/o12">O12</a>'), "/o12": page("<h1>O12 รายงานประจำปี</h1>")}
    with serve({}) as proxy, serve(answers) as site:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        snapshot, _ = go(tmp_path, site.url)
        asked = dict(proxy.asked)
    assert snapshot.complete
    assert len(snapshot.resources) == 2
    assert not asked


def test_extensions_of_a_newer_scrapy_are_looked_at_before_they_run() -> None:
    settings = Settings()
    settings.setmodule(ours, priority="project")
    enabled = {name for name, order in settings.getwithbase("EXTENSIONS").items() if order is not None}
    assert enabled <= _KNOWN
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
