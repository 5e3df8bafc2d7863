"""A night's crawl over many agencies: Scrapy processes side by side, one per core, supervised from here."""

from __future__ import annotations

import json
import logging
import os
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from core.atomic import write_atomic
from core.disk import check_growth, check_room
from core.errors import RunError
from core.models.agency import Agency
from core.processes import scratch_folder
from core.storage.claims import Claim
from core.storage.run_log import CrawlFigures
from core.storage.store import Store
from core.urls import netloc
from crawler.budget import Budget, Spent
from crawler.links.scoring import FollowHints
from crawler.process.children import Child, Heard, stop_all
from crawler.process.feed import AgencyFeed, Turn, site_hosts
from crawler.process.worker import agency_data
from crawler.settings import OIT_WINDOW
from documents.base import ReadLimits

log = logging.getLogger(__name__)

_AGENCIES_PER_PROCESS = 12
"""Below this a second process costs more (85 MB, a second of start) than it gains."""
_LOOK_EVERY = 0.25
"""Seconds between two looks at who waits for the address of a host."""
_DISK_EVERY = 5.0
"""Seconds between two looks at the room that is left on the disk, and at the object store."""
_LOW_SECONDS = 15.0
"""Seconds for which the disk may be full: other programs' temporary files come and go, and writes wait as long."""
_UNWRITTEN_SECONDS = 120.0
"""Seconds for which nothing can be written to the tables: a page waits a minute and a half, and on a broken disk, or
under a limit of a file's size, each would wait as long for nothing."""
_SILENT_SECONDS = 80.0
"""Seconds for which an object store may be away: about as long as the bodies wait for it."""
_ATTEMPTS = 3
"""How often an agency is tried whose process died under it."""
_NARROWER = 8
"""A process that stands in for one that died has so many times fewer agencies at once."""
_MOST_CRASHES = 50
"""A machine on which more processes die is broken: the night ends."""


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How to crawl. `scrapy` overrides Scrapy settings by name; `local` permits private addresses, but only the
    host:port pairs of the agency list."""

    hints: FollowHints = field(default_factory=FollowHints)
    budget: Budget = field(default_factory=Budget)
    limits: ReadLimits = field(default_factory=ReadLimits)
    contact: str = ""
    local: bool = False
    processes: int = 0
    readers: int = 0
    scrapy: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    """With `local`, the host:port pairs of the whole list, where only a part of it is crawled here."""
    claim: Claim | None = None
    """The attempt under which all is stored, for a batch of a night that other machines have a part in."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One agency's state: waiting, crawling, finished, or what stopped it."""

    agency: str
    state: str
    pages: int
    documents: int
    failed: int
    queued: int
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """Which agencies came to an end tonight. `interrupted` if somebody stopped the run; `crashes` is the number of
    crawl processes that died."""

    finished: tuple[str, ...]
    unfinished: tuple[str, ...]
    interrupted: bool
    run_id: int = 0
    crashes: int = 0
    spent: Spent = field(default_factory=Spent)
    recognised: int = 0
    """Pages that OCR recognised."""

    @property
    def figures(self) -> CrawlFigures:
        """What the crawl did, as the store counts it."""
        spent = self.spent
        return CrawlFigures(spent.pages, spent.documents, spent.failed, spent.bytes, self.recognised, self.crashes)


@dataclass(frozen=True, slots=True)
class _Listeners:
    progress: Callable[[Progress], None]
    stop: Callable[[], None]
    is_stopped: Callable[[], bool] = lambda: False


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
    result = crawl_part(run_id, agencies, store, settings, on_progress, on_stop)
    if not result.interrupted:
        store.finish_run(run_id)  # with agencies that no attempt could crawl too: the next run tries all again
    return result


def crawl_part(
    run_id: int,
    agencies: tuple[Agency, ...],
    store: Store,
    settings: CrawlSettings,
    on_progress: Callable[[Progress], None],
    on_stop: Callable[[], None] = lambda: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> CrawlResult:
    """Crawl some of a run's agencies, those that it has not crawled yet. `is_stopped` is asked whether somebody has
    stopped it, for who has no Ctrl-C."""
    interrupted, tally = False, _Tally()
    for _ in range(2):
        done = store.finished_agencies(run_id)
        todo = tuple(a for a in agencies if a.id not in done and a.id not in tally.given_up)
        if not todo:
            break
        try:
            _crawl_once(todo, store, run_id, settings, _Listeners(on_progress, on_stop, is_stopped), tally)
        except KeyboardInterrupt:
            interrupted = True
            break
    finished = store.finished_agencies(run_id)
    left = tuple(a.id for a in agencies if a.id not in finished)
    done_now = tuple(a.id for a in agencies if a.id in finished)
    return CrawlResult(done_now, left, interrupted, run_id, tally.crashes, tally.sum_spent(), tally.recognised)


@dataclass(slots=True)
class _Tally:
    """What a run's processes did, over all passes."""

    crashes: int = 0
    recognised: int = 0
    given_up: set[str] = field(default_factory=set)
    """Agencies whose process died under each attempt."""
    last: dict[str, Progress] = field(default_factory=dict)

    def sum_spent(self) -> Spent:
        """The sum over all agencies."""
        each = self.last.values()
        return Spent(
            sum(p.pages for p in each), sum(p.documents for p in each), sum(p.bytes for p in each),
            sum(p.failed for p in each),
        )  # fmt: skip


@dataclass(slots=True)
class _Watched:
    """Something of this machine that a crawl needs; `check` raises RunError while it is not there."""

    check: Callable[[], None]
    seconds: float
    """How long it may be away."""
    since: float | None = None

    def look(self, now: float) -> None:
        """Raise what the check raises, once it has done so for long enough."""
        try:
            self.check()
            self.since = None
        except RunError:
            self.since = now if self.since is None else self.since
            if now - self.since >= self.seconds:
                raise

    def last_look(self) -> None:
        """Raise what the check raises, if it did when it was looked at last."""
        if self.since is not None:
            self.check()


@dataclass(slots=True)
class _Night:
    """One pass over the agencies that are left: who waits, which processes run, who was lost with which."""

    store: Store
    run_id: int
    settings: CrawlSettings
    listeners: _Listeners
    feed: AgencyFeed
    job: Path
    window: int
    tally: _Tally
    heard: queue.Queue[Heard] = field(default_factory=queue.Queue)
    children: list[Child] = field(default_factory=list)
    agencies: dict[str, Agency] = field(default_factory=dict)
    attempts: Counter[str] = field(default_factory=Counter)
    started: int = 0
    looked: float = 0.0
    watched: tuple[_Watched, ...] = ()

    def run(self, processes: int) -> None:
        """Keep the processes fed until nothing waits and nothing is under way."""
        disk = _Watched(lambda: check_room(self.store.folder), _LOW_SECONDS)
        tables = _Watched(lambda: self.store.check_writing(self.run_id), _UNWRITTEN_SECONDS)
        growth = _Watched(lambda: check_growth(self.store.folder), 0.0)
        self.watched = (disk, growth, tables, _Watched(self.store.check_objects, _SILENT_SECONDS))
        for _ in range(processes):
            self._start(self.window)
        try:
            while self.children:
                self._feed()
                with suppress(queue.Empty):
                    self._hear(self.heard.get(timeout=_LOOK_EVERY))
                self._look_at_machine()
                if self.listeners.is_stopped():
                    raise KeyboardInterrupt
            for each in self.watched:
                each.last_look()
        except KeyboardInterrupt:
            self.listeners.stop()
            stop_all(self.children)
            raise
        except BaseException:
            stop_all(self.children)
            raise

    def _look_at_machine(self) -> None:
        if time.monotonic() - self.looked >= _DISK_EVERY:
            self.looked = time.monotonic()
            for each in self.watched:
                each.look(self.looked)
            for child in self.children:
                child.end_if_stopped(self.looked)
                child.end_if_silent()

    def _start(self, window: int) -> None:
        self.started += 1
        self.children.append(Child(self.started, self.job, window, self.heard))

    def _feed(self) -> None:
        for child in self.children:
            while len(child.under_way) < child.window:
                turn = self.feed.take(child.number)
                if turn is None:
                    break
                self._give(child, turn)
            if not len(self.feed) and not child.under_way:
                child.finish()

    def _give(self, child: Child, turn: Turn) -> None:
        agency, hosts = turn.agency, site_hosts(turn.agency)
        self.agencies[agency.id] = agency
        entry = {
            "agency": agency_data(agency),
            "hosts": sorted(hosts),
            "sharing": turn.sharing,
            "servers": turn.servers,
            "snapshot_id": self.store.begin_snapshot(self.run_id, agency, hosts),
        }
        child.give(agency.id, entry)

    def _hear(self, heard: Heard) -> None:
        child, line = heard.child, heard.line
        if line is None:
            self._ended(child)
        elif "ended" in line:
            child.under_way.discard(str(line["ended"]))
            self.feed.end(str(line["ended"]))
        elif "recognised" in line:
            self.tally.recognised += int(line["recognised"])
        elif "agency" in line:
            with suppress(TypeError):
                progress = Progress(**line)
                self.tally.last[progress.agency] = progress
                self.listeners.progress(progress)

    def _ended(self, child: Child) -> None:
        """A process is gone: at the end of its work, or it died and what it had under way waits again."""
        self.children.remove(child)
        status = child.wait()
        if status == 0 and not child.under_way:
            return
        self.tally.crashes += 1
        log.warning("a crawl process ended with status %s; %d agencies were under way", status, len(child.under_way))
        self.attempts.update(child.under_way)
        again = [self.agencies[name] for name in child.under_way if self.attempts[name] < _ATTEMPTS]
        self.tally.given_up |= child.under_way - {agency.id for agency in again}
        for name in child.under_way:
            self.feed.end(name)
        self.feed.give_back(again)
        # Fewer at once: in the end each agency can only take itself.
        narrow = max(1, child.window // _NARROWER) if again else self.window
        if len(self.feed) and self.tally.crashes < _MOST_CRASHES:
            self._start(narrow)


def local_hosts(agencies: Iterable[Agency]) -> frozenset[str]:
    """Return the host:port pairs that a list names: of sites and of evidence declared elsewhere."""
    return frozenset(netloc(u) for a in agencies for u in (a.url, *a.also, *a.declared.values()))


def _crawl_once(
    agencies: tuple[Agency, ...],
    store: Store,
    run_id: int,
    settings: CrawlSettings,
    listeners: _Listeners,
    tally: _Tally,
) -> None:
    """Crawl what is left once. Raises KeyboardInterrupt if somebody stops it, RunError if the disk is full."""
    cores = os.cpu_count() or 1
    count = settings.processes or max(1, min(cores, -(-len(agencies) // _AGENCIES_PER_PROCESS)))
    readers = settings.readers or max(1, cores // count)
    local = settings.hosts | local_hosts(agencies) if settings.local else frozenset()
    window = max(1, int(settings.scrapy.get("OIT_WINDOW", OIT_WINDOW)))
    job = {
        "data": str(store.folder),
        "claim": asdict(settings.claim) if settings.claim is not None else None,
        "contact": settings.contact,
        "local": sorted(local),
        "readers": readers,
        "scrapy": dict(settings.scrapy),
        "hints": asdict(settings.hints),
        "budget": asdict(settings.budget),
        "limits": asdict(settings.limits),
    }
    with scratch_folder() as folder:
        path = folder / "job.json"
        # Escaped: a path may hold bytes that are no text. A full disk is told with the folder's name.
        write_atomic(path, json.dumps(job))
        _Night(store, run_id, settings, listeners, AgencyFeed(agencies, local), path, window, tally).run(count)
