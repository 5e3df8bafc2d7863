"""`oit export` writes what was found, in every form, and says how much."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from core.models.agency import Agency
from core.models.assessment import ElementStatus, Finding, ItemStatus, Level, Verdict
from core.models.decision import Answer, Decision
from core.storage.store import NewestNight, Store
from oit.cli.main import main
from oit.decision_files import write_decisions
from oit.run.assessment_cache import CachedAssessment, save_assessment
from tests.factories import make_assessment
from tests.schemas import faults

FINDING = Finding("chart", "แผนผัง", Level.REQUIRED, ElementStatus.MISSING)
AT = datetime(2026, 1, 31, 8, tzinfo=UTC)


@pytest.fixture
def options(tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list with one judged agency and one that was never crawled."""
    data = tmp_path / "data"
    land = Agency("land", "สำนักงานที่ดิน", "https://land.example.go.th/")
    one = make_assessment(Verdict("O1", "โครงสร้าง", "9.1", ItemStatus.MISSING, 5.0, findings=(FINDING,)), agency=land)
    save_assessment(data, CachedAssessment(one))
    store = Store(data)
    store.history.record("land", (2565, ""), {("O1", ""): "missing"}, AT)
    store.decisions.add(
        Decision("land", 2565, "O1", Answer.REFUSE, "สมศรี", AT), Decision("land", 2564, "O1", Answer.ACCEPT, "x", AT)
    )
    store.close()
    night = NewestNight(one.crawl.started, one.crawl.finished or one.crawl.started, True)
    monkeypatch.setattr(Store, "newest_nights", lambda self: {one.agency.id: night})
    return ["--agencies", str(agencies_file), "--rules", str(rules_file), "--edition", "2565", "--data", str(data)]


def test_all_forms_are_written(options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "open"
    assert main(["export", str(out), *options]) == 0
    found = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert {"datapackage.json", "items.csv", "oit-data.sqlite", "earl.jsonld", "schemas/oit-report-2.json"} <= found
    assert capsys.readouterr().out == f"{len(found)} files written to {out}\n"
    with closing(sqlite3.connect(out / "oit-data.sqlite")) as db:
        assert db.execute("SELECT item, status FROM items WHERE agency = 'land'").fetchall() == [("O1", "missing")]
        assert db.execute("SELECT status FROM items WHERE agency = 'labour'").fetchall() == [("unchecked",)] * 3
        assert db.execute("SELECT element, status FROM elements").fetchall() == [("chart", "missing")]
        assert db.execute("SELECT COUNT(*) FROM decisions").fetchone() == (1,)
        assert db.execute("SELECT since FROM history").fetchall() == [("2026-01-31T08:00:00Z",)]


def test_one_form_of_one_agency(options: list[str], tmp_path: Path) -> None:
    out = tmp_path / "open"
    assert main(["export", str(out), "land", "--format", "earl", *options]) == 0
    assert [path.name for path in out.iterdir()] == ["earl.jsonld"]
    graph = json.loads((out / "earl.jsonld").read_text("utf-8"))["@graph"]
    assert {node["subject"] for node in graph if "subject" in node} == {"urn:oit:agency:land"}
    assert main(["export", str(out), "--format", "xls", *options]) == 2


def test_exported_decisions_have_their_form(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    write_decisions(
        path, [Decision("land", 2565, "O1", Answer.REFUSE, "สมศรี", AT, "problems", "why", "a" * 64, "b" * 64)]
    )
    assert faults(yaml.safe_load(path.read_text("utf-8"))) == []
