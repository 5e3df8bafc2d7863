"""Agreement of verdicts with labelled cases (truth.json of the contract): per site, item and status."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError, first_line
from core.models.assessment import Assessment, ItemStatus


@dataclass(frozen=True, slots=True)
class Difference:
    """One verdict that is not the truth. `element` is empty for the item's own status."""

    agency: str
    item: str
    element: str
    truth: str
    verdict: str
    why: str = ""

    def __str__(self) -> str:
        what = f"{self.item}.{self.element}" if self.element else self.item
        return f"{self.agency} {what}: {self.verdict}, but the truth is {self.truth}" + (
            f" ({self.why})" if self.why else ""
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Verdicts beside the truth: how many items truly have each status, how many of them were called so."""

    expected: Mapping[str, int]
    right: Mapping[str, int]
    called: Mapping[str, int]
    differences: tuple[Difference, ...]


def read_truth(path: Path) -> dict[str, Any]:
    """A truth.json. Raises InputError."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no truth ({first_line(error)})") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), dict):
        raise InputError(f"{path}: no truth (a mapping with items is wanted)")
    return found


def _wanted(true: Mapping[str, Any], said: str) -> str:
    """The true status; what was said itself, where the truth accepts that too."""
    return said if said in true.get("accept", ()) else str(true["status"])


def compare(cases: list[tuple[Assessment, Mapping[str, Any]]]) -> Comparison:
    """Compare assessments with their truths; items and elements that a truth does not name are not judged."""
    expected: Counter[str] = Counter()
    right: Counter[str] = Counter()
    called: Counter[str] = Counter()
    differences: list[Difference] = []
    for assessment, truth in cases:
        verdicts = {verdict.item: verdict for verdict in assessment.verdicts}
        for item, wanted in truth["items"].items():
            verdict = verdicts.get(item)
            status = verdict.status.value if verdict else "absent"
            true_status = _wanted(wanted, status)
            expected[true_status] += 1
            called[status] += 1
            right[true_status] += status == true_status
            agency, why = assessment.agency.id, str(wanted.get("why", ""))
            if status != true_status:
                differences.append(Difference(agency, item, "", true_status, status, why))
            found = {f.element: f.status.value for f in verdict.findings} if verdict else {}
            for element, true in wanted.get("elements", {}).items() if status not in wanted.get("accept", ()) else ():
                seen = found.get(element, "absent")
                if seen != true:
                    differences.append(Difference(agency, item, element, true, seen, why))
    return Comparison(expected, right, called, tuple(differences))


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
        for item, wanted in truth["items"].items():
            status = said.get(item, "absent")
            pairs.append((item, _wanted(wanted, status), status))
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
