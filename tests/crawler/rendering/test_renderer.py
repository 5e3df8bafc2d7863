"""What the pages of an agency may cost of the browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from scrapy.settings import Settings

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, RenderFailure, Resource, ResourceKind
from core.storage.store import Store
from crawler.reading_tasks import ReadResult, result_of
from crawler.rendering.browser import RenderedPage, Renderer
from crawler.rendering.clicks import OpenedState
from crawler.rendering.renderer import PageRenderer, Rendering
from documents import read_document
from documents.base import RENDERED_HTML, ReadLimits
from documents.html.forms import OPENED, STATE

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


def test_the_pages_of_a_postback_list_lead_nowhere_but_to_each_other(tmp_path: Path) -> None:
    """The second page's link to the first was clicked, and its number is not one that nobody opened."""

    def listing(own: int, other: int) -> str:
        sent = f"javascript:__doPostBack('gv','Page${other}')"
        return (
            f"<p>รายการหน้าที่ {own} ของสำนักงาน</p><a href='/o{own}.html'>O{own}</a>"
            f'<a href="{sent}" {OPENED}="1" {STATE}="{own}">{other}</a>'
        )

    async def render(*_: object, **__: object) -> RenderedPage:
        states = (OpenedState("2", listing(2, 1), 1), OpenedState("1", listing(1, 2), 2))
        return RenderedPage(listing(1, 2), True, (), states)

    async def read(body: bytes, resource: Resource) -> ReadResult:
        found = read_document(body, resource.final_url, RENDERED_HTML, "", ReadLimits(), None)
        return result_of(found, resource.final_url)

    store = Store(tmp_path)
    renderer = PageRenderer(cast(Renderer, SimpleNamespace(render=render)), store)
    site = SimpleNamespace(agency=Agency("a", "a", "http://a.test/"), archive=None, hosts=())
    settings = Settings({**BUDGET, "OIT_RENDER_PAGES": 5, "OIT_RENDER_SECONDS": 60.0})
    renderer.use(SimpleNamespace(settings=settings, spider=SimpleNamespace(site=site)))
    resource = Resource("http://a.test/oit", FetchOutcome.OK, "http://a.test/oit", sha256=store.add_body(b"<p>"))
    drawn = asyncio.run(renderer.read(resource, ("a.test",), read))
    assert isinstance(drawn, Rendering)
    assert [[link.label for link in one.reading.links] for one, _ in drawn.further] == [["O2"], ["O1"]]
    store.close()


def test_a_file_that_a_click_gave_is_read_as_what_it_is_and_remembered(tmp_path: Path) -> None:
    async def render(*_: object, **__: object) -> RenderedPage:
        return RenderedPage("<p>คำ", True, (), (OpenedState("O12 รายงาน", "", 1, b"a;b\n1;2", "text/csv"),))

    async def read(body: bytes, resource: Resource) -> ReadResult:
        found = read_document(body, resource.final_url, resource.content_type, "", ReadLimits(), None)
        return result_of(found, resource.final_url)

    store = Store(tmp_path)
    site = SimpleNamespace(agency=Agency("a", "a", "http://a.test/"), archive=None, hosts=())
    resource = Resource("http://a.test/oit", FetchOutcome.OK, "http://a.test/oit", sha256=store.add_body(b"<p>"))
    for renders in (render, None):
        renderer = PageRenderer(cast(Renderer, SimpleNamespace(render=renders)), store)
        settings = Settings({**BUDGET, "OIT_RENDER_PAGES": 5, "OIT_RENDER_SECONDS": 60.0})
        renderer.use(SimpleNamespace(settings=settings, spider=SimpleNamespace(site=site)))
        drawn = asyncio.run(renderer.read(resource, ("a.test",), read))
        assert isinstance(drawn, Rendering)
        ((found, kept),) = drawn.further
        assert (found.reading.kind, kept.label, kept.detail) == (ResourceKind.DOCUMENT, "O12 รายงาน", "")
        assert store.body(kept.sha256) == b"a;b\n1;2"
    store.close()
