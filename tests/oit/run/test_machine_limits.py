"""Limits that this machine sets a night end it soon, in one line that names them: none of them is a site's fault."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
LIMITS = {
    "files": (resource.RLIMIT_FSIZE, 1 << 20, "{data}", "(ulimit -f)"),
    "memory": (resource.RLIMIT_AS, 360 << 20, "360 MB", "(ulimit -v)"),
    "open files": (resource.RLIMIT_NOFILE, 32, "32 open files", "(ulimit -n)"),
    "time": (resource.RLIMIT_CPU, 60, "60 seconds of the processor", "(ulimit -t)"),
    "data": (resource.RLIMIT_DATA, 200 << 20, "200 MB", "(ulimit -d)"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_no_night_gets_along_with_ends_it_at_once(
    name: str, tmp_path: Path, rules_file: Path, agencies_file: Path
) -> None:
    kind, most, *told = LIMITS[name]
    words = ["audit", "labour", "--rules", rules_file, "--agencies", agencies_file, "--allow-local"]
    folders = ["--data", tmp_path / "var", "--out", tmp_path / "out"]
    done = subprocess.run(
        [sys.executable, "-m", "oit", *map(str, words), *map(str, folders)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(kind, (most, most)),
    )
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    for each in told:
        assert each.format(data=tmp_path / "var") in line
    assert not (tmp_path / "var" / "oit.sqlite").exists()
