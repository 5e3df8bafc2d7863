"""The one spider: walks one agency's site, keeps what it meets and why it could not meet the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, ReadNote, Resource, ResourceKind, StopReason
from core.storage.codec import EncodedReading
from core.storage.store import Store, with_reading
from core.urls import canonical, is_document
from crawler.downloader.slots import SharedDownloader, SharedSlots
from crawler.extensions.budget import Budget, Spent
from crawler.failures import BLINDING, TRANSIENT, outcome_from_note
from crawler.links.discovery import SiteDiscovery
from crawler.links.policy import LinkPolicy
from crawler.links.scoring import FollowHints, LinkScorer
from crawler.middlewares.offsite import Outside
from crawler.reading import CachedReader
from crawler.reading_tasks import ReadResult
from crawler.rendering.browser import Renderer
from crawler.rendering.renderer import NEEDS_SCRIPTS, PageRenderer
from crawler.responses import provenance_of, requested_url, resource_from_failure, resource_from_response
from crawler.scheduler import FrontierQueue, Provenance
from crawler.tls import certificate_problem
from crawler.warc import Archive, open_archive
from documents.base import ReadLimits
from documents.pool import ReaderPool

_HOME_PRIORITY = 100_000
_LOOK_EVERY = 1.0
"""Seconds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class SpiderJob:
    """What one spider needs to know. `sharing` is how many agencies are on the same server: they share its time."""

    agency: Agency
    snapshot_id: int
    hosts: frozenset[str]
    local: frozenset[str]
    hints: FollowHints
    budget: Budget
    limits: ReadLimits
    sharing: int = 1


class AgencySpider(scrapy.Spider):
    """One agency's crawl. Fetches only; pages and documents are read in the pool's processes."""

    name = "agency"

    def __init__(
        self,
        job: SpiderJob,
        store: Store,
        pool: ReaderPool,
        report: Callable[[str, Spent, str], None],
        turns: SharedSlots,
        renderer: Renderer,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.turns = turns
        self.hosts = set(job.hosts)
        self.spent = Spent()
        self.stopped_by = StopReason.NONE
        self.home_ok = False
        self.blind = False
        self.undrawn = False
        self.reading_now = 0
        self._store = store
        self.desk = CachedReader(store, pool, job.agency.id, job.limits, self.spent)
        self._beside = SiteDiscovery(self)
        self._report = report
        self._scripts = PageRenderer(renderer, store)
        self._outside = Outside(self)
        self.archive: Archive | None = None
        self.scorer = LinkScorer(job.hints)
        self._following = LinkPolicy(self, self._outside)
        self.later: list[tuple[str, Provenance]] = []
        self._second_pass = False
        self.frontier = FrontierQueue()
        self._open = 0
        self._room = 4
        self._tls_problem = ""
        self._tasks: list[asyncio.Future[None]] = []
        self._deadline = turns.clock() + job.budget.seconds * job.sharing

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> AgencySpider:
        """Made by Scrapy."""
        spider: AgencySpider = super().from_crawler(crawler, *args, **kwargs)
        spider._scripts.use(crawler)
        spider._outside.use(crawler)
        spider.archive = open_archive(crawler, spider.job.agency.id, spider._store)
        spider._room = 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") + 2
        spider.frontier = FrontierQueue(first_come=crawler.settings.getbool("OIT_FIRST_COME"))
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.on_closed, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Home page, declared addresses, sitemap; after a crash also the links of what is stored already."""
        agency = self.job.agency
        self._tasks.append(asyncio.ensure_future(self._watch()))
        while (wait := self.turns.quiet_left()) > 0:
            await asyncio.sleep(min(wait, _LOOK_EVERY))
        self._tls_problem = await asyncio.to_thread(certificate_problem, agency.url, self.job.local)
        self._resume()
        self.frontier.push(agency.url, Provenance((), "", "", 0), _HOME_PRIORITY)
        for url in agency.declared.values():
            with suppress(ValueError):
                self.frontier.push(canonical(url), Provenance((), "", "", 1), _HOME_PRIORITY // 2)
        for request in self._pump():
            yield request
        for request in self._beside.requests():
            yield request

    def _resume(self) -> None:
        """Go on from what a killed crawl has stored. All addresses first: a page must not lead again to what is
        stored behind it."""
        for resource in self._store.stored(self.job.snapshot_id):
            self.frontier.mark(resource.url)
        for resource in self._store.stored(self.job.snapshot_id):
            if resource.outcome in TRANSIENT:
                self.later.append((resource.url, provenance_of(resource)))
                continue
            self.spent.count(resource)
            self.spent.bytes += resource.size
            unread = resource.read_note in (ReadNote.CRASHED, ReadNote.TIMEOUT) and resource.kind is ResourceKind.PAGE
            self.blind = self.blind or unread or (resource.outcome in BLINDING and not is_document(resource.url))
            if resource.url == self.job.agency.url:
                self.home_ok = resource.outcome is FetchOutcome.OK
                if resource.final_url:
                    self.hosts.add(urlsplit(resource.final_url).netloc.lower())
            self.undrawn = self.undrawn or resource.read_note in NEEDS_SCRIPTS
            inside = self.inside(resource.final_url or resource.url)
            if resource.outcome is FetchOutcome.OK and resource.kind is ResourceKind.PAGE and inside:
                self._following.links(resource)

    # ------------------------------------------------------------------------- asking

    def _pump(self) -> Iterator[Request]:
        """The likeliest addresses, few at a time: what is handed to the downloader can no longer be overtaken,
        and bodies that wait for a reader take memory."""
        while self.frontier and self._open < self._room and not self.stopping():
            request = self._outside.turned(self._asked(*self.frontier.pop()))
            if request is not None:
                self._open += 1
                yield request

    def advance(self) -> None:
        """Ask for what is likeliest next."""
        if self.crawler.engine is not None:
            for request in self._pump():
                self.crawler.engine.crawl(request)

    def _asked(self, url: str, way: Provenance) -> Request:
        known = self._store.validators(self.job.agency.id, url)
        headers = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        meta: dict[str, Any] = {"way": way}
        if way.is_retry:
            meta["download_timeout"] = self.settings.getfloat("OIT_SECOND_TIMEOUT")
        return Request(url, callback=self.parse, errback=self.failed, headers=headers, meta=meta, dont_filter=True)

    def inside(self, url: str) -> bool:
        """Whether an address belongs to the agency's site."""
        return urlsplit(url).netloc.lower() in self.hosts

    # ------------------------------------------------------------------------- answers

    async def parse(self, response: Response) -> None:
        """Keep one answer and go on with what is likeliest next."""
        try:
            if not self._over_budget():
                await self._take(response)
        finally:
            self._open -= 1
        self.advance()

    async def _take(self, response: Response) -> None:
        way: Provenance = response.meta["way"]
        url = requested_url(response)
        resource = resource_from_response(response, way, self._tls_problem)
        if url == self.job.agency.url and resource.outcome is FetchOutcome.OK:
            self.hosts.add(urlsplit(response.url).netloc.lower())
        if self._outside.concerns(response, resource):
            await self._outside.take(response, resource, way)
            return
        if resource.outcome is not FetchOutcome.OK:
            self.keep(resource, None, way)
            return
        self.reading_now += 1
        try:
            parcel, resource = await self.read(response, resource)
            if parcel.reading.note in NEEDS_SCRIPTS:
                parcel, resource = await self._scripts.read(resource, parcel, self.hosts, self.desk.by_reader)
        finally:
            self.reading_now -= 1
        resource = self._judged(with_reading(resource, parcel.reading), parcel.signature)
        self.keep(resource, parcel.packed, way)
        if resource.outcome is FetchOutcome.OK and resource.kind is ResourceKind.PAGE:
            self._following.page(resource, parcel.signature)

    async def read(self, response: Response, resource: Resource) -> tuple[ReadResult, Resource]:
        """What an answer's body holds; see CachedReader."""
        return await self.desk.read(response, resource)

    async def drawn(self, body: bytes, resource: Resource, parcel: ReadResult) -> ReadResult:
        """What a page beside the walk holds after its scripts ran."""
        sha256 = await asyncio.to_thread(self._store.add_body, body)
        found, _ = await self._scripts.read(replace(resource, sha256=sha256), parcel, self.hosts, self.desk.by_reader)
        return found

    def _judged(self, resource: Resource, signature: str) -> Resource:
        """What a page that was served with 200 really is."""
        outcome = outcome_from_note(resource.read_note)
        if outcome is FetchOutcome.OK and signature and signature in self._beside.not_found_signatures:
            outcome = FetchOutcome.SOFT_404
        if outcome is FetchOutcome.SOFT_404 and resource.url == self.job.agency.url:
            outcome = FetchOutcome.OK
        if resource.read_note in (ReadNote.CRASHED, ReadNote.TIMEOUT) and resource.kind is ResourceKind.PAGE:
            self.blind = True
        self.undrawn = self.undrawn or resource.read_note in NEEDS_SCRIPTS
        return replace(resource, outcome=outcome)

    def failed(self, failure: Any) -> None:
        """Keep one failure with its cause."""
        way: Provenance = failure.request.meta["way"]
        resource = resource_from_failure(failure, way)
        interrupted = self.stopped_by == StopReason.INTERRUPTED  # what we broke off ourselves says nothing of the site
        if not interrupted and not self._outside.failed(failure.request, resource, way):
            self.keep(resource, None, way)
        self._open -= 1
        self.advance()

    def keep(self, resource: Resource, packed: EncodedReading | None, way: Provenance) -> None:
        """Store what one address gave, and count it."""
        if resource.outcome in TRANSIENT and not way.is_retry:
            self.later.append((resource.url, way))
        elif resource.outcome in BLINDING and not is_document(resource.url):
            self.blind = True
        self.spent.count(resource)
        if resource.url == self.job.agency.url:
            self.home_ok = resource.outcome is FetchOutcome.OK
        self._store.add_resource(self.job.snapshot_id, resource, packed)
        queued = len(self.frontier) + self._open
        self._report("crawling", self.spent, str(queued))

    # ------------------------------------------------------------------------- budgets and the end

    async def _watch(self) -> None:
        """Look at the clock also while nothing is answered."""
        while not self._over_budget():
            await asyncio.sleep(_LOOK_EVERY)

    def _over_budget(self) -> bool:
        name = self.spent.over(self.job.budget) or (
            StopReason.TIME if self.turns.clock() >= self._deadline else StopReason.NONE
        )
        if name and not self.stopping():
            self.stopped_by = name
            self._drop_waiting()
            if self.crawler.engine is not None:
                self._tasks.append(asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=name)))
        return self.stopping()

    def interrupt(self) -> None:
        """Ask for nothing more: somebody stopped the run."""
        self.stopped_by = StopReason.INTERRUPTED
        self._drop_waiting()

    def _drop_waiting(self) -> None:
        downloader = self.crawler.engine.downloader if self.crawler.engine is not None else None
        if isinstance(downloader, SharedDownloader):
            downloader.drop_waiting("budget")

    def stopping(self) -> bool:
        """Whether nothing more is asked for."""
        return self.stopped_by not in (StopReason.NONE, StopReason.DEPTH)

    def on_idle(self) -> None:
        """Nothing is under way: go on with the frontier if an accident left some of it; then ask once more, with
        longer limits, for what failed for a passing reason."""
        self._open = 0
        if not self.frontier and not self._second_pass and not self.stopping():
            self._second_pass = True
            for url, way in self.later:
                self.frontier.put_back(url, way.as_retry(), 0)
            self.later.clear()
        if self.frontier and not self.stopping():
            self.advance()
            raise DontCloseSpider

    def on_closed(self, reason: str) -> None:
        """Close the snapshot: complete only if nothing of the site stayed unread for a reason of its own."""
        if reason == "shutdown":
            self.stopped_by = StopReason.INTERRUPTED
        elif not self.stopped_by and not self.home_ok:
            self.stopped_by = StopReason.HOME
        elif not self.stopped_by and self.blind:
            self.stopped_by = StopReason.ERRORS
        elif not self.stopped_by and self.undrawn:
            self.stopped_by = StopReason.SCRIPTS
        elif not self.stopped_by and reason != "finished":
            self.stopped_by = StopReason.INTERRUPTED
        if self.stopped_by != "interrupted":
            self._store.finish_snapshot(
                self.job.snapshot_id,
                complete=self.home_ok and not self.stopped_by,
                stopped_by=self.stopped_by,
                home_ok=self.home_ok,
                hosts=frozenset(self.hosts),
            )
        for task in self._tasks[:1]:
            task.cancel()
        self.frontier.close()
        self._scripts.close()
        if self.archive is not None:
            self.archive.close()
        self._report(self.stopped_by or "finished", self.spent, "0")
