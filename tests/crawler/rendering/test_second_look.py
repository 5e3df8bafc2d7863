"""The second look: pages of the disclosure part are rendered once before anything on them is called missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.models.snapshot import FetchOutcome, ReadState, StopReason
from crawler.rendering.browser import find_browser
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve

pytestmark = pytest.mark.timeout(180)
needs_browser = pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
SCRIPT = "text/javascript; charset=utf-8"
TEXT = "<p>" + "ยินดีต้อนรับสู่เว็บไซต์ " * 12 + "</p>"
HIDDEN = page("<h1>O13</h1><p>หลักฐาน</p>")


@dataclass(frozen=True)
class CountedBrowser:
    """The browser behind a script that writes down each start."""

    path: Path

    def starts(self) -> int:
        log = self.path.with_suffix(".log")
        return len(log.read_text().splitlines()) if log.exists() else 0


@pytest.fixture
def counted(tmp_path: Path) -> CountedBrowser:
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho started >> "{script}.log"\nexec "{find_browser()}" "$@"\n')
    script.chmod(0o755)
    return CountedBrowser(script)


@needs_browser
def test_a_menu_from_an_external_script_is_found_and_an_unchanged_night_needs_no_browser(
    tmp_path: Path, counted: CountedBrowser
) -> None:
    menu = Answer(b"document.write('<ul><li><a href=/o13.html>O13</a></li></ul>')", kind=SCRIPT, etag='"1"')
    home = page(f"<h1>หน่วยงาน</h1><script src=/menu.js></script>{TEXT}")
    with serve({"/": home, "/menu.js": menu, "/o13.html": HIDDEN}) as site:
        first, _ = go(tmp_path, site.url, OIT_BROWSER=str(counted.path))
        rendered = counted.starts()
        second, _ = go(tmp_path, site.url, OIT_BROWSER=str(counted.path))
        unchanged = counted.starts() - rendered
        site.answers["/menu.js"] = Answer(menu.body.replace(b"o13", b"o14"), kind=SCRIPT, etag='"2"')
        site.answers["/o14.html"] = HIDDEN
        third, _ = go(tmp_path, site.url, OIT_BROWSER=str(counted.path))
        changed = counted.starts() - rendered - unchanged
    assert (rendered, unchanged, changed) == (1, 0, 1)
    assert all("/o13.html" in by_path(snapshot, site) for snapshot in (first, second))
    assert "/o14.html" in by_path(third, site)
    assert first.complete


@needs_browser
def test_a_page_that_scripts_leave_as_it_is_stays_as_it_was_sent(tmp_path: Path, counted: CountedBrowser) -> None:
    clock = "<span id=c></span><script>document.getElementById('c').innerText = new Date()</script>"
    home = page(f"<h1>หน่วยงาน</h1><a href=/oit.html>OIT</a>{TEXT}{clock}")
    with serve({"/": home, "/oit.html": page(f"<h1>OIT</h1>{TEXT}")}) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_BROWSER=str(counted.path))
        go(tmp_path, site.url, OIT_BROWSER=str(counted.path))
        found = by_path(snapshot, site)
    assert counted.starts() == 1
    assert found["/"].detail == ""
    assert snapshot.complete


def test_a_page_without_scripts_needs_no_browser(tmp_path: Path) -> None:
    with serve({"/": page(f"<h1>หน่วยงาน</h1><a href=/oit.html>OIT</a>{TEXT}"), "/oit.html": HIDDEN}) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_BROWSER="")
    assert snapshot.complete


def test_without_a_browser_a_site_with_scripts_is_not_known_to_be_read(tmp_path: Path) -> None:
    home = page(f"<h1>หน่วยงาน</h1><script src=/menu.js></script>{TEXT}")
    with serve({"/": home, "/menu.js": Answer(b"1", kind=SCRIPT)}) as site:
        snapshot, _ = go(tmp_path, site.url, OIT_BROWSER="")
        found = by_path(snapshot, site)
    assert (snapshot.complete, snapshot.stopped_by) == (False, StopReason.SCRIPTS)
    assert (found["/"].read_state, found["/"].detail) == (ReadState.PARTIAL, "no-browser")


@needs_browser
def test_what_a_click_posts_for_is_a_page_that_is_followed(tmp_path: Path) -> None:
    form = """<form method=post action=/oit.html><select name=y onchange=form.submit()><option>2567<option>2566</select>
        </form>"""
    listing = page(f"<h1>OIT</h1>{TEXT}{form}")
    home = page(f"<a href=/oit.html>OIT การเปิดเผยข้อมูลสาธารณะ</a>{TEXT}")
    posted = page(f"<h1>2566</h1><a href=/o13.html>O13</a>{TEXT}{form}")
    with serve({"/": home, "/oit.html": listing, "POST /oit.html": posted, "/o13.html": HIDDEN}) as site:
        snapshot, _ = go(tmp_path, site.url)
        found = by_path(snapshot, site)
    further = [r for r in snapshot.resources if r.label == "2566"]
    assert [(r.outcome, r.found_via[-1]) for r in further] == [(FetchOutcome.OK, found["/oit.html"].url)]
    assert found["/o13.html"].outcome is FetchOutcome.OK
    assert any(link.url == further[0].url and link.label == "2566" for link in found["/oit.html"].links)
