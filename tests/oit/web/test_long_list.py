"""A list of the whole country: the front page stays small, and nothing is unpacked twice."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.storage.store import Store
from oit.run.assessment_cache import load_assessment
from oit.run.job import prepare_run
from oit.run.options import Settings
from oit.web import summaries
from oit.web.app import make_app
from oit.web.site import WebOptions
from oit.web.summaries import AgencySummary, SummaryIndex
from tests.oit.web.conftest import Browser, Province, make_verdict
from tests.paths import PROJECT

AGENCIES = 8303
NAME = "องค์การบริหารส่วนตำบลหนองบัวศรีมหาโพธิ์เหนือ ลำดับที่ {}"


@pytest.fixture
def country(tmp_path: Path) -> Settings:
    """A list of 8,303 agencies under the shipped rules."""
    rows = "\n".join(
        f"  - {{id: agency-{n:04}, name: '{NAME.format(n)}', url: 'https://a{n}.example.go.th/', kind: local}}"
        for n in range(AGENCIES)
    )
    path = tmp_path / "agencies.yaml"
    path.write_text(f"province: ทั้งประเทศ\nagencies:\n{rows}\n", "utf-8")
    return Settings(date(2022, 4, 1), path, PROJECT / "rules.yaml", 2565, tmp_path / "data", tmp_path / "out")


@pytest.mark.slow
def test_the_front_page_of_a_country_is_small(
    country: Settings, shipped: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = tuple(item.id for item in shipped.edition(2565).items)
    gaps = tuple("incomplete" if n % 3 else "unreachable" for n, _ in enumerate(items))
    blank = ("",) * len(items)
    row = AgencySummary(
        "", items, gaps, gaps, (1.25,) * len(items), blank, blank, (False,) * len(items), True, 0.0, 50.0,
        "2022-04-01T00:00:00+00:00", True, "", False, "ok",
    )  # fmt: skip
    rows = {f"agency-{n:04}": replace(row, agency=f"agency-{n:04}") for n in range(AGENCIES)}
    monkeypatch.setattr(SummaryIndex, "_refresh", lambda *_: rows)
    app = make_app(WebOptions(country))
    browser = Browser(app.test_client())
    try:
        browser.get("/")
        begun = time.monotonic()
        page = browser.get("/?page=2")
        took = time.monotonic() - begun
        for path in ("/", "/?status=incomplete", "/rows", "/item/O2", "/downloads", "/api/agencies"):
            assert len(browser.client.get(path).data) < 300_000, path
    finally:
        app.extensions["oit"].close()
    assert page.count('<th scope="row"') == 50
    assert "หน้า 2 จาก 167" in page
    assert took < 5, f"{took:.1f} s"  # 0.3 s on an idle machine


def test_rows_are_made_once_and_kept_between_starts(small: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[str] = []

    def counted(data: Path, edition: int, agency: str) -> object:
        loads.append(agency)
        return load_assessment(data, edition, agency)

    monkeypatch.setattr(summaries, "load_assessment", counted)
    monkeypatch.setattr(summaries, "_KEPT_FROM", 1)
    job = prepare_run(small.settings)
    store = Store(small.settings.data)
    try:
        index = SummaryIndex(job, store)
        first = index.rows()
        assert index.rows() == first
        assert SummaryIndex(job, store).rows() == first
        assert loads == ["land"]
        small.judge("land", make_verdict("O1", ItemStatus.MISSING))
        assert index.rows()["land"].statuses == ("missing",)
        assert loads == ["land", "land"]
    finally:
        store.close()


def test_a_request_makes_no_more_rows_than_it_has_time_for(small: Province) -> None:
    store = Store(small.settings.data)
    try:
        index = SummaryIndex(prepare_run(small.settings), store)
        assert index.rows(seconds=-1) == {}
        assert index.behind
        assert set(index.rows()) == {"land"}
        assert not index.behind
    finally:
        store.close()


def test_an_agency_that_the_list_describes_otherwise_has_no_row(small: Province) -> None:
    small.judge("land", make_verdict("O1", ItemStatus.MISSING), agency=replace(small.agencies["land"], name="x"))
    store = Store(small.settings.data)
    try:
        assert SummaryIndex(prepare_run(small.settings), store).rows() == {}
    finally:
        store.close()
