"""How old each result is, and why it is not tonight's: said in every report and in the program's last lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, StopReason
from core.storage.store import Store
from oit.run.safeguards import cause_of

NETWORK = "network"
"""Cause of a night that failed as a whole."""


class ResultAges:
    """Marks assessments with the age in days of what they show, and the cause if it is not the last run's.

    `cause` is given where the whole run failed; `running` is for a run that is under way, of agencies that it has read
    well, `only` for a few agencies. What the store knows of the newest nights is asked for once, for any number."""

    def __init__(
        self,
        store: Store,
        now: datetime | None = None,
        cause: str = "",
        *,
        running: bool = False,
        only: Sequence[Agency] = (),
    ) -> None:
        self._store = store
        self._now = now
        self._whole = cause
        self._left = store.unfinished_agencies() if not running else frozenset()
        self._home_ok: dict[str, bool] = {}
        if only:
            newest = {agency.id: next(store.nights(agency), None) for agency in only}
            self._home_ok = {name: night.home_ok for name, night in newest.items() if night is not None}
        elif not running:
            self._home_ok = {name: night.home_ok for name, night in store.newest_nights().items()}

    def mark(self, assessment: Assessment) -> Assessment:
        """Return the assessment with its age."""
        return _marked(assessment, self._cause(assessment), self._now or datetime.now(UTC))

    def _cause(self, assessment: Assessment) -> str:
        if self._whole:
            return self._whole
        if assessment.agency.id in self._left:
            return StopReason.INTERRUPTED.value
        if self._home_ok.get(assessment.agency.id, True):
            return ""
        return next((cause_of(night) for night in self._store.nights(assessment.agency)), "")


def mark_age(assessments: Sequence[Assessment], store: Store) -> list[Assessment]:
    """Return the assessments with the age in days of what they show, and the cause if it is not the last run's."""
    ages = ResultAges(store, only=[one.agency for one in assessments])
    return [ages.mark(one) for one in assessments]


def _marked(assessment: Assessment, cause: str, now: datetime) -> Assessment:
    crawl = assessment.crawl
    seen = crawl.finished or crawl.started
    stale = bool(cause) and _has_result(crawl)
    marked = replace(crawl, stale=stale, age_days=max(0, (now - seen).days), stale_cause=cause if stale else "")
    notes = _with_notes(assessment.notes, marked) if stale else assessment.notes
    return replace(assessment, crawl=marked, notes=notes)


def _has_result(crawl: CrawlSummary) -> bool:
    """Whether a night is shown on which the home page was read."""
    return crawl.home_outcome is FetchOutcome.OK


def _with_notes(notes: Iterable[Reason], crawl: CrawlSummary) -> tuple[Reason, ...]:
    rest = [note for note in notes if note.code not in (ReasonCode.STALE, ReasonCode.STALE_CAUSE)]
    since = Reason(ReasonCode.STALE, {"since": crawl.started.date().isoformat()})
    why = Reason(ReasonCode.STALE_CAUSE, {"days": str(crawl.age_days or 0), **_named(crawl.stale_cause)})
    return (since, why, *rest)


def _named(cause: str) -> dict[str, str]:
    """The cause by the name under which reports have words for it."""
    if cause == NETWORK:
        return {"outcome": FetchOutcome.MACHINE.value}
    return {"outcome" if cause in set(FetchOutcome) else "stopped_by": cause}


def age_text(crawl: CrawlSummary) -> str:
    """Return how old the result is that a report shows, for the program's own lines."""
    if not _has_result(crawl):
        return "there is no earlier result"
    days = crawl.age_days or 0
    ago = "today" if days == 0 else "1 day ago" if days == 1 else f"{days} days ago"
    return f"its report shows the result of {ago}"
