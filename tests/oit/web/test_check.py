"""A document is checked before it is published: read in its own process, told to its owner, and not kept."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from core.models.snapshot import Reading, ReadNote, ReadState, ResourceKind
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from oit.web.documents import CheckDesk
from tests.oit.web.conftest import Browser

PAGE = "<html><body><h1>รายงานผลการดำเนินงานประจำปี</h1><p>{}</p></body></html>"


def hand_in(browser: Browser, body: bytes, name: str = "รายงาน.html", **fields: str) -> Any:
    """Send a document."""
    given = {"edition": "2565", "item": "O2", "kind": "provincial", **fields}
    return browser.post("/check", "/check", file=(io.BytesIO(body), name), **given)


def result_of(browser: Browser, address: str) -> str:
    """The page once the document is read."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page = browser.get(address)
        if "refresh" not in page:
            return page
        time.sleep(0.2)
    raise AssertionError("not read in time")


def test_a_document_is_judged_and_shown_to_its_owner_alone(
    browser: Browser, open_browser: Callable[..., Browser]
) -> None:
    answer = hand_in(browser, PAGE.format("ผลการดำเนินงาน ปีงบประมาณ 2565").encode())
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = result_of(browser, address)
    assert "รายงาน.html" in page
    assert "ครบถ้วน เผยแพร่ได้" in page
    stranger = Browser(browser.client.application.test_client())
    assert stranger.client.get(address).status_code == 404
    assert browser.post("/check", f"{address}/cancel").status_code == 303
    assert browser.client.get(address).status_code == 404


def test_what_is_missing_is_named_and_the_text_is_inert(browser: Browser) -> None:
    body = PAGE.format("<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>").encode()
    answer = hand_in(browser, body, name='"><img src=x>.html')
    page = result_of(browser, answer.headers["Location"])
    assert "ผลการดำเนินงาน" in page
    assert "เผยแพร่ได้" not in page
    assert "<script" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("fields", "body", "words"),
    [
        ({}, b"", "เลือกไฟล์"),
        ({"item": "O99"}, b"x", "เลือกข้อ"),
        ({"kind": "nonsense"}, b"x", "เลือกข้อ"),
    ],
)
def test_half_a_form_is_asked_for_again(browser: Browser, fields: dict[str, str], body: bytes, words: str) -> None:
    answer = hand_in(browser, body, **fields)
    assert answer.status_code == 400
    assert words in answer.text


def test_large_files_are_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oit.web.check.MAX_BYTES", 1000)
    assert "ใหญ่เกิน" in hand_in(browser, b"x" * 1001).text
    monkeypatch.setattr("oit.web.app._UPLOAD_BYTES", 2000)
    assert hand_in(browser, b"x" * 5000).status_code == 413


def test_other_forms_are_small(browser: Browser) -> None:
    assert browser.post("/login", "/login", name="x" * 70_000, password="x").status_code == 413


class _Pool:
    def __init__(self) -> None:
        self.given: list[threading.Event] = []

    def submit(self, _: object, cancelled: threading.Event) -> Future[Reading]:
        self.given.append(cancelled)
        return Future()

    def close(self) -> None:
        pass


def test_a_scan_tells_how_far_it_is_and_a_queue_how_long(browser: Browser) -> None:
    desk = browser.client.application.extensions["oit"].documents
    desk._pool = _Pool()
    address = hand_in(browser, b"x").headers["Location"]
    assert "ยกเลิกได้ทุกเมื่อ" in browser.get(address)
    (job,) = desk._jobs.values()
    job.progress_file.write_text("7 40")
    page = browser.get(address)
    assert "7 จาก 40 หน้า" in page
    assert 'value="7" max="40"' in page
    job.progress_file.write_text("<b> 40")
    assert "<b> 40" not in browser.get(address)
    other = Browser(browser.client.application.test_client())
    assert "รออ่านก่อนหน้านี้ 1 ฉบับ" in other.get(hand_in(other, b"y").headers["Location"])
    folder = job.progress_file.parent
    desk.close()
    assert not folder.exists()


def test_pictures_are_for_their_owner_alone(browser: Browser) -> None:
    desk = browser.client.application.extensions["oit"].documents
    desk._pool = _Pool()
    address = hand_in(browser, b"x").headers["Location"]
    (job,) = desk._jobs.values()
    job.elements, job.drawn = ("report", "advised"), Future()
    assert browser.client.get(f"{address}/0.png").status_code == 404
    job.drawn.set_result((b"\x89PNG", None))
    answer = browser.client.get(f"{address}/0.png")
    assert (answer.data, answer.headers["Cache-Control"]) == (b"\x89PNG", "no-store")
    for number in (1, 2, 99):
        assert browser.client.get(f"{address}/{number}.png").status_code == 404
    stranger = Browser(browser.client.application.test_client())
    assert stranger.client.get(f"{address}/0.png").status_code == 404


def test_few_documents_wait_and_an_owner_has_one_before_the_last() -> None:
    desk = CheckDesk()
    pool = _Pool()
    desk._pool = pool  # type: ignore[assignment]
    first = desk.hand_in("a", b"a", "O2", "2565", "x", "me")
    desk.hand_in("b", b"b", "O2", "2565", "x", "me")
    desk.hand_in("c", b"c", "O2", "2565", "x", "me")
    assert first is not None
    assert desk.find(first, "me") is None
    assert pool.given[0].is_set()
    tokens = [desk.hand_in("a", b"a", "O2", "2565", "x", f"other{number}") for number in range(10)]
    assert tokens.count(None) == 4
    desk.close()
    assert all(event.is_set() for event in pool.given)


class _Sleep(ReadTask):
    """Work that takes longer than anybody waits."""

    def do(self) -> Reading:
        time.sleep(60)
        raise AssertionError


def test_work_that_is_cancelled_is_killed_and_what_waits_is_not_begun() -> None:
    pool = ReaderPool(1)
    limits = ReadLimits(seconds=50)
    running, waiting = threading.Event(), threading.Event()
    begun = time.monotonic()
    first = pool.submit(_Sleep(b"", "", "text/html", "", limits), running)
    second = pool.submit(_Sleep(b"", "", "text/html", "", limits), waiting)
    third = pool.submit(ReadTask(PAGE.encode(), "https://x.go.th/", "text/html", "", limits))
    waiting.set()
    running.set()
    for future in (first, second):
        assert future.result(timeout=40) == Reading(
            kind=ResourceKind.PAGE, state=ReadState.UNREAD, content_type="text/html", note=ReadNote.TIMEOUT
        )
    assert third.result(timeout=40).state is ReadState.READ
    assert time.monotonic() - begun < 45
    pool.close()


def test_items_are_those_of_the_edition(browser: Browser) -> None:
    assert re.findall(r'<option value="(O\d)"', browser.get("/check?edition=2565")) == ["O1", "O2", "O3"]
    assert browser.get("/check?edition=nonsense")
