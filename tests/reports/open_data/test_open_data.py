"""Open data: each table as its description says, the same rows in CSV and SQLite, results in the W3C's words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment, ItemStatus
from core.models.decision import Answer, Decision, DecisionKind, ShownDecision
from core.models.history import StatusSpan
from reports.messages import thai
from reports.open_data.csv_files import PACKAGE, write_csv
from reports.open_data.earl import CONTEXT, OUTCOMES, EarlData, write_earl
from reports.open_data.sqlite_file import write_sqlite
from reports.open_data.tables import OpenData, OpenTable, open_tables
from tests.factories import NIGHT

FORMS = {
    "string": r".*",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
}
EVIL = '=cmd|"/c calc"!A1\x1b[31m\u202e\r\nX'


@pytest.fixture
def tables(full: Assessment) -> tuple[OpenTable, ...]:
    """The tables of one agency with everything."""
    span = StatusSpan("O3", "problems", "missing", NIGHT, NIGHT, None, NIGHT)
    said = Decision("labour", 2565, "O3", Answer.REFUSE, EVIL, NIGHT, why=EVIL, kind=DecisionKind.OBJECTION, url=EVIL)
    return open_tables(OpenData([full], {"labour": {("O3", "problems"): (span,)}}, [said]))


def csv_files(folder: Path, tables: Sequence[OpenTable]) -> dict[str, bytes]:
    """The tables and their description, by file name."""
    written = write_csv(folder / "csv", tables, "oit-2565", "OIT", "2026-01-01T00:00:00Z")
    found = {path.name: path.read_bytes() for path in written}
    assert found.keys() == {path.name for path in (folder / "csv").iterdir()}
    return found


def _rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_package_describes_the_tables_that_are_there(
    tables: tuple[OpenTable, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.open_data.csv_files._TOGETHER", 100)
    files = csv_files(tmp_path, tables)
    package = json.loads(files.pop(PACKAGE))
    assert {r["path"] for r in package["resources"]} == set(files)
    by_name = {resource["name"]: resource for resource in package["resources"]}
    for name, resource in by_name.items():
        rows = _rows(files[f"{name}.csv"])
        fields = resource["schema"]["fields"]
        assert rows, name
        assert list(rows[0]) == [field["name"] for field in fields]
        assert resource["bytes"] == len(files[f"{name}.csv"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[f'{name}.csv']).hexdigest()}"
        for row in rows:
            for field in fields:
                value = row[field["name"]]
                assert not value or re.fullmatch(FORMS[field["type"]], value), (name, field["name"], value)
        key = resource["schema"].get("primaryKey", [])
        keys = [tuple(row[column] for column in key) for row in rows]
        assert not key or len(set(keys)) == len(keys)
        for foreign in resource["schema"].get("foreignKeys", []):
            other = {
                row[foreign["reference"]["fields"]] for row in _rows(files[f"{foreign['reference']['resource']}.csv"])
            }
            assert {row[foreign["fields"]] for row in rows} <= other


def test_a_formula_is_only_text(tables: tuple[OpenTable, ...], full: Assessment, tmp_path: Path) -> None:
    evil = open_tables(OpenData([replace(full, agency=Agency("labour", EVIL, "https://a/"))], {}, []))
    for table in (*tables, *evil):
        shutil.rmtree(tmp_path / "csv", ignore_errors=True)
        body = csv_files(tmp_path, [table])[f"{table.name}.csv"].decode("utf-8-sig")
        for row in csv.reader(io.StringIO(body, newline="")):
            assert not any(cell.startswith(("=", "+", "@", "-")) for cell in row)
            assert not any(set(cell) & set("\x1b\u202e\r\n") for cell in row)


def test_sqlite_holds_the_same_rows(tables: tuple[OpenTable, ...], tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    path.write_bytes(b"an older one")
    write_sqlite(path, tables)
    assert [p.name for p in tmp_path.iterdir()] == ["data.sqlite"]
    files = csv_files(tmp_path, tables)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in tables:
            names = [field.name for field in table.fields]
            found = db.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()
            assert len(found) == len(_rows(files[f"{table.name}.csv"]))
        missing = db.execute("SELECT item FROM items WHERE agency = 'labour' AND status = 'missing'").fetchall()
        assert missing == [("O2",)]
        assert db.execute("SELECT complete FROM agencies").fetchone() == (1,)


def _graph(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    found: list[dict[str, Any]] = json.loads(text)["@graph"]
    return found


def test_results_in_earl(full: Assessment, edition: Edition, tmp_path: Path) -> None:
    said = Decision("labour", 2565, "O8", Answer.UNKNOWN, "x", datetime(2022, 4, 1, tzinfo=UTC))
    decided = replace(
        full,
        verdicts=tuple(
            replace(v, decisions=(ShownDecision(said, True),)) if v.item == "O8" else v for v in full.verdicts
        ),
    )
    write_earl(tmp_path / "earl.jsonld", EarlData([decided], edition, {"": edition}, thai(), "1.0"))
    graph = _graph(tmp_path / "earl.jsonld")
    ids = [node["@id"] for node in graph if "@id" in node]
    assert len(set(ids)) == len(ids)
    asserted = {node["test"].rsplit(":", 1)[1]: node for node in graph if node["@type"] == "earl:Assertion"}
    assert {item: node["result"]["outcome"] for item, node in asserted.items()} == {
        v.item: OUTCOMES[v.status] for v in full.verdicts
    }
    assert asserted["O6"]["result"]["outcome"] == "earl:untested"
    assert {item for item, node in asserted.items() if node["mode"] == "earl:semiAuto"} == {"O8"}
    for node in asserted.values():
        assert {node["test"], node["subject"], node["assertedBy"]} <= set(ids)
        terms = {key for key in (*node, *node["result"]) if not key.startswith("@")}
        assert terms <= set(CONTEXT)


def test_every_status_has_an_outcome() -> None:
    assert set(OUTCOMES) == set(ItemStatus)
