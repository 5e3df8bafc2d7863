"""A small edition and assessments made by hand: what goes into the reports, without crawling or judging."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
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
from tests.factories import NIGHT, make_assessment, make_crawl


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Twelve items in one sub-indicator; O3 asks for last year's report with the section."""
    items = [
        {
            "id": f"O{n}",
            "title": f"ข้อที่ {n}",
            "sub_indicator": "9.1",
            "advice": "ดูตัวอย่างในคู่มือ" if n == 2 else "",
            "year": "previous" if n == 3 else "current",
            "elements": [{"id": "shown", "text": f"แสดงข้อมูล {n}", "match": {"evidence": {}}}],
        }
        for n in range(1, 13)
    ]
    return Edition.model_validate(
        {
            "year": 2565,
            "title": "คู่มือ 2565",
            "answers_from": "2022-04-01",
            "answers_until": "2022-04-30",
            "indicators": [{"id": "9", "title": "การเปิดเผยข้อมูล", "sub_indicators": [{"id": "9.1", "title": "พื้นฐาน"}]}],
            "items": items,
            "bands": [{"rating": "AA", "at_least": 95}],
        }
    )


def verdict(item: str, status: ItemStatus, cost: float = 1.25, **more: object) -> Verdict:
    """A verdict with the title of the edition above."""
    return Verdict(item, f"ข้อที่ {item[1:]}", "9.1", status, cost, **more)  # type: ignore[arg-type]


def lack(element: str, status: ElementStatus = ElementStatus.MISSING, **more: object) -> Finding:
    """A required element that is not there."""
    return Finding(element, f"องค์ประกอบ {element}", Level.REQUIRED, status, **more)  # type: ignore[arg-type]


@pytest.fixture
def make(edition: Edition) -> Callable[..., Assessment]:
    """Makes an assessment of some verdicts."""

    def made(*verdicts: Verdict, agency: Agency | None = None, **more: object) -> Assessment:
        parts = (SubScore("9", 50.0, 66.66666, (SubScore("9.1", 50.0, 66.66666),)),)
        values: dict[str, object] = {
            "agency": agency or Agency("labour", "สำนักงานตัวอย่าง", "https://www.example.go.th/"),
            "edition": edition.year,
            "crawl": make_crawl(failed=1),
            "score": SubScore("oit", 50.0, 66.66666, parts),
        }
        return make_assessment(*verdicts, **{**values, **more})

    return made


@pytest.fixture
def full(make: Callable[..., Assessment]) -> Assessment:
    """One verdict of every status, with the section absent in one and empty in another."""
    ref = EvidenceRef(
        "https://www.example.go.th/%E0%B9%84%E0%B8%9F%E0%B8%A5%E0%B9%8C.pdf",
        ("https://www.example.go.th/", "https://www.example.go.th/oit"),
        "O3 รายงานผล",
        "application/pdf",
        "ab" * 32,
        NIGHT,
        200,
    )
    quote = Quote(ref.url, "ข้อเสนอแนะ ..........", Method.HEADING, page=14, line=3)
    return make(
        verdict("O1", ItemStatus.COMPLETE),
        verdict("O2", ItemStatus.MISSING, 3.125, reasons=(Reason(ReasonCode.NO_EVIDENCE),)),
        verdict(
            "O3",
            ItemStatus.INCOMPLETE,
            evidence=(ref,),
            reasons=(Reason(ReasonCode.EVIDENCE_FOUND),),
            findings=(
                lack("problems", seen=("1. ผลการดำเนินงาน",), reason=Reason(ReasonCode.SECTION_ABSENT)),
                lack(
                    "suggestions",
                    ElementStatus.EMPTY,
                    quotes=(quote,),
                    reason=Reason(ReasonCode.SECTION_EMPTY, {"how": "dots"}),
                ),
            ),
        ),
        verdict(
            "O4",
            ItemStatus.OUTDATED,
            findings=(lack("period", reason=Reason(ReasonCode.WRONG_YEAR, {"found": "2560", "wanted": "2565"})),),
        ),
        verdict(
            "O5",
            ItemStatus.UNREACHABLE,
            reasons=(
                Reason(
                    ReasonCode.LINK_DEAD,
                    {"url": "https://www.example.go.th/x.pdf", "outcome": "not_found", "status": "404"},
                ),
            ),
        ),
        verdict("O6", ItemStatus.UNCHECKED, reasons=(Reason(ReasonCode.CRAWL_INCOMPLETE, {"stopped_by": "time"}),)),
        verdict("O7", ItemStatus.UNCHECKED, reasons=(Reason(ReasonCode.CRAWL_INCOMPLETE, {"stopped_by": "time"}),)),
        verdict("O8", ItemStatus.REVIEW, reasons=(Reason(ReasonCode.OFFSITE, {"url": "https://drive.example.com/x"}),)),
        verdict("O9", ItemStatus.NOT_DUE, reasons=(Reason(ReasonCode.NOT_DUE, {"due": "2022-10-01"}),)),
        verdict("O10", ItemStatus.EXEMPT, 0.0, reasons=(Reason(ReasonCode.EXEMPT, {"kind": "provincial"}),)),
    )
