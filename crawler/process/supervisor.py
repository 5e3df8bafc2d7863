"""A night's crawl over many agencies: Scrapy processes side by side, one per core, supervised from here."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.models.agency import Agency
from core.storage.store import Store
from core.urls import netloc
from crawler.budget import Budget
from crawler.links.scoring import FollowHints
from crawler.process.sharding import group_by_server, site_hosts, split_into_shards
from crawler.process.worker import agency_data
from documents.base import ReadLimits

log = logging.getLogger(__name__)

_AGENCIES_PER_PROCESS = 12
"""Below this a second process costs more (85 MB, a second of start) than it gains."""
_STOP_SECONDS = 4.0
_MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "262144"}
"""Bodies are handed on by many threads; the C library would keep room for each of them."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How to crawl. `scrapy` overrides Scrapy settings by name; `local` permits private addresses, but only the
    host:port pairs of the agency list."""

    hints: FollowHints = field(default_factory=FollowHints)
    budget: Budget = field(default_factory=Budget)
    limits: ReadLimits = field(default_factory=ReadLimits)
    contact: str = "https://oit.example.go.th/contact"
    local: bool = False
    processes: int = 0
    readers: int = 0
    scrapy: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """One agency's state: waiting, crawling, finished, or what stopped it."""

    agency: str
    state: str
    pages: int
    documents: int
    failed: int
    queued: int


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """Which agencies came to an end tonight. `interrupted` if somebody stopped the run."""

    finished: tuple[str, ...]
    unfinished: tuple[str, ...]
    interrupted: bool


@dataclass(frozen=True, slots=True)
class _Listeners:
    progress: Callable[[Progress], None]
    stop: Callable[[], None]


def run_crawl(
    agencies: tuple[Agency, ...],
    store: Store,
    settings: CrawlSettings,
    on_progress: Callable[[Progress], None],
    on_stop: Callable[[], None] = lambda: None,
) -> CrawlResult:
    """Crawl agencies into the store. A run that was cut off is taken up where it was; a child process that dies
    costs its unfinished agencies only, and they are tried once more. `on_stop` is called when somebody stops the
    run, before it ends."""
    run_id = store.begin_run(tuple(a.id for a in agencies))
    stop = threading.Event()
    for _ in range(2):
        todo = tuple(a for a in agencies if a.id not in store.finished_agencies(run_id))
        if not todo or stop.is_set():
            break
        _crawl_once(todo, store, run_id, settings, _Listeners(on_progress, on_stop), stop)
    finished = store.finished_agencies(run_id)
    left = tuple(a.id for a in agencies if a.id not in finished)
    if not left:
        store.finish_run(run_id)
    return CrawlResult(tuple(a.id for a in agencies if a.id in finished), left, stop.is_set())


def _crawl_once(
    agencies: tuple[Agency, ...],
    store: Store,
    run_id: int,
    settings: CrawlSettings,
    listeners: _Listeners,
    stop: threading.Event,
) -> None:
    cores = os.cpu_count() or 1
    count = settings.processes or max(1, min(cores, -(-len(agencies) // _AGENCIES_PER_PROCESS)))
    readers = settings.readers or max(1, cores // count)
    local = frozenset(netloc(u) for a in agencies for u in (a.url, *a.also)) if settings.local else frozenset()
    found, servers = group_by_server(agencies, local)
    sharing = {agency.id: len(group) for group in found for agency in group}
    with tempfile.TemporaryDirectory(prefix="oit-") as folder:
        children = []
        for number, share in enumerate(split_into_shards(found, count)):
            job = {
                "data": str(store.folder),
                "contact": settings.contact,
                "local": sorted(local),
                "readers": readers,
                "scrapy": dict(settings.scrapy),
                "hints": asdict(settings.hints),
                "budget": asdict(settings.budget),
                "limits": asdict(settings.limits),
                "servers": servers,
                "agencies": [
                    {
                        "agency": agency_data(a),
                        "hosts": sorted(site_hosts(a)),
                        "sharing": sharing[a.id],
                        "snapshot_id": store.begin_snapshot(run_id, a, site_hosts(a)),
                    }
                    for a in share
                ],
            }
            path = Path(folder) / f"job-{number}.json"
            path.write_text(json.dumps(job, ensure_ascii=False), "utf-8")
            children.append(_start(path))
        _supervise(children, listeners, stop)


def _start(path: Path) -> subprocess.Popen[str]:
    # A session of its own: Ctrl-C reaches us, and we stop the children in order.
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.process.worker", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, **_MALLOC, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )


def _supervise(children: list[subprocess.Popen[str]], listeners: _Listeners, stop: threading.Event) -> None:
    lock = threading.Lock()

    def listen(child: subprocess.Popen[str]) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            try:
                progress = Progress(**json.loads(line))
            except (ValueError, TypeError):
                continue
            with lock:
                listeners.progress(progress)

    threads = [threading.Thread(target=listen, args=(child,), daemon=True) for child in children]
    for thread in threads:
        thread.start()
    try:
        for child in children:
            child.wait()
    except KeyboardInterrupt:
        stop.set()
        listeners.stop()
        _stop(children)
    for thread in threads:
        thread.join(timeout=1)
    for child in children:
        if child.returncode and not stop.is_set():
            log.error("crawl process ended with status %s", child.returncode)


def _stop(children: list[subprocess.Popen[str]]) -> None:
    """Ask for an orderly end, then insist; a second Ctrl-C insists at once."""
    until = time.monotonic() + _STOP_SECONDS
    try:
        for child in children:
            if child.stdin is not None:
                with suppress(OSError):
                    child.stdin.close()
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.0, until - time.monotonic()))
    except KeyboardInterrupt:
        log.debug("stopped twice")
    for child in children:
        if child.poll() is None:
            child.kill()
            child.wait()
