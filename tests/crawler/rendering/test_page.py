"""What one page may ask of the process of all agencies."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.rendering.page import (
    _ADDRESS,
    _DOCUMENTS,
    _FLOOD,
    BrowserRequest,
    BrowserResponse,
    PageLoad,
    answer,
    render_page,
)
from crawler.rendering.view import MAX_HTML, PageView, ViewError


class Route:
    """A request of a page, and what it was told."""

    def __init__(self, url: str, kind: str = "fetch") -> None:
        self.told: list[str] = []
        self.request: Any = SimpleNamespace(
            url=url, resource_type=kind, method="GET", headers={}, post_data_buffer=None, is_navigation_request=bool
        )

    async def abort(self, why: str) -> None:
        self.told.append(why)

    async def fulfill(self, **_: object) -> None:
        self.told.append("answered")


def load() -> PageLoad:
    async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
        return BrowserResponse(200, {}, b"x")

    return PageLoad("https://a.go.th/", b"", "text/html", fetch, frozenset({"a.go.th"}))


def ask(visit: PageLoad, *routes: Route) -> None:
    async def run() -> None:
        for route in routes:
            await answer(route, visit)

    asyncio.run(run())


def test_a_page_that_asks_without_end_is_flooding_and_is_answered_no_more() -> None:
    visit = load()
    first, last = Route("https://a.go.th/1"), Route("https://a.go.th/2")
    ask(visit, first, *(Route(f"https://a.go.th/{n}.png", "image") for n in range(_FLOOD - 1)))
    assert first.told == ["answered"]
    assert not visit.is_flooding
    ask(visit, last)
    assert visit.is_flooding
    assert last.told == ["blockedbyclient"]


def test_addresses_without_end_are_not_kept() -> None:
    visit = load()
    long = Route("https://a.go.th/" + "a" * _ADDRESS)
    ask(visit, long)
    assert long.told == ["blockedbyclient"]
    assert not visit.known
    ask(visit, *(Route(f"https://a.go.th/{n}.pdf") for n in range(_DOCUMENTS + 5)))
    assert len(visit.documents) == _DOCUMENTS


@pytest.mark.parametrize(
    ("name", "told"), [("oit.csv", "answered"), ("oit.xlsx", "answered"), ("o1.pdf", "blockedbyclient")]
)
def test_a_script_gets_the_table_that_it_writes_a_list_from(name: str, told: str) -> None:
    visit = load()
    script, shown = Route(f"https://a.go.th/{name}"), Route(f"https://a.go.th/{name}", "document")
    ask(visit, script, shown)
    assert (script.told, shown.told) == ([told], ["blockedbyclient"])
    assert f"https://a.go.th/{name}" in visit.documents


def test_a_page_is_at_work_until_it_has_what_it_asked_for() -> None:
    """On a busy machine the browser takes seconds to hand it over; the page is not at rest meanwhile."""
    visit, open_then = load(), []

    class Slow(Route):
        async def fulfill(self, **_: object) -> None:
            open_then.append(visit.open)

    ask(visit, Slow("https://a.go.th/1"), Slow("https://a.go.th/1"))
    assert (open_then, visit.open) == ([1, 1], 0)


def test_answers_to_clicks_are_taken_up_to_a_bound_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rendering.page.MAX_HTML", 50)
    visit = load()

    async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
        return BrowserResponse(200, {}, b"x" * 30)

    visit.fetch = fetch
    for n in range(3):
        visit.clicked.post(BrowserRequest("POST", "https://a.go.th/", {}, b"%d" % n))
    drawn = asyncio.run(render_page(Quiet(), visit, 9.0))
    assert [len(state.html) for state in drawn.states] == [30, 20]
    assert not drawn.settled


@pytest.mark.parametrize(
    ("body", "kind", "saved", "is_file"),
    [
        (b"%PDF-1.4 x", "application/octet-stream", "", True),
        (b"PK\x03\x04xxxx", "text/html; charset=utf-8", "", True),
        (b"a,b\n1,2", "application/vnd.ms-excel", "attachment; filename=o12.xls", True),
        ("<table><tr><td>ข้อ".encode(), "text/html", "", False),
        ("รายการที่สอง".encode(), "text/plain", "", False),
    ],
)
def test_a_file_that_comes_for_a_click_is_no_page(body: bytes, kind: str, saved: str, is_file: bool) -> None:
    visit = load()

    async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
        return BrowserResponse(200, {"Content-Type": kind, "Content-Disposition": saved}, body)

    visit.fetch = fetch
    visit.clicked.post(BrowserRequest("POST", "https://a.go.th/", {}, b"1"))
    (state,) = asyncio.run(render_page(Quiet(), visit, 9.0)).states
    assert (bool(state.file), bool(state.html)) == (is_file, not is_file)
    assert (state.file, state.content_type) == ((body, kind) if is_file else (b"", ""))


def test_files_are_taken_beyond_the_pages_of_a_list_and_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def files(count: int) -> tuple[int, bool]:
        visit = load()

        async def fetch(asked: BrowserRequest) -> BrowserResponse | None:
            return BrowserResponse(200, {}, b"%PDF-1.4 " + asked.body * 10)

        visit.fetch = fetch
        for n in range(count):
            visit.clicked.post(BrowserRequest("POST", "https://a.go.th/", {}, b"%d" % n))
        drawn = asyncio.run(render_page(Quiet(), visit, 9.0))
        return len(drawn.states), drawn.exhausted

    assert files(30) == (30, False)
    monkeypatch.setattr("crawler.rendering.page._BYTES", 100)
    assert files(30) == (6, True)


class Quiet(PageView):
    """A page at rest, without anything to click."""

    def __init__(self) -> None:
        super().__init__(None, None)

    async def goto(self, url: str, seconds: float) -> None:
        """Nothing to wait for."""

    async def number(self, function: str) -> int:
        return 1000

    async def content(self, most: int = MAX_HTML) -> tuple[str, bool]:
        return "<p>คำ</p>", True


class Busy(PageView):
    """A page that answers so many questions, and is at work when it is asked again."""

    def __init__(self, answers: int) -> None:
        super().__init__(None, None)
        self.answers = answers

    async def goto(self, url: str, seconds: float) -> None:
        """Nothing to wait for."""

    async def number(self, function: str) -> int:
        self.answers -= 1
        if self.answers < 0:
            await asyncio.sleep(60)
        return self.answers

    async def content(self, most: int = MAX_HTML) -> tuple[str, bool]:
        return "<p>คำ</p>", True


def test_a_page_at_work_when_its_time_is_up_is_taken_as_it_is_and_a_stuck_one_is_not() -> None:
    at_work = asyncio.run(render_page(Busy(1), load(), 0.6))
    assert (at_work.html, at_work.settled) == ("<p>คำ</p>", False)
    with pytest.raises(TimeoutError):
        asyncio.run(render_page(Busy(0), load(), 0.6))


class Closed(Quiet):
    """The same page, whose click does what it does in the browser, or fails."""

    def __init__(self, *, fails: bool) -> None:
        super().__init__()
        self.fails = fails

    async def run(self, function: str, *arguments: object) -> None:
        """Nothing to prepare."""

    async def hover(self) -> bool:
        return False

    async def step(self) -> str | None:
        if self.fails:
            raise ViewError("no click")
        return None


@pytest.mark.parametrize("fails", [True, False])
def test_a_page_whose_clicks_failed_is_not_read_whole(fails: bool) -> None:
    drawn = asyncio.run(render_page(Closed(fails=fails), load(), 9.0))
    assert drawn.html == "<p>คำ</p>"
    assert drawn.settled is not fails
