"""Crawl one agency's site and record every address, with the reason for each that could not be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urlsplit

import scrapy
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from core.models.snapshot import (
    NEEDS_SCRIPTS,
    FetchOutcome,
    OffsiteReason,
    RenderFailure,
    Resource,
    ResourceKind,
    StopReason,
)
from core.readings import with_reading
from core.storage.codec import decode_head
from core.urls import canonical
from crawler.failures import outcome_from_exception, outcome_from_status
from crawler.frontier import FrontierQueue, Provenance
from crawler.items import ResourceItem
from crawler.links.discovery import SiteDiscovery
from crawler.links.fronts import FrontPages
from crawler.links.policy import LinkPolicy
from crawler.links.scoring import LinkScorer
from crawler.offsite.stores import leave_outside, read_outside
from crawler.reading import CachedReader
from crawler.reading_tasks import ReadResult
from crawler.rendering.renderer import PageRenderer, Rendering
from crawler.rendering.second_look import SecondLook
from crawler.responses import cut_short, is_cut, resource_from_failure, resource_from_response
from crawler.site_crawl import SiteCrawl, may_heal
from crawler.standalone import begin_snapshot, site_from_arguments
from crawler.tls import certificate_problem

_HOME_PRIORITY = 100_000
_LOOK_EVERY = 1.0
"""Seconds between two looks at the clock."""
_WITHOUT_BODY = (204, 304)
"""Statuses that have none; an empty answer with another one is a page that was not sent."""
_LISTED = 3
"""Addresses of the site that a document leads to, from which it may be a list."""
_HOME = Provenance((), "", "", 0, in_disclosures=True)


class AgencySpider(scrapy.Spider):
    """Crawl one agency: `-a agency=ID` of the list (`-a agencies=FILE`, default agencies.yaml), or `-a url=ADDRESS` for
    a site of no list. Fetches only; pages and documents are read in processes of their own."""

    name = "agency"

    def __init__(self, site: SiteCrawl, renderer: PageRenderer, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site = site
        self.scorer = LinkScorer(site.hints)
        shared = site.services
        self._reader = CachedReader(shared.store, shared.pool, shared.room, site.agency.id, site.limits, site.spent)
        self._renderer = renderer
        self._second_look = SecondLook(renderer, renderer.looks)
        self._links = LinkPolicy(self.scorer, site.frontier, site.is_inside, site.budget.depth, site)
        self._fronts = FrontPages(site.agency.url, site.is_inside)
        self._discovery = SiteDiscovery(site.agency.url, site.is_inside, self.scorer, self._read_signature)
        self._tls_problem = ""
        self._is_probe_rendered = False

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """Make the spider: from the state that a run prepared (`site`), else from the command line's arguments."""
        site: SiteCrawl = kwargs.pop("site", None) or site_from_arguments(crawler, kwargs)
        settings = crawler.settings
        site.frontier = FrontierQueue(first_come=settings.getbool("OIT_FIRST_COME"))
        renderer = PageRenderer(site.services.renderer, site.services.store)
        renderer.use(crawler)
        if settings["OIT_WARC"]:
            from crawler.warc import open_archive  # few nights keep archives

            site.archive = open_archive(crawler, site.agency.id, site.services.store)
        spider: Self = super().from_crawler(crawler, *args, site=site, renderer=renderer, **kwargs)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Home page, declared addresses, sitemap; after a crash also the links of what is stored already."""
        agency = self.site.agency
        if not agency.url:
            self.logger.critical("name a site: -a url=ADDRESS, or -a agency=ID of the agency list")
            raise CloseSpider("no_site")
        begin_snapshot(self.site)
        while (wait := self.site.services.slots.quiet_left()) > 0:
            await asyncio.sleep(min(wait, _LOOK_EVERY))
        self._tls_problem = await certificate_problem(agency.url, self.site.local)
        for followed in self._resume():
            yield followed
        yield Request(agency.url, meta={"provenance": _HOME}, priority=_HOME_PRIORITY)
        for url in agency.declared.values():
            with suppress(ValueError):
                way = Provenance((), "", "", 1, in_disclosures=True)
                yield Request(canonical(url), meta={"provenance": way}, priority=_HOME_PRIORITY // 2)
        for request in self._discovery.requests():
            yield request

    def _resume(self) -> Iterator[Request | ResourceItem]:
        """Go on from what a killed crawl has stored. All addresses first: a page must not lead again to what is
        stored behind it."""
        site = self.site
        if site.snapshot_id is None:
            return
        for resource in site.services.store.iterate_resources(site.snapshot_id):
            site.frontier.mark(resource.url)
        for resource in site.services.store.iterate_resources(site.snapshot_id):
            site.resume(resource)
            inside = site.is_inside(resource.final_url or resource.url)
            if resource.outcome is FetchOutcome.OK and resource.kind is ResourceKind.PAGE and inside:
                yield from self._links.follow(resource, in_disclosures=False)

    # ------------------------------------------------------------------------- answers

    async def parse(self, response: Response) -> AsyncIterator[ResourceItem | Request]:
        """Read one answer; yield its item, then the requests that its links lead to."""
        site = self.site
        if site.is_stopping() and outcome_from_status(response.status, retry_after=False) is FetchOutcome.OK:
            return  # nobody reads it any more; a refusal is recorded
        if not site.agency.url:  # `scrapy parse`: the page that is looked at stands for its site
            site.hosts.add(urlsplit(response.url).netloc.lower())
        provenance: Provenance = response.meta.get("provenance", _HOME)
        resource = resource_from_response(response, provenance, self._tls_problem)
        if resource.url == site.agency.url and resource.outcome is FetchOutcome.OK:
            site.hosts.add(urlsplit(response.url).netloc.lower())
        if "place" in response.meta or "outside" in response.meta:
            yield await self._outside(response, resource, provenance)
            return
        if resource.outcome is not FetchOutcome.OK:
            site.spent.bytes += len(response.body)
            yield ResourceItem.from_resource(resource, None, provenance)
            return
        cut = is_cut(response)
        if cut or not response.body:
            if cut and may_heal(FetchOutcome.RESET, provenance):
                resource = replace(resource, outcome=FetchOutcome.RESET, detail="the answer broke off")
                yield ResourceItem.from_resource(resource, None, provenance)
                return
            # What came is read all the same.
            site.has_unread_pages |= response.status not in _WITHOUT_BODY
        site.reading_now += 1
        try:
            found, resource = await self._reader.read(response, resource)
            if cut:
                found, resource = await asyncio.to_thread(cut_short, found, resource)
            seen = await self._look_again(found, resource, provenance)
        except Exception as error:
            outcome, detail = outcome_from_exception(error)
            if outcome is not FetchOutcome.MACHINE:
                raise
            # Told of this machine, and asked for once more: nothing of it was seen.
            lost = replace(resource, outcome=outcome, detail=detail, sha256="", size=0)
            yield ResourceItem.from_resource(lost, None, provenance)
            return
        finally:
            site.reading_now -= 1
        if site.services.room.place_of(response) is not None:
            site.services.room.let_go(response)  # nothing asks for more room while it has some
        for _, further in seen.further:
            site.frontier.mark(further.url)
        for found, resource in ((seen.found, seen.resource), *seen.further):
            resource = self._recognise(with_reading(resource, found.reading), found.signature)
            self._fronts.note(resource, found.reading.letters)
            yield ResourceItem.from_resource(resource, found.packed, provenance)
            if resource.outcome is FetchOutcome.OK:
                async for followed in self._follow(found, resource, provenance):
                    yield followed

    async def _follow(
        self, found: ReadResult, resource: Resource, provenance: Provenance
    ) -> AsyncIterator[ResourceItem | Request]:
        """What a page or document leads to. Very many links have to wait until there is room for them."""
        site = self.site
        place = site.services.room.ask(site.agency.id, found.held_back) if found.held_back else None
        try:
            if place is not None:
                await place.given
                async with site.services.room.unpacking:
                    whole, _ = await asyncio.to_thread(decode_head, found.packed)
                resource = replace(resource, links=with_reading(resource, whole).links)
            if self._leads_on(resource, provenance):
                in_disclosures = provenance.in_disclosures and resource.url != site.agency.url
                for followed in self._links.follow_page(resource, found.signature, in_disclosures=in_disclosures):
                    yield followed
        finally:
            if place is not None:
                place.leave()

    def _leads_on(self, resource: Resource, provenance: Provenance) -> bool:
        """Whether the links of what was read are followed: those of pages, and of a document that is said to be the
        disclosure list, or stands in the disclosure part and leads to several addresses of the site."""
        if resource.kind is ResourceKind.PAGE:
            return True
        if resource.kind is not ResourceKind.DOCUMENT:
            return False
        within = {link.url for link in resource.links if self.site.is_inside(link.url)}
        is_list = provenance.in_disclosures and len(within) >= _LISTED
        return is_list or self.scorer.is_index(resource.label, resource.title)

    async def _look_again(self, found: ReadResult, resource: Resource, provenance: Provenance) -> Rendering:
        """The page after its scripts ran, where that may show more."""
        is_front = resource.url in self._fronts
        lists = is_front or self.scorer.is_index(found.reading.title, resource.label, resource.url)
        return await self._second_look.read(
            found,
            resource,
            self.site.hosts,
            self._reader.by_reader,
            lists=lists,
            discloses=provenance.in_disclosures,
        )

    async def _outside(self, response: Response, resource: Resource, provenance: Provenance) -> ResourceItem:
        """What a file host answered, or why that is not the evidence; nothing is followed from there."""
        why: OffsiteReason | FetchOutcome | None = response.meta.get("outside")
        if why or resource.outcome is not FetchOutcome.OK:
            return ResourceItem.from_resource(leave_outside(resource, why), None, provenance)
        found, resource = await self._reader.read(response, resource)
        resource, packed = read_outside(resource, found)
        return ResourceItem.from_resource(resource, packed, provenance)

    def _recognise(self, resource: Resource, signature: str) -> Resource:
        """Tell what a page that was served with 200 really is."""
        outcome = self._reader.outcome_of(resource)
        if outcome is FetchOutcome.OK and signature and signature in self._discovery.not_found_signatures:
            outcome = FetchOutcome.SOFT_404
        if outcome is FetchOutcome.SOFT_404 and resource.url == self.site.agency.url:
            outcome = FetchOutcome.OK
        return replace(resource, outcome=outcome)

    async def _read_signature(self, response: Response, resource: Resource) -> str:
        """The signature of an answer that is no part of the site."""
        found: ReadResult = await self._reader.by_reader(response.body, resource)
        if found.reading.note in NEEDS_SCRIPTS and not self._is_probe_rendered:
            # An application answers every address alike; its own "not found" shows only once it ran.
            self._is_probe_rendered = True
            sha256 = await asyncio.to_thread(self.site.services.store.add_body, response.body)
            resource = replace(resource, sha256=sha256)
            seen = await self._renderer.read(resource, self.site.hosts, self._reader.by_reader)
            return found.signature if isinstance(seen, RenderFailure) else seen.found.signature
        return found.signature

    def failed(self, failure: Any) -> Iterator[ResourceItem]:
        """Yield the item of a request that failed, with its cause."""
        provenance: Provenance = failure.request.meta.get("provenance", _HOME)
        if self.site.stopped_by is StopReason.INTERRUPTED:
            return  # what was broken off from here says nothing about the site
        resource = resource_from_failure(failure, provenance)
        if "place" in failure.request.meta:
            resource = leave_outside(resource)
        yield ResourceItem.from_resource(resource, None, provenance)

    def interrupt(self) -> None:
        """Request nothing more: somebody stopped the run."""
        self.site.stopped_by = StopReason.INTERRUPTED
        downloader = self.crawler.engine.downloader
        if hasattr(downloader, "drop_waiting"):
            downloader.drop_waiting()

    @property
    def reading_now(self) -> int:
        """Number of answers that are being read."""
        return self.site.reading_now

    def close_rendering(self) -> None:
        """Forget what was kept for further pages."""
        self._renderer.close()
