"""The first two steps of the main job: crawl and judge. Each works alone from what the one before left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType

from core.models.agency import Agency
from core.storage.store import NewestNight, Store
from crawler.process.supervisor import CrawlResult, CrawlSettings, Progress, local_hosts, run_crawl
from oit.reporting.results import AssessmentSpool, RunResult
from oit.reporting.rows import ReportRows
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.checking import check_each
from oit.run.hints import follow_hints
from oit.run.job import RunPlan, edition_of
from oit.run.overlay import record_night, with_objections
from oit.run.safeguards import check_contact
from oit.run.staleness import ResultAges
from oit.run.standing import CheckedAgency
from reports.rows.codec import shorten

NONE_KNOWN: Mapping[str, CheckedAgency] = MappingProxyType({})


def crawl_agencies(
    job: RunPlan, store: Store, on_progress: Callable[[Progress], None], on_stop: Callable[[], None] = lambda: None
) -> CrawlResult:
    """Crawl the chosen agencies into the store; the caller holds the store's lock. `on_stop` is called when somebody
    stops the run, before it ends."""
    agencies = with_objections(job.chosen, store, job.edition.year)
    return run_crawl(agencies, store, crawl_settings(job), on_progress, on_stop)


def crawl_settings(job: RunPlan) -> CrawlSettings:
    """How to crawl for this job's edition: what its items are called says which links to follow first."""
    names = {edition_of(agency, job.edition, job.rules.editions).name for agency in job.chosen} or {job.edition.name}
    editions = [edition for edition in job.rules.editions if edition.name in names]
    hints = follow_hints(job.rules, editions, job.edition.year)
    scrapy = dict(job.settings.scrapy)
    if job.settings.quiet_hours:
        scrapy["OIT_QUIET_HOURS"] = job.settings.quiet_hours
    if job.settings.warc:
        scrapy["OIT_WARC"] = str((job.settings.data / "warc" / f"{datetime.now(UTC):%Y-%m-%d}").absolute())
    local = job.settings.allow_local
    hosts = local_hosts(job.chosen) if local else frozenset[str]()
    return CrawlSettings(hints=hints, contact=check_contact(job), local=local, scrapy=scrapy, hosts=hosts)


def check_agencies(
    job: RunPlan,
    on_done: Callable[[CheckedAgency], None] | None = None,
    known: Mapping[str, CheckedAgency] = NONE_KNOWN,
    failed: Sequence[CheckedAgency] = (),
) -> RunResult:
    """Judge the chosen agencies' newest snapshots and keep the assessments. No network.

    `on_done` is given each whole assessment, `known` are rows of agencies that were judged in this run already,
    `failed` are whole assessments of those whose judging is not tried again."""
    store = Store(job.settings.data)
    spool = AssessmentSpool()
    found = dict(known)
    try:
        rows, ages = ReportRows(job, store), ResultAges(store)
        done = known.keys() | {one.assessment.agency.id for one in failed}
        for one in chain(failed, check_each(job, [agency for agency in job.chosen if agency.id not in done])):
            if one.problem:
                spool.add(one.assessment)
            found[one.assessment.agency.id] = keep_checked(job, one, store, rows, ages)
            if on_done is not None:
                on_done(one)
        rows.flush()
        return RunResult(job, tuple(found[agency.id] for agency in job.chosen), spool).mark_ages(store)
    finally:
        store.close()


def keep_checked(job: RunPlan, one: CheckedAgency, store: Store, rows: ReportRows, ages: ResultAges) -> CheckedAgency:
    """Keep an agency's assessment and what it says for the history, and return its row. Raises OSError."""
    decided = rows.decide(one.assessment)
    if one.problem:
        return replace(one, assessment=shorten(decided), bases={})
    save_assessment(job.settings.data, CachedAssessment(one.assessment, one.mark, one.bases))
    record_night(ages.mark(decided), store)
    return replace(one, assessment=rows.add(one.assessment.agency, decided), bases={})


def keep_results(job: RunPlan, cause: str) -> RunResult | None:
    """Return the stored results of a run that failed as a whole, marked with their age; None if nothing was reported
    before: what such a run has read makes no report."""
    root = job.settings.out / str(job.edition.year)
    store = Store(job.settings.data)
    try:
        rows = ReportRows(job, store)
        reported = [agency for agency in job.chosen if (root / agency.id / "report.json").exists()]
        kept = [CheckedAgency(row) for agency in reported if (row := rows.row(agency)) is not None]
        rows.flush()
        return RunResult(job, tuple(kept)).mark_ages(store, cause) if kept else None
    finally:
        store.close()


def load_or_check(job: RunPlan, *, of_date: bool) -> RunResult:
    """The chosen agencies' stored assessments, judged now where there are none that fit: with `of_date`, one of
    another date than the job's does not, nor does one of an earlier crawl."""
    store = Store(job.settings.data)
    spool = AssessmentSpool()
    try:
        rows = ReportRows(job, store)
        nights = store.newest_nights()
        found: dict[str, CheckedAgency] = {}
        for agency in job.chosen:
            started = _shown_start(agency, store, nights)
            row = rows.row(agency) if started is not None else None
            if row is not None and row.crawl.started == started and not (of_date and row.as_of != job.settings.as_of):
                found[agency.id] = CheckedAgency(row)
        for one in check_each(job, [agency for agency in job.chosen if agency.id not in found]):
            spool.add(one.assessment)
            found[one.assessment.agency.id] = replace(one, assessment=rows.shorten_row(one.assessment), bases={})
        rows.flush()
        return RunResult(job, tuple(found[agency.id] for agency in job.chosen), spool).mark_ages(store)
    finally:
        store.close()


def _shown_start(agency: Agency, store: Store, nights: Mapping[str, NewestNight]) -> datetime | None:
    """When the crawl began whose snapshot is judged."""
    newest = nights.get(agency.id)
    if newest is None or newest.home_ok:
        return newest.started if newest is not None else None
    times = store.newest_times(agency)
    return times[0] if times is not None else None
