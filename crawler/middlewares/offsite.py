"""One agency's evidence outside its site: which links are asked for, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Request

from core.models.snapshot import FetchOutcome, Link, Resource, Zone
from crawler.failures import TRANSIENT, outcome_from_exception
from crawler.offsite.stores import FileHostLink, FileHosts, left_outside, load_file_hosts, read_outside, refusal
from crawler.responses import resource_from_response, resource_not_requested

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.scheduler import Provenance
    from crawler.spiders.agency import AgencySpider

_NOTES = 400
"""Links that are kept in mind without being asked; a page of a thousand videos must not fill the store."""


class Outside:
    """What a spider does about links that leave its site for a known public store. Budgets are per night."""

    def __init__(self, spider: AgencySpider) -> None:
        self._spider = spider
        self._stores = FileHosts(())
        self._files = 0
        self._bytes = 0
        self._notes = _NOTES

    def use(self, crawler: Crawler) -> None:
        """Take the table of stores and the budget from a crawler's settings."""
        table = crawler.settings["OIT_OFFSITE_TABLE"]
        self._stores = load_file_hosts(Path(table)) if table else load_file_hosts()
        self._files = crawler.settings.getint("OIT_OFFSITE_FILES")
        self._bytes = crawler.settings.getint("OIT_OFFSITE_MB") << 20

    def follow(self, link: Link, way: Provenance, page: Resource, points: int) -> None:
        """Keep in mind a link from the site's content that leaves the site, is likely to be evidence, and leads to a
        known store."""
        spider = self._spider
        if link.zone is Zone.FOOTER or link.url in spider.frontier or not spider.scorer.likely(points, page):
            return
        place = self._stores.recognise(link.url)
        if place is None:
            return
        if place.direct:
            spider.frontier.push(link.url, way, points)
        elif self._notes > 0:
            self._notes -= 1
            spider.frontier.mark(link.url)
            spider.keep(left_outside(resource_not_requested(link.url, way), place.why), None, way)

    def turned(self, request: Request) -> Request | None:
        """A request as it is to be sent: for a store, to the address of the bytes. None if the budget is used up; the
        link is kept with that reason."""
        place = None if self._spider.inside(request.url) else self._stores.recognise(request.url)
        if place is None or not place.direct:
            return request
        way: Provenance = request.meta["way"]
        if not self._take():
            self._spider.keep(
                left_outside(resource_not_requested(request.url, way), FetchOutcome.BUDGET.value), None, way
            )
            return None
        return request.replace(url=place.direct, meta={**request.meta, "place": place, "link": request.url})

    def concerns(self, response: Response, resource: Resource) -> bool:
        """Whether an answer came from outside the site."""
        return "place" in response.meta or (
            resource.outcome is FetchOutcome.OK and not self._spider.inside(response.url)
        )

    async def take(self, response: Response, resource: Resource, way: Provenance) -> None:
        """Keep what a file host answered, or why that is not the evidence; nothing is followed from there."""
        place: FileHostLink | None = response.meta.get("place")
        if resource.outcome is FetchOutcome.OK and (place is None or place.shape == "short"):
            # The site itself, or a short address, leads on to a store: one more hop to the bytes.
            place = self._stores.recognise(response.url)
            if place is not None and place.direct and place.shape != "short" and self._take():
                try:
                    response = await self._ask(place.direct)
                except Exception as error:  # every cause is named, none ends the crawl
                    self._left(replace(resource, outcome=outcome_from_exception(error)[0]), way)
                    return
                resource = replace(resource_from_response(response, way, ""), url=resource.url)
        if resource.outcome is not FetchOutcome.OK:
            self._left(resource, way)
            return
        self._bytes -= len(response.body)
        why = "unknown" if place is None else place.why
        if place is not None and not why and response.status != 304:
            why = refusal(place, response.url, response.body, resource.content_type)
        if why:
            self._spider.keep(left_outside(resource, why), None, way)
            return
        parcel, resource = await self._spider.read(response, resource)
        resource, packed = read_outside(resource, parcel)
        self._spider.keep(resource, packed, way)

    def failed(self, request: Request, resource: Resource, way: Provenance) -> bool:
        """Keep a failure, if it is one of a store; whether it was."""
        if "place" not in request.meta:
            return False
        self._left(resource, way)
        return True

    def _left(self, resource: Resource, way: Provenance) -> None:
        if resource.outcome in TRANSIENT and not way.is_retry:
            self._spider.later.append((resource.url, way))
        self._spider.keep(left_outside(resource), None, way)

    async def _ask(self, url: str) -> Response:
        engine = self._spider.crawler.engine
        assert engine is not None
        return await engine.download_async(Request(url, dont_filter=True))

    def _take(self) -> bool:
        if self._files <= 0 or self._bytes <= 0:
            return False
        self._files -= 1
        return True
