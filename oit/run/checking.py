"""Judging stored snapshots: many agencies over a few processes, one agency's failure its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from checklist.assess import assess, assessment, crawl_notes, crawl_summary, judgements, under_its_list
from core.errors import StoreError, first_line
from core.models.agency import Agency
from core.models.assessment import Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource, Snapshot, StopReason
from core.storage.store import Store
from oit.run.assessment_cache import load_pages, save_pages
from oit.run.job import RunPlan
from oit.run.judging.limits import LOADING_SECONDS, OverrunError, allow, limit_work, rarely_swept, seconds_for
from oit.run.judging.pool import Judge, check_in_pool
from oit.run.standing import CheckedAgency, CheckTask, LookUp, check_task, look_up, mark_of, program_digest

if TYPE_CHECKING:
    from checklist.candidates.page_index import KnownPages

_ALONE = 3
"""Up to so many agencies are judged in this process: starting another takes longer."""


def check_each(job: RunPlan, agencies: Sequence[Agency]) -> Iterator[CheckedAgency]:
    """Judge the agencies' newest snapshots, each given as it is done and none held: 8,303 whole assessments are 7 GB.
    Nothing is fetched."""
    task = check_task(job)
    left = {agency.id: agency for agency in agencies}
    for standing in _standing(task, agencies):
        del left[standing.assessment.agency.id]
        yield standing
    yield from _results(task, tuple(left.values()))


def check_all(job: RunPlan, agencies: Sequence[Agency]) -> tuple[CheckedAgency, ...]:
    """Judge the agencies' newest snapshots, in the order given. Nothing is fetched."""
    found = {one.assessment.agency.id: one for one in check_each(job, agencies)}
    return tuple(found[agency.id] for agency in agencies)


def find_standing(task: CheckTask, agency: Agency, store: Store) -> CheckedAgency | None:
    """Return the stored assessment if all of its verdicts would be given again, None if one would not."""
    return _look_up(task, agency, store).whole


def _standing(task: CheckTask, agencies: Sequence[Agency]) -> Iterator[CheckedAgency]:
    """The agencies whose verdicts all stand: nothing of them is unpacked, and no process is started for them."""
    store = Store(task.data)
    try:
        for agency in agencies:
            with suppress(ValueError, KeyError, TypeError):  # what cannot be compared is judged
                whole = find_standing(task, agency, store)
                if whole is not None:
                    yield whole
    finally:
        store.close()


def check_agency(task: CheckTask, agency: Agency) -> CheckedAgency:
    """Judge one agency's newest snapshot, as far as its stored verdicts do not stand."""
    try:
        store = Store(task.data)
        try:
            with limit_work(), rarely_swept():
                allow(LOADING_SECONDS)
                return _judged(task, agency, store)
        finally:
            store.close()
    except StoreError:
        raise  # no agency's fault: the whole run fails, and no verdict is touched
    except Exception as error:  # a hostile site harms only its own row, whatever it broke
        return failed_check(task, agency, error)


def _look_up(task: CheckTask, agency: Agency, store: Store) -> LookUp:
    return look_up(task, agency, store.snapshot_mark(agency), lambda: store.newest_times(agency))


def _judged(task: CheckTask, agency: Agency, store: Store) -> CheckedAgency:
    before = _look_up(task, agency, store)
    if before.whole is not None:
        return before.whole
    from checklist.candidates.page_index import KnownPages  # with the dictionaries: who judges nothing needs none

    stored = store.load_marked(agency)
    if stored is None:
        return _judged_anew(task, unseen(agency), before, KnownPages())
    if before.mark != mark_of(stored.mark, agency, task.names):  # a crawl has ended meanwhile
        before = LookUp(mark_of(stored.mark, agency, task.names), {}, {})
    year = task.edition_of(agency).year
    pages = KnownPages(program_digest(), stored.of_urls, load_pages(task.data, year, agency.id))
    found = _judged_anew(task, stored.snapshot, before, pages)
    packed = pages.pack()
    if packed is not None:
        save_pages(task.data, year, agency.id, packed)
    return found


def _judged_anew(task: CheckTask, snapshot: Snapshot, before: LookUp, pages: KnownPages) -> CheckedAgency:
    agency, edition = snapshot.agency, task.edition_of(snapshot.agency)
    letters = sum(pages.letters(page, menus=at == 0) for at, page in enumerate(snapshot.resources))
    allow(seconds_for(letters))
    found = judgements(snapshot, edition, task.as_of, task.lexicon, before.known, pages)
    last = before.assessment
    crawl = (
        crawl_summary(snapshot)
        if last is None
        else replace(last.crawl, started=snapshot.started, finished=snapshot.finished)
    )
    whole = assessment(agency, edition, task.as_of, crawl, crawl_notes(snapshot), found)
    if last is None or last.follows:  # else it follows no other list, as the last time
        whole = under_its_list(whole, snapshot, edition, task.lists)
    bases = {judgement.verdict.item: judgement.basis for judgement in found}
    return CheckedAgency(whole, mark=before.mark, bases=bases, rejudged=len(found) - len(before.standing))


def unseen(agency: Agency, detail: str = "not crawled yet") -> Snapshot:
    """The snapshot of an agency that was never crawled: nothing of it can be called missing."""
    now = datetime.now(UTC)
    home = Resource(agency.url, FetchOutcome.OTHER, detail=detail)
    return Snapshot(agency, now, None, complete=False, stopped_by=StopReason.HOME, resources=(home,))


def failed_check(task: CheckTask, agency: Agency, error: BaseException) -> CheckedAgency:
    """Return the agency with all items unchecked, and why."""
    problem = f"{type(error).__name__}: {first_line(error)}"
    snapshot = unseen(agency, "judging failed")
    found = assess(snapshot, task.edition_of(agency), task.as_of, task.lexicon)
    notes = (Reason(ReasonCode.NOT_JUDGED), *found.notes)
    return CheckedAgency(replace(found, notes=notes), problem, ran_over=isinstance(error, OverrunError))


def _results(task: CheckTask, agencies: Sequence[Agency]) -> Iterator[CheckedAgency]:
    if len(agencies) <= _ALONE:
        yield from (check_agency(task, agency) for agency in agencies)
        return
    yield from check_in_pool(judge_of(task), agencies)


def judge_of(task: CheckTask) -> Judge[CheckedAgency]:
    """Return how agencies are judged in another process."""
    return Judge(partial(check_agency, task), partial(failed_check, task))
