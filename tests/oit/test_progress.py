"""Progress on a terminal, in a log and not at all."""

from __future__ import annotations

import io

from rich.console import Console

from core.models.agency import Agency
from crawler.process.supervisor import Progress
from oit.progress import CrawlDisplay

AGENCY = Agency("land", "สำนักงานที่ดิน", "https://land.example.go.th/")


def test_progress_degrades_to_lines() -> None:
    out = io.StringIO()
    with CrawlDisplay((AGENCY,), Console(file=out, width=40)) as display:
        for state, pages in (("crawling", 0), ("crawling", 5), ("finished", 9)):
            display.update(Progress("land", state, pages, 1, 0, 0))
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("land: crawling, 0 pages")
    assert lines[1].startswith("land: finished, 9 pages")
    assert "1 of 1 agencies done, 9 pages" in " ".join(lines[2:])


def test_progress_on_a_terminal_and_quiet() -> None:
    for quiet in (False, True):
        out = io.StringIO()
        with CrawlDisplay((AGENCY,), Console(file=out, force_terminal=True, width=120), quiet=quiet) as display:
            display.update(Progress("land", "crawling", 7, 1, 0, 3))
        assert ("7 pages" in out.getvalue()) is not quiet
