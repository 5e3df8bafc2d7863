"""One Scrapy process: many agencies' spiders in one reactor. Started by crawler.process.supervisor, not by hand.

Reads a job (JSON) from the file named on its command line, and from standard input the agencies, one JSON line each;
writes progress and ends to standard output, one JSON line per event, and logs to standard error. Ends when its standard
input does, or in its own time after the line {"end": true}.
"""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.models.agency import Agency
from core.processes import raise_file_limit
from crawler.process.logs import log_briefly
from crawler.process.shutdown import GracefulShutdown
from crawler.process.window import AgencyWindow

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from crawler.addresses import LocalPairs
    from crawler.services import Services
    from crawler.site_crawl import SiteCrawl


_SWEEPS = (5_000, 5, 5)
"""Objects made between two looks for unused ones, those of some ten answers, and how many such looks before one among
older objects: by the usual ten and ten, the bodies of a thousand answers would wait."""

_TIMERS = 1.0
"""Seconds between two lines that say that the loop turns, and two looks through the timers."""


def main(path: str) -> int:
    """Run the spiders of a job; 0 when they have ended and no more agencies will come."""
    raise_file_limit()  # a crawl needs 2 to 7 an agency
    gc.set_threshold(*_SWEEPS)
    job = json.loads(Path(path).read_text("utf-8"))
    crawlers: set[Any] = set()
    heard: list[Callable[[bytes], None]] = []
    ending = GracefulShutdown(
        lambda: [crawler.spider for crawler in crawlers if crawler.spider is not None], lambda line: heard[0](line)
    )
    _load_scrapy()
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.addresses import LocalPairs
    from crawler.extensions.progress import say
    from crawler.services import open_services
    from crawler.spiders.agency import AgencySpider

    settings = _settings(job)
    services = open_services(settings, Path(job["data"]), None, int(job["readers"]), job["claim"])
    process = AsyncCrawlerProcess(settings)
    local = LocalPairs.of(settings)
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    log_briefly()

    async def crawl(entry: Mapping[str, Any]) -> None:
        services.slots.learn(entry["servers"])
        crawler = process.create_crawler(AgencySpider)
        crawlers.add(crawler)
        try:
            await process.crawl(crawler, site=_site(job, entry, services, local))
        finally:
            crawlers.discard(crawler)

    from twisted.internet import reactor
    from twisted.internet.defer import Deferred
    from twisted.internet.task import LoopingCall

    running: Any = reactor  # its own declaration takes moments for functions
    window = AgencyWindow(crawl, lambda name: say({"ended": name}), running.stop)
    heard.append(window.hear)
    running.addSystemEventTrigger("before", "shutdown", lambda: Deferred.fromCoroutine(_close(services)))
    running.callLater(0, ending.ready)
    # When one of its timers has run out, Twisted drops those that were cancelled: it has one for each request, of 45
    # seconds and more, and would keep them as long.
    LoopingCall(say, {"turns": True}).start(_TIMERS)
    # What is loaded stays to the end: looking through it for unused objects would take a tenth of an unchanged night.
    gc.freeze()
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    say({"recognised": services.pool.recognised})
    return 0


def _load_scrapy() -> None:
    """Load these first: for each deprecated name they look through all callers and all that is loaded by then."""
    import_module("scrapy.core.downloader.contextfactory")


async def _close(services: Services) -> None:
    from scrapy.utils.defer import deferred_from_coro

    await deferred_from_coro(services.close())


def _settings(job: Mapping[str, Any]) -> Settings:
    from scrapy.settings import Settings

    from crawler import settings as ours
    from crawler.addresses import LocalPairs

    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.set(
        "USER_AGENT", ours.USER_AGENT_FORM.format(contact=job["contact"] or ours.NO_CONTACT), priority="project"
    )
    # Standard output is the supervisor's; it says itself how far the night is.
    for name, value in (("LOG_LEVEL", "CRITICAL"), ("LOGSTATS_INTERVAL", 0.0), ("OIT_PROGRESS", True)):
        settings.set(name, value, priority="project")
    settings.set("OIT_LOCAL", LocalPairs(job["local"]), priority="cmdline")
    for name, value in job["scrapy"].items():
        settings.set(name, value, priority="cmdline")
    return settings


def _site(job: Mapping[str, Any], entry: Mapping[str, Any], services: Services, local: LocalPairs) -> SiteCrawl:
    from crawler.budget import Budget
    from crawler.links.scoring import FollowHints
    from crawler.site_crawl import SiteCrawl
    from documents.base import ReadLimits

    return SiteCrawl(
        _agency(entry["agency"]),
        services,
        set(entry["hosts"]),
        local,
        FollowHints(**{name: tuple(words) for name, words in job["hints"].items()}),
        Budget(**job["budget"]),
        ReadLimits(**job["limits"]),
        entry["sharing"],
        entry["snapshot_id"],
    )


def _agency(data: dict[str, Any]) -> Agency:
    data["also"] = tuple(data["also"])
    return Agency(**data)


def agency_data(agency: Agency) -> dict[str, Any]:
    """An agency as the job file holds it."""
    return {**asdict(agency), "declared": dict(agency.declared)}


def _end(status: int) -> None:
    """End with all that is registered for it, and without taking all modules and objects apart, which takes a quarter
    of a second."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _end(main(sys.argv[1]))
