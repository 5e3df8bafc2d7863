"""What a province does about its gaps: who is ready, what costs most, and one measure per item that lacks something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level, Verdict
from reports.advice import advise
from reports.messages import Messages
from reports.ordering import DOUBTS, GAPS, was_judged

_LACKING = (ElementStatus.MISSING, ElementStatus.EMPTY)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Agency counts by what is known: nothing open, gaps known, or no gap known but something still in doubt."""

    ready: int
    lacking: int
    unsure: tuple[Assessment, ...]

    @property
    def asked(self) -> int:
        """How many agencies there are."""
        return self.ready + self.lacking + len(self.unsure)


@dataclass(frozen=True, slots=True)
class Step:
    """One way of closing a gap, and the agencies that have to go it."""

    advice: str
    agencies: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """An item that agencies lack. `points` is what they lose by it together; `steps` come with the most agencies first,
    so do the lacking elements."""

    scheme: str
    item: str
    title: str
    points: float
    statuses: tuple[tuple[ItemStatus, int], ...]
    elements: tuple[tuple[str, int], ...]
    steps: tuple[Step, ...]

    @property
    def asked(self) -> int:
        """How many agencies lack it."""
        return sum(count for _, count in self.statuses)


def measure_readiness(assessments: Sequence[Assessment]) -> Readiness:
    """Count who is ready. An agency whose site could not be read, or with anything that a person has to decide, is
    neither ready nor lacking."""
    lacking = [a for a in assessments if any(v.status in GAPS for v in a.verdicts)]
    known = {id(a) for a in lacking}
    rest = [a for a in assessments if id(a) not in known]
    unsure = tuple(a for a in rest if not was_judged(a) or any(v.status in DOUBTS for v in a.verdicts))
    return Readiness(len(rest) - len(unsure), len(lacking), unsure)


def draft_measures(
    assessments: Sequence[Assessment], edition: Edition, sectors: Mapping[str, Edition], messages: Messages
) -> tuple[Measure, ...]:
    """Group the gaps by item, the dearest first. A sector's items stand apart: its numbers differ."""
    found: dict[tuple[str, str], list[tuple[Assessment, Verdict]]] = {}
    for assessment in assessments:
        for verdict in assessment.verdicts:
            if verdict.status in GAPS:
                found.setdefault((assessment.scheme, verdict.item), []).append((assessment, verdict))
    measures = [_measure(scheme, lacks, sectors.get(scheme, edition), messages) for (scheme, _), lacks in found.items()]
    return tuple(sorted(measures, key=lambda m: -round(m.points, 6)))


def _measure(scheme: str, lacks: Sequence[tuple[Assessment, Verdict]], edition: Edition, messages: Messages) -> Measure:
    steps: dict[str, list[Assessment]] = {}
    elements: Counter[str] = Counter()
    for assessment, verdict in lacks:
        steps.setdefault(advise(verdict, edition, messages).text, []).append(assessment)
        elements.update({f.text for f in verdict.findings if f.level is Level.REQUIRED and f.status in _LACKING})
    first = lacks[0][1]
    return Measure(
        scheme,
        first.item,
        first.title,
        sum(verdict.cost for _, verdict in lacks),
        tuple(Counter(verdict.status for _, verdict in lacks).most_common()),
        tuple(sorted(elements.items(), key=lambda each: (-each[1], each[0]))),
        tuple(Step(text, tuple(who)) for text, who in sorted(steps.items(), key=lambda each: -len(each[1]))),
    )


def due_days(assessments: Sequence[Assessment]) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """Return the days that are still to come on which items fall due, with the items that are not there yet."""
    days: dict[date, dict[str, None]] = {}
    for assessment in assessments:
        for verdict in assessment.verdicts:
            if verdict.if_due is not None and verdict.due is not None:
                days.setdefault(verdict.due, {})[verdict.item] = None
    return tuple((day, tuple(days[day])) for day in sorted(days))
