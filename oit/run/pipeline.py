"""The three steps of the main job: crawl, judge, report. Each works alone from what the one before left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from checklist.joint import assess_together
from core.models.assessment import Assessment, ItemStatus
from core.storage.store import Store
from crawler.process.supervisor import CrawlResult, CrawlSettings, Progress, run_crawl
from oit.run.assessment_cache import CachedAssessment, load_assessment, save_assessment
from oit.run.checking import CheckedAgency, check_all
from oit.run.hints import follow_hints
from oit.run.job import RunPlan, edition_of
from oit.run.overlay import lay_decisions, load_changes, load_spans, record_nights, with_objections
from oit.run.safeguards import check_contact
from oit.run.staleness import mark_age

_NOTHING_SEEN = frozenset({ItemStatus.UNCHECKED, ItemStatus.EXEMPT})


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a job gave: an assessment per agency that it was about, in the list's order."""

    job: RunPlan
    judged: tuple[CheckedAgency, ...]

    @property
    def unchecked(self) -> tuple[Assessment, ...]:
        """Agencies of which nothing at all could be checked."""
        return tuple(j.assessment for j in self.judged if j.problem or not could_check(j.assessment))

    @property
    def stale(self) -> tuple[Assessment, ...]:
        """Agencies that the last run could not read, so that an earlier night's result is shown."""
        unchecked = {one.agency.id for one in self.unchecked}
        return tuple(
            j.assessment for j in self.judged if j.assessment.crawl.stale and j.assessment.agency.id not in unchecked
        )

    @property
    def exit_status(self) -> int:
        """0 if every agency was checked, 1 if some could not be."""
        return 1 if self.unchecked or self.stale else 0

    def marked(self, cause: str = "") -> RunResult:
        """Return the same with the age of each result and the cause of those that are not the last run's."""
        store = Store(self.job.settings.data)
        try:
            aged = mark_age([one.assessment for one in self.judged], store, cause=cause)
            aged = lay_decisions(self.job, aged, store)
        finally:
            store.close()
        return replace(self, judged=tuple(replace(j, assessment=a) for j, a in zip(self.judged, aged, strict=True)))


def could_check(assessment: Assessment) -> bool:
    """Whether anything of the agency's site could be judged."""
    statuses = {verdict.as_if_due().status for verdict in assessment.verdicts}
    return ItemStatus.UNCHECKED not in statuses or not statuses <= _NOTHING_SEEN


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
    return CrawlSettings(hints=hints, contact=check_contact(job), local=job.settings.allow_local, scrapy=scrapy)


def check_agencies(job: RunPlan, on_done: Callable[[CheckedAgency], None] | None = None) -> RunResult:
    """Judge the chosen agencies' newest snapshots and save the assessments. No network."""
    judged = check_all(job, job.chosen, on_done)
    for one in judged:
        if not one.problem:
            save_assessment(job.settings.data, CachedAssessment(one.assessment, one.mark, one.bases))
    found = RunResult(job, judged).marked()
    store = Store(job.settings.data)
    try:
        record_nights([one.assessment for one in found.judged if not one.problem], store)
    finally:
        store.close()
    return found


def keep_results(job: RunPlan, cause: str) -> RunResult | None:
    """Return the stored results of a run that failed as a whole, marked with their age; None if there are none."""
    kept = _kept(job, [agency.id for agency in job.chosen])
    if not kept:
        return None
    return RunResult(job, tuple(CheckedAgency(one) for one in kept.values())).marked(cause)


@dataclass(frozen=True, slots=True)
class WrittenReports:
    """The province's page, and the ids of agencies whose earlier report stays because a new one could not be made."""

    page: Path
    unwritten: tuple[str, ...]


def write_all_reports(outcome: RunResult) -> WrittenReports:
    """Write the reports of the whole list: fresh verdicts where there are some, else the stored ones."""
    # The templates and writers are loaded where they are needed: `oit score` starts without them.
    from oit.printing import AGENCY_PDFS, PROVINCE_PDFS, drop_pdfs, print_reports
    from oit.run.evidence_images import render_evidence_images
    from reports.agency_html import Sender
    from reports.measures.measures_docx import read_template
    from reports.writer import write_reports

    job = outcome.job
    fresh = {j.assessment.agency.id: j.assessment for j in outcome.judged}
    others = [agency for agency in job.agencies.agencies if agency.id not in fresh]
    found = {**_kept(job, [agency.id for agency in others]), **fresh}
    unjudged = [agency for agency in others if agency.id not in found]
    found |= {j.assessment.agency.id: j.assessment for j in check_all(job, unjudged)}
    store = Store(job.settings.data)
    try:
        aged = lay_decisions(job, mark_age([found[agency.id] for agency in others], store), store)
        found |= {one.agency.id: one for one in aged}
        whole = [found[agency.id] for agency in job.agencies.agencies]
        pictures = render_evidence_images(job.settings.out, whole, store)
        changes, spans = load_changes(whole, store), load_spans(whole, store)
    finally:
        store.close()
    # Who answers a list of its sector is assessed there, not with the others.
    together = [one for one in whole if not one.scheme]
    joint = assess_together(together, job.edition) if len(together) > 1 else None
    sectors = {e.scheme: e for e in job.rules.editions if e.scheme and e.year == job.edition.year}
    printed = (tuple(AGENCY_PDFS), tuple(PROVINCE_PDFS)) if job.settings.pdf else ((), ())
    unwritten = write_reports(
        job.settings.out,
        whole,
        job.edition,
        job.agencies.province,
        pictures,
        joint,
        sectors=sectors,
        changes=changes,
        spans=spans,
        template=read_template(job.settings.templates),
        printed=printed,
        sender=Sender.of(job.agencies.province, job.agencies.settings),
        in_english=job.agencies.settings.english,
    )  # fmt: skip
    folder = job.settings.out / str(job.edition.year)
    ids = [agency.id for agency in job.agencies.agencies]
    if job.settings.pdf:
        print_reports(folder, ids)
    else:
        drop_pdfs(folder, ids)
    page = folder / "index.html"
    return WrittenReports(page, tuple(one.agency for one in unwritten))


def load_or_check(job: RunPlan, *, of_date: bool) -> RunResult:
    """The chosen agencies' stored assessments, judged now where there are none that fit: with `of_date`, one of
    another date than the job's does not, nor does one of an earlier crawl."""
    store = Store(job.settings.data)
    try:
        crawled = {agency.id: store.newest_times(agency) for agency in job.chosen}
    finally:
        store.close()
    found = {
        name: assessment
        for name, assessment in _kept(job, list(crawled)).items()
        if (times := crawled[name]) is not None
        and times[0] == assessment.crawl.started
        and (not of_date or assessment.as_of == job.settings.as_of)
    }
    fresh = check_all(job, [agency for agency in job.chosen if agency.id not in found])
    judged = {j.assessment.agency.id: j for j in fresh} | {name: CheckedAgency(a) for name, a in found.items()}
    return RunResult(job, tuple(judged[agency.id] for agency in job.chosen)).marked()


def _kept(job: RunPlan, ids: Sequence[str]) -> dict[str, Assessment]:
    found = {name: load_assessment(job.settings.data, job.edition.year, name) for name in ids}
    agencies = {agency.id: agency for agency in job.agencies.agencies}
    return {
        name: one.assessment
        for name, one in found.items()
        if one is not None and one.assessment.agency == agencies[name]
    }


def tally(assessment: Assessment) -> Mapping[str, int]:
    """How many items have each status, in the order of the statuses; without those that none has."""
    counts = Counter(verdict.status for verdict in assessment.verdicts)
    return {status.value: counts[status] for status in ItemStatus if counts[status]}
