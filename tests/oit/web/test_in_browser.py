"""The pages in a real browser: on a phone, by keyboard alone, without scripts."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.rendering.browser import find_browser
from oit.web.serving import Listening, WebServer
from oit.web.site import WebOptions
from tests.oit.web.conftest import PASSWORD, Province

pytestmark = pytest.mark.browser


@pytest.fixture
def address(small: Province) -> Iterator[str]:
    """The small province, served."""
    server = WebServer(WebOptions(small.settings, fixed_date=True), Listening(port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Any]:
    """A page of 390 pixels' width without scripts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
        yield context.new_page()
        browser.close()


def picture(page: Any, folder: Path, name: str) -> None:
    """Keep what the page looks like, for somebody to look at."""
    page.screenshot(path=str(Path(os.environ.get("OIT_SCREENSHOTS", folder)) / f"{name}.png"), full_page=True)


def test_a_secretary_decides_on_a_phone_by_keyboard_alone(address: str, phone: Any, tmp_path: Path) -> None:
    phone.goto(f"{address}/login?next=/review")
    phone.focus("input[name=name]")
    phone.keyboard.type("สมศรี")
    phone.keyboard.press("Tab")
    phone.keyboard.type(PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/review")
    picture(phone, tmp_path, "review")
    phone.focus("a.button")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/agency/land/O2?queue=1")
    picture(phone, tmp_path, "item")
    phone.focus("select[name=element]")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.type("เห็นที่หน้า 3")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/review")
    assert "ไม่มีข้อที่รอพิจารณา" in phone.content()


@pytest.mark.parametrize("path", ["/", "/agency/land", "/agency/land/O2", "/rows", "/check", "/due", "/changes"])
def test_no_page_is_wider_than_a_phone(address: str, phone: Any, tmp_path: Path, path: str) -> None:
    phone.goto(address + path)
    picture(phone, tmp_path, path.strip("/").replace("/", "-") or "front")
    box = phone.locator("html").bounding_box()
    assert phone.locator("main").bounding_box()["width"] <= 390
    assert box["width"] <= 390


def test_the_first_tab_leads_past_the_menu(address: str, phone: Any) -> None:
    phone.goto(address)
    phone.keyboard.press("Tab")
    assert phone.locator("a.skip:focus").count() == 1
