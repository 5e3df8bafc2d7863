"""A crawl process ends at once, and yet with all that was registered for its end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.paths import PROJECT

_SCRIPT = """
import atexit, sys
from crawler.process.worker import _end

class Held:
    def __del__(self):
        print("taken apart")

held = Held()
atexit.register(lambda: print("registered"))
sys.stdout.write("written, ")
sys.stderr.write("told")
_end({status})
print("after the end")
"""


@pytest.mark.parametrize("status", [0, 3])
def test_a_process_ends_with_what_was_registered_and_written(status: int) -> None:
    script = _SCRIPT.format(status=status)
    ended = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == status
    assert ended.stdout == "written, registered\n"
    assert ended.stderr == "told"
