"""Accuracy against labelled sites, per item and per status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.models.assessment import Assessment, ItemStatus
from oit.truth import Difference, compare


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one item or one status: `true` so in truth, `called` so by us, `right` both."""

    name: str
    true: int
    called: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of what was called so that is so; None if nothing was."""
        return self.right / self.called if self.called else None

    @property
    def recall(self) -> float | None:
        """Share of what is so that was called so; None if nothing is."""
        return self.right / self.true if self.true else None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Verdicts beside the truth. `false_complete` and `false_missing` are the two errors that cost most;
    `needless` counts reviews of what a machine could have decided."""

    items: int
    right: int
    false_complete: int
    false_missing: int
    review: int
    needless: int
    statuses: tuple[Figures, ...]
    per_item: tuple[tuple[str, int, int], ...]
    """Item, how many judged, how many right."""
    wrong: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """The figures as a person reads them."""
        yield f"{self.right} of {self.items} verdicts right; false complete {self.false_complete}, " + (
            f"false missing {self.false_missing}; review {self.review} ({self.review / self.items:.1%}), "
            f"{self.needless} of them needless"
        )
        yield f"{'status':12} {'true':>5} {'called':>6} {'precision':>9} {'recall':>7}"
        for row in self.statuses:
            yield f"{row.name:12} {row.true:5} {row.called:6} {_share(row.precision):>9} {_share(row.recall):>7}"
        doubtful = [f"{item} {right}/{count}" for item, count, right in self.per_item if right < count]
        yield f"items not always right: {', '.join(doubtful) or 'none'}"
        for difference in self.wrong:
            yield f"  {difference}"


def measure(cases: Sequence[tuple[Assessment, Mapping[str, Any]]]) -> Accuracy:
    """Compare assessments with their truths (truth.json of the contract)."""
    compared = compare(list(cases))
    pairs: list[tuple[str, str, str]] = []
    for assessment, truth in cases:
        said = {verdict.item: verdict.status.value for verdict in assessment.verdicts}
        pairs += [(item, wanted["status"], said.get(item, "absent")) for item, wanted in truth["items"].items()]
    statuses = []
    for status in ItemStatus:
        name = status.value
        true = sum(wanted == name for _, wanted, _ in pairs)
        called = sum(said == name for _, _, said in pairs)
        if true or called:
            statuses.append(Figures(name, true, called, sum(wanted == said == name for _, wanted, said in pairs)))
    judged: Counter[str] = Counter(item for item, _, _ in pairs)
    fine: Counter[str] = Counter(item for item, wanted, said in pairs if wanted == said)
    wrong = [(wanted, said) for _, wanted, said in pairs if wanted != said]
    return Accuracy(
        items=len(pairs),
        right=len(pairs) - len(wrong),
        false_complete=sum(said == ItemStatus.COMPLETE for _, said in wrong),
        false_missing=sum(said == ItemStatus.MISSING for _, said in wrong),
        review=sum(said == ItemStatus.REVIEW for _, _, said in pairs),
        needless=sum(said == ItemStatus.REVIEW for _, said in wrong),
        statuses=tuple(statuses),
        per_item=tuple((item, count, fine[item]) for item, count in judged.items()),
        wrong=compared.differences,
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
