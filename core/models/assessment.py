"""What the checklist decides: findings, verdicts, scores of one agency, and of agencies assessed together.

All values are frozen. Years are Buddhist-era fiscal years (1 October - 30 September) unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from core.models.agency import Agency
from core.models.decision import ShownDecision
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, StopReason


class ItemStatus(StrEnum):
    """Status of one item; meanings as in the contract."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNREACHABLE = "unreachable"
    UNCHECKED = "unchecked"
    REVIEW = "review"
    NOT_DUE = "not_due"
    EXEMPT = "exempt"


class ElementStatus(StrEnum):
    """Status of one element within an item's evidence."""

    PRESENT = "present"
    MISSING = "missing"
    EMPTY = "empty"
    REVIEW = "review"


class Level(StrEnum):
    """Whether the lack of an element fails the item."""

    REQUIRED = "required"
    ADVISED = "advised"


class Method(StrEnum):
    """How an element was found."""

    HEADING = "heading"
    TABLE = "table"
    TEXT = "text"
    LINK = "link"
    IMAGE = "image"
    OCR = "ocr"
    FORM = "form"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Quote:
    """A place that shows something: the text exactly as it stands there."""

    url: str
    quote: str
    method: Method
    page: int | None = None
    line: int | None = None
    sheet: str = ""
    block: int = -1
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, as a code with its values; reports turn it into Thai."""

    code: ReasonCode
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One element's status with its quotes. `seen` holds, for a section that is absent, the headings
    that the document does have."""

    element: str
    text: str
    level: Level
    status: ElementStatus
    says_none: bool = False
    verify: bool = False
    quotes: tuple[Quote, ...] = ()
    reason: Reason | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource (or a part of a page) that might be an item's evidence, with its reasons."""

    url: str
    label: str
    score: float
    reasons: tuple[Reason, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A resource that serves as evidence, as the report names it."""

    url: str
    found_via: tuple[str, ...]
    label: str
    content_type: str
    sha256: str
    fetched: datetime | None
    http_status: int | None
    title: str = ""
    shown: str = ""
    """SHA-256 of what a page shows, without visit counters and clocks; empty where the body's own counts."""


@dataclass(frozen=True, slots=True)
class IfDue:
    """What an item that is not due yet would be today."""

    status: ItemStatus
    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One item's status and all that led to it. `cost` is in points of the OIT score (0-100).

    `due` is the day from which the manual asks for the item, None for always; `if_due` is set for an item that is not
    due yet and not complete."""

    item: str
    title: str
    sub_indicator: str
    status: ItemStatus
    cost: float
    evidence: tuple[EvidenceRef, ...] = ()
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()
    due: date | None = None
    if_due: IfDue | None = None
    decisions: tuple[ShownDecision, ...] = ()

    def as_if_due(self) -> Verdict:
        """Return the verdict as it would be if the item were due today."""
        if self.if_due is None:
            return self
        today = self.if_due
        return replace(self, status=today.status, findings=today.findings, reasons=today.reasons, if_due=None)


@dataclass(frozen=True, slots=True)
class SubScore:
    """Interval of one sub-indicator, indicator or the whole, 0-100. `parts` are the level below."""

    id: str
    lowest: float | None
    highest: float | None
    parts: tuple[SubScore, ...] = ()


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What the report says of the crawl."""

    started: datetime
    finished: datetime | None
    complete: bool
    pages: int
    documents: int
    failed: int
    stopped_by: StopReason | None
    stale: bool = False
    home_outcome: FetchOutcome = FetchOutcome.OK
    home_detail: str = ""
    age_days: int | None = None
    """Whole days since the crawl that is shown; None where nobody has looked at the clock."""
    stale_cause: str = ""
    """Why the last run gave no newer result: a FetchOutcome, a StopReason or `network`."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All verdicts of one agency on one date, with the score. `edition` is a Buddhist-era year."""

    agency: Agency
    edition: int
    as_of: date
    crawl: CrawlSummary
    score: SubScore
    verdicts: tuple[Verdict, ...]
    notes: tuple[Reason, ...] = ()
    scheme: str = ""
    """The sector's list that it was judged by; empty for the general one."""
    follows: str = ""
    """The list that the site follows (`2568-ovec`), where it is plainly another than it was judged by."""


@dataclass(frozen=True, slots=True)
class JointItem:
    """One item of the whole. Agency ids in the list's order: who has contributed, who has a gap, of whom it is not
    known; agencies that it does not apply to are in none. `cost` is in points of the joint OIT score (0-100)."""

    item: str
    title: str
    status: ItemStatus
    cost: float
    contributed: tuple[str, ...]
    lacking: tuple[str, ...]
    doubtful: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many agencies it applies to."""
        return len(self.contributed) + len(self.lacking) + len(self.doubtful)


@dataclass(frozen=True, slots=True)
class JointUnread:
    """An agency of which nothing could be read, and the points of the joint score that hang on it alone or with other
    agencies in doubt: no agency is known to lack these items."""

    agency: str
    points: float


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint assessment. `unread` are the agencies that could not be read, the one with most points
    first. `next_gains` are the items with gaps, the one that is won most easily first: the
    dearest, and among these the one that fewest agencies still lack."""

    items: tuple[JointItem, ...]
    score: SubScore
    next_gains: tuple[JointItem, ...]
    unread: tuple[JointUnread, ...] = ()
