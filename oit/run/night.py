"""One run from the crawl to its last line: under the store's lock, recorded, and honest about a night that failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass

from core.errors import RUN_FAILED, RunError
from core.storage.run_log import RunOutcome
from core.storage.store import Store
from crawler.process.supervisor import CrawlResult, Progress
from oit import __version__
from oit.reporting.desk import WrittenReports, write_all_reports
from oit.reporting.results import RunResult
from oit.run.early_checks import EarlyChecks
from oit.run.job import RunPlan
from oit.run.metrics import write_metrics
from oit.run.pipeline import check_agencies, crawl_agencies, keep_results
from oit.run.safeguards import check_contact, check_list, check_machine, check_reach, our_fault
from oit.run.staleness import NETWORK
from oit.run.withdrawn import withdraw_reports

_log = logging.getLogger(__name__)
INTERRUPTED = 130
_NAMED = 5
"""Agencies that a line names; of more it says how many."""


class RunStoppedError(Exception):
    """Somebody stopped the run; what was crawled is kept."""


Crawl = Callable[[RunPlan, Store, Callable[[Progress], None], Callable[[], None]], CrawlResult]


@dataclass(frozen=True, slots=True)
class Night:
    """What to do beside the crawl: `command` is what the record says, `keep` the number of snapshots kept per agency
    (None for all), `reports` whether earlier reports are there to be marked if the run fails, `crawl` what reads the
    sites: this machine, or workers (oit/queue)."""

    job: RunPlan
    command: str
    keep: int | None = None
    reports: bool = True
    crawl: Crawl = crawl_agencies


@dataclass(frozen=True, slots=True)
class NightResult:
    """What a run from crawl to reports gave. `lost` is one line if a crawl process died and agencies were not read."""

    outcome: RunResult
    written: WrittenReports
    withdrawn: tuple[str, ...]
    lost: str

    @property
    def exit_status(self) -> int:
        """0 all was read, 1 some agency was not or has no report, 3 a crawl process died with agencies unread, or
        reports could not be put in their place."""
        return RUN_FAILED if self.lost else self.written.exit_status(self.outcome.exit_status)

    @property
    def problem(self) -> str:
        """One line for the administrator if the run failed, else empty."""
        return "; ".join(filter(None, (self.lost, self.written.problem)))


def crawl_night(night: Night, on_progress: Callable[[Progress], None], on_stop: Callable[[], None]) -> CrawlResult:
    """Crawl the chosen agencies.

    Raises InputError without a contact or for a list that has shrunk, RunStoppedError if somebody stopped the run,
    RunError for a night that failed: then earlier reports are kept, marked with their age."""
    job = night.job
    check_contact(job)
    check_reach(job)
    check_machine(job.settings.data, *((job.settings.out,) if night.reports else ()))
    store = Store(job.settings.data)
    try:
        with store.lock():
            check_list(job, store)
            store.check_objects(claim=True)
            _log.info("%s of %d agencies, edition %s", night.command, len(job.chosen), job.edition.name)
            result = night.crawl(job, store, _logged(on_progress), on_stop)
            store.describe_run(result.run_id, command=night.command, edition=job.edition.year, program=__version__)
            if result.interrupted:
                _record(night, store, result.run_id, _counted(result, INTERRUPTED))
                raise RunStoppedError
            problem = our_fault(job, store) or ("" if result.finished else _lost(result))
            if problem:
                _record(night, store, result.run_id, _counted(result, RUN_FAILED, problem))
                if night.reports:
                    _keep_reports(job)
                raise RunError(problem)
            if night.keep is not None:
                store.prune(night.keep)
            if not night.reports:
                _record(night, store, result.run_id, _counted(result, RUN_FAILED if result.unfinished else 0))
            return result
    finally:
        store.close()


def audit_night(night: Night, on_progress: Callable[[Progress], None], on_stop: Callable[[], None]) -> NightResult:
    """Crawl, check and report; raises what `crawl_night` raises."""
    early = EarlyChecks(night.job)

    def update(progress: Progress) -> None:
        early.hear(progress)
        on_progress(progress)

    try:
        crawled = crawl_night(night, update, on_stop)
    except BaseException:
        early.close(wait=False)
        raise
    early.hear_end(crawled.finished)
    early.close(wait=True)
    outcome = check_agencies(night.job, known=early.rows, failed=early.failed)
    written = write_all_reports(outcome)
    withdrawn = withdraw_reports(night.job.settings.out, night.job.edition.year, night.job.agencies)
    result = NightResult(outcome, written, withdrawn, _lost(crawled) if crawled.unfinished else "")
    counted = _counted(
        crawled, result.exit_status, result.problem, len(outcome.judged), len(outcome.unchecked), len(outcome.stale)
    )
    store = Store(night.job.settings.data)
    try:
        _record(night, store, crawled.run_id, counted)
    finally:
        store.close()
    return result


def _record(night: Night, store: Store, run_id: int, outcome: RunOutcome) -> None:
    """Record how the run ended, in the store, the log and for who watches."""
    store.record_run(run_id, outcome)
    _log.info("%s ended: %s", night.command, outcome)
    if night.job.settings.metrics is not None:
        write_metrics(night.job.settings.metrics, store)


def _logged(on_progress: Callable[[Progress], None]) -> Callable[[Progress], None]:
    def update(progress: Progress) -> None:
        if progress.state != "crawling":
            _log.info(
                "%s: %s, %d pages, %d documents, %d failed",
                progress.agency,
                progress.state,
                progress.pages,
                progress.documents,
                progress.failed,
            )
        on_progress(progress)

    return update


def _counted(
    crawled: CrawlResult, status: int, problem: str = "", judged: int = 0, unchecked: int = 0, stale: int = 0
) -> RunOutcome:
    return RunOutcome(
        exit_status=status,
        problem=problem,
        checked=judged - unchecked - stale,
        unchecked=unchecked,
        stale=stale,
        **asdict(crawled.figures),
    )


def _lost(crawled: CrawlResult) -> str:
    """The line for agencies whose crawl did not come to an end although nobody stopped it."""
    named = ", ".join(crawled.unfinished[:_NAMED])
    more = len(crawled.unfinished) - _NAMED
    whom = f"{named} and {more} more" if more > 0 else named
    died = f"{crawled.crashes} crawl processes died; " if crawled.crashes else ""
    return f"{died}not crawled to the end: {whom} (earlier results stay, marked with their age)"


def _keep_reports(job: RunPlan) -> None:
    kept = keep_results(job, NETWORK)
    if kept is not None:
        write_all_reports(kept)
