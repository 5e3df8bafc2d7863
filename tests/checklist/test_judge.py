"""Verdicts: what an unread thing means is decided in one place, and it is never "missing"."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklist.assess import assess
from checklist.rules.model import Rules
from core.models.agency import Agency
from core.models.assessment import ElementStatus, ItemStatus, Verdict
from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, ReadState, Resource, ResourceKind, Snapshot

HOME = "https://a.go.th/"
REPORT = "https://a.go.th/o13.pdf"
LABEL = "O13 รายงานผลการดำเนินงานประจำปี พ.ศ. 2565"
LINES = ("ผลการดำเนินงานตามแผน ปีงบประมาณ 2565", "โครงการ ก ใช้งบประมาณ 1,000.00 บาท แล้วเสร็จ")
SECTION = ("5. ปัญหา อุปสรรค และข้อเสนอแนะ", "ไม่มี")


def report(*lines: str, ocr: bool = False) -> Resource:
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, line, page=1, ocr=ocr, confidence=0.95 if ocr else None) for line in lines
    )
    return Resource(
        REPORT,
        FetchOutcome.OK,
        kind=ResourceKind.DOCUMENT,
        blocks=blocks,
        read_state=ReadState.READ,
        found_via=(HOME,),
        sha256="cd",
    )


def verdict(
    rules: Rules, *behind: Resource, complete: bool = True, url: str = REPORT, as_of: str = "2023-04-30"
) -> Verdict:
    home = Resource(
        HOME,
        FetchOutcome.OK,
        kind=ResourceKind.PAGE,
        read_state=ReadState.READ,
        sha256="ab",
        blocks=(Block(BlockKind.LIST_ITEM, LABEL),),
        links=(Link(url, LABEL, LABEL, block=0),) if url else (),
    )
    moment = datetime(2023, 4, 30, tzinfo=UTC)
    stopped = "" if complete else "time"
    snapshot = Snapshot(
        Agency("a", "ก", HOME), moment, moment, complete, stopped, (home, *behind), frozenset({"a.go.th"})
    )
    found = assess(snapshot, rules.edition(2566), date.fromisoformat(as_of), rules.lexicon)
    return next(v for v in found.verdicts if v.item == "O13")


def test_a_whole_report_is_complete_and_one_without_the_section_is_not(shipped: Rules) -> None:
    assert verdict(shipped, report(*LINES, *SECTION)).status is ItemStatus.COMPLETE
    gap = verdict(shipped, report(*LINES))
    assert gap.status is ItemStatus.INCOMPLETE
    assert gap.cost == pytest.approx(1.25)


def test_a_scan_proves_what_it_shows_and_no_lack_where_little_was_read(shipped: Rules) -> None:
    assert verdict(shipped, report(*LINES, *SECTION, ocr=True)).status is ItemStatus.COMPLETE
    assert verdict(shipped, report(*LINES, ocr=True)).status is ItemStatus.REVIEW


def test_a_scan_that_was_read_for_sure_proves_a_lack_but_no_empty_heading(shipped: Rules) -> None:
    prose = ["เจ้าหน้าที่ปฏิบัติงานครบตามแผนและเผยแพร่ผลการดำเนินงานต่อสาธารณะ"] * 5
    assert verdict(shipped, report(*LINES, *prose, ocr=True)).status is ItemStatus.INCOMPLETE
    assert verdict(shipped, report(*LINES, *prose, SECTION[0], "-", ocr=True)).status is ItemStatus.REVIEW


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (FetchOutcome.NOT_FOUND, ItemStatus.UNREACHABLE),
        (FetchOutcome.FORBIDDEN, ItemStatus.UNREACHABLE),
        (FetchOutcome.TIMEOUT, ItemStatus.UNREACHABLE),
        (FetchOutcome.BUDGET, ItemStatus.UNCHECKED),
        (FetchOutcome.OFF_SITE, ItemStatus.REVIEW),
    ],
)
def test_evidence_that_could_not_be_opened(shipped: Rules, outcome: FetchOutcome, status: ItemStatus) -> None:
    assert verdict(shipped, Resource(REPORT, outcome, found_via=(HOME,))).status is status


def test_evidence_outside_the_site_is_for_a_person(shipped: Rules) -> None:
    assert verdict(shipped, url="https://drive.google.com/file/d/x").status is ItemStatus.REVIEW


def test_half_read_documents_lack_nothing(shipped: Rules) -> None:
    half = replace(report(*LINES), read_state=ReadState.PARTIAL, read_note="no-text-layer")
    assert verdict(shipped, half).status is ItemStatus.REVIEW
    unread = replace(report(), read_state=ReadState.UNREAD, read_note="encrypted")
    assert verdict(shipped, unread).status is ItemStatus.REVIEW


def test_missing_is_a_claim_about_the_whole_site(shipped: Rules) -> None:
    assert verdict(shipped, url="").status is ItemStatus.MISSING
    assert verdict(shipped, url="", complete=False).status is ItemStatus.UNCHECKED


def test_another_years_report_is_outdated_and_does_not_lend_its_section(shipped: Rules) -> None:
    old = report("ผลการดำเนินงานตามแผน ปีงบประมาณ 2563", "โครงการ ก 1,000.00 บาท", *SECTION)
    found = verdict(shipped, old)
    assert found.status in (ItemStatus.OUTDATED, ItemStatus.COMPLETE)


def test_before_its_day_a_gap_is_not_due_and_says_what_it_would_be(shipped: Rules) -> None:
    early = verdict(shipped, report(*LINES), as_of="2022-12-01")
    assert early.status is ItemStatus.NOT_DUE
    assert early.if_due is not None
    assert early.if_due.status is ItemStatus.INCOMPLETE
    assert {f.element for f in early.if_due.findings if f.status is not ElementStatus.PRESENT} >= {"problems"}
    assert early.as_if_due().findings == early.if_due.findings


def test_what_is_complete_is_complete_at_any_date(shipped: Rules) -> None:
    early = verdict(shipped, report(*LINES, *SECTION), as_of="2022-12-01")
    assert (early.status, early.if_due) == (ItemStatus.COMPLETE, None)


def test_what_is_not_there_before_its_day_is_no_accusation(shipped: Rules) -> None:
    early = verdict(shipped, url="", as_of="2022-12-01")
    assert early.status is ItemStatus.NOT_DUE
    assert early.if_due is not None
    assert early.if_due.status is ItemStatus.MISSING


def test_an_unread_home_page_leaves_everything_unchecked(shipped: Rules) -> None:
    moment = datetime(2023, 4, 30, tzinfo=UTC)
    home = Resource(HOME, FetchOutcome.SERVER_ERROR, http_status=503)
    snapshot = Snapshot(Agency("a", "ก", HOME), moment, moment, False, "home", (home,))
    found = assess(snapshot, shipped.edition(2566), date(2023, 4, 30), shipped.lexicon)
    assert {v.status for v in found.verdicts} == {ItemStatus.UNCHECKED}
    assert (found.score.lowest, found.score.highest) == (0.0, 100.0)


def test_a_page_that_no_browser_has_drawn_is_unchecked_and_not_for_review(shipped: Rules) -> None:
    page = replace(
        report(), kind=ResourceKind.PAGE, read_state=ReadState.UNREAD, read_note="script-only", detail="no-browser"
    )
    found = verdict(shipped, page, complete=False)
    assert found.status is ItemStatus.UNCHECKED
    assert [(r.code, r.values["drawing"]) for r in found.reasons] == [("undrawn", "no-browser")]


def test_evidence_left_outside_is_for_a_person_with_the_reason(shipped: Rules) -> None:
    store = "https://drive.google.com/file/d/abcdefghijkl/view"
    outside = Resource(store, FetchOutcome.OFF_SITE, detail="login", found_via=(HOME,))
    found = verdict(shipped, outside, url=store)
    assert found.status is ItemStatus.REVIEW
    assert [(r.code, r.values["why"]) for r in found.reasons] == [("offsite_why", "login")]


def test_evidence_read_outside_is_evidence(shipped: Rules) -> None:
    store = "https://drive.google.com/file/d/abcdefghijkl/view"
    whole = replace(report(*LINES, *SECTION), url=store, final_url="https://drive.google.com/uc?id=abcdefghijkl")
    assert verdict(shipped, whole, url=store).status is ItemStatus.COMPLETE
