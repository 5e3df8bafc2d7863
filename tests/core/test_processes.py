"""Programs that are started never outlive who started them, however that one ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.processes import make_scratch, scratch_folder, tie_command

PARENT = """
import subprocess, sys
from core.processes import make_scratch, scratch_folder, tie_command
child = subprocess.Popen(tie_command([{sleep!r}, "60"]))
print(child.pid, flush=True)
child.wait()
"""


HOLDER = """
import sys, tempfile, time
tempfile.tempdir = {folder!r}
from core.processes import scratch_folder
with scratch_folder() as folder:
    (folder / "much").write_text("x")
    print(folder, flush=True)
    time.sleep(60)
"""


def lives(pid: int) -> bool:
    """Whether the process runs: one that ended and was not yet asked for counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def name_of(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text("utf-8").strip()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv (util-linux) is not installed")
def test_a_program_ends_with_the_process_that_started_it() -> None:
    code = PARENT.format(sleep=shutil.which("sleep"))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until = time.monotonic() + 20
        while name_of(child) != "sleep" and time.monotonic() < until:  # until then it is setpriv, not yet tied
            time.sleep(0.02)
        assert lives(child)
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lives(child)


def test_the_command_stays_as_it_is_where_the_system_cannot_tie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert tie_command(["program", "-x"]) == ["program", "-x"]


def test_a_folder_of_a_killed_process_goes_with_the_next(tmp_path: Path) -> None:
    code = HOLDER.format(folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        left = Path(holder.stdout.readline().strip())
        assert make_scratch(tmp_path).exists()
        assert (left / "much").exists(), "its process runs"
        holder.send_signal(signal.SIGKILL)
    make_scratch(tmp_path)
    assert not left.exists()


def test_a_folder_goes_when_it_is_done_with() -> None:
    with scratch_folder() as folder:
        (folder / "a").write_text("x")
    assert not folder.exists()


def test_what_runs_long_keeps_nothing_in_folders_that_a_kill_leaves_behind() -> None:
    root = Path(__file__).resolve().parents[2]
    found = [path for floor in ("crawler", "reports", "oit") for path in (root / floor).rglob("*.py")]
    kept = {"oit/cases/runner.py", "oit/backup.py"}  # a developer's command, and beside the copy that it makes
    at_risk = {str(path.relative_to(root)) for path in found if "TemporaryDirectory(" in path.read_text("utf-8")}
    assert at_risk <= kept
