"""`oit worker`: takes batches from the queue, crawls them and judges what it has read, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from core.errors import InputError, RunError, first_line
from core.storage.claims import Claim, ClaimLostError
from core.storage.store import Store
from crawler.process.supervisor import crawl_part
from oit.queue.broker import QUEUE, TASK, BatchJob, open_queue, require_server
from oit.queue.hand_out import SILENT, input_digest
from oit.run.job import RunPlan, prepare_run
from oit.run.options import Settings
from oit.run.overlay import with_objections
from oit.run.pipeline import check_agencies, crawl_settings
from oit.run.safeguards import check_machine

if TYPE_CHECKING:
    from procrastinate import JobContext

_log = logging.getLogger(__name__)
HEARTBEAT = 10.0
_PATIENCE = 8.0
"""Seconds that a batch has to end in order when the worker is stopped."""
_TRIES = 3
"""How often a batch is tried that fails."""


def run_worker(settings: Settings, *, once: bool = False, heartbeat: float = HEARTBEAT, silent: float = SILENT) -> None:
    """Work off batches until somebody stops this worker; with `once`, until none waits.

    Raises InputError without a server, RunError if it goes away: the service manager starts the worker again."""
    from procrastinate import RetryStrategy
    from procrastinate.exceptions import ConnectorException

    from oit.queue.fenced_jobs import FencedJobs

    check_machine(settings.data)
    app = open_queue(require_server(settings.data))
    app.job_manager = jobs = FencedJobs(app.connector)
    stopped = threading.Event()

    @app.task(name=TASK, queue=QUEUE, pass_context=True, retry=RetryStrategy(max_attempts=_TRIES, wait=5))
    def crawl_batch(context: JobContext, /, **arguments: Any) -> None:
        job = BatchJob(**{**arguments, "agencies": tuple(arguments["agencies"])})
        try:
            work_off(job, settings, lambda: stopped.is_set() or context.should_abort())
        except ClaimLostError as error:  # somebody else does it: nothing is lost, and nothing to be tried again
            _log.warning("%s", error)
            jobs.let_go(context.job)

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(
                queues=[QUEUE], name=worker_name(), concurrency=1, wait=not once, shutdown_graceful_timeout=_PATIENCE,
                update_heartbeat_interval=heartbeat, stalled_worker_timeout=silent, fetch_job_polling_interval=2.0,
            )  # fmt: skip

    try:
        asyncio.run(work())
    except ConnectorException as error:
        raise RunError(f"the queue's server went away: {first_line(error)}") from error
    finally:
        stopped.set()


def worker_name() -> str:
    """Return what this worker is called in `oit runs` and in the queue."""
    return f"{socket.gethostname()}-{os.getpid()}"


def work_off(batch: BatchJob, settings: Settings, is_stopped: Callable[[], bool]) -> None:
    """Crawl and judge one batch. Raises InputError if this worker's list or rules are others than the night's,
    ClaimLostError if another worker has the batch meanwhile, whatever else went wrong here."""
    plan = _plan(batch, settings)
    keeper = Store(settings.data)
    try:
        claim = keeper.batches.take(batch.run_id, batch.batch, worker_name())
        _log.info("batch %d of run %d, attempt %d", batch.batch, batch.run_id, claim.attempt)
        try:
            _work(batch, plan, keeper, claim, is_stopped)
        except Exception:
            keeper.batches.check(claim)
            raise
    finally:
        keeper.close()


def _work(batch: BatchJob, plan: RunPlan, keeper: Store, claim: Claim, is_stopped: Callable[[], bool]) -> None:
    chosen = tuple(agency for agency in plan.chosen if agency.id in set(batch.agencies))
    store = Store(plan.settings.data, claim)
    try:
        agencies = with_objections(chosen, store, plan.edition.year)
        how = replace(crawl_settings(plan), claim=claim)
        result = crawl_part(batch.run_id, agencies, store, how, lambda _: None, is_stopped=is_stopped)
    finally:
        store.close()
    keeper.batches.check(claim)
    if result.interrupted:
        raise RunError("the worker was stopped")  # the queue hands the batch out again
    nights = keeper.newest_nights()
    read = tuple(
        a for a in chosen if a.id in set(result.finished) and (n := nights.get(a.id)) is not None and n.home_ok
    )
    check_agencies(replace(plan, chosen=read))
    keeper.batches.finish(claim, result.figures)


def _plan(batch: BatchJob, settings: Settings) -> RunPlan:
    """The night's plan, of this worker's own list and rules."""
    night = batch.night
    own = replace(
        settings,
        edition=int(night["edition"]),
        as_of=date.fromisoformat(night["as_of"]),
        allow_local=bool(night["allow_local"]),
        scrapy=tuple((name, value) for name, value in night["scrapy"]),
        quiet_hours=str(night["quiet_hours"]),
        contact=str(night["contact"]),
        warc=bool(night["warc"]),
        force=bool(night["force"]),
    )
    plan = prepare_run(own)
    if input_digest(plan, plan.chosen) != batch.inputs:
        raise InputError(f"{settings.agencies}: the list or the rules of this worker are others than the night's")
    return plan
