"""What a person decided, or objected, about one item or element of an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    """Whose word it is."""

    DECISION = "decision"
    """Of somebody who decides for the assessed unit."""
    OBJECTION = "objection"
    """Of the agency: "it is on our page `url`"."""


class Answer(StrEnum):
    """What a person says of the evidence."""

    ACCEPT = "accept"
    """It shows what the manual asks for."""
    REFUSE = "refuse"
    """It does not."""
    UNKNOWN = "unknown"
    """Cannot be said from what is shown."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One word of a person. The newest of a place that is not withdrawn counts.

    `edition` is the Buddhist-era year, `element` is empty for the item as a whole. It holds while `evidence` (see
    `checklist.decisions.evidence_digest`) and `rule` (`checklist.decisions.rule_digest`) are what they were. `at` is
    UTC."""

    agency: str
    edition: int
    item: str
    answer: Answer
    by: str
    at: datetime
    element: str = ""
    why: str = ""
    evidence: str = ""
    rule: str = ""
    scheme: str = ""
    kind: DecisionKind = DecisionKind.DECISION
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision as a verdict carries it: `holds` says whether it decided, or only what was answered earlier, because
    the evidence or the rule is another now."""

    decision: Decision
    holds: bool
