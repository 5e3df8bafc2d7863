"""A night through workers on PostgreSQL gives the reports of the embedded night."""

from __future__ import annotations

import asyncio
import signal
from datetime import date
from pathlib import Path

import pytest

from benchmarks.night_office import SmallSites, on_server, reports, signal_tree, small_office, start, wait_for
from core.errors import RunError
from core.storage.claims import ClaimLostError
from core.storage.store import Store
from oit.cli.main import main
from oit.queue.broker import QUEUE, TASK, BatchJob, open_queue, require_server
from oit.queue.worker import run_worker, work_off
from oit.run.options import Settings
from tests.mockserver.postgres import find_binaries, postgres_server


def test_a_queue_without_a_server_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "agencies.yaml"
    listed.write_text("agencies:\n  - {id: a, name: ก, url: 'http://127.0.0.1:9/'}\n", "utf-8")
    common = ["--agencies", str(listed), "--data", str(tmp_path / "var")]
    for command in (["nightly", "--queue", "--allow-local"], ["worker"]):
        assert main([*command, *common]) == 2
        told = [line for line in capsys.readouterr().err.splitlines() if "PostgreSQL" in line]
        assert len(told) == 1


@pytest.mark.slow
@pytest.mark.skipif(find_binaries() is None, reason="PostgreSQL is not installed and cannot be")
@pytest.mark.parametrize(
    ("error", "left"),
    [(ClaimLostError("another has it"), "doing"), (None, "succeeded"), (RunError("the disk is full"), "todo")],
)
def test_a_worker_whose_batch_is_anothers_says_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception | None, left: str
) -> None:
    """Frozen for a while, it would end the batch that another has under way, and the night would not wait for it."""
    psycopg = pytest.importorskip("psycopg", reason="the extra `queue` is not installed")

    def work_off(*_: object) -> None:
        if error is not None:
            raise error

    monkeypatch.setattr("oit.queue.worker.work_off", work_off)
    with postgres_server() as server:
        data = on_server(tmp_path / "var", server.database())
        conninfo = require_server(data)
        app = open_queue(conninfo)

        async def defer() -> None:
            async with app.open_async():
                job = BatchJob(1, 0, ("a",), {}, "")
                task = app.configure_task(TASK, queue=QUEUE, allow_unknown=True)
                await task.defer_async(**job.as_arguments())

        asyncio.run(defer())
        run_worker(Settings(date.today(), data=data, verbosity=-1), once=True)
        with psycopg.connect(conninfo) as db:
            assert db.execute("SELECT status FROM procrastinate_jobs").fetchall() == [(left,)]


def test_what_fails_a_worker_whose_batch_is_anothers_is_no_news_of_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.queue.worker._plan", lambda *_: None)
    store = Store(tmp_path)
    run = store.begin_run(("a",))
    store.close()

    def fail(batch: BatchJob, _: object, keeper: Store, *__: object) -> None:
        if batch.batch == 1:
            keeper.batches.take(batch.run_id, batch.batch, "another")
        raise RunError("crawl processes died")

    monkeypatch.setattr("oit.queue.worker._work", fail)
    for number, raised in enumerate((RunError, ClaimLostError)):
        with pytest.raises(raised) as caught:
            work_off(BatchJob(run, number, ("a",), {}, ""), Settings(date.today(), data=tmp_path), lambda: False)
        assert type(caught.value) is raised


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(find_binaries() is None, reason="PostgreSQL is not installed and cannot be")
def test_workers_give_the_reports_of_the_embedded_night(tmp_path: Path) -> None:
    pytest.importorskip("procrastinate", reason="the extra `queue` is not installed")
    log = tmp_path / "log"
    there = small_office(tmp_path, SmallSites(2, 3))
    with postgres_server() as server:
        alone = start(there.command(tmp_path / "one", tmp_path / "out-one"), log)
        assert wait_for(alone, 140) == 0, log.read_text("utf-8")
        data = on_server(tmp_path / "two", server.database())
        worker = start(there.worker(data, tmp_path / "out-two"), log)
        night = start(there.command(data, tmp_path / "out-two", "--queue"), log)
        try:
            assert wait_for(night, 140) == 0, log.read_text("utf-8")
        finally:
            for process in (night, worker):
                signal_tree(process.pid, signal.SIGKILL)
    found = reports(tmp_path / "out-one")
    assert len(found) == 2
    assert reports(tmp_path / "out-two") == found
