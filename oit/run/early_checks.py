"""Agencies are checked as their crawls end, beside the crawl: a night that is cut off has judged what it has read."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from contextlib import suppress

from core.errors import StoreError
from core.models.agency import Agency
from core.storage.store import Store
from crawler.process.supervisor import Progress
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.checking import CheckedAgency, CheckTask, find_standing, judge_of
from oit.run.judging.pool import JudgingPool
from oit.run.pipeline import could_check

_log = logging.getLogger(__name__)
_NOT_NOW = ("crawling", "waiting", "interrupted", "home")
"""States of a crawl that is not over, or gave nothing to check: whether that is the site's fault, the end will tell."""
_FEWEST = 4
"""Of fewer agencies the check takes less than to start a process for it."""


class EarlyChecks:
    """Checks each agency when its crawl has ended, and saves the assessment; the check at the end of the run then
    finds that it stands. What fails here is left to that check."""

    def __init__(self, task: CheckTask, agencies: Sequence[Agency]) -> None:
        self._task = task
        self._agencies = {agency.id: agency for agency in agencies}
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._pool: JudgingPool[CheckedAgency] | None = None
        self._asked: list[Future[CheckedAgency | StoreError]] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        if len(agencies) >= _FEWEST:
            self._thread.start()

    def hear(self, progress: Progress) -> None:
        """Take in an agency's state; one that has ended is checked."""
        if progress.state not in _NOT_NOW and self._thread.is_alive():
            self._queue.put(progress.agency)

    def close(self, *, wait: bool) -> None:
        """Come to an end: with all that was asked for, or as soon as what is under way is done."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        if self._pool is not None:
            if wait:
                wait_for(self._asked)
            self._pool.close(at_once=not wait)

    def _serve(self) -> None:
        store: Store | None = None
        try:
            while (name := self._queue.get()) is not None:
                # Opened when the crawl has made it: the run may end before anything is written.
                store = store or Store(self._task.data)
                agency = self._agencies.get(name)
                if agency is not None and not self._stands(agency, store):
                    self._submit(agency)
        except Exception as error:  # the check at the end does it, or says what is wrong
            _log.warning("agencies are checked at the end of the run only: %s", error)
        finally:
            if store is not None:
                store.close()

    def _stands(self, agency: Agency, store: Store) -> bool:
        with suppress(ValueError, KeyError, TypeError):
            return find_standing(self._task, agency, store) is not None
        return False

    def _submit(self, agency: Agency) -> None:
        if self._pool is None:
            # The crawl needs the other processors.
            self._pool = JudgingPool(judge_of(self._task), max(1, (os.cpu_count() or 1) // 2))
        future = self._pool.submit(agency)
        future.add_done_callback(self._save)
        self._asked.append(future)

    def _save(self, future: Future[CheckedAgency | StoreError]) -> None:
        checked = future.result()
        if isinstance(checked, StoreError):
            return
        if not checked.problem and not checked.assessment.crawl.stale and could_check(checked.assessment):
            with suppress(OSError):
                save_assessment(self._task.data, CachedAssessment(checked.assessment, checked.mark, checked.bases))
