"""Live display of a crawl over all agencies; plain lines where there is no terminal."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from core.models.agency import Agency
from crawler.process.supervisor import Progress

_LINE_EVERY = 30.0
"""Seconds between two summary lines in a log: a night of eight hours gives about a thousand."""
_IDLE = frozenset({"waiting", "finished"})


class CrawlDisplay:
    """Shows `Progress` as it comes. A context manager; `update` may be called by one thread at a time."""

    def __init__(self, agencies: tuple[Agency, ...], console: Console, *, quiet: bool = False) -> None:
        self._names: Mapping[str, str] = {agency.id: agency.name for agency in agencies}
        self._last: dict[str, Progress] = {}
        self._console = console
        self._quiet = quiet
        self._said = time.monotonic()
        wanted = console.is_terminal and not quiet
        self._live = Live(console=console, refresh_per_second=4, transient=True) if wanted else None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if not self._quiet and self._last:
            self._console.print(self.totals(), markup=False, highlight=False)

    def update(self, progress: Progress) -> None:
        """Take in one agency's state."""
        before = self._last.get(progress.agency)
        self._last[progress.agency] = progress
        if self._quiet:
            return
        if self._live is not None:
            self._live.update(self.table())
            return
        if before is None or before.state != progress.state:
            self._line(describe(progress))
        elif time.monotonic() - self._said > _LINE_EVERY:
            self._line(self.totals())

    def _line(self, text: str) -> None:
        self._said = time.monotonic()
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def totals(self) -> str:
        """One line over all agencies."""
        states = list(self._last.values())
        ended = sum(p.state not in ("waiting", "crawling") for p in states)
        return (
            f"{ended} of {len(self._names)} agencies done, {sum(p.pages for p in states)} pages, "
            f"{sum(p.documents for p in states)} documents, {sum(p.failed for p in states)} failed, "
            f"{sum(p.queued for p in states)} queued"
        )

    def table(self) -> Table:
        """The agencies under way, the longest queue first, as many as fit."""
        table = Table(title=self.totals(), title_justify="left", box=None, pad_edge=False)
        table.add_column("agency", max_width=40, no_wrap=True)
        table.add_column("state")
        for name in ("pages", "documents", "failed", "queue"):
            table.add_column(name, justify="right")
        busy = sorted((p for p in self._last.values() if p.state not in _IDLE), key=lambda p: -p.queued)
        for p in busy[: max(3, self._console.height - 4)]:
            numbers = (str(n) for n in (p.pages, p.documents, p.failed, p.queued))
            table.add_row(Text(self._names.get(p.agency, p.agency)), Text(p.state), *numbers)
        return table


def describe(progress: Progress) -> str:
    """One agency's state as a line of a log."""
    return (
        f"{progress.agency}: {progress.state}, {progress.pages} pages, {progress.documents} documents, "
        f"{progress.failed} failed, {progress.queued} queued"
    )
