"""One small row per agency, as people decided it: what the pages of the whole list are made of.

A judged agency is some 100 KB to unpack, so the rows are kept in the store between starts, and a row is made anew only
when the file of its assessment, its decisions or the rules have changed.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from checklist.decisions import decide_assessment
from core.models.agency import Agency
from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level, Verdict
from core.models.decision import Answer, Decision, DecisionKind
from core.storage.store import Store
from oit.run.assessment_cache import assessment_stamps, load_assessment
from oit.run.job import RunPlan, edition_of
from reports.ordering import DOUBTS, GAPS, was_judged

_FORM = "1"
"""Raised whenever a row is made otherwise."""
_KIND = "web-rows"
_KEPT_FROM = 20
"""Rows made anew in one go from which on they are kept: writing the rows of 8,303 agencies takes 0.3 s."""
_SECONDS = 1.0
"""What one request spends on rows of agencies that were judged meanwhile; the rest is made behind it."""


@dataclass(frozen=True, slots=True)
class AgencySummary:
    """One agency's row. The tuples have a place for each verdict. `today` is what an item would be if it were due;
    `asks` says why a person is asked: `review`, `again` (an earlier answer no longer holds), `objection`, `unsure` (a
    person could not say), or empty."""

    agency: str
    items: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    costs: tuple[float, ...] = ()
    due: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    decided: tuple[bool, ...] = ()
    judged: bool = False
    lowest: float | None = None
    highest: float | None = None
    started: str = ""
    complete: bool = False
    stopped_by: str = ""
    stale: bool = False
    home: str = ""
    stamp: str = ""

    @property
    def lost(self) -> float:
        """Points that the gaps take."""
        return sum(cost for cost, status in zip(self.costs, self.statuses, strict=True) if status in GAPS)

    def count(self, *statuses: str) -> int:
        """How many items have one of these statuses."""
        return sum(status in statuses for status in self.statuses)

    @property
    def gaps(self) -> int:
        """How many items have a gap."""
        return self.count(*GAPS)

    @property
    def doubts(self) -> int:
        """How many items nobody knows of."""
        return self.count(*DOUBTS)

    @property
    def crawled(self) -> datetime | None:
        """When the crawl began that is shown."""
        return datetime.fromisoformat(self.started) if self.started else None


_NAMES = tuple(field.name for field in fields(AgencySummary))


def summarise(assessment: Assessment, objections: Mapping[str, datetime], stamp: str) -> AgencySummary:
    """Return an agency's row. `objections` are the newest of each item."""
    verdicts = assessment.verdicts
    crawl = assessment.crawl
    return AgencySummary(
        assessment.agency.id,
        tuple(v.item for v in verdicts),
        tuple(v.status.value for v in verdicts),
        tuple(v.as_if_due().status.value for v in verdicts),
        tuple(round(v.cost, 6) for v in verdicts),
        tuple(v.due.isoformat() if v.due else "" for v in verdicts),
        tuple(why_asked(v, objections.get(v.item)) for v in verdicts),
        tuple(any(shown.holds for shown in v.decisions) for v in verdicts),
        was_judged(assessment),
        assessment.score.lowest,
        assessment.score.highest,
        crawl.started.isoformat(),
        crawl.complete,
        crawl.stopped_by.value if crawl.stopped_by else "",
        crawl.stale,
        crawl.home_outcome.value,
        stamp,
    )


def why_asked(verdict: Verdict, objected: datetime | None) -> str:
    """Return why a person is asked about an item, empty if nobody is. `verdict` is as people decided it."""
    answered = max((shown.decision.at for shown in verdict.decisions), default=None)
    today = verdict.as_if_due()
    if objected is not None and (answered is None or answered < objected) and today.status is not ItemStatus.COMPLETE:
        return "objection"
    if any(not shown.holds for shown in verdict.decisions):
        return "again"
    open_elements = any(f.level is Level.REQUIRED and f.status is ElementStatus.REVIEW for f in today.findings)
    if today.status is ItemStatus.REVIEW or (open_elements and today.status is not ItemStatus.COMPLETE):
        unsure = any(shown.decision.answer is Answer.UNKNOWN for shown in verdict.decisions)
        return "unsure" if unsure else "review"
    return ""


class SummaryIndex:
    """The rows of a list under one edition's year. Safe for several threads."""

    def __init__(self, job: RunPlan, store: Store) -> None:
        self._job = job
        self._store = store
        self._lock = threading.Lock()
        self._rows: dict[str, AgencySummary] = {}
        self._behind = False
        self._base = _digest(_FORM, *(e.model_dump_json() for e in job.rules.editions if e.year == job.edition.year))
        self._load()

    def rows(self, seconds: float = _SECONDS) -> Mapping[str, AgencySummary]:
        """The newest rows by agency id. An agency that was never judged has none; one that was judged a moment ago
        and could not be unpacked within `seconds` has its former one."""
        with self._lock:
            return dict(self._refresh(seconds))

    @property
    def behind(self) -> bool:
        """Whether the last call left rows to be made."""
        return self._behind

    def _refresh(self, seconds: float) -> Mapping[str, AgencySummary]:
        end = time.monotonic() + seconds
        job = self._job
        files = assessment_stamps(job.settings.data, job.edition.year)
        said = self._said()
        made, self._behind = 0, False
        for agency in job.agencies.agencies:
            file = files.get(agency.id)
            if file is None:
                self._rows.pop(agency.id, None)
                continue
            own = said.get(agency.id, [])
            stamp = _digest(self._base, file, repr(agency), *(repr(d) for d in own))
            known = self._rows.get(agency.id)
            if known is not None and known.stamp == stamp:
                continue
            if time.monotonic() > end:
                self._behind = True
                break
            row = self._make(agency, own, stamp)
            made += 1
            if row is not None:
                self._rows[agency.id] = row
            else:
                self._rows.pop(agency.id, None)
        if made >= _KEPT_FROM:
            self._keep()
        return self._rows

    def _make(self, agency: Agency, said: Sequence[Decision], stamp: str) -> AgencySummary | None:
        found = load_assessment(self._job.settings.data, self._job.edition.year, agency.id)
        if found is None or found.assessment.agency != agency:
            return None
        edition = edition_of(agency, self._job.edition, self._job.rules.editions)
        return summarise(decide_assessment(found.assessment, edition, said), newest_objections(said), stamp)

    def _said(self) -> Mapping[str, list[Decision]]:
        year = self._job.edition.year
        found: dict[str, list[Decision]] = defaultdict(list)
        schemes = {agency.id: agency.scheme for agency in self._job.agencies.agencies}
        for scheme in set(schemes.values()):
            for decision in self._store.decisions.standing((year, scheme)):
                if schemes.get(decision.agency) == scheme:
                    found[decision.agency].append(decision)
        return found

    def _load(self) -> None:
        packed = self._store.cache_get(_KIND, self._key())
        if packed is None:
            return
        for values in json.loads(zlib.decompress(packed)):
            row: dict[str, Any] = dict(
                zip(_NAMES, (tuple(v) if isinstance(v, list) else v for v in values), strict=True)
            )
            found = AgencySummary(**row)
            self._rows[found.agency] = found

    def _keep(self) -> None:
        rows = [astuple(row) for row in self._rows.values()]
        self._store.cache_put(_KIND, self._key(), zlib.compress(json.dumps(rows).encode(), 1))

    def _key(self) -> str:
        return f"{self._job.edition.name}-{self._base}"


def newest_objections(said: Sequence[Decision]) -> dict[str, datetime]:
    """Return when each item was objected to last."""
    found: dict[str, datetime] = {}
    for decision in said:
        if decision.kind is DecisionKind.OBJECTION:
            found[decision.item] = max(decision.at, found.get(decision.item, datetime.min.replace(tzinfo=UTC)))
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
