"""Values of the data model as tests need them: whole, with what matters to the test named."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    Candidate,
    CrawlSummary,
    ElementStatus,
    EvidenceRef,
    Finding,
    ItemStatus,
    Level,
    Method,
    Quote,
    Reason,
    SubScore,
    Verdict,
)
from core.models.reasons import ReasonCode

NIGHT = datetime(2022, 4, 29, 18, 30, tzinfo=UTC)
AGENCY = Agency("land", "สำนักงานที่ดิน", "https://land.example.go.th/")


def make_crawl(**more: object) -> CrawlSummary:
    """A crawl that read the whole site."""
    values: dict[str, object] = {
        "started": NIGHT, "finished": NIGHT, "complete": True, "pages": 12, "documents": 3, "failed": 0,
        "stopped_by": None,
    }  # fmt: skip
    return CrawlSummary(**{**values, **more})  # type: ignore[arg-type]


def make_assessment(*verdicts: Verdict, **more: object) -> Assessment:
    """An assessment of some verdicts, edition 2565, on the last day of its answers."""
    values: dict[str, object] = {
        "agency": AGENCY,
        "edition": 2565,
        "as_of": date(2022, 4, 30),
        "crawl": make_crawl(),
        "score": SubScore("oit", 0.0, 0.0),
        "verdicts": verdicts,
    }
    return Assessment(**{**values, **more})  # type: ignore[arg-type]


def make_empty_section() -> Assessment:
    """An annual report with a bare dash below its heading of problems, quoted with signs that harm a terminal."""
    quote = Quote(f"{AGENCY.url}%E0%B8%81.pdf", "ปัญหา\x1b[31m\u202e แดง", Method.HEADING, page=14)
    finding = Finding(
        "problems",
        "ปัญหา อุปสรรค",
        Level.REQUIRED,
        ElementStatus.EMPTY,
        quotes=(quote,),
        seen=("สรุปผล",),
        reason=Reason(ReasonCode.SECTION_EMPTY, {"how": "dash"}),
    )
    evidence = EvidenceRef(quote.url, (AGENCY.url,), "O2 รายงาน", "application/pdf", "a" * 64, NIGHT, 200)
    candidate = Candidate(quote.url, "O2 รายงาน", 0.93, (Reason(ReasonCode.DECLARED),), chosen=True)
    return make_assessment(
        Verdict("O2", "รายงานประจำปี", "9.2", ItemStatus.INCOMPLETE, 1.25, (evidence,), (finding,), (candidate,))
    )
