"""Scans over several nights: a budget per agency, the rest on the next night even if the site says "unchanged"."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from checklist.assess import assess
from checklist.rules.loader import load_rules
from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.snapshot import Reading, ReadState, Snapshot, StopReason
from core.storage.store import Store
from crawler.links.scoring import FollowHints
from crawler.process.supervisor import CrawlSettings, run_crawl
from documents.base import ReadLimits
from documents.pool import ReaderPool, ReadTask
from reports.messages import thai
from tests.documents.ocr.test_recognise import drawn, scan
from tests.documents.test_readers import make_pdf
from tests.mockserver.crawling import FAST, page
from tests.mockserver.http import Answer, serve
from tests.oit.conftest import RULES

pytestmark = pytest.mark.timeout(150)
needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def pages(count: int) -> list[Image.Image]:
    """Small pages that differ."""
    made = []
    for number in range(count):
        image = drawn(100).copy()
        ImageDraw.Draw(image).line((60, 600 + 20 * number, 300, 600 + 20 * number), fill=0, width=2)
        made.append(image)
    return made


def night(folder: Path, url: str, **limits: int) -> Snapshot:
    store = Store(folder)
    agency = Agency("a", "ก", url)
    settings = CrawlSettings(
        hints=FollowHints(index=("OIT",)), limits=ReadLimits(**limits), local=True, readers=1, scrapy=FAST
    )
    run_crawl((agency,), store, settings, lambda _: None)
    snapshot = store.load_snapshot(agency)
    store.close()
    assert snapshot is not None
    return snapshot


@needs_ocr
@pytest.mark.parametrize("etag", ['"same"', ""], ids=["not-modified", "sent-again"])
def test_what_one_night_leaves_the_next_one_reads(tmp_path: Path, etag: str) -> None:
    label = "O2 รายงานผลการดำเนินงานประจำปี 2565"
    answers = {
        "/": page(f"<a href=/r.pdf>{label}</a>"),
        "/r.pdf": Answer(scan(*pages(3)), kind="application/pdf", etag=etag),
    }
    with serve(answers) as site:
        first = night(tmp_path, site.url, ocr_agency_pages=2)
        document = first.resources[1]
        assert (document.read_state, document.read_note) == (ReadState.PARTIAL, "ocr-queued")
        second = night(tmp_path, site.url, ocr_agency_pages=2)
        assert (second.resources[1].read_state, second.resources[1].read_note) == (ReadState.READ, "")
        assert {b.page for b in second.resources[1].blocks} == {1, 2, 3}
        assert site.sent["/r.pdf"] == (1 if etag else 2)

    edition = load_rules(RULES, "rules.yaml").newest
    verdict = next(v for v in assess(first, edition, date(2022, 4, 1), {}).verdicts if v.item == "O2")
    assert verdict.status is not ItemStatus.MISSING
    unread = next(r for r in verdict.reasons if r.code == "unread")
    assert "รออ่านในคืนถัดไป" in thai().reason(unread)


@needs_ocr
def test_an_item_of_which_nothing_was_recognised_yet_is_for_a_person(tmp_path: Path) -> None:
    answers = {
        "/": page("<a href=/r.pdf>O2 รายงานผลการดำเนินงานประจำปี 2565</a>"),
        "/r.pdf": Answer(scan(*pages(1)), kind="application/pdf"),
    }
    with serve(answers) as site:
        snapshot = night(tmp_path, site.url, ocr_agency_pages=0)
    edition = load_rules(RULES, "rules.yaml").newest
    verdict = next(v for v in assess(snapshot, edition, date(2022, 4, 1), {}).verdicts if v.item == "O2")
    assert verdict.status is ItemStatus.REVIEW
    assert [r.values["note"] for r in verdict.reasons if r.code == "unread"] == ["ocr-queued"]


def read(bodies: list[bytes], limits: ReadLimits, agency: str, cache: Path | None = None) -> list[Reading]:
    pool = ReaderPool(2)
    try:
        waiting = [
            pool.submit(ReadTask(b, f"https://a.go.th/{n}", "", "", limits, cache, agency))
            for n, b in enumerate(bodies)
        ]
        return [future.result(timeout=120) for future in waiting]
    finally:
        pool.close()


@needs_ocr
def test_an_agencys_budget_holds_over_all_its_documents(tmp_path: Path) -> None:
    bodies = [scan(image) for image in pages(4)]
    readings = read(bodies, ReadLimits(ocr_agency_pages=3), "a", tmp_path)
    assert sum(r.recognised for r in readings) <= 3
    assert {r.note for r in readings} == {"", "ocr-queued"}
    assert sum(r.note == "" for r in readings) == sum(r.recognised for r in readings)


def test_without_tesseract_the_rest_is_read_and_the_scan_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    picture = tmp_path / "a.png"
    drawn(100).save(picture)
    text, scanned, image = read([make_pdf(), scan(drawn(100)), picture.read_bytes()], ReadLimits(), "a")
    assert text.state is ReadState.READ
    assert [(r.state, r.note, r.final) for r in (scanned, image)] == [(ReadState.UNREAD, "needs-tool", False)] * 2


def test_recognised_pages_that_nobody_asks_for_are_swept_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    agency = Agency("a", "ก", "https://a.go.th/")
    for _ in range(2):
        run = store.begin_run(("a",))
        snapshot = store.begin_snapshot(run, agency, frozenset())
        store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())
        store.finish_run(run)
    fresh, old = (tmp_path / "ocr" / "ab" / f"{name}.json" for name in ("fresh", "old"))
    fresh.parent.mkdir(parents=True)
    for path in (fresh, old):
        path.write_text("null")
    os.utime(old, (0, 0))
    store.prune(1)
    store.close()
    assert (fresh.exists(), old.exists()) == (True, False)
