"""The agencies that a crawl process has under way: each starts when its line comes, none waits for the others."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)


class AgencyWindow:
    """Starts a crawl for each line of JSON and reports each end. `on_empty` is called when the last has ended and no
    more will come."""

    def __init__(
        self,
        crawl: Callable[[Mapping[str, Any]], Awaitable[object]],
        report_end: Callable[[str], None],
        on_empty: Callable[[], None],
    ) -> None:
        self._crawl = crawl
        self._report_end = report_end
        self._on_empty = on_empty
        self._tasks: set[asyncio.Task[None]] = set()
        self._no_more = False

    def hear(self, line: bytes) -> None:
        """Take in one line: an agency to crawl, or that there are no more."""
        entry = json.loads(line)
        if entry.get("end"):
            self._no_more = True
            self._look()
            return
        task = asyncio.ensure_future(self._run(entry))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def _run(self, entry: Mapping[str, Any]) -> None:
        name = entry["agency"]["id"]
        try:
            await self._crawl(entry)
        except Exception:  # one agency never stops another; what it left unfinished is crawled again
            log.exception("the crawl of %s broke off", name)
        finally:
            self._report_end(name)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._look()

    def _look(self) -> None:
        if self._no_more and not self._tasks:
            self._on_empty()
