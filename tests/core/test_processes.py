"""Programs that are started never outlive who started them, however that one ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.processes import tie_command

PARENT = """
import subprocess, sys
from core.processes import tie_command
child = subprocess.Popen(tie_command([{sleep!r}, "60"]))
print(child.pid, flush=True)
child.wait()
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
