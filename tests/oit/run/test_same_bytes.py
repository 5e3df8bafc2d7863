"""The same store, rules and date give the same bytes of every report, whatever the machine's settings are."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oit.run.job import prepare_run
from tests.oit.test_hall import put_site, settings

ROOT = Path(__file__).parents[3]
MACHINES = (
    {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Auckland"},
    {
        "PYTHONHASHSEED": "99",
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "America/Los_Angeles",
    },
)


def report(job: list[str], out: Path, machine: dict[str, str]) -> dict[str, str]:
    """The digests of all files that a report writes on such a machine."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    command = [sys.executable, "-m", "oit", "report", *job, "--out", str(out)]
    done = subprocess.run(
        command, env={**env, **machine, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=100, check=False
    )
    assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.mark.timeout(200)
def test_reports_are_the_same_bytes_on_every_machine(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    plan = prepare_run(settings(tmp_path, rules_file, agencies_file))
    for agency in plan.chosen:
        put_site(plan.settings.data, agency)
    job = ["--agencies", str(agencies_file), "--rules", str(rules_file), "--data", str(plan.settings.data)]
    job += ["--as-of", "2022-04-30", "--edition", "2565"]
    first, *others = [report(job, tmp_path / str(number), machine) for number, machine in enumerate(MACHINES)]
    assert len(first) > 5
    for other in others:
        assert {name for name in first if first[name] != other.get(name)} == set()
        assert set(other) == set(first)
