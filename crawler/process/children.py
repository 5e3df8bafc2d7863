"""Crawl processes as the supervisor sees them: started, fed through standard input, heard through standard output."""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.processes import is_stopped, sweep_scratch

log = logging.getLogger(__name__)

_STOP_SECONDS = 4.0
_STOPPED_SECONDS = 20.0
"""Seconds for which a process may be stopped: somebody may look at it with a debugger."""
_SILENT_LOOKS = 60
"""Looks, of some seconds each, between which a process may say nothing. It speaks each second unless one thing keeps
its loop: a wait for locked tables takes a minute and a half, an answer without end is what nobody thought of. Looks
and not seconds: they stand still with the machine."""
_MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "262144"}
"""Bodies are handed on by many threads; the C library would keep room for each of them."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A line that a process wrote, as JSON; None when it has closed its output."""

    child: Child
    line: Mapping[str, Any] | None


class Child:
    """One crawl process. `window` is how many agencies it may have at once, `under_way` the ids of those it has."""

    def __init__(self, number: int, job: Path, window: int, heard: queue.Queue[Heard]) -> None:
        self.number = number
        self.window = window
        self.under_way: set[str] = set()
        self._heard = heard
        self._told_to_end = False
        self._stopped_since: float | None = None
        self._silent_looks = 0
        # A session of its own: Ctrl-C reaches us, and we stop the children in order.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawler.process.worker", str(job)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            env={**os.environ, **_MALLOC, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def status(self) -> int | None:
        """The exit status, None while it runs."""
        return self._process.poll()

    def give(self, agency_id: str, entry: Mapping[str, Any]) -> None:
        """Hand over one agency to crawl."""
        self.under_way.add(agency_id)
        self._write(entry)

    def finish(self) -> None:
        """Tell it that no more agencies will come: it ends when it has none under way."""
        if not self._told_to_end:
            self._told_to_end = True
            self._write({"end": True})

    def wait(self) -> int:
        """Wait for its end and return its exit status."""
        return self._process.wait()

    def _write(self, data: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        line = json.dumps(data) + "\n"
        # A process that has died is told by the end of its output.
        with suppress(OSError, ValueError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for text in self._process.stdout:
            self._silent_looks = 0
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if isinstance(line, dict):
                self._heard.put(Heard(self, line))
        self._heard.put(Heard(self, None))

    def end_if_stopped(self, now: float) -> None:
        """End the process if somebody has stopped it (SIGSTOP) and it was not let go on for long: nobody would wait for
        a line of it without end. What it had under way is tried again."""
        if not is_stopped(self._process.pid):
            self._stopped_since = None
            return
        self._stopped_since = now if self._stopped_since is None else self._stopped_since
        if now - self._stopped_since >= _STOPPED_SECONDS:
            self.kill()

    def end_if_silent(self) -> None:
        """End the process if nothing was heard of it over many looks: something keeps its loop, and all its agencies
        wait. What it had under way is tried again, by fewer at once, until what keeps it stands alone."""
        self._silent_looks += 1
        if self._silent_looks > _SILENT_LOOKS and self.status is None:
            log.error(
                "a crawl process said nothing for long and is ended; under way: %s", " ".join(sorted(self.under_way))
            )
            self.kill()

    def ask_to_stop(self) -> None:
        """Close its standard input: it ends in order, what it has not finished stays unfinished."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def end_by(self, until: float) -> None:
        """Wait for its end up to a time of the monotonic clock."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=max(0.0, until - time.monotonic()))

    def kill(self) -> None:
        """End it at once."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def stop_all(children: Collection[Child]) -> None:
    """Ask for an orderly end, then insist; a second Ctrl-C insists at once."""
    until = time.monotonic() + _STOP_SECONDS
    with suppress(KeyboardInterrupt):
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.end_by(until)
    for child in children:
        child.kill()
    # What was killed has left its readers' temporary files.
    sweep_scratch()
