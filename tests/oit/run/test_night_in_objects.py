"""A night whose bodies and verdicts lie in an object store gives the reports of any other; without it there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.night_office import Office, SmallSites, reports, small_office
from tests.mockserver.objects import ObjectServer, in_objects, object_server
from tests.paths import PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture
def server() -> Iterator[ObjectServer]:
    for library in ("s3fs", "moto", "flask_cors"):
        pytest.importorskip(library, reason=f"{library} is not installed (requirements-dev.txt)")
    with object_server() as running:
        yield running


def night(office: Office, data: Path, out: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        office.command(data, out), cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, **environment},
    )  # fmt: skip


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_reports_are_the_same_and_a_lost_object_store_replaces_none(tmp_path: Path, server: ObjectServer) -> None:
    office = small_office(tmp_path, SmallSites(2, 3))
    alone = night(office, tmp_path / "one", tmp_path / "out-one", {})
    assert alone.returncode == 0, alone.stderr
    data = in_objects(tmp_path / "two", server.place())
    told: Any = night(office, data, tmp_path / "out-two", server.environment())
    assert told.returncode == 0, told.stderr
    wanted = reports(tmp_path / "out-one")
    assert len(wanted) == 2
    assert reports(tmp_path / "out-two") == wanted
    assert {"bodies", "judged"} & names(data) == set()

    before = {path: path.read_bytes() for path in (tmp_path / "out-two").rglob("*") if path.is_file()}
    server.stop()
    try:
        told = night(office, data, tmp_path / "out-two", server.environment())
    finally:
        server.start()
    assert told.returncode == 3, told.stderr
    assert "s3://oit/" in told.stderr
    assert "Traceback" not in told.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out-two").rglob("*") if path.is_file()} == before


def test_a_place_that_is_not_there_is_told_before_anything_is_asked(tmp_path: Path, server: ObjectServer) -> None:
    sites = SmallSites(1, 3)
    office = small_office(tmp_path, sites)
    data = in_objects(tmp_path / "two", "s3://nowhere/x")
    told = night(office, data, tmp_path / "out", server.environment())
    assert told.returncode == 3
    assert told.stderr.count("\n") == 1, told.stderr
    assert "bucket does not exist" in told.stderr
    assert not sites.asked


def test_the_extra_is_named_where_it_is_not_installed(tmp_path: Path) -> None:
    office = small_office(tmp_path, SmallSites(1, 3))
    data = in_objects(tmp_path / "var", "s3://oit/x")
    script = "import sys; sys.modules['fsspec'] = None; from oit.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, *office.command(data, tmp_path / "out")[4:]]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert told.returncode == 3, told.stderr
    assert "pip install 'oit[objects]'" in told.stderr
