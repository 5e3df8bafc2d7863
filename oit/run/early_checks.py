"""Agencies are checked as their crawls end, beside the crawl: a night that is cut off has judged what it has read."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress

from core.errors import StoreError
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.storage.store import Store
from crawler.process.supervisor import Progress
from oit.reporting.desk import ReportDesk, joint_of
from oit.reporting.results import could_check
from oit.reporting.rows import ReportRows
from oit.run.checking import find_standing, judge_of
from oit.run.job import RunPlan
from oit.run.judging.pool import JudgingPool
from oit.run.pipeline import keep_checked
from oit.run.safeguards import FEWEST_ALIKE
from oit.run.staleness import ResultAges
from oit.run.standing import CheckedAgency, check_task

_log = logging.getLogger(__name__)
_NOT_NOW = ("crawling", "waiting", "interrupted", "home")
"""States of a crawl that is not over, or gave nothing to check: whether that is the site's fault, the end will tell."""
_NOT_READ = (*_NOT_NOW, "machine")
"""States after which nothing says that the site's home page was read."""
_FEWEST = 2
"""A single agency is judged at the end, without another process: it keeps nobody waiting."""


class _Failed:
    """A check that gave nothing."""


class EarlyChecks:
    """Checks each agency when its crawl has ended, keeps the assessment and writes its reports. What fails here is left
    to the check at the end of the run; `rows` are the agencies that are done, which that check leaves alone, `failed`
    those whose judging took all its time, which it takes as they are."""

    def __init__(self, job: RunPlan) -> None:
        self.rows: dict[str, CheckedAgency] = {}
        self.failed: list[CheckedAgency] = []
        self._job = job
        self._task = check_task(job)
        self._agencies = {agency.id: agency for agency in job.chosen}
        self._queue: queue.SimpleQueue[str | CheckedAgency | _Failed | None] = queue.SimpleQueue()
        self._under_way = 0
        self._heard: set[str] = set()
        self._read: set[str] = set()
        self._is_settled = len(self._agencies) < FEWEST_ALIKE
        """Whether it is known that the night replaces reports: not while most of its sites may still fail alike."""
        self._pool: JudgingPool[CheckedAgency] | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        if len(job.chosen) >= _FEWEST:
            self._thread.start()

    def hear(self, progress: Progress) -> None:
        """Take in an agency's state; one that has ended is checked."""
        if progress.state not in _NOT_READ:
            self._read.add(progress.agency)
            self._is_settled = self._is_settled or 2 * len(self._read) > len(self._agencies)
        if progress.state not in _NOT_NOW:
            self._ask(progress.agency)

    def hear_end(self, finished: Iterable[str]) -> None:
        """Take in that the crawl is over and the fault was not ours. Those that an earlier process had crawled are
        checked now, side by side too."""
        self._is_settled = True
        for agency in finished:
            if agency not in self._heard:
                self._ask(agency)
        if self._heard:
            self._queue.put("")  # what waits to be reported waits no longer

    def _ask(self, agency: str) -> None:
        if self._thread.is_alive():
            self._heard.add(agency)
            self._queue.put(agency)

    def close(self, *, wait: bool) -> None:
        """Come to an end: with all that was asked for, or as soon as what is under way is done."""
        if self._pool is not None and not wait:
            self._pool.close(at_once=True)
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        if self._pool is not None and wait:
            self._pool.close()

    def _serve(self) -> None:
        store: Store | None = None
        desk: _EarlyDesk | None = None
        try:
            ending = False
            while not ending or self._under_way:
                heard = self._queue.get()
                if heard is None:
                    ending = True
                    continue
                if desk is None:
                    # Opened when the crawl has made it: the run may end before anything is written.
                    store = Store(self._task.data)
                    desk = _EarlyDesk(self._job, store)
                if isinstance(heard, CheckedAgency):
                    self._under_way -= 1
                    self._take(heard, desk)
                elif isinstance(heard, _Failed):
                    self._under_way -= 1
                elif heard in self._agencies and heard not in self.rows:
                    standing = self._standing(self._agencies[heard], desk.store)
                    if standing is not None:
                        self._take(standing, desk)
                    else:
                        self._submit(self._agencies[heard])
                if self._is_settled:
                    desk.report()
        except Exception as error:  # the check at the end does it, or says what is wrong
            _log.warning("agencies are checked at the end of the run only: %s", error)
        finally:
            if desk is not None:
                desk.close()
            if store is not None:
                store.close()

    def _standing(self, agency: Agency, store: Store) -> CheckedAgency | None:
        with suppress(ValueError, KeyError, TypeError):
            return find_standing(self._task, agency, store)
        return None

    def _submit(self, agency: Agency) -> None:
        if self._pool is None:
            # The crawl needs the other processors.
            self._pool = JudgingPool(judge_of(self._task), max(1, (os.cpu_count() or 1) // 2))
        self._under_way += 1
        self._pool.submit(agency).add_done_callback(self._checked)

    def _checked(self, future: Future[CheckedAgency | StoreError]) -> None:
        checked = future.result()
        self._queue.put(_Failed() if isinstance(checked, StoreError) else checked)

    def _take(self, one: CheckedAgency, desk: _EarlyDesk) -> None:
        if one.ran_over:
            self.failed.append(one)
        elif not one.problem and not one.assessment.crawl.stale and could_check(one.assessment):
            self.rows[one.assessment.agency.id] = desk.keep(one)


class _EarlyDesk:
    """Keeps and reports what was judged early. Who else lacks an item is told as of the last night, and again at the
    end of the run where that has changed."""

    def __init__(self, job: RunPlan, store: Store) -> None:
        self.store = store
        self._job = job
        self._rows = ReportRows(job, store)
        self._ages = ResultAges(store, running=True)
        self._waiting: list[Assessment] = []
        last = {a.id: row for a in job.agencies.agencies if (row := self._rows.last_row(a)) is not None}
        self._desk = ReportDesk(job, store, self._rows, joint_of(job, last))

    def close(self) -> None:
        self._desk.close()

    def keep(self, one: CheckedAgency) -> CheckedAgency:
        row = keep_checked(self._job, one, self.store, self._rows, self._ages)
        self._rows.flush()
        self._waiting.append(self._ages.mark(row.assessment))
        return row

    def report(self) -> None:
        if self._waiting:
            self._desk.write(self._waiting)
            self._waiting.clear()
