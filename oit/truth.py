"""Comparing verdicts with a labelled case (truth.json of the contract)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import InputError, first_line
from core.models.assessment import Assessment


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
            expected[wanted["status"]] += 1
            called[status] += 1
            right[wanted["status"]] += status == wanted["status"]
            agency, why = assessment.agency.id, str(wanted.get("why", ""))
            if status != wanted["status"]:
                differences.append(Difference(agency, item, "", wanted["status"], status, why))
            found = {f.element: f.status.value for f in verdict.findings} if verdict else {}
            for element, true in wanted.get("elements", {}).items():
                seen = found.get(element, "absent")
                if seen != true:
                    differences.append(Difference(agency, item, element, true, seen, why))
    return Comparison(expected, right, called, tuple(differences))
