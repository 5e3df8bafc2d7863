"""What comes from a page is bounded before it is taken, by whatever road it comes."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
from types import SimpleNamespace
from typing import Any

import pytest
from playwright._impl.connection import Connection
from playwright._impl.out_of_process import PlaywrightClient
from playwright._impl.transport import PipeTransport

from core.models.snapshot import RenderFailure
from crawler.rendering.browser import BrowserRequest, BrowserResponse, RenderedPage, Renderer, find_browser
from crawler.rendering.driver import BoundedReader, BrowserDriver
from tests.paths import PROJECT

TEXT = "<p>" + "หน่วยงานเผยแพร่ข้อมูล " * 12 + "</p>"


class Process:
    """A driver that says so much."""

    def __init__(self, said: bytes) -> None:
        self.stdout = asyncio.StreamReader()
        self.stdout.feed_data(said)
        self.stdout.feed_eof()
        self.returncode: int | None = None

    def kill(self) -> None:
        self.returncode = -9


def message(size: int) -> bytes:
    return size.to_bytes(4, "little") + b"x" * size


async def heard(reader: BoundedReader, count: int) -> list[int]:
    """The lengths of so many messages, read as Playwright does."""
    found = []
    for _ in range(count):
        left = length = int.from_bytes(await reader.readexactly(4), "little")
        while left:
            left -= len(await reader.readexactly(min(left, 10)))
        found.append(length)
    return found


def test_a_message_that_is_too_long_is_not_read_but_ends_the_driver() -> None:
    async def run() -> None:
        process = Process(message(4) + message(14) + message(0) + message(100) + message(101))
        reader = BoundedReader(process, 100, 10_000)
        assert await heard(reader, 4) == [4, 14, 0, 100]
        assert process.returncode is None
        with pytest.raises(asyncio.IncompleteReadError):
            await heard(reader, 1)
        assert process.returncode == -9
        assert await reader.read() == b""

    asyncio.run(run())


def test_many_short_messages_have_one_allowance_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rendering.driver.SHARE", 300)

    async def run() -> None:
        process = Process(message(96) * 30)
        reader = BoundedReader(process, 100, 1000)
        await heard(reader, 10)
        reader.renew(is_alone=False)
        await heard(reader, 3)
        reader.renew(is_alone=True)
        await heard(reader, 10)
        assert process.returncode is None
        with pytest.raises(asyncio.IncompleteReadError):
            await heard(reader, 1)
        assert process.returncode == -9

    asyncio.run(run())


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (PlaywrightClient, "_run", ["self", "connection"]),
        (PipeTransport, "connect", ["self"]),
        (PipeTransport, "run", ["self"]),
        (Connection, "dispatch", ["self", "message"]),
    ],
)
def test_private_names_that_are_taken_are_as_they_were(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters, f"{owner.__name__}.{name} changed"


def test_the_driver_is_read_by_a_name_that_is_looked_up_for_each_message() -> None:
    assert "self._proc.stdout.readexactly" in inspect.getsource(PipeTransport.run)
    users = [path.name for path in (PROJECT / "crawler").rglob("*.py") if "playwright._impl" in path.read_text("utf-8")]
    assert users == ["driver.py"]


@pytest.mark.timeout(120)
@pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
def test_what_browser_and_driver_keep_on_the_disk_goes_with_them_although_they_are_killed() -> None:
    """A page that fills the driver has it killed; nobody else removes the browser's profile then."""

    async def run() -> tuple[list[str], bool, str | None]:
        driver = await BrowserDriver.start()
        try:
            browser = await driver.playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            await browser.new_page()
            kept = sorted(each.name.partition("-")[0] for each in driver.folder.iterdir())
            os.kill(driver.pid, signal.SIGKILL)
        finally:
            await driver.stop()
            for _ in range(5):  # the browser ends a moment after its driver
                if driver.folder.exists():
                    await asyncio.to_thread(driver.clean)
        return kept, driver.folder.exists(), os.environ.get("TMPDIR")

    before = os.environ.get("TMPDIR")
    kept, left, after = asyncio.run(run())
    assert "playwright_chromiumdev_profile" in kept
    assert not left
    assert after == before


PAGES = {
    "our object is another": """<button aria-expanded=false>ก</button><script>const long = 'x'.repeat(1e8);
        Object.defineProperty(window, '__oit', {value: {step: () => long, hover: () => long, finish() {}, leads() {},
            changed: () => ({replaced: long, opened: [long, long]})}})</script>""",
    "names of the language are others": """<script>const long = 'x'.repeat(1e8);
        console.log(long); window.eval = () => long;
        Promise.prototype.then = take => take(long); Array.prototype.map = () => [long];
        String.prototype.slice = () => long; JSON.stringify = () => long</script>""",
    "addresses without end": """<script>setInterval(() => { for (let i = 0; i < 30; i++)
        fetch('/' + Math.random() + 'x'.repeat(1.9e6)).catch(() => 0) }, 50)</script>""",
}


@pytest.mark.timeout(200)
@pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
def test_what_a_page_sends_costs_the_process_of_all_agencies_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quiet page beside each of them is drawn. One of them alone took 460 MB."""
    taken: dict[str, float] = {}
    beside: list[RenderedPage | RenderFailure] = []
    largest = SimpleNamespace(bytes=0)
    read = BoundedReader.readexactly

    async def look(self: BoundedReader, size: int) -> bytes:
        largest.bytes = max(largest.bytes, self._taken + self._left)
        return await read(self, size)

    async def refuse(asked: BrowserRequest) -> BrowserResponse | None:
        return None

    async def run() -> None:
        renderer = Renderer(find_browser(), 5.0, "oit/test")

        async def draw(agency: str, body: str) -> Any:
            html = f"<!doctype html><html><body>{TEXT}{body}".encode()
            kind = "text/html; charset=utf-8"
            return await renderer.render(f"http://{agency}.go.th/", html, kind, refuse, agency=agency)

        for name, body in PAGES.items():
            largest.bytes = 0
            _, quiet = await asyncio.gather(draw("bad", body), draw("quiet", "<p>ก</p>"))
            beside.append(quiet)
            taken[name] = largest.bytes / (1 << 20)
        await renderer.close()

    monkeypatch.setattr(BoundedReader, "readexactly", look)
    asyncio.run(run())
    # Whether it came to rest in its time is for the machine to say.
    assert [isinstance(page, RenderedPage) for page in beside] == [True] * len(PAGES)
    assert {name: size for name, size in taken.items() if size > 162} == {}
    assert taken["our object is another"] < 1
    assert taken["names of the language are others"] < 1
