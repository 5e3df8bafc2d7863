"""Evidence outside the site: which links leave it for a known public store, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.exceptions import NotConfigured

from core.models.snapshot import FetchOutcome, OffsiteReason
from crawler.failures import RefusedError
from crawler.items import ResourceItem
from crawler.offsite.stores import FileHostLink, FileHosts, leave_outside, load_file_hosts, refusal
from crawler.responses import header, resource_not_requested
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from crawler.frontier import Provenance

_NOTES = 400
"""Links that are noted without being requested; a page of a thousand videos must not fill the store."""
_HOPS = 2
"""A short address leads to a store, and that to its bytes."""


class OffsiteLinksMiddleware:
    """Spider middleware: of the requests that leave the site only those to a known store go on. What a store does not
    give to machines is noted with the reason."""

    def __init__(self, site: SiteCrawl, file_hosts: FileHosts) -> None:
        self._site = site
        self._file_hosts = file_hosts
        self._notes = _NOTES

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        return cls(_site(crawler), _table(crawler.settings))

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Judge the requests that a page gave."""
        async for output in result:
            if not isinstance(output, Request) or self._is_ours(output):
                yield output
            elif (item_or_request := self._judge(output)) is not None:
                yield item_or_request

    def _is_ours(self, request: Request) -> bool:
        return "provenance" not in request.meta or self._site.is_inside(request.url)

    def _judge(self, request: Request) -> Request | ResourceItem | None:
        place = self._file_hosts.recognise(request.url)
        if place is None:
            return None
        if place.direct:
            return request
        if self._notes <= 0 or request.url in self._site.frontier:
            return None
        self._notes -= 1
        self._site.frontier.mark(request.url)
        provenance: Provenance = request.meta["provenance"]
        resource = leave_outside(resource_not_requested(request.url, provenance), place.why)
        return ResourceItem.from_resource(resource, None, provenance)


class OffsiteDownloadsMiddleware:
    """Downloader middleware: requests to a store go to the address of the bytes, within a budget per agency and
    night. Nothing is followed from there."""

    def __init__(self, site: SiteCrawl, file_hosts: FileHosts, files: int, size: int) -> None:
        self._site = site
        self._file_hosts = file_hosts
        self._files = files
        self._bytes = size

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; only for this project's spider."""
        settings = crawler.settings
        megabytes = settings.getint("OIT_OFFSITE_MB")
        return cls(_site(crawler), _table(settings), settings.getint("OIT_OFFSITE_FILES"), megabytes << 20)

    def process_request(self, request: Request) -> Request | None:
        """Turn a link to a store into the address of its bytes. Raises RefusedError when the budget is used up."""
        meta = request.meta
        if "provenance" not in meta or "place" in meta or self._site.is_inside(request.url):
            return None
        place = self._file_hosts.recognise(request.url)
        if place is None or not place.direct:
            return None
        return self._to_bytes(request, place, _first_url(request))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Follow a redirect into a store to the bytes; say why an answer is not the evidence."""
        if not self._concerns(request, response):
            return response
        place: FileHostLink | None = request.meta.get("place")
        if place is None or place.shape == "short":
            # The site itself, or a short address, leads on to a store: one more hop to the bytes.
            place = self._file_hosts.recognise(response.url)
            link = _first_url(request)
            if place is not None and place.direct and place.shape != "short" and self._has_hops(request):
                return self._to_bytes(request, place, link)
            request.meta["link"] = link
        self._bytes -= len(response.body)
        why: OffsiteReason | FetchOutcome | None = OffsiteReason.UNKNOWN if place is None else place.why
        if place is not None and not why and response.status != 304:
            why = refusal(place, response.url, response.body, header(response, "Content-Type"))
        request.meta["outside"] = why
        return response

    def _concerns(self, request: Request, response: Response) -> bool:
        if "provenance" not in request.meta or not (200 <= response.status < 300 or response.status == 304):
            return False
        return "place" in request.meta or not self._site.is_inside(response.url)

    def _has_hops(self, request: Request) -> bool:
        return int(request.meta.get("hops", 0)) < _HOPS

    def _to_bytes(self, request: Request, place: FileHostLink, link: str) -> Request:
        if self._files <= 0 or self._bytes <= 0:
            request.meta.update(place=place, link=link)
            raise RefusedError(FetchOutcome.BUDGET)
        self._files -= 1
        hops = int(request.meta.get("hops", 0)) + 1
        meta = {**request.meta, "place": place, "link": link, "hops": hops}
        meta.pop("redirect_urls", None)
        return request.replace(url=place.direct, meta=meta)


def _first_url(request: Request) -> str:
    if "link" in request.meta:
        return str(request.meta["link"])
    return str((request.meta.get("redirect_urls") or [request.url])[0])


def _site(crawler: Crawler) -> SiteCrawl:
    site = site_of(crawler)
    if site is None:
        raise NotConfigured
    return site


def _table(settings: BaseSettings) -> FileHosts:
    table = settings["OIT_OFFSITE_TABLE"]
    return load_file_hosts(Path(table)) if table else load_file_hosts()
