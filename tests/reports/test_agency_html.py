"""report.html: complete, in order, self-contained, and proof against what sites write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    Candidate,
    CrawlSummary,
    ElementStatus,
    EvidenceRef,
    ItemStatus,
    Joint,
    JointItem,
    Method,
    Quote,
    Reason,
    SubScore,
)
from core.models.decision import Answer, Decision, ShownDecision
from core.models.history import Change, PlaceHistory
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome
from reports.agency_html import AgencyContext, report_html
from reports.messages import thai

from .conftest import NIGHT, lack, verdict

_EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e\x00{{7*7}}"


def _page(assessment: Assessment, edition: Edition) -> BeautifulSoup:
    return BeautifulSoup(report_html(assessment, edition, thai()), "lxml")


def _article(page: BeautifulSoup, item: str) -> str:
    found = page.find(id=item)
    assert found is not None
    return found.get_text(" ", strip=True)


def test_gaps_stand_first_by_cost_and_fine_items_are_folded(full: Assessment, edition: Edition) -> None:
    page = _page(full, edition)
    assert [a["id"] for a in page.select("article.gap")] == ["O2", "O3", "O4", "O5"]
    assert [d["id"] for d in page.select("details")] == ["O1", "O9", "O10"]
    order = [tag["id"] for tag in page.select("article[id], li[id], details[id]")]
    assert order.index("O5") < order.index("O8") < order.index("O6") < order.index("O1")


def test_every_item_can_be_linked_to_once(full: Assessment, edition: Edition) -> None:
    ids = [tag["id"] for tag in _page(full, edition).select("[id]")]
    assert len(ids) == len(set(ids))
    assert {f"O{n}" for n in range(1, 11)} <= set(ids)


def test_inner_links_lead_somewhere(full: Assessment, edition: Edition) -> None:
    page = _page(full, edition)
    targets = [str(a["href"])[1:] for a in page.select('a[href^="#"]')]
    assert targets
    assert [t for t in targets if page.find(id=t) is None] == []


def test_a_gap_tells_what_is_asked_where_we_looked_what_we_saw_and_what_to_do(
    full: Assessment, edition: Edition
) -> None:
    page = _page(full, edition)
    text = _article(page, "O3")
    for wanted in (
        "labour-2565-O3",
        "1.25",
        "ไม่ครบถ้วน",
        "องค์ประกอบ problems",
        "https://www.example.go.th/ไฟล์.pdf",
        "https://www.example.go.th/oit",
        "“O3 รายงานผล”",
        "ข้อเสนอแนะ ..........",
        "หน้า 14",
        "บรรทัด 3",
        "1. ผลการดำเนินงาน",
        "มีแต่เส้นประ",
        "abababababab",
    ):
        assert wanted in text
    paste = page.select_one("#O3 pre")
    assert paste is not None
    assert paste.get_text().splitlines()[0] == "ปัญหา อุปสรรค และข้อเสนอแนะ"
    quoted = page.select_one("#O3 blockquote a")
    assert quoted is not None
    assert str(quoted["href"]).endswith(".pdf#page=14")


def test_an_item_without_evidence_still_says_what_the_manual_asks_for(full: Assessment, edition: Edition) -> None:
    page = _page(full, edition)
    assert "แสดงข้อมูล 2" in _article(page, "O2")
    assert page.select_one('#O8 a[href="https://drive.example.com/x"]') is not None
    assert page.select_one('#O5 a[href="https://www.example.go.th/x.pdf"]') is not None


def test_links_that_were_looked_at_are_shown_where_none_became_evidence(
    make: Callable[..., Assessment], edition: Edition
) -> None:
    looked = Candidate("https://www.example.go.th/maybe", "ชื่อคล้าย", 0.3)
    page = _page(make(verdict("O2", ItemStatus.MISSING, candidates=(looked,))), edition)
    assert page.select_one('#O2 a[href="https://www.example.go.th/maybe"]') is not None


def test_nothing_is_fetched_and_nothing_runs(full: Assessment, edition: Edition) -> None:
    html = report_html(full, edition, thai())
    page = BeautifulSoup(html, "lxml")
    assert page.find(["script", "link", "img", "iframe", "object", "form"]) is None
    assert "url(" not in html
    assert "@import" not in html
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])


def test_headings_go_down_step_by_step_and_the_page_is_thai(full: Assessment, edition: Edition) -> None:
    page = _page(full, edition)
    assert page.html is not None
    assert page.html["lang"] == "th"
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert all(th.get("scope") for th in page.find_all("th"))


def test_every_status_is_explained(full: Assessment, edition: Edition) -> None:
    legend = _page(full, edition).select_one(".legend")
    assert legend is not None
    for status in ItemStatus:
        assert thai().word("status", status.value) in legend.get_text()


def test_a_site_that_nobody_could_open_has_no_score_and_one_cause(
    make: Callable[..., Assessment], edition: Edition
) -> None:
    why = (Reason(ReasonCode.SITE_UNREAD, {"outcome": "server_error", "url": "https://www.example.go.th/"}),)
    crawl = CrawlSummary(NIGHT, None, False, 0, 0, 1, "home", home_outcome=FetchOutcome.SERVER_ERROR)
    verdicts = [verdict(f"O{n}", ItemStatus.UNCHECKED, reasons=why) for n in range(1, 13)]
    page = _page(make(*verdicts, crawl=crawl), edition)
    text = page.get_text(" ")
    assert "ยังไม่มีคะแนน" in text
    assert "66.67" not in text
    assert "ไม่มีข้อที่ต้องแก้ไข" not in text.replace("ยังไม่พบข้อที่ต้องแก้ไข", "")
    assert len(page.select("article")) == 1
    assert text.count("เครื่องแม่ข่ายขัดข้อง") == 1


def test_notes_tell_that_the_result_is_old(make: Callable[..., Assessment], edition: Edition) -> None:
    text = _page(make(notes=(Reason(ReasonCode.STALE, {"since": "2022-04-01"}),)), edition).get_text(" ")
    assert "1 เม.ย. 2565" in text


def test_an_empty_assessment_is_a_page(make: Callable[..., Assessment], edition: Edition) -> None:
    assert _page(make(), edition).find("h1") is not None


def _hostile(make: Callable[..., Assessment], text: str, url: str) -> Assessment:
    ref = EvidenceRef(url, (url, url), text, text, text, NIGHT, 200, text)
    finding = lack(
        "problems",
        ElementStatus.MISSING,
        quotes=(Quote(url, text, Method.TEXT, 1, 1, text),),
        reason=Reason(ReasonCode.UNREAD, {"url": url, "note": text}),
        seen=(text,),
    )
    candidate = Candidate(url, text, 0.4, (Reason(ReasonCode.TITLE_ALIKE, {"title": text}),))
    agency = Agency("labour", text, url, responsible=text)
    return make(
        verdict("O1", ItemStatus.INCOMPLETE, evidence=(ref,), findings=(finding,)),
        verdict(
            "O2",
            ItemStatus.MISSING,
            candidates=(candidate,),
            reasons=(Reason(ReasonCode.LINK_DEAD, {"url": url, "outcome": text}),),
        ),
        verdict(
            "O3",
            ItemStatus.UNCHECKED,
            reasons=(Reason(ReasonCode.SITE_UNREAD, {"outcome": text, "detail": text}), Reason(text, {text: text})),
        ),
        verdict("O4", ItemStatus.COMPLETE, evidence=(ref,), findings=(finding,)),
        agency=agency,
        notes=(Reason(ReasonCode.TLS, {"problem": text}),),
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,<script>", 'https://a.go.th/"onmouseover="x', "https://a/\u202e"]
)
def test_hostile_text_stays_text(make: Callable[..., Assessment], edition: Edition, url: str) -> None:
    html = report_html(_hostile(make, _EVIL, url), edition, thai())
    page = BeautifulSoup(html, "lxml")
    assert page.find(["script", "img"]) is None
    assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    links = [str(a["href"]) for a in page.find_all("a")]
    assert [a for a in links if not a.startswith(("https://", "http://", "#", "../index.html"))] == []
    assert "\x00" not in html
    assert "\u202e" not in html
    assert "{{7*7}}" in html


def test_long_quotes_are_cut(make: Callable[..., Assessment], edition: Edition) -> None:
    page = _page(_hostile(make, "ก" * 100_000, "https://a.go.th/" + "x" * 50_000), edition)
    assert len(page.get_text()) < 30_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), url=st.text(max_size=80))
def test_no_text_breaks_the_page(make: Callable[..., Assessment], edition: Edition, text: str, url: str) -> None:
    for address in (url, f"https://a/{url}"):
        page = BeautifulSoup(report_html(_hostile(make, text, address), edition, thai()), "lxml")
        assert len(page.select("article")) == 3
        assert len(page.select("details")) == 1


def test_the_page_says_what_changed_who_decided_and_who_else_lacks_it(full: Assessment, edition: Edition) -> None:
    now = datetime(2022, 4, 29, 18, tzinfo=UTC)
    gap = next(v for v in full.verdicts if v.status is ItemStatus.INCOMPLETE)
    made = Decision("labour", 2565, gap.item, Answer.ACCEPT, "<b>สมศรี</b>", now, "", "เห็นจริง <script>")
    verdicts = tuple(
        replace(v, decisions=(ShownDecision(made, False),)) if v.item == gap.item else v for v in full.verdicts
    )
    part = JointItem(gap.item, gap.title, ItemStatus.INCOMPLETE, 1.25, (), ("labour", "land"), ())
    joint = Joint((part,), SubScore("oit", 0, 100), (part,))
    context = AgencyContext(
        changes={(gap.item, ""): PlaceHistory("incomplete", now, now, now, Change.NEW)},
        together=joint,
        agency_names={"labour": "แรงงาน", "land": "สำนักงานที่ดิน"},
    )
    html = report_html(replace(full, verdicts=verdicts), edition, thai(), context)
    text = BeautifulSoup(html, "lxml").get_text(" ")
    assert "พบใหม่" in text
    assert "สำนักงานที่ดิน" in text
    assert "เคยพิจารณาไว้โดย" in text
    assert "30 เม.ย. 2565" in text, "a night of 18:00 UTC is the next day in Thailand"
    assert "<script>" not in html.split("<main>")[1]
