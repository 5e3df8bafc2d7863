"""A night whose sites are read by workers: the list is cut into batches, and the night waits for them.

Whoever dies is replaced: a batch whose worker was not heard of for half a minute is handed out again, a night that was
cut off goes on with the batches that are still there."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.models.agency import Agency
from core.storage.store import Store
from crawler.budget import Spent
from crawler.process.supervisor import CrawlResult, Progress, local_hosts
from oit.queue.batches import BATCH, make_batches
from oit.queue.broker import QUEUE, TASK, BatchJob, open_queue, require_server
from oit.run.job import RunPlan, rules_path

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job

_log = logging.getLogger(__name__)
SILENT = 30.0
"""Seconds after which a worker that was not heard of counts as dead; it says something every 10."""
_LOOK_EVERY = 1.0
_ATTEMPTS = 5
"""How often a batch is handed out whose workers die."""
_NOBODY = 60.0
"""Seconds without any worker after which the night says so."""


@dataclass(frozen=True, slots=True)
class WorkerCrawl:
    """Reads the sites of a night through workers, in place of `oit.run.pipeline.crawl_agencies`."""

    batch: int = BATCH
    silent: float = SILENT

    def __call__(
        self, job: RunPlan, store: Store, on_progress: Callable[[Progress], None], on_stop: Callable[[], None]
    ) -> CrawlResult:
        """Hand the chosen agencies out and wait for the end of the last batch. Raises InputError without a server."""
        app = open_queue(require_server(job.settings.data))
        run_id = store.begin_run(tuple(agency.id for agency in job.chosen))
        waiting = _Waiting(self, job, store, run_id, on_progress)
        interrupted = False
        try:
            asyncio.run(waiting.run(app))
        except KeyboardInterrupt:
            on_stop()
            interrupted = True
            asyncio.run(waiting.withdraw(open_queue(require_server(job.settings.data))))
        finished = store.finished_agencies(run_id)
        if not interrupted:
            store.finish_run(run_id)
        states = [state.figures for state in store.batches.of_run(run_id)]
        spent = Spent(
            sum(s.pages for s in states), sum(s.documents for s in states), sum(s.bytes for s in states),
            sum(s.failed for s in states),
        )  # fmt: skip
        return CrawlResult(
            tuple(a.id for a in job.chosen if a.id in finished),
            tuple(a.id for a in job.chosen if a.id not in finished),
            interrupted,
            run_id,
            sum(s.crashes for s in states) + waiting.lost,
            spent,
            sum(s.recognised for s in states),
        )


class _Waiting:
    """One night's batches, from the first that is handed out to the last that ends."""

    def __init__(
        self, how: WorkerCrawl, job: RunPlan, store: Store, run_id: int, on_progress: Callable[[Progress], None]
    ) -> None:
        self._how = how
        self._job = job
        self._store = store
        self._run = run_id
        self._on_progress = on_progress
        self._told: set[str] = set()
        self._alone_since = time.monotonic()
        self.lost = 0

    async def run(self, app: App) -> None:
        async with app.open_async():
            await self._hand_out(app)
            while await self._look(app):
                await asyncio.sleep(_LOOK_EVERY)

    async def withdraw(self, app: App) -> None:
        """Take back what no worker has begun, and ask for the end of what they have."""
        async with app.open_async():
            for job in await self._jobs(app, "todo", "doing"):
                await app.job_manager.cancel_job_by_id_async(_id(job), abort=True)

    async def _hand_out(self, app: App) -> None:
        """Defer what is left and in no batch of an earlier start of this night."""
        done = set(self._store.finished_agencies(self._run))
        there = await self._jobs(app, "todo", "doing")
        for job in there:
            done.update(_arguments(job).agencies)
        left = [agency for agency in self._job.chosen if agency.id not in done]
        known = [state.batch for state in self._store.batches.of_run(self._run)]
        known += [_arguments(job).batch for job in there]
        number = max(known, default=-1) + 1
        local = local_hosts(self._job.chosen) if self._job.settings.allow_local else frozenset[str]()
        batches = await asyncio.to_thread(make_batches, left, local, size=self._how.batch)
        inputs = input_digest(self._job, self._job.chosen)
        task = app.configure_task(TASK, queue=QUEUE, allow_unknown=True)
        for place, agencies in enumerate(batches, number):
            ids = tuple(agency.id for agency in agencies)
            batch = BatchJob(self._run, place, ids, night_options(self._job), inputs)
            await task.defer_async(**batch.as_arguments())
        _log.info("run %d: %d batches handed out, %d there already", self._run, len(batches), len(there))

    async def _look(self, app: App) -> bool:
        """See who has ended and who has died; whether there is something left to wait for."""
        for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._how.silent):
            if job.task_kwargs.get("run_id") == self._run:
                await self._again(app, job)
        self._tell()
        jobs = await self._jobs(app, "todo", "doing")
        if any(job.status == "doing" for job in jobs):
            self._alone_since = time.monotonic()
        elif jobs and time.monotonic() - self._alone_since > _NOBODY:
            self._alone_since = time.monotonic()
            _log.warning("%d batches wait and no worker takes one: start `oit worker`", len(jobs))
        return bool(jobs)

    async def _again(self, app: App, job: Job) -> None:
        from procrastinate.jobs import Status

        self.lost += 1
        _log.warning("batch %s: its worker was not heard of for %.0f s", job.task_kwargs["batch"], self._how.silent)
        if job.attempts + 1 < _ATTEMPTS:
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job_by_id_async(_id(job), Status.FAILED, delete_job=False)

    def _tell(self) -> None:
        for name in sorted(self._store.finished_agencies(self._run) - self._told):
            self._told.add(name)
            self._on_progress(Progress(name, "finished", 0, 0, 0, 0))

    async def _jobs(self, app: App, *statuses: str) -> list[Job]:
        found: list[Job] = []
        for status in statuses:
            found += await app.job_manager.list_jobs_async(queue=QUEUE, status=status)
        return [job for job in found if job.task_kwargs.get("run_id") == self._run]


def _id(job: Job) -> int:
    assert job.id is not None
    return job.id


def _arguments(job: Job) -> BatchJob:
    known: Any = job.task_kwargs
    return BatchJob(**{**known, "agencies": tuple(known["agencies"])})


def night_options(job: RunPlan) -> dict[str, Any]:
    """Return the options that a worker judges and crawls by, as JSON holds them."""
    settings = job.settings
    return {
        "edition": job.edition.year,
        "as_of": settings.as_of.isoformat(),
        "allow_local": settings.allow_local,
        "scrapy": [list(pair) for pair in settings.scrapy],
        "quiet_hours": settings.quiet_hours,
        "contact": settings.contact,
        "warc": settings.warc,
        "force": settings.force,
    }


def input_digest(job: RunPlan, agencies: Iterable[Agency] | Sequence[Agency]) -> str:
    """Return what stands for the list and the rules."""
    digest = hashlib.sha256(Path(rules_path(job.settings.rules)).read_bytes())
    for agency in agencies:
        digest.update(repr(agency).encode("utf-8", "replace"))
    return digest.hexdigest()
