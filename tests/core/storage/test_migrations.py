"""Stores of earlier versions open, and those of other programs and later versions are refused."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, StopReason
from core.storage.migrations import migrate
from core.storage.schema import READING_FORMAT, SCHEMA_VERSION, metadata
from core.storage.store import Store, StoreError

STORES = Path(__file__).parent / "stores"
"""A folder per version: the store that the program of that time wrote after two nights on one small site, with a third
night under way."""
VERSIONS = sorted(path.name for path in STORES.iterdir())
SITE = "http://127.0.0.1:39105/"
AGENCY = Agency("v1", "สำนักงานตัวอย่าง", SITE)


def described(path: Path) -> dict[str, object]:
    """Tables with their columns, keys and indexes, without an order."""
    engine = create_engine(f"sqlite:///{path}")
    seen = inspect(engine)
    found: dict[str, object] = {
        name: (
            {(c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in seen.get_columns(name)},
            {(i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in seen.get_indexes(name)},
            str(seen.get_pk_constraint(name)["constrained_columns"]),
            sorted(str(key["constrained_columns"]) for key in seen.get_foreign_keys(name)),
        )
        for name in seen.get_table_names()
    }
    engine.dispose()
    return found


@pytest.fixture
def earlier(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of an earlier version's store, as if its third night had just begun and the readers had not changed since:
    only the schema has."""
    folder = Path(shutil.copytree(STORES / request.param, tmp_path / "var"))
    with closing(sqlite3.connect(folder / "oit.sqlite")) as db:
        db.execute("UPDATE readings SET format = ?", (READING_FORMAT,))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute("UPDATE runs SET started = ? WHERE finished IS NULL", (now,))
        db.commit()
    return folder


def test_every_earlier_version_has_a_store() -> None:
    assert [f"v{number}" for number in range(1, SCHEMA_VERSION)] == VERSIONS


@pytest.mark.sqlite
@pytest.mark.parametrize("earlier", VERSIONS, indirect=True)
def test_an_earlier_store_opens_with_all_that_was_in_it(earlier: Path) -> None:
    store = Store(earlier)
    snapshot = store.load_snapshot(AGENCY)
    assert snapshot is not None
    assert snapshot.complete
    assert {(r.url.removeprefix(SITE), r.outcome) for r in snapshot.resources} == {
        ("", FetchOutcome.OK),
        ("oit", FetchOutcome.OK),
        ("o1", FetchOutcome.OK),
        ("o12.txt", FetchOutcome.OK),
        ("gone", FetchOutcome.NOT_FOUND),
        ("closed", FetchOutcome.FORBIDDEN),
    }
    assert snapshot.resources[0].title == "หน้า"
    assert any("ปัญหา" in block.text for r in snapshot.resources for block in r.blocks)
    assert len(list(store.nights(AGENCY))) == 2
    assert store.cache_get("ocr", "k") == b"value"
    mark = store.snapshot_mark(AGENCY)
    assert mark is not None
    store.close()


@pytest.mark.sqlite
@pytest.mark.parametrize("earlier", VERSIONS, indirect=True)
def test_an_earlier_store_goes_on_where_its_night_was(earlier: Path) -> None:
    store = Store(earlier)
    run = store.begin_run((AGENCY.id,))
    under_way = store.begin_snapshot(run, AGENCY, frozenset())
    assert [r.outcome for r in store.iterate_resources(under_way)] == [FetchOutcome.TIMEOUT]
    known = store.known(AGENCY.id, f"{SITE}oit")
    assert known is not None
    assert known.etag == '"o"'
    before = store.load_snapshot(AGENCY)
    assert before is not None
    for resource in before.resources:
        earlier_row = store.earlier(AGENCY.id, resource.url)
        store.add_resource(under_way, resource, earlier_row[1] if earlier_row else None)
    store.finish_snapshot(under_way, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=before.hosts)
    after = store.load_snapshot(AGENCY)
    assert after is not None
    assert set(after.resources) == set(before.resources)
    assert store.prune(1) == 2
    assert store.load_snapshot(AGENCY) == after
    store.close()


@pytest.mark.sqlite
@pytest.mark.parametrize("earlier", VERSIONS, indirect=True)
def test_an_earlier_store_becomes_what_a_new_one_is(earlier: Path, tmp_path: Path) -> None:
    Store(earlier).close()
    Store(tmp_path / "new").close()
    assert described(earlier / "oit.sqlite") == described(tmp_path / "new" / "oit.sqlite")
    assert set(described(earlier / "oit.sqlite")) == set(metadata.tables)


@pytest.mark.sqlite
@pytest.mark.parametrize("earlier", VERSIONS, indirect=True)
def test_a_step_that_fails_leaves_the_earlier_version(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = described(earlier / "oit.sqlite")

    def breaks(_: object) -> None:
        raise OSError("the power failed")

    monkeypatch.setattr("core.storage.migrations._STEPS", dict.fromkeys(range(2, SCHEMA_VERSION + 1), breaks))
    engine = create_engine(f"sqlite:///{earlier / 'oit.sqlite'}")
    with pytest.raises(OSError, match="power"):
        migrate(engine)
    engine.dispose()
    assert described(earlier / "oit.sqlite") == before
    monkeypatch.undo()
    store = Store(earlier)
    assert store.load_snapshot(AGENCY) is not None
    store.close()


@pytest.mark.sqlite
def test_a_store_of_a_later_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    Store(tmp_path).close()
    path = tmp_path / "oit.sqlite"
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 7}")
        db.execute("CREATE TABLE later (id INTEGER)")
    before = described(path)
    with pytest.raises(StoreError, match=f"newer version of the program: schema {SCHEMA_VERSION + 7}") as caught:
        Store(tmp_path)
    assert "\n" not in str(caught.value)
    assert described(path) == before


@pytest.mark.sqlite
@pytest.mark.parametrize("version", [0, 1])
def test_a_database_of_something_else_is_refused_and_not_touched(tmp_path: Path, version: int) -> None:
    path = tmp_path / "oit.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE runs (id INTEGER)")
        db.execute(f"PRAGMA user_version = {version}")
    before = described(path)
    with pytest.raises(StoreError, match="unknown tables"):
        Store(tmp_path)
    assert described(path) == before


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "oit.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot open the store"):
        Store(tmp_path)
