"""What the pages of an agency may cost of the browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

from scrapy.settings import Settings

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, RenderFailure, Resource
from core.storage.store import Store
from crawler.reading_tasks import ReadResult
from crawler.rendering.browser import Renderer
from crawler.rendering.renderer import PageRenderer, Rendering

BUDGET = {"OIT_SECOND_LOOKS": 1, "OIT_RENDER_PAGES": 1, "OIT_RENDER_SECONDS": 10}


async def _nobody(_body: bytes, _resource: Resource) -> ReadResult:
    raise AssertionError("nothing was rendered")


def test_a_machine_without_a_browser_never_says_that_the_budget_was_used_up(tmp_path: Path) -> None:
    """Its administrator is sent to install one, from the first page to the last."""
    store = Store(tmp_path)
    renderer = PageRenderer(Renderer("", 1.0, "oit"), store)
    spider = SimpleNamespace(site=SimpleNamespace(agency=Agency("a", "a", "http://a.test/")))
    renderer.use(SimpleNamespace(settings=Settings(BUDGET), spider=spider))
    resource = Resource("http://a.test/", FetchOutcome.OK, "http://a.test/", sha256=store.add_body(b"<p>"))

    async def read() -> list[Rendering | RenderFailure]:
        return [await renderer.read(resource, (), _nobody) for _ in range(3)]

    assert asyncio.run(read()) == [RenderFailure.NO_BROWSER] * 3
    store.close()
