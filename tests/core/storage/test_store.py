"""The store: what is kept, what comes back, and what a killed process leaves."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from core.models.agency import Agency
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    Reading,
    ReadState,
    Resource,
    ResourceKind,
    StopReason,
    Zone,
)
from core.storage.engine import open_engine
from core.storage.run_log import RunOutcome
from core.storage.store import Store, StoreBusyError, StoreError, with_reading
from tests.paths import PROJECT

AGENCY = Agency("a", "ก", "https://a.go.th/")
HOSTS = frozenset({"a.go.th"})
READING = Reading(
    kind=ResourceKind.PAGE, state=ReadState.READ, content_type="text/html", title="หน้าแรก",
    blocks=(Block(BlockKind.CELL, "ข้อความ", table=1, row=2, col=3, bbox=(0.1, 0.2, 0.3, 0.4), zone=Zone.MENU),),
    links=(Link("https://a.go.th/x", "ไป", block=0),),
)  # fmt: skip


def resource(url: str = AGENCY.url, outcome: FetchOutcome = FetchOutcome.OK, sha256: str = "ab" * 32) -> Resource:
    return Resource(
        url,
        outcome,
        final_url=url,
        kind=ResourceKind.PAGE,
        sha256=sha256,
        http_status=200,
        etag='"1"',
        fetched=datetime(2023, 4, 1, tzinfo=UTC),
        found_via=("https://a.go.th/",),
        label="ป้าย",
    )


def finish(store: Store, run: int, *, home_ok: bool = True) -> int:
    snapshot = store.begin_snapshot(run, AGENCY, HOSTS)
    store.add_resource(
        snapshot, resource(outcome=FetchOutcome.OK if home_ok else FetchOutcome.DNS), READING if home_ok else None
    )
    store.finish_snapshot(
        snapshot, complete=home_ok, stopped_by=StopReason.NONE if home_ok else "home", home_ok=home_ok, hosts=HOSTS
    )
    return snapshot


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    finish(store, store.begin_run(("a",)))
    snapshot = store.load_snapshot(AGENCY)
    assert snapshot is not None
    assert snapshot.complete
    assert snapshot.hosts == HOSTS
    assert snapshot.resources == (with_reading(resource(), READING),)
    assert store.reading("ab" * 32, AGENCY.url, ResourceKind.PAGE) == READING
    known = store.known("a", AGENCY.url)
    assert known is not None
    assert known.etag == '"1"'


def test_an_unfinished_run_is_taken_up_and_a_finished_one_is_not(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = store.begin_run(("a", "b"))
    finish(store, run)
    assert store.begin_run(("b", "a")) == run
    assert store.finished_agencies(run) == {"a"}
    store.finish_run(run)
    assert store.begin_run(("a", "b")) != run


def test_a_run_that_was_killed_before_its_reports_were_written_is_taken_up(tmp_path: Path) -> None:
    """Its sites were asked; to ask them again would also make a second night of it, on which nothing is new."""
    store = Store(tmp_path)
    run = store.begin_run(("a",))
    finish(store, run)
    store.finish_run(run)
    store.describe_run(run, command="nightly", edition=2566, program="1")
    assert store.begin_run(("a",)) == run
    assert store.begin_run(("a", "b")) != run
    run = store.begin_run(("a", "b"))
    store.finish_run(run)
    store.describe_run(run, command="nightly", edition=2566, program="1")
    store.record_run(run, RunOutcome(exit_status=0))
    assert store.begin_run(("a", "b")) != run
    store.close()


def test_a_run_that_was_cut_off_days_ago_is_not_taken_up(tmp_path: Path) -> None:
    store = Store(tmp_path)
    old = store.begin_run(("a", "b"))
    finish(store, old)
    engine = open_engine(tmp_path)
    with engine.begin() as db:
        db.execute(text("UPDATE runs SET started = '2023-04-01T00:00:00+00:00'"))
        times = "started = '2023-04-01T00:00:00+00:00', finished = '2023-04-01T01:00:00+00:00'"
        db.execute(text(f"UPDATE snapshots SET {times}"))
    engine.dispose()
    assert store.unfinished_agencies() == {"b"}
    assert store.begin_run(("a", "b")) != old
    assert store.unfinished_agencies() == {"a", "b"}
    store.close()


def test_a_night_without_the_home_page_keeps_the_last_good_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    finish(store, store.begin_run(("a",)))
    store.finish_run(1)
    finish(store, store.begin_run(("a",)), home_ok=False)
    snapshot = store.load_snapshot(AGENCY)
    assert snapshot is not None
    assert snapshot.stale
    assert snapshot.resources[0].outcome is FetchOutcome.OK


def test_retention_keeps_the_newest_and_what_they_need(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = store.add_body(b"kept")
    for _ in range(4):
        run = store.begin_run(("a",))
        snapshot = store.begin_snapshot(run, AGENCY, HOSTS)
        store.add_resource(snapshot, resource(sha256=kept), READING)
        store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=HOSTS)
        store.finish_run(run)
    lost = store.add_body(b"lost")
    assert store.prune(2) == 2
    assert store.count() == 2
    assert store.has_body(kept)
    assert not store.has_body(lost)


def test_two_runs_never_overlap(tmp_path: Path) -> None:
    with Store(tmp_path).lock(), pytest.raises(StoreBusyError, match="another run"), Store(tmp_path).lock():
        pass


def test_a_store_that_cannot_be_made_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot open the store"):
        Store(tmp_path / "file")


def test_a_killed_writer_leaves_a_store_that_opens(tmp_path: Path) -> None:
    script = (
        "import sys, os, signal\nfrom pathlib import Path\n"
        "from core.models.agency import Agency\nfrom core.models.snapshot import FetchOutcome, Resource\n"
        "from core.storage.store import Store\n"
        "store = Store(Path(sys.argv[1]))\nagency = Agency('a', 'a', 'https://a.go.th/')\n"
        "run = store.begin_run(('a',))\nsnapshot = store.begin_snapshot(run, agency, frozenset())\n"
        "n = 0\n"
        "while True:\n"
        "    store.add_resource(snapshot, Resource(f'https://a.go.th/{n}', FetchOutcome.NOT_FOUND), None)\n"
        "    n += 1\n"
        "    if n == 25: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = PROJECT
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, timeout=60, check=False)
    assert done.returncode == -9
    store = Store(tmp_path)
    run = store.begin_run(("a",))
    assert len(list(store.iterate_resources(store.begin_snapshot(run, AGENCY, HOSTS)))) == 25
