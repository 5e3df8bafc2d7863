"""robots.txt, with two things that Scrapy's own middleware does not do.

The owner of a site can ask for the check although its robots.txt forbids robots: that holds on the site's hosts, and
nowhere else. And every request waits for robots.txt: of several that come while it is being fetched, Scrapy's
middleware lets all but one pass unjudged (they wait on one Deferred, whose result the first of them takes away).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from core.models.snapshot import FetchOutcome
from crawler.failures import RefusedError
from crawler.site_crawl import site_of

if TYPE_CHECKING:
    from scrapy import Request


class RobotsMiddleware(RobotsTxtMiddleware):
    """Stops what robots.txt forbids, unless the site's owner allows it."""

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Raise RefusedError for what is forbidden."""
        if self._owner_allows(request):
            return
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            raise RefusedError(FetchOutcome.ROBOTS, "robots.txt") from error

    async def robot_parser(self, request: Request) -> Any:
        """The rules of the request's host; None if there are none to be had."""
        asking: dict[str, asyncio.Future[Any]] = self.__dict__.setdefault("_asking", {})
        host = urlsplit(request.url).netloc
        if host not in asking:
            asking[host] = asyncio.ensure_future(super().robot_parser(request))
        return await asyncio.shield(asking[host])

    def _owner_allows(self, request: Request) -> bool:
        site = site_of(self.crawler)
        return site is not None and site.agency.ignore_robots and site.is_inside(request.url)
