"""Judging stored snapshots: many agencies over a few processes, one agency's failure its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from checklist.assess import assess
from checklist.rules.model import Edition
from oit.errors import first_line
from oit.job import Job
from oit.model import Agency, Assessment, Outcome, Resource, Snapshot
from oit.store import Store

_ALONE = 3
"""Up to so many agencies are judged in this process: starting another takes longer."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a judging process needs besides the agency."""

    data: Path
    edition: Edition
    as_of: date
    lexicon: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One agency's assessment. `problem` is set if judging itself failed; then all items are unchecked."""

    assessment: Assessment
    problem: str = ""


def judge_all(
    job: Job, agencies: Sequence[Agency], on_done: Callable[[Judged], None] | None = None
) -> tuple[Judged, ...]:
    """Judge the agencies' newest snapshots, in the order given. Nothing is fetched."""
    task = Task(job.settings.data, job.edition, job.settings.as_of, dict(job.rules.lexicon))
    found: dict[str, Judged] = {}
    for judged in _results(task, agencies):
        found[judged.assessment.agency.id] = judged
        if on_done is not None:
            on_done(judged)
    return tuple(found[agency.id] for agency in agencies)


def judge(task: Task, agency: Agency) -> Judged:
    """Judge one agency's newest snapshot."""
    try:
        store = Store(task.data)
        try:
            snapshot = store.load_snapshot(agency) or unseen(agency)
        finally:
            store.close()
        return Judged(assess(snapshot, task.edition, task.as_of, task.lexicon))
    except Exception as error:  # a hostile site harms only its own row, whatever it broke
        return _failed(task, agency, error)


def unseen(agency: Agency, detail: str = "not crawled yet") -> Snapshot:
    """The snapshot of an agency that was never crawled: nothing of it can be called missing."""
    now = datetime.now(UTC)
    home = Resource(agency.url, Outcome.OTHER, detail=detail)
    return Snapshot(agency, now, None, complete=False, stopped_by="home", resources=(home,))


def _failed(task: Task, agency: Agency, error: BaseException) -> Judged:
    problem = f"{type(error).__name__}: {first_line(error)}"
    snapshot = unseen(agency, "judging failed")
    return Judged(assess(snapshot, task.edition, task.as_of, task.lexicon), problem)


def _results(task: Task, agencies: Sequence[Agency]) -> Iterator[Judged]:
    workers = min(os.cpu_count() or 1, len(agencies))
    if len(agencies) <= _ALONE or workers == 1:
        yield from (judge(task, agency) for agency in agencies)
        return
    lost: list[Agency] = []
    for agency, judged in _pooled(task, agencies, workers):
        if judged is None:
            lost.append(agency)
        else:
            yield judged
    # A process that died took its pool with it; alone, each agency can only take itself.
    for agency in lost:
        for _, judged in _pooled(task, (agency,), 1):
            yield judged or _failed(task, agency, RuntimeError("the judging process died"))


def _pooled(task: Task, agencies: Sequence[Agency], workers: int) -> Iterator[tuple[Agency, Judged | None]]:
    # spawn: a fork would take over the crawler's threads and sockets.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: dict[Future[Judged], Agency] = {pool.submit(judge, task, agency): agency for agency in agencies}
        try:
            for future in as_completed(waiting):
                yield waiting[future], None if future.exception() is not None else future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
