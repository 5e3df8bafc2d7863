"""What Scrapy opens by default on the machine that it runs on stays shut."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil
import pytest
from scrapy.settings import Settings

from crawler import settings as ours
from tests.crawler.crawling import go, page
from tests.crawler.hostile import Answer, serve

_KNOWN = {
    "scrapy.extensions.memusage.MemoryUsage",
    "scrapy.extensions.closespider.CloseSpider",
    "scrapy.extensions.throttle.AutoThrottle",
}
"""Extensions that were looked at: none of them listens to anybody."""


def test_no_process_of_a_crawl_can_be_reached_from_outside(tmp_path: Path) -> None:
    answers = {"/": page('<a href="/slow">OIT</a>'), "/slow": Answer(b"<html><body>O1</body></html>", slow=2.0)}
    doors: set[str] = set()
    looked = 0
    with serve(answers) as site:
        crawl = threading.Thread(target=go, args=(tmp_path, site.url))
        crawl.start()
        while crawl.is_alive():
            crawl.join(0.1)
            for child in psutil.Process().children(recursive=True):
                try:
                    found = child.net_connections(kind="inet")
                except psutil.Error:
                    continue
                looked += any(one.status == psutil.CONN_ESTABLISHED for one in found)
                doors |= {f"{child.name()} {one.laddr}" for one in found if one.status == psutil.CONN_LISTEN}
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
