"""One Scrapy process: many agencies' spiders in one reactor. Started by crawler.process.supervisor, not by hand.

Reads a job (JSON) from the file named on its command line, and from standard input the agencies, one JSON line each;
writes progress and ends to standard output, one JSON line per event, and logs to standard error. Ends when its standard
input does, or in its own time after the line {"end": true}.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.models.agency import Agency
from crawler.downloader.quiet_hours import QuietHours
from crawler.extensions.budget import Budget, Spent
from crawler.links.scoring import FollowHints
from crawler.process.shutdown import GracefulShutdown
from crawler.process.window import AgencyWindow, raise_file_limit
from documents.base import ReadLimits

_EVERY = 0.5
"""Seconds between two lines of progress of one agency."""


def main(path: str) -> int:
    """Run the spiders of a job; 0 when they have ended and no more agencies will come."""
    raise_file_limit()
    job = json.loads(Path(path).read_text("utf-8"))
    crawlers: set[Any] = set()
    lines: list[Callable[[bytes], None]] = []
    ending = GracefulShutdown(
        lambda: [crawler.spider for crawler in crawlers if crawler.spider is not None], lambda line: lines[0](line)
    )
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from core.storage.store import Store
    from crawler import settings as ours
    from crawler.downloader.slots import SharedSlots
    from crawler.rendering.browser import Renderer, find_browser
    from crawler.spiders.agency import AgencySpider, SpiderJob
    from documents.pool import ReaderPool

    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.set(
        "USER_AGENT", ours.USER_AGENT.format(contact=job["contact"] or "this machine only"), priority="project"
    )
    settings.set("OIT_LOCAL", job["local"], priority="cmdline")
    for name, value in job["scrapy"].items():
        settings.set(name, value, priority="cmdline")
    store = Store(Path(job["data"]))
    pool = ReaderPool(int(job["readers"]))
    turns = SharedSlots({}, frozenset(job["local"]), QuietHours(settings.get("OIT_QUIET_HOURS") or ""))
    process = AsyncCrawlerProcess(settings)
    browser = find_browser() if settings["OIT_BROWSER"] == "auto" else settings["OIT_BROWSER"]
    renderer = Renderer(browser, settings.getfloat("OIT_RENDER_TIMEOUT"), settings["USER_AGENT"])
    logging.getLogger("scrapy").setLevel(logging.WARNING)

    async def crawl(entry: Mapping[str, Any]) -> None:
        turns.learn(entry["servers"])
        agency = _agency(entry["agency"])
        spider_job = SpiderJob(
            agency,
            entry["snapshot_id"],
            frozenset(entry["hosts"]),
            frozenset(job["local"]),
            FollowHints(**{k: tuple(v) for k, v in job["hints"].items()}),
            Budget(**job["budget"]),
            ReadLimits(**job["limits"]),
            entry["sharing"],
        )
        crawler = process.create_crawler(AgencySpider)
        crawlers.add(crawler)
        try:
            await process.crawl(
                crawler,
                job=spider_job,
                store=store,
                pool=pool,
                report=_reporter(agency.id),
                turns=turns,
                renderer=renderer,
            )
        finally:
            crawlers.discard(crawler)

    from twisted.internet import reactor as installed

    reactor: Any = installed
    window = AgencyWindow(crawl, lambda name: _say({"ended": name}), reactor.stop)
    lines.append(window.hear)
    _close_with(reactor, renderer)
    reactor.callLater(0, ending.ready)
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    pool.close()
    _say({"recognised": pool.recognised})
    store.close()
    return 0


def _close_with(reactor: Any, renderer: Any) -> None:
    from twisted.internet.defer import Deferred

    def close() -> Any:
        return Deferred.fromFuture(asyncio.ensure_future(renderer.close()))

    reactor.addSystemEventTrigger("before", "shutdown", close)


def _agency(data: dict[str, Any]) -> Agency:
    data["also"] = tuple(data["also"])
    return Agency(**data)


def _reporter(agency_id: str) -> Callable[[str, Spent, str], None]:
    last = [0.0]

    def report(state: str, spent: Spent, queued: str) -> None:
        now = time.monotonic()
        if state == "crawling" and now - last[0] < _EVERY:
            return
        last[0] = now
        line = {
            "agency": agency_id,
            "state": state,
            "pages": spent.pages,
            "documents": spent.documents,
            "failed": spent.failed,
            "queued": int(queued),
            "bytes": spent.bytes,
        }
        _say(line)

    return report


def _say(line: Mapping[str, Any]) -> None:
    with suppress(OSError):  # nobody listens any more; the end of standard input will say so
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def agency_data(agency: Agency) -> dict[str, Any]:
    """An agency as the job file holds it."""
    return {**asdict(agency), "declared": dict(agency.declared)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
