"""The order in which a webmaster wants to read: what costs most first, doubts next, what is fine last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.models.assessment import Assessment, ElementStatus, ItemStatus, Level, Reason, Verdict

GAPS = (ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.MISSING, ItemStatus.UNREACHABLE)
DOUBTS = (ItemStatus.REVIEW, ItemStatus.UNCHECKED)
_ALL = 1000
_JUDGED = (*GAPS, ItemStatus.COMPLETE, ItemStatus.REVIEW)


@dataclass(frozen=True, slots=True)
class UncheckedGroup:
    """Items that could not be checked for one and the same cause: nothing of them was seen at all."""

    reasons: tuple[Reason, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class OrderedVerdicts:
    """An assessment's verdicts in groups. `unseen` are doubts that have nothing of their own to show;
    `coming` is what is not due yet and not there yet, the next due first."""

    gaps: tuple[Verdict, ...]
    doubts: tuple[Verdict, ...]
    unseen: tuple[UncheckedGroup, ...]
    coming: tuple[Verdict, ...]
    fine: tuple[Verdict, ...]

    @property
    def doubtful(self) -> int:
        """How many items are in doubt, for either reason."""
        return len(self.doubts) + sum(len(group.verdicts) for group in self.unseen)


def order_verdicts(assessment: Assessment) -> OrderedVerdicts:
    """Gaps by what closing them gains, among equals the one that least is missing of; the others in the manual's
    order, review before unchecked."""
    order = {verdict.item: place for place, verdict in enumerate(assessment.verdicts)}
    gaps = [v for v in assessment.verdicts if v.status in GAPS]
    doubts = [v for v in assessment.verdicts if v.status in DOUBTS]
    blind = [v for v in doubts if _nothing_seen(v)]
    return OrderedVerdicts(
        tuple(sorted(gaps, key=lambda v: (-round(v.cost, 6), _lacks(v), order[v.item]))),
        tuple(
            sorted(
                (v for v in doubts if not _nothing_seen(v)),
                key=lambda v: (DOUBTS.index(v.status), order[v.item]),
            )
        ),
        _by_cause(blind),
        tuple(
            sorted(
                (v for v in assessment.verdicts if v.if_due), key=lambda v: (v.due or date.max, -v.cost, order[v.item])
            )
        ),
        tuple(v for v in assessment.verdicts if v.status not in (*GAPS, *DOUBTS) and v.if_due is None),
    )


def _by_due_date(assessment: Assessment) -> tuple[Verdict, ...]:
    """What is not due yet and not complete: the next due first, of one day the dearest first."""
    coming = (v for v in assessment.verdicts if v.if_due is not None)
    return tuple(sorted(coming, key=lambda v: (v.due or date.max, -v.cost)))


def _lacks(verdict: Verdict) -> int:
    """How many required elements are to be added; more than any item has where there is no evidence at all."""
    required = [f for f in verdict.findings if f.level is Level.REQUIRED]
    if verdict.status is not ItemStatus.INCOMPLETE or not required:
        return _ALL
    return sum(f.status in (ElementStatus.MISSING, ElementStatus.EMPTY) for f in required)


def _nothing_seen(verdict: Verdict) -> bool:
    return verdict.status is ItemStatus.UNCHECKED and not (verdict.evidence or verdict.findings or verdict.candidates)


def _by_cause(verdicts: list[Verdict]) -> tuple[UncheckedGroup, ...]:
    causes: dict[tuple[tuple[str, tuple[tuple[str, str], ...]], ...], list[Verdict]] = {}
    for verdict in verdicts:
        cause = tuple((r.code, tuple(sorted(r.values.items()))) for r in verdict.reasons)
        causes.setdefault(cause, []).append(verdict)
    return tuple(UncheckedGroup(found[0].reasons, tuple(found)) for found in causes.values())


def was_judged(assessment: Assessment) -> bool:
    """Whether anything could be judged at all: a score of a site that nobody could open says nothing."""
    return any(verdict.as_if_due().status in _JUDGED for verdict in assessment.verdicts)


def gap_number(assessment: Assessment, verdict: Verdict) -> str:
    """A number that stays the same every night, to quote in a letter."""
    return f"{assessment.agency.id}-{assessment.edition}-{verdict.item}"
