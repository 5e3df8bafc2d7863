"""Judging stored snapshots: many agencies over a few processes, one agency's failure its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import checklist
import core
from checklist.assess import assess, assessment, crawl_notes, crawl_summary, judgements, standing_of, under_its_list
from checklist.incremental import Basis, Judgement, RuleFingerprints
from checklist.rules.model import Edition
from core.errors import StoreError, first_line
from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, Resource, Snapshot, StopReason
from core.storage.store import Store
from oit.run.assessment_cache import load_assessment, load_pages, save_pages
from oit.run.job import RunPlan, edition_of
from oit.run.judging.limits import LOADING_SECONDS, allow, limit_work, rarely_swept, seconds_for
from oit.run.judging.pool import Judge, check_in_pool

if TYPE_CHECKING:
    from checklist.candidates.page_index import KnownPages

_LIBRARIES = ("pythainlp", "rapidfuzz")
_ALONE = 3
"""Up to so many agencies are judged in this process: starting another takes longer."""


@dataclass(frozen=True, slots=True)
class CheckTask:
    """What a judging process needs besides the agency."""

    data: Path
    edition: Edition
    as_of: date
    lexicon: dict[str, tuple[str, ...]]
    lists: tuple[Edition, ...] = ()
    """All editions of the rules: those of the sectors, and what a site may follow."""
    names: str = ""
    """A digest of how the items of `lists` are called."""
    fingerprints: dict[str, RuleFingerprints] = field(default_factory=dict, compare=False)
    """Made as they are needed, by edition."""

    def edition_of(self, agency: Agency) -> Edition:
        """The edition that an agency is judged by: its sector's, or the general one."""
        return edition_of(agency, self.edition, self.lists)


@dataclass(frozen=True, slots=True)
class CheckedAgency:
    """One agency's assessment. `problem` is set if judging itself failed; then all items are unchecked."""

    assessment: Assessment
    problem: str = ""
    mark: str = ""
    """What it was judged from; see `oit.run.assessment_cache.Kept`."""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    rejudged: int = 0
    """How many items had to be judged now; the others' verdicts still stood."""


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


def check_task(job: RunPlan) -> CheckTask:
    """Return what a check needs besides the agency."""
    lists = job.rules.editions
    return CheckTask(
        job.settings.data, job.edition, job.settings.as_of, dict(job.rules.lexicon), lists, name_lists(lists)
    )  # fmt: skip


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


def _crawl_of(before: Assessment, agency: Agency, store: Store) -> CrawlSummary:
    """The crawl of an unchanged site: what it saw stands, when it was is tonight's."""
    times = store.newest_times(agency)
    return before.crawl if times is None else replace(before.crawl, started=times[0], finished=times[1])


@dataclass(frozen=True, slots=True)
class _LookUp:
    """What the last judgement of an agency is still worth: all of it (`whole`), or single verdicts."""

    mark: str
    known: Mapping[str, Judgement]
    standing: Mapping[str, Judgement]
    whole: CheckedAgency | None = None
    assessment: Assessment | None = None
    """The last one, if it was made of the same site."""


def _look_up(task: CheckTask, agency: Agency, store: Store) -> _LookUp:
    edition = task.edition_of(agency)
    seen = store.snapshot_mark(agency)
    mark = _mark(seen, agency, task.names) if seen else ""
    before = load_assessment(task.data, edition.year, agency.id) if mark else None
    if before is None or before.mark != mark:
        return _LookUp(mark, {}, {})
    known = before.judgements()
    standing = standing_of(edition, _fingerprints(task, edition), known)
    if len(standing) < len(edition.items):
        return _LookUp(mark, known, standing, assessment=before.assessment)
    found = tuple(standing[item.id] for item in edition.items)
    crawl, notes = _crawl_of(before.assessment, agency, store), before.assessment.notes
    whole = assessment(agency, edition, task.as_of, crawl, notes, found)
    checked = CheckedAgency(replace(whole, follows=before.assessment.follows), mark=mark, bases=before.bases)
    return _LookUp(mark, known, standing, checked)


def _fingerprints(task: CheckTask, edition: Edition) -> RuleFingerprints:
    """The rules' fingerprints, made once for all agencies of a list."""
    known = task.fingerprints.get(edition.name)
    if known is None:
        known = task.fingerprints[edition.name] = RuleFingerprints(edition, task.as_of, task.lexicon)
    return known


def _judged(task: CheckTask, agency: Agency, store: Store) -> CheckedAgency:
    before = _look_up(task, agency, store)
    if before.whole is not None:
        return before.whole
    from checklist.candidates.page_index import KnownPages  # with the dictionaries: who judges nothing needs none

    stored = store.load_marked(agency)
    if stored is None:
        return _judged_anew(task, unseen(agency), before, KnownPages())
    if before.mark != _mark(stored.mark, agency, task.names):  # a crawl has ended meanwhile
        before = _LookUp(_mark(stored.mark, agency, task.names), {}, {})
    year = task.edition_of(agency).year
    pages = KnownPages(_program(), stored.of_urls, load_pages(task.data, year, agency.id))
    found = _judged_anew(task, stored.snapshot, before, pages)
    packed = pages.pack()
    if packed is not None:
        save_pages(task.data, year, agency.id, packed)
    return found


def _judged_anew(task: CheckTask, snapshot: Snapshot, before: _LookUp, pages: KnownPages) -> CheckedAgency:
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


def name_lists(editions: Sequence[Edition]) -> str:
    """Return a digest of how all items are called: a site may follow another list once one is called otherwise."""
    called = [(e.name, e.title, e.draft, e.naming) for e in editions]
    return hashlib.sha256(repr(called).encode()).hexdigest()


def _mark(seen: str, agency: Agency, names: str) -> str:
    """One short text for all that a verdict rests on beside the rules: snapshot, agency row, lists, program."""
    return hashlib.sha256(f"{seen}\n{agency}\n{names}\n{_program()}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    """A digest of the code that judges and of its libraries: a program that judges otherwise must judge
    again."""
    digest = hashlib.sha256("".join(map(version, _LIBRARIES)).encode())
    for package in (checklist, core):
        for path in sorted(Path(*package.__path__).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


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
    return CheckedAgency(replace(found, notes=(Reason(ReasonCode.NOT_JUDGED), *found.notes)), problem)


def _results(task: CheckTask, agencies: Sequence[Agency]) -> Iterator[CheckedAgency]:
    if len(agencies) <= _ALONE:
        yield from (check_agency(task, agency) for agency in agencies)
        return
    yield from check_in_pool(judge_of(task), agencies)


def judge_of(task: CheckTask) -> Judge[CheckedAgency]:
    """Return how agencies are judged in another process."""
    return Judge(partial(check_agency, task), partial(failed_check, task))
