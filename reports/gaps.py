"""The order in which a webmaster wants to read: what costs most first, doubts next, what is fine last."""

from __future__ import annotations

from dataclasses import dataclass

from oit.model import Assessment, ItemStatus, Verdict

GAPS = (ItemStatus.INCOMPLETE, ItemStatus.OUTDATED, ItemStatus.MISSING, ItemStatus.UNREACHABLE)
DOUBTS = (ItemStatus.REVIEW, ItemStatus.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Sorted:
    """An assessment's verdicts in three groups."""

    gaps: tuple[Verdict, ...]
    doubts: tuple[Verdict, ...]
    fine: tuple[Verdict, ...]


def sort_verdicts(assessment: Assessment) -> Sorted:
    """Gaps by cost, the dearest first; the others in the manual's order, review before unchecked."""
    order = {verdict.item: place for place, verdict in enumerate(assessment.verdicts)}
    gaps = [v for v in assessment.verdicts if v.status in GAPS]
    doubts = [v for v in assessment.verdicts if v.status in DOUBTS]
    return Sorted(
        tuple(sorted(gaps, key=lambda v: (-v.cost, order[v.item]))),
        tuple(sorted(doubts, key=lambda v: (DOUBTS.index(v.status), order[v.item]))),
        tuple(v for v in assessment.verdicts if v.status not in (*GAPS, *DOUBTS)),
    )


def gap_number(assessment: Assessment, verdict: Verdict) -> str:
    """A number that stays the same every night, to quote in a letter."""
    return f"{assessment.agency.id}-{assessment.edition}-{verdict.item}"
