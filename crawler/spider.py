"""The one spider: walks one agency's site, keeps what it meets and why it could not meet the rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler import sitemap, soft404
from crawler.answers import answered, asked_url, header, unanswered, unasked, way_of
from crawler.browser import Renderer
from crawler.certificate import certificate_problem
from crawler.frontier import Budget, FollowHints, LinkScorer, Spent
from crawler.offsite import OffsiteBudget, Place, Stores, as_evidence, left_outside, load_stores, refusal
from crawler.outcome import BLINDING, TRANSIENT, of_error, of_note
from crawler.pending import Pending, Way
from crawler.readers.base import ReadLimits
from crawler.script_pages import NEEDS_SCRIPTS, ScriptPages
from crawler.urls import canonical, is_document, is_image, is_useless, trap
from crawler.workers import ReaderPool, Task
from oit.model import Agency, Link, Outcome, Reading, Resource, ResourceKind, Zone
from oit.store import Store, Validators, with_reading

_HOME_PRIORITY = 100_000
_VIA_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Job:
    """What one spider needs to know."""

    agency: Agency
    snapshot_id: int
    hosts: frozenset[str]
    local: frozenset[str]
    hints: FollowHints
    budget: Budget
    limits: ReadLimits


class AgencySpider(scrapy.Spider):
    """One agency's crawl. Fetches only; pages and documents are read in the pool's processes."""

    name = "agency"

    def __init__(
        self,
        job: Job,
        store: Store,
        pool: ReaderPool,
        report: Callable[[str, Spent, str], None],
        renderer: Renderer,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.hosts = set(job.hosts)
        self.spent = Spent()
        self.stopped_by = ""
        self.home_ok = False
        self.blind = False
        self.undrawn = False
        self._probe_drawn = False
        self._store = store
        self._pool = pool
        self._report = report
        self._scripts = ScriptPages(renderer, store)
        self._stores = Stores(())
        self._outside = OffsiteBudget()
        self._scorer = LinkScorer(job.hints)
        self._validators: dict[str, Validators] = dict(store.validators(job.agency.id))
        self._contents: set[str] = set()
        self._later: list[tuple[str, Way]] = []
        self._second_pass = False
        self._frontier = Pending()
        self._open = 0
        self._room = 4
        self._nothing: set[str] = set()
        self._sitemaps: set[str] = set()
        self._tls_problem = ""
        self._closing: asyncio.Future[None] | None = None
        self._deadline = time.monotonic() + job.budget.seconds

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> AgencySpider:
        """Made by Scrapy."""
        spider: AgencySpider = super().from_crawler(crawler, *args, **kwargs)
        spider._scripts.use(crawler)
        table = crawler.settings["OIT_OFFSITE_TABLE"]
        spider._stores = load_stores(Path(table)) if table else load_stores()
        spider._outside.files = crawler.settings.getint("OIT_OFFSITE_FILES")
        spider._outside.bytes = crawler.settings.getint("OIT_OFFSITE_MB") << 20
        spider._room = 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") + 2
        crawler.signals.connect(spider.on_idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.on_closed, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Home page, declared addresses, sitemap; after a crash also the links of what is stored already."""
        agency = self.job.agency
        self._tls_problem = await asyncio.to_thread(certificate_problem, agency.url, self.job.local)
        stored = self._store.stored_urls(self.job.snapshot_id)
        # All of them first: a page must not lead again to what is stored behind it.
        for resource in stored:
            self._frontier.mark(resource.url)
        for resource in stored:
            self._resume(resource)
        self._frontier.push(agency.url, Way((), "", "", 0), _HOME_PRIORITY)
        for url in agency.declared.values():
            with suppress(ValueError):
                self._frontier.push(canonical(url), Way((), "", "", 1), _HOME_PRIORITY // 2)
        for request in self._pump():
            yield request
        for probe in soft404.probes(agency.url):
            yield Request(probe, callback=self.parse_probe, errback=self.ignore, dont_filter=True)
        robots = urljoin(agency.url, "/robots.txt")
        yield Request(robots, callback=self.parse_robots, errback=self.ignore, dont_filter=True)
        for request in self._sitemap(urljoin(agency.url, "/sitemap.xml")):
            yield request

    # ------------------------------------------------------------------------- asking

    def _pump(self) -> Iterator[Request]:
        """The likeliest addresses, few at a time: what is handed to the downloader can no longer be overtaken,
        and bodies that wait for a reader take memory."""
        while self._frontier and self._open < self._room and not self._stopping():
            url, way = self._frontier.pop()
            if not self._inside(url) and not self._outside.take():
                self._keep(left_outside(unasked(url, way), Outcome.BUDGET.value), None, way)
                continue
            self._open += 1
            yield self._asked(url, way)

    def _asked(self, url: str, way: Way) -> Request:
        known = self._validators.get(url)
        headers = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        meta: dict[str, Any] = {"way": way}
        place = None if self._inside(url) else self._stores.recognise(url)
        if place is not None and place.direct:
            meta.update({"place": place, "link": url})
        if way.second:
            meta["download_timeout"] = self.settings.getfloat("OIT_SECOND_TIMEOUT")
        return Request(
            str(meta["place"].direct) if "place" in meta else url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            dont_filter=True,
        )

    def _follow(self, resource: Resource) -> None:
        """Put what a page leads to, within the site and the budget, into the frontier."""
        depth = resource.depth + 1
        if depth > self.job.budget.depth:
            if any(self._inside(link.url) and link.url not in self._frontier for link in resource.links):
                self.stopped_by = self.stopped_by or "depth"
            return
        via = (*resource.found_via, resource.url)[-_VIA_LIMIT:]
        from_index = self._scorer.is_index(resource.title, resource.label, resource.url)
        if not self._inside(resource.final_url or resource.url):
            return
        for link in resource.links:
            if not self._inside(link.url):
                self._follow_outside(link, Way(via, link.label, link.context, depth), resource, from_index=from_index)
            elif self._wanted(link):
                way = Way(via, link.label, link.context, depth)
                self._frontier.push(link.url, way, self._scorer.score(link, depth, from_index=from_index))

    def _follow_outside(self, link: Link, way: Way, page: Resource, *, from_index: bool) -> None:
        """Keep in mind a link from the site's content to a public store that is likely to be evidence."""
        if link.url in self._frontier or link.zone is Zone.FOOTER:
            return
        points = self._scorer.score(link, way.depth, from_index=from_index)
        place = self._stores.recognise(link.url) if self._scorer.likely(points, page) else None
        if place is not None and place.direct:
            self._frontier.push(link.url, way, points)
        elif place is not None and self._outside.note():
            self._frontier.mark(link.url)
            self._keep(left_outside(unasked(link.url, way), place.why), None, way)

    def _wanted(self, link: Link) -> bool:
        return (
            link.url.startswith(("http://", "https://"))
            and link.url not in self._frontier
            and self._inside(link.url)
            and not is_useless(link.url)
            and not trap(link.url)
        )

    def _inside(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() in self.hosts

    def _resume(self, resource: Resource) -> None:
        """Go on from a resource that a killed crawl has stored."""
        if resource.outcome in TRANSIENT:
            self._later.append((resource.url, way_of(resource)))
            return
        self._count(resource)
        if resource.url == self.job.agency.url:
            self.home_ok = resource.outcome is Outcome.OK
            if resource.final_url:
                self.hosts.add(urlsplit(resource.final_url).netloc.lower())
        if resource.outcome is Outcome.OK and resource.kind is ResourceKind.PAGE:
            self._follow(resource)

    # ------------------------------------------------------------------------- answers

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """Keep one answer and go on with what is likeliest next."""
        try:
            if not self._over_budget():
                await self._take(response)
        finally:
            self._open -= 1
        for request in self._pump():
            yield request

    async def _take(self, response: Response) -> None:
        way: Way = response.meta["way"]
        url = asked_url(response)
        resource = answered(response, way, self._tls_problem)
        if url == self.job.agency.url and resource.outcome is Outcome.OK:
            self.hosts.add(urlsplit(response.url).netloc.lower())
        if "place" in response.meta or (resource.outcome is Outcome.OK and not self._inside(response.url)):
            await self._take_outside(response, resource, way)
            return
        if resource.outcome is not Outcome.OK:
            self._keep(resource, None, way)
            return
        reading, resource = await self._read(response, resource)
        if reading.note in NEEDS_SCRIPTS:
            reading, resource = await self._scripts.read(resource, reading, self.hosts, self._by_reader)
        resource = self._judged(with_reading(resource, reading))
        self._keep(resource, reading, way)
        if resource.outcome is Outcome.OK and resource.kind is ResourceKind.PAGE and self._new_content(resource):
            self._follow(resource)

    async def _take_outside(self, response: Response, resource: Resource, way: Way) -> None:
        """Keep what a public store answered, or why that is not the evidence; never go on from there."""
        place: Place | None = response.meta.get("place")
        if resource.outcome is Outcome.OK and (place is None or place.shape == "short"):
            # The site itself, or a short address, leads on to a store: one more hop to the bytes.
            place = self._stores.recognise(response.url)
            if place is not None and place.direct and place.shape != "short" and self._outside.take():
                try:
                    response = await self.crawler.engine.download_async(Request(place.direct, dont_filter=True))
                except Exception as error:  # every cause is named, none ends the crawl
                    outcome, _ = of_error(error)
                    self._keep(left_outside(resource, outcome.value), None, way)
                    return
                resource = replace(answered(response, way, ""), url=resource.url)
        why = place.why if place is not None else "unknown"
        if resource.outcome is Outcome.OK and place is not None and not why:
            self._outside.bytes -= len(response.body)
            why = refusal(place, response.url, response.body, resource.content_type) if response.status != 304 else ""
        if why or resource.outcome is not Outcome.OK:
            if resource.outcome in TRANSIENT and not way.second:
                self._later.append((resource.url, way))
            self._keep(left_outside(resource, why), None, way)
            return
        reading, resource = await self._read(response, resource)
        resource, reading = as_evidence(resource, reading)
        self._keep(with_reading(resource, reading), reading, way)

    async def _read(self, response: Response, resource: Resource) -> tuple[Reading, Resource]:
        if response.status == 304:
            earlier = self._store.earlier(self.job.agency.id, resource.url)
            if earlier is not None:
                old, reading = earlier
                resource = replace(
                    resource, sha256=old.sha256, size=old.size, content_type=old.content_type, http_status=200,
                    etag=resource.etag or old.etag, last_modified=resource.last_modified or old.last_modified,
                )  # fmt: skip
                kept = None if reading.final else await asyncio.to_thread(self._store.body, old.sha256)
                return (reading if kept is None else await self._by_reader(kept, resource)), resource
        body: bytes = response.body
        self.spent.bytes += len(body)
        sha256 = await asyncio.to_thread(self._store.add_body, body)
        resource = replace(resource, sha256=sha256, size=len(body))
        for kind in (ResourceKind.DOCUMENT, ResourceKind.PAGE):
            known = self._store.reading(sha256, resource.final_url, kind)
            if known is not None and known.final:
                return known, resource
        return await self._by_reader(body, resource), resource

    async def _by_reader(self, body: bytes, resource: Resource) -> Reading:
        task = Task(
            body, resource.final_url, resource.content_type, urlsplit(resource.final_url).path.rsplit("/", 1)[-1],
            self.job.limits, self._store.folder, self.job.agency.id,
        )  # fmt: skip
        return await asyncio.wrap_future(self._pool.submit(task))

    def _judged(self, resource: Resource) -> Resource:
        """What a page that was served with 200 really is."""
        outcome = of_note(resource.read_note)
        if outcome is Outcome.OK and self._nothing and _signature(resource) in self._nothing:
            outcome = Outcome.SOFT_404
        if outcome is Outcome.SOFT_404 and resource.url == self.job.agency.url:
            outcome = Outcome.OK
        if resource.read_note in ("crashed", "timeout") and resource.kind is ResourceKind.PAGE:
            self.blind = True
        self.undrawn = self.undrawn or resource.read_note in NEEDS_SCRIPTS
        return replace(resource, outcome=outcome)

    def _new_content(self, resource: Resource) -> bool:
        if resource.sha256 in self._contents:
            return False
        self._contents.add(resource.sha256)
        return True

    def failed(self, failure: Any) -> Iterator[Any]:
        """Keep one failure with its cause."""
        way: Way = failure.request.meta["way"]
        resource = unanswered(failure, way)
        if "place" in failure.request.meta:
            if resource.outcome in TRANSIENT and not way.second:
                self._later.append((resource.url, way))
            resource = left_outside(resource)
        self._keep(resource, None, way)
        self._open -= 1
        return self._pump()

    def _keep(self, resource: Resource, reading: Reading | None, way: Way) -> None:
        if resource.outcome in TRANSIENT and not way.second:
            self._later.append((resource.url, way))
        elif resource.outcome in BLINDING and not is_document(resource.url):
            self.blind = True
        self._count(resource)
        if resource.url == self.job.agency.url:
            self.home_ok = resource.outcome is Outcome.OK
        self._store.add_resource(self.job.snapshot_id, resource, reading)
        queued = len(self._frontier) + self._open
        self._report("crawling", self.spent, str(queued))

    def _count(self, resource: Resource) -> None:
        if resource.outcome is Outcome.OFF_SITE:
            return
        if resource.outcome is not Outcome.OK:
            self.spent.failed += 1
        elif resource.kind is ResourceKind.PAGE:
            self.spent.pages += 1
        else:
            self.spent.documents += 1

    def _over_budget(self) -> bool:
        budget = self.job.budget
        reached = (
            ("pages", self.spent.pages >= budget.pages),
            ("documents", self.spent.documents >= budget.documents),
            ("bytes", self.spent.bytes >= budget.bytes),
            ("time", time.monotonic() >= self._deadline),
        )
        for name, over in reached:
            if over and not self.stopped_by:
                self.stopped_by = name
                self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=name))
        return self._stopping()

    def _stopping(self) -> bool:
        return self.stopped_by not in ("", "depth")

    # ------------------------------------------------------------------------- beside the walk

    async def parse_probe(self, response: Response) -> None:
        """What the site answers for a page that cannot exist."""
        if response.status != 200 or not self._inside(response.url):
            return
        kind = header(response, "Content-Type")
        task = Task(response.body, response.url, kind, "", self.job.limits)
        reading = await asyncio.wrap_future(self._pool.submit(task))
        resource = Resource(response.url, Outcome.OK, response.url, content_type=kind)
        if reading.note in NEEDS_SCRIPTS and not self._probe_drawn:
            # An application answers every address alike; its own "not found" shows only once it ran.
            self._probe_drawn = True
            resource = replace(resource, sha256=self._store.add_body(response.body))
            reading, resource = await self._scripts.read(resource, reading, self.hosts, self._by_reader)
        known = _signature(with_reading(resource, reading))
        if known:
            self._nothing.add(known)

    def parse_robots(self, response: Response) -> Iterator[Request]:
        """Sitemaps that robots.txt names."""
        if response.status == 200:
            for url in sitemap.in_robots(response.body):
                yield from self._sitemap(url)

    def _sitemap(self, url: str) -> Iterator[Request]:
        if url not in self._sitemaps and len(self._sitemaps) < sitemap.MAX_SITEMAPS and self._inside(url):
            self._sitemaps.add(url)
            yield Request(url, callback=self.parse_sitemap, errback=self.ignore, dont_filter=True)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Addresses that the site itself lists."""
        if response.status != 200:
            return
        found, index = sitemap.addresses(response.body)
        for url in found:
            if index:
                yield from self._sitemap(url)
            elif self._inside(url) and not (trap(url) or is_useless(url) or is_image(url)):
                points = self._scorer.score(Link(url, "", via="sitemap"), 2, from_index=False) - 50
                self._frontier.push(url, Way((self.job.agency.url,), "", "", 1), points)
        yield from self._pump()

    def ignore(self, failure: Any) -> None:
        """A probe or sitemap that fails says nothing."""

    def on_idle(self) -> None:
        """Nothing is under way: go on with the frontier if an accident left some of it; then ask once more, with
        longer limits, for what failed for a passing reason."""
        self._open = 0
        if not self._frontier and not self._second_pass and not self._stopping():
            self._second_pass = True
            for url, way in self._later:
                self._frontier.put_back(url, way.again(), 0)
        waiting = list(self._pump())
        for request in waiting:
            self.crawler.engine.crawl(request)
        if waiting:
            raise DontCloseSpider

    def on_closed(self, reason: str) -> None:
        """Close the snapshot: complete only if nothing of the site stayed unread for a reason of its own."""
        if reason == "shutdown":
            self.stopped_by = "interrupted"
        elif not self.stopped_by and not self.home_ok:
            self.stopped_by = "home"
        elif not self.stopped_by and self.blind:
            self.stopped_by = "errors"
        elif not self.stopped_by and self.undrawn:
            self.stopped_by = "scripts"
        elif not self.stopped_by and reason != "finished":
            self.stopped_by = "interrupted"
        if self.stopped_by != "interrupted":
            self._store.finish_snapshot(
                self.job.snapshot_id, complete=self.home_ok and not self.stopped_by, stopped_by=self.stopped_by,
                home_ok=self.home_ok, hosts=frozenset(self.hosts),
            )  # fmt: skip
        self._frontier.close()
        self._report(self.stopped_by or "finished", self.spent, "0")


def _signature(resource: Resource) -> str:
    return soft404.signature(resource.url, resource.title, resource.blocks, resource.read_state)
