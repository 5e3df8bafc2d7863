"""What only a server does: it is named by a line in the folder, upgraded, held, and may go away."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource
from core.storage.engine import open_engine
from core.storage.schema import SCHEMA_VERSION, metadata
from core.storage.store import Store, StoreBusyError, StoreError
from core.store_folder import URL_FILE
from tests.mockserver.postgres import PostgresServer

AGENCY = Agency("a", "ก", "https://a.go.th/")


@pytest.fixture
def folder(server: PostgresServer, tmp_path: Path) -> Path:
    """A data folder whose database is on the server."""
    made = tmp_path / "var"
    made.mkdir()
    (made / URL_FILE).write_text(server.database(), "utf-8")
    return made


def change(folder: Path, *statements: str) -> None:
    engine = open_engine(folder)
    with engine.begin() as db:
        for statement in statements:
            db.execute(text(statement))
    engine.dispose()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("mysql://a/b", "only PostgreSQL"),
        ("not an address", "no address of a database"),
        ("postgresql:///oit?host=/nowhere/at/all", "cannot open the store"),
    ],
)
def test_a_line_that_names_no_server_is_refused_in_one_line(
    tmp_path: Path, line: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.storage.engine._PATIENCE", 0.0)
    (tmp_path / URL_FILE).write_text(line, "utf-8")
    with pytest.raises(StoreError, match=said) as caught:
        Store(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.sqlite
def test_the_tables_are_those_of_the_description(folder: Path) -> None:
    Store(folder).close()
    assert not (folder / "oit.sqlite").exists()
    engine = open_engine(folder)
    seen = inspect(engine)
    assert set(seen.get_table_names()) == {*metadata.tables, "schema_version"}
    for table in metadata.tables.values():
        assert {c["name"] for c in seen.get_columns(table.name)} == {c.name for c in table.columns}
        assert {i.name for i in table.indexes} <= {i["name"] for i in seen.get_indexes(table.name)}
    engine.dispose()


@pytest.mark.sqlite
def test_an_earlier_schema_is_upgraded_and_a_later_one_refused(folder: Path) -> None:
    store = Store(folder)
    store.finish_run(store.begin_run(("a",)))
    store.close()
    change(folder, "ALTER TABLE runs DROP COLUMN program", f"UPDATE schema_version SET version = {SCHEMA_VERSION - 1}")
    store = Store(folder)
    assert [run.program for run in store.runs()] == [""]
    store.close()
    change(folder, f"UPDATE schema_version SET version = {SCHEMA_VERSION + 7}")
    with pytest.raises(StoreError, match=f"newer version of the program: schema {SCHEMA_VERSION + 7}"):
        Store(folder)


@pytest.mark.sqlite
def test_a_database_of_something_else_is_refused(folder: Path) -> None:
    change(folder, "CREATE TABLE other (id INTEGER)")
    with pytest.raises(StoreError, match="unknown tables"):
        Store(folder)


@pytest.mark.sqlite
def test_two_folders_on_one_database_are_one_store(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / URL_FILE).write_text((folder / URL_FILE).read_text("utf-8"), "utf-8")
    one, two = Store(folder), Store(other)
    with one.lock(), pytest.raises(StoreBusyError, match="another run is using the database"), two.lock():
        pass
    with two.lock():
        pass
    one.close()
    two.close()


@pytest.mark.sqlite
def test_a_server_that_is_killed_loses_nothing_that_was_stored(folder: Path, server: PostgresServer) -> None:
    store = Store(folder)
    run = store.begin_run(("a",))
    snapshot = store.begin_snapshot(run, AGENCY, frozenset())
    for number in range(3):
        store.add_resource(snapshot, Resource(f"https://a.go.th/{number}", FetchOutcome.OK), None)
        server.kill()
        server.start()
    store.add_resource(snapshot, Resource("https://a.go.th/3", FetchOutcome.OK), None)
    assert [resource.url[-1] for resource in store.iterate_resources(snapshot)] == ["0", "1", "2", "3"]
    store.close()
