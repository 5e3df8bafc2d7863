"""What a run gave: a row per agency, the whole assessments on the disk."""

from __future__ import annotations

import shutil
import weakref
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.models.assessment import Assessment, ItemStatus
from core.models.snapshot import FetchOutcome, StopReason
from core.processes import make_scratch
from core.storage.store import Store
from oit.run.assessment_cache import CachedAssessment, load_assessment, save_assessment
from oit.run.job import RunPlan
from oit.run.staleness import ResultAges
from oit.run.standing import CheckedAgency

_NOTHING_SEEN = frozenset({ItemStatus.UNCHECKED, ItemStatus.EXEMPT})


class AssessmentSpool:
    """Whole assessments of one run that are not to be kept, in a folder that goes with the last reference to it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._names: set[str] = set()

    def add(self, assessment: Assessment) -> None:
        """Keep an agency's assessment for the rest of the run. Raises OSError."""
        if self._folder is None:
            self._folder = make_scratch()
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        save_assessment(self._folder, CachedAssessment(assessment))
        self._names.add(assessment.agency.id)

    def folder_of(self, agency_id: str) -> Path | None:
        """Return where an agency's assessment lies, None if it is not here."""
        return self._folder if agency_id in self._names else None


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a job gave: an assessment per agency that it was about, in the list's order, cut down to its row
    (`reports.rows.codec.shorten`): as people decided it, with its age. `spool` has the whole ones that are not kept."""

    job: RunPlan
    judged: tuple[CheckedAgency, ...]
    spool: AssessmentSpool = field(default_factory=AssessmentSpool)

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
        """0 if every agency was checked, or served a home page that is no site; 1 if some could not be checked."""
        unread = any(j.problem or not (could_check(j.assessment) or shows_no_site(j.assessment)) for j in self.judged)
        return 1 if unread or self.stale else 0

    def mark_ages(self, store: Store, cause: str = "") -> RunResult:
        """Return the same with the age of each result and the cause of those that are not the last run's."""
        ages = ResultAges(store, cause=cause)
        return replace(self, judged=tuple(replace(j, assessment=ages.mark(j.assessment)) for j in self.judged))


def could_check(assessment: Assessment) -> bool:
    """Whether anything of the agency's site could be judged."""
    statuses = {verdict.as_if_due().status for verdict in assessment.verdicts}
    return ItemStatus.UNCHECKED not in statuses or not statuses <= _NOTHING_SEEN


def shows_no_site(assessment: Assessment) -> bool:
    """Whether all that the server shows today was read, and it is not the agency's site: a closed site, a server's
    default page. That is its owner's fault, which the report names; a night that read it has not failed."""
    crawl = assessment.crawl
    return crawl.home_outcome is FetchOutcome.OK and (crawl.complete or crawl.stopped_by is StopReason.HOME)


def tally(assessment: Assessment) -> Mapping[str, int]:
    """How many items have each status, in the order of the statuses; without those that none has."""
    counts = Counter(verdict.status for verdict in assessment.verdicts)
    return {status.value: counts[status] for status in ItemStatus if counts[status]}


def whole_assessment(job: RunPlan, agency_id: str, spool: AssessmentSpool) -> Assessment | None:
    """Return an agency's whole assessment as the machine made it: the run's own, else the kept one."""
    folder = spool.folder_of(agency_id) or job.settings.data
    found = load_assessment(folder, job.edition.year, agency_id)
    return found.assessment if found is not None else None
