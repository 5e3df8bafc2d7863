"""What is said beside the database of an agency's newest crawl agrees with it, or nothing is said."""

from __future__ import annotations

from pathlib import Path

from core.models.agency import Agency
from core.models.snapshot import StopReason
from core.storage.store import Store
from core.store_folder import DATABASE, URL_FILE, note_newest, read_newest

AGENCY = Agency("a", "ก", "https://a.go.th/")
STARTED, FINISHED = "2023-04-01T01:00:00+00:00", "2023-04-01T02:00:00+00:00"


def crawl(store: Store, *, home_ok: bool = True) -> None:
    run = store.begin_run((AGENCY.id,))
    snapshot = store.begin_snapshot(run, AGENCY, frozenset())
    store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=home_ok, hosts=frozenset())
    store.finish_run(run)


def test_a_crawl_that_ended_is_said_as_the_database_has_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert read_newest(tmp_path, AGENCY.id) is None
    crawl(store)
    assert read_newest(tmp_path, AGENCY.id) == store.newest_times(AGENCY)
    assert read_newest(tmp_path, "b") is None
    store.close()


def test_nothing_is_said_of_a_crawl_under_way_and_of_one_that_saw_no_home_page(tmp_path: Path) -> None:
    store = Store(tmp_path)
    crawl(store)
    store.begin_snapshot(store.begin_run((AGENCY.id,)), AGENCY, frozenset())
    assert read_newest(tmp_path, AGENCY.id) is None
    crawl(store, home_ok=False)
    assert read_newest(tmp_path, AGENCY.id) is None
    store.close()


def test_nothing_is_said_where_a_server_has_the_tables_or_there_is_no_database(tmp_path: Path) -> None:
    note_newest(tmp_path, AGENCY.id, STARTED, FINISHED)
    assert read_newest(tmp_path, AGENCY.id) is None
    (tmp_path / DATABASE).touch()
    assert read_newest(tmp_path, AGENCY.id) is not None
    (tmp_path / URL_FILE).write_text("postgresql+psycopg://oit@db/oit\n", "utf-8")
    assert read_newest(tmp_path, AGENCY.id) is None
    note_newest(tmp_path, "b", STARTED, FINISHED)
    assert not (tmp_path / "newest" / "b").exists()


def test_a_torn_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    for text in ("", STARTED, f"{STARTED} yesterday\n"):
        (tmp_path / "newest").mkdir(exist_ok=True)
        (tmp_path / "newest" / AGENCY.id).write_text(text, "ascii")
        assert read_newest(tmp_path, AGENCY.id) is None
    (tmp_path / "newest").rename(tmp_path / "other")
    (tmp_path / "newest").touch()
    note_newest(tmp_path, AGENCY.id, STARTED, FINISHED)  # a folder that is none is no fault of the crawl
    assert read_newest(tmp_path, AGENCY.id) is None
