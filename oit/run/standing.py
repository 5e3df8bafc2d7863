"""Which stored verdicts of an agency would be given again: all that a verdict rests on, compared without judging.

Nothing here loads what judges or the database's library: showing a verdict that stands takes less than either."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import checklist
import core
from checklist.assess import assessment, standing_of
from checklist.incremental import Basis, Judgement, RuleFingerprints
from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.store_folder import read_newest
from oit.run.assessment_cache import load_assessment
from oit.run.job import RunPlan, edition_of

_LIBRARIES = ("pythainlp", "rapidfuzz")
_BETWEEN = "-"
"""Between the two digests of a mark."""
CrawlTimes = tuple[datetime, datetime]
"""When a crawl began and ended."""


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
    """One agency's assessment. `problem` is set if judging itself failed; then all items are unchecked. `ran_over` if
    it took all the time that it may: another try would too."""

    assessment: Assessment
    problem: str = ""
    ran_over: bool = False
    mark: str = ""
    """What it was judged from; see `oit.run.assessment_cache.CachedAssessment`."""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    rejudged: int = 0
    """How many items had to be judged now; the others' verdicts still stood."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What the last judgement of an agency is still worth: all of it (`whole`), or single verdicts."""

    mark: str
    known: Mapping[str, Judgement]
    standing: Mapping[str, Judgement]
    whole: CheckedAgency | None = None
    assessment: Assessment | None = None
    """The last one, if it was made of the same site."""


def check_task(job: RunPlan) -> CheckTask:
    """Return what a check needs besides the agency."""
    lists = job.rules.editions
    return CheckTask(
        job.settings.data, job.edition, job.settings.as_of, dict(job.rules.lexicon), lists, name_lists(lists)
    )  # fmt: skip


def look_up(task: CheckTask, agency: Agency, seen: str | None, times: Callable[[], CrawlTimes | None]) -> LookUp:
    """Compare the last judgement with what the store has: `seen` is the mark of the snapshot to judge, None if there is
    none, `times` says when it was made. Raises StoreError."""
    edition = task.edition_of(agency)
    mark = mark_of(seen, agency, task.names) if seen else ""
    before = load_assessment(task.data, edition.year, agency.id) if mark else None
    if before is None or before.mark != mark:
        return LookUp(mark, {}, {})
    known = before.judgements()
    standing = standing_of(edition, _fingerprints(task, edition), known)
    if len(standing) < len(edition.items):
        return LookUp(mark, known, standing, assessment=before.assessment)
    whole = _given_again(task, agency, before.assessment, standing, times())
    return LookUp(mark, known, standing, CheckedAgency(whole, mark=mark, bases=before.bases))


def find_given(task: CheckTask, agency: Agency) -> Assessment | None:
    """Return the stored assessment if it is of the agency's newest crawl and all of its verdicts would be given again;
    None where that cannot be told without the database. Raises StoreError."""
    times = read_newest(task.data, agency.id)
    edition = task.edition_of(agency)
    before = load_assessment(task.data, edition.year, agency.id) if times is not None else None
    if before is None or (before.assessment.crawl.started, before.assessment.crawl.finished) != times:
        return None
    if not before.mark.endswith(_BETWEEN + _own_mark(agency, task.names)):
        return None
    standing = standing_of(edition, _fingerprints(task, edition), before.judgements())
    if len(standing) < len(edition.items):
        return None
    return _given_again(task, agency, before.assessment, standing, times)


def _given_again(
    task: CheckTask,
    agency: Agency,
    before: Assessment,
    standing: Mapping[str, Judgement],
    times: CrawlTimes | None,
) -> Assessment:
    """Return the assessment as it would be made now. An unchanged site's crawl stands, but for when it was."""
    edition = task.edition_of(agency)
    crawl = before.crawl if times is None else replace(before.crawl, started=times[0], finished=times[1])
    found = tuple(standing[item.id] for item in edition.items)
    return replace(
        assessment(agency, edition, task.as_of, crawl, before.notes, found), follows=before.follows
    )  # fmt: skip


def _fingerprints(task: CheckTask, edition: Edition) -> RuleFingerprints:
    """The rules' fingerprints, made once for all agencies of a list."""
    known = task.fingerprints.get(edition.name)
    if known is None:
        known = task.fingerprints[edition.name] = RuleFingerprints(edition, task.as_of, task.lexicon)
    return known


def name_lists(editions: Sequence[Edition]) -> str:
    """Return a digest of how all items are called: a site may follow another list once one is called otherwise."""
    called = [(e.name, e.title, e.draft, e.naming) for e in editions]
    return hashlib.sha256(repr(called).encode()).hexdigest()


def mark_of(seen: str, agency: Agency, names: str) -> str:
    """Return one short text for all that a verdict rests on beside the rules: the snapshot, and what is known without
    it."""
    return f"{hashlib.sha256(seen.encode()).hexdigest()}{_BETWEEN}{_own_mark(agency, names)}"


def _own_mark(agency: Agency, names: str) -> str:
    """A digest of agency row, lists and program."""
    return hashlib.sha256(f"{agency}\n{names}\n{program_digest()}".encode()).hexdigest()


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return a digest of the code that judges and of its libraries: a program that judges otherwise must judge
    again."""
    digest = hashlib.sha256("".join(map(version, _LIBRARIES)).encode())
    for package in (checklist, core):
        for path in sorted(Path(*package.__path__).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
