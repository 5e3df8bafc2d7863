"""One crawl of one site on loopback, as the tests need it."""

from __future__ import annotations

from pathlib import Path

from core.models.agency import Agency
from core.models.snapshot import Resource, Snapshot
from core.storage.store import Store
from crawler.budget import Budget
from crawler.links.scoring import FollowHints
from crawler.process.supervisor import CrawlResult, CrawlSettings, Progress, run_crawl
from tests.mockserver.http import Answer, Site

FAST = {
    "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "DOWNLOAD_TIMEOUT": "3", "RETRY_TIMES": "0",
    "OIT_SECOND_TIMEOUT": "4", "OIT_RETRY_REST": "0",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
}  # fmt: skip


def page(body: str) -> Answer:
    return Answer(f"<html><head><title>หน้า</title></head><body>{body}</body></html>".encode())


def go(
    folder: Path, url: str, budget: Budget | None = None, *, agency: Agency | None = None, **more: str
) -> tuple[Snapshot, CrawlResult]:
    store = Store(folder)
    agency = agency or Agency("a", "ก", url)
    settings = CrawlSettings(
        hints=FollowHints(index=("OIT",)), budget=budget or Budget(), local=True, readers=1, scrapy={**FAST, **more}
    )
    seen: list[Progress] = []
    result = run_crawl((agency,), store, settings, seen.append)
    snapshot = store.load_snapshot(agency)
    store.close()
    assert snapshot is not None
    return snapshot, result


def by_path(snapshot: Snapshot, site: Site) -> dict[str, Resource]:
    return {r.url.removeprefix(site.url.rstrip("/")): r for r in snapshot.resources}
