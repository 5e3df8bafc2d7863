"""A night through workers on PostgreSQL gives the reports of the embedded night."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from benchmarks.night_office import SmallSites, on_server, reports, signal_tree, small_office, start, wait_for
from oit.cli.main import main
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
