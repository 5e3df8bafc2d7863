"""Writes what passes between the crawler and a site to the archive of the night."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class ArchiveMiddleware:
    """Hands every answer to the agency's archive, next to the network: robots.txt, redirects and what a page's
    scripts ask for too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Made by Scrapy; only with a folder for archives."""
        if not crawler.settings["OIT_WARC"]:
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the answer before anybody uses it: what is not in the archive is not in the store either."""
        site = site_of(self._crawler)
        archive = site.archive if site is not None else None
        if archive is not None:
            await asyncio.to_thread(archive.response, request, response)
        return response
