"""What commands say with --json has the form that its schema describes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.models.account import Role
from core.storage.run_log import RunOutcome
from core.storage.store import Store
from oit.cli.main import main
from tests.schemas import faults

AT = datetime(2026, 1, 31, 8, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with a finished run, one that was cut off, and two accounts."""
    store = Store(tmp_path)
    run = store.begin_run(("land",))
    store.describe_run(run, command="audit", edition=2565, program="1.0")
    store.finish_run(run)
    store.record_run(run, RunOutcome(exit_status=1, problem="x", unchecked=1))
    store.begin_run(("land", "labour"))
    store.accounts.add("a", Role.AGENCY, "", AT, "land")
    store.accounts.add("b", Role.SECRETARY, "", AT)
    assert store.accounts.disable("b", AT)
    store.close()
    return tmp_path


@pytest.mark.parametrize(("name", "command"), [("oit-runs-1", ["runs"]), ("oit-accounts-1", ["accounts", "list"])])
def test_of_a_store(data: Path, name: str, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--json", "--data", str(data)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 2
    assert faults(found, name) == []


def test_of_this_machine(agencies_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--agencies", str(agencies_file), "--data", str(tmp_path / "var"), "--out", str(tmp_path / "out")]
    assert main(["doctor", "--json", *options]) == 0
    assert faults(json.loads(capsys.readouterr().out), "oit-doctor-1") == []


@pytest.mark.parametrize(
    "more",
    [
        ["--edition", "2565", "--iit", "93.15", "--eit", "91.94"],
        ["--edition", "2566", "--iit", "96", "--eit", "90"],
        [],
    ],
)
def test_of_a_score(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--failed", "O12", "--json", *more]) == 0
    assert faults(json.loads(capsys.readouterr().out), "oit-score-1") == []


def test_of_a_crawl(
    agencies_file: Path,
    rules_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The crawl itself is tested elsewhere; here is what is said of one that read nothing.
    monkeypatch.setattr(
        "oit.cli.audit._crawl", lambda night: SimpleNamespace(finished=frozenset({"land"}), unfinished=())
    )
    options = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(tmp_path)]
    assert main(["crawl", "--json", *options]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["agencies"]] == ["labour", "land"]
    assert faults(found) == []
