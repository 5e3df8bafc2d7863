"""Bare speed: our crawl with reading against a plain Scrapy CrawlSpider that only stores bodies, alternating, on a
static site of Thai pages; then our second night on the unchanged site. Times are of whole processes, start included:
by the clock, where reading runs beside the crawl, and of the processor.

Run: python -m benchmarks.crawl_speed [--pages 2000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

_PARALLEL = "16"
"""Requests under way at once, for both."""


def main() -> None:
    """Print both times of every round, and the ratios of their medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", choices=["plain", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        (plain if options.one == "plain" else ours)(options.url, options.folder)
        return
    times: dict[str, list[float]] = {"plain": [], "first": [], "second": []}
    work: dict[str, list[float]] = {what: [] for what in times}
    with static_site(options.pages, 8, 40) as url, tempfile.TemporaryDirectory(prefix="oit-speed-") as name:
        for number in range(options.rounds):
            folder = Path(name) / str(number)
            for what, one in (("plain", "plain"), ("first", "ours"), ("second", "ours")):
                before = counts(url)
                seconds, processor = timed(one, url, folder / one)
                sent = {key: value - before[key] for key, value in counts(url).items()}
                times[what].append(seconds)
                work[what].append(processor)
                print(f"round {number + 1} {what:6} {seconds:6.1f} s {processor:6.1f} CPU-s {sent}", flush=True)
            shutil.rmtree(folder)
    for kind, found in (("time", times), ("CPU", work)):
        middle = {what: statistics.median(each) for what, each in found.items()}
        print(f"first night / plain CrawlSpider  {kind:4} {middle['first'] / middle['plain']:.2f}  (bar 1.1 of time)")
        print(f"second night / first night       {kind:4} {middle['second'] / middle['first']:.2f}  (bar 0.2)")


@contextmanager
def static_site(pages: int, smallest: int, largest: int) -> Iterator[str]:
    """The address of a static site in a process of its own; sizes of its pages in kilobytes."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.static_site", str(pages), str(smallest), str(largest)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
    finally:
        server.kill()
        server.wait()


def counts(url: str) -> dict[str, int]:
    """What the server has sent so far."""
    with urlopen(f"{url}-counts", timeout=30) as answer:
        found: dict[str, int] = json.load(answer)
    return found


def timed(one: str, url: str, folder: Path) -> tuple[float, float]:
    """Seconds of one crawl in a process of its own, by the clock and of the processor."""
    start, before = time.monotonic(), _processor()
    subprocess.run(
        [sys.executable, "-m", "benchmarks.crawl_speed", "--one", one, "--url", url, "--folder", str(folder)],
        check=True,
        timeout=900,
    )
    return time.monotonic() - start, _processor() - before


def _processor() -> float:
    """Seconds of the processor that processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(url: str, folder: Path) -> None:
    """Crawl and read one site into a store."""
    from core.models.agency import Agency
    from core.storage.store import Store
    from crawler.budget import Budget
    from crawler.process.supervisor import CrawlSettings, run_crawl

    scrapy = {
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "False",
        "ROBOTSTXT_OBEY": "False",
        "CONCURRENT_REQUESTS_PER_DOMAIN": _PARALLEL,
    }
    store = Store(folder)
    budget = Budget(pages=10**6, depth=10**6)
    result = run_crawl(
        (Agency("a", "a", url),), store, CrawlSettings(budget=budget, local=True, scrapy=scrapy), _silent
    )
    store.close()
    assert result.finished == ("a",)


def _silent(_: object) -> None:
    pass


def plain(url: str, folder: Path) -> None:
    """The yardstick: follow every link, store every body by its hash."""
    from scrapy.crawler import CrawlerProcess
    from scrapy.linkextractors import LinkExtractor
    from scrapy.spiders import CrawlSpider, Rule

    folder.mkdir(parents=True)

    class Plain(CrawlSpider):
        name = "plain"
        start_urls = [url]  # noqa: RUF012 - Scrapy's way
        rules = (Rule(LinkExtractor(), callback="keep", follow=True),)

        def keep(self, response: Any) -> None:
            (folder / hashlib.sha256(response.body).hexdigest()).write_bytes(response.body)

    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "ROBOTSTXT_OBEY": False,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": int(_PARALLEL),
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(_PARALLEL),
        }
    )
    process.crawl(Plain)
    process.start()


if __name__ == "__main__":
    main()
