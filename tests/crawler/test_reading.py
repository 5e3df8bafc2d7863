"""Recognised pages of a body go with it where bodies lie in an object store."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from core.models.snapshot import FetchOutcome, Reading, ReadState, Resource, ResourceKind
from core.storage.codec import decode_reading
from core.storage.store import Store
from crawler.budget import Spent
from crawler.downloader.room import BodyRoom
from crawler.reading import CachedReader
from crawler.reading_tasks import EncodedReadTask, ReadResult, result_of
from documents.base import ReadLimits
from documents.html.reader import read_html
from tests.mockserver.objects import in_objects

PAGE = f"ab/{'ab' * 32}-4.json"
SCAN = Resource("https://a.go.th/scan.pdf", FetchOutcome.OK, final_url="https://a.go.th/scan.pdf", sha256="12" * 32)


def recognise(body: bytes, url: str, content_type: str, name: str, limits: ReadLimits, cache: Path | None) -> Reading:
    """A reader that recognises the one page of a scan, unless it was."""
    assert cache is not None
    limits.name_page(PAGE)
    limits.name_page(PAGE)
    path = cache / "ocr" / PAGE
    made = not path.exists()
    if made:
        path.parent.mkdir(parents=True)
        path.write_text("[]", "utf-8")
    return Reading(kind=ResourceKind.DOCUMENT, state=ReadState.READ, content_type=content_type, recognised=int(made))


class Pool:
    """Reads here."""

    def __init__(self) -> None:
        self.asked: list[EncodedReadTask] = []

    def submit(self, task: EncodedReadTask) -> Future[ReadResult]:
        self.asked.append(task)
        done: Future[ReadResult] = Future()
        done.set_result(task.do())
        return done


def read(folder: Path, body: bytes) -> tuple[ReadResult, Sequence[EncodedReadTask]]:
    store, pool = Store(folder), Pool()
    given: Any = pool
    try:
        reader = CachedReader(store, given, BodyRoom(), "a", ReadLimits(), Spent())
        return asyncio.run(reader.by_reader(body, SCAN)), pool.asked
    finally:
        store.close()


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.read_document", recognise)


def test_another_machine_need_not_recognise_a_page_again(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="the extra `objects` is not installed")
    place = f"file://{tmp_path / 'elsewhere'}"
    here, there = (in_objects(tmp_path / name, place) for name in ("here", "there"))
    found, _ = read(here, b"%PDF-")
    assert (found.recognised, found.pages) == (1, (PAGE,))
    found, _ = read(there, b"%PDF-")
    assert (found.recognised, found.pages) == (0, (PAGE,))
    _, asked = read(there, b"<html>")
    assert not asked[0].names_pages


def test_in_the_folder_nothing_is_named(tmp_path: Path) -> None:
    found, asked = read(tmp_path / "var", b"%PDF-")
    assert (found.recognised, found.pages) == (1, ())
    assert not asked[0].names_pages


@pytest.mark.parametrize(
    ("header", "leads"),
    [
        ("0; url=/th/index", ["https://a.go.th/th/index"]),
        ("3;URL='/th/index'", ["https://a.go.th/th/index"]),
        ("0, /th/index", ["https://a.go.th/th/index"]),
        ("300", []),
        ("5; url=", []),
        ("0; url=/", []),
    ],
)
def test_a_page_leads_where_its_server_sends_the_visitor_on(tmp_path: Path, header: str, leads: list[str]) -> None:
    home = Resource("https://a.go.th/", FetchOutcome.OK, final_url="https://a.go.th/", content_type="text/html")
    answer = Response("https://a.go.th/", headers={"Refresh": header}, body=b"<html><body></body></html>")
    store = Store(tmp_path)
    given: Any = Pages()
    try:
        found, _ = asyncio.run(CachedReader(store, given, BodyRoom(), "a", ReadLimits(), Spent()).read(answer, home))
        assert [link.url for link in found.reading.links] == leads
        assert decode_reading(found.packed).links == found.reading.links
    finally:
        store.close()


class Pages:
    """Reads pages here."""

    def submit(self, task: EncodedReadTask) -> Future[ReadResult]:
        done: Future[ReadResult] = Future()
        done.set_result(result_of(read_html(task.body, task.url, task.content_type, task.limits), task.url))
        return done
