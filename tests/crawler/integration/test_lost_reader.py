"""A page whose reader this machine could not start is asked for again, and told of the machine."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse

from core.errors import RunError
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome
from crawler.items import ResourceItem
from crawler.site_crawl import may_heal
from crawler.spiders.agency import AgencySpider


def test_what_no_reader_could_be_started_for_is_recorded_as_ours(tmp_path: Path) -> None:
    async def fail(*_: Any) -> Any:
        raise RunError("no reader can be started")

    url = "https://a.go.th/"
    spider: Any = AgencySpider.__new__(AgencySpider)
    spider.site = SimpleNamespace(
        agency=Agency("a", "ก", url), hosts=set(), is_stopping=lambda: False, reading_now=0, has_unread_pages=False
    )
    spider._tls_problem = ""
    spider._reader = SimpleNamespace(read=fail)

    async def crawl() -> list[Any]:
        return [each async for each in spider.parse(HtmlResponse(url, body=b"<p>x", request=Request(url)))]

    (item,) = asyncio.run(crawl())
    assert isinstance(item, ResourceItem)
    assert item.resource.outcome is FetchOutcome.MACHINE
    assert item.resource.detail == "RunError: no reader can be started"
    assert may_heal(item.resource.outcome, item.provenance)
    assert spider.site.reading_now == 0
