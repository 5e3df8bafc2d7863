"""Reports: the contract's shape, the webmaster's order, and hostile text made harmless in every form."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from checklist.rules.model import Rules
from checklist.score import costs, score
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
    Verdict,
)
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome
from core.sanitize import safe_link
from reports.messages import thai
from reports.writer import AGENCY_FORMATS
from tests.factories import make_assessment, make_crawl
from tests.reports.writing import write_reports

NOW = datetime(2023, 4, 30, 1, 2, 3, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>=cmd|'/c calc'!A1 \u202eabc\x07 {{7*7}} " + "ย" * 3000


def verdict(rules: Rules, item_id: str, status: ItemStatus, *findings: Finding, text: str = "ป้าย") -> Verdict:
    edition = rules.edition(2566)
    item = edition.item(item_id)
    reference = EvidenceRef("https://a.go.th/r.pdf", ("https://a.go.th/",), text, "application/pdf", "ab", NOW, 200)
    return Verdict(
        item.id,
        item.title,
        item.sub_indicator,
        status,
        costs(edition)[item.id],
        (reference,),
        findings,
        (),
        (Reason(ReasonCode.LINK_DEAD, {"url": "javascript:alert(1)", "outcome": "not_found", "status": "404"}),),
    )


def section(element: str, status: ElementStatus, quote: str = "") -> Finding:
    quotes = (Quote("https://a.go.th/r.pdf", quote, Method.HEADING, page=3),) if quote else ()
    reason = Reason(ReasonCode.SECTION_ABSENT if status is ElementStatus.MISSING else "section_empty", {"how": "dash"})
    return Finding(element, element, Level.REQUIRED, status, quotes=quotes, reason=reason, seen=("บทนำ",))


def assessment(rules: Rules, *verdicts: Verdict, agency: str = "a") -> Assessment:
    edition = rules.edition(2566)
    named = {v.item: v for v in verdicts}
    whole = tuple(named.get(i.id) or verdict(rules, i.id, ItemStatus.COMPLETE) for i in edition.items)
    return make_assessment(
        *whole,
        agency=Agency(agency, f"สำนักงาน {agency}", "https://a.go.th/"),
        edition=2566,
        as_of=date(2023, 4, 30),
        crawl=make_crawl(started=NOW, finished=NOW),
        score=score(edition, {v.item: v.status for v in whole}),
    )


def write(rules: Rules, out: Path, *assessments: Assessment) -> Path:
    write_reports(out, assessments, rules.edition(2566), "จังหวัดตัวอย่าง")
    return out / "2566"


def test_report_json_is_the_contract(shipped: Rules, tmp_path: Path) -> None:
    gap = verdict(shipped, "O13", ItemStatus.INCOMPLETE, section("problems", ElementStatus.MISSING))
    data = json.loads((write(shipped, tmp_path, assessment(shipped, gap)) / "a" / "report.json").read_text("utf-8"))
    assert data["schema"] == "oit-report/2"
    assert (data["edition"], data["as_of"]) == (2566, "2023-04-30")
    assert {"id", "name", "url"} <= data["agency"].keys()
    assert {"started", "finished", "complete", "pages", "documents", "failed", "stopped_by"} <= data["crawl"].keys()
    assert data["crawl"]["started"] == "2023-04-30T01:02:03Z"
    item = next(i for i in data["items"] if i["id"] == "O13")
    assert {"id", "title", "sub_indicator", "status", "cost", "evidence", "elements", "advice"} <= item.keys()
    assert item["status"] == "incomplete"
    assert item["cost"] == pytest.approx(1.25)
    assert "ไม่มี" in item["advice"]
    assert item["elements"][0]["status"] == "missing"
    assert {"id", "lowest", "highest", "sub_indicators"} <= data["score"]["indicators"][0].keys()


def test_missing_and_empty_sections_get_different_advice(shipped: Rules, tmp_path: Path) -> None:
    gone = verdict(shipped, "O13", ItemStatus.INCOMPLETE, section("problems", ElementStatus.MISSING))
    bare = verdict(shipped, "O38", ItemStatus.INCOMPLETE, section("problems", ElementStatus.EMPTY, "5. ปัญหา"))
    root = write(shipped, tmp_path, assessment(shipped, gone, bare))
    items = {i["id"]: i for i in json.loads((root / "a" / "report.json").read_text("utf-8"))["items"]}
    assert items["O13"]["advice"] != items["O38"]["advice"]
    page = (root / "a" / "report.html").read_text("utf-8")
    assert "5. ปัญหา" in page
    assert "บทนำ" in page


def test_what_costs_most_comes_first(shipped: Rules, tmp_path: Path) -> None:
    root = write(
        shipped,
        tmp_path,
        assessment(
            shipped,
            verdict(shipped, "O1", ItemStatus.MISSING),
            verdict(shipped, "O43", ItemStatus.MISSING),
            verdict(shipped, "O20", ItemStatus.OUTDATED),
        ),
    )
    text = BeautifulSoup((root / "a" / "report.html").read_text("utf-8"), "lxml").get_text(" ")
    places = [text.index(f"a-2566-{item}") for item in ("O43", "O20", "O1 ".strip())]
    assert places == sorted(places)


def test_hostile_text_is_harmless(shipped: Rules, tmp_path: Path) -> None:
    nasty = verdict(
        shipped, "O13", ItemStatus.INCOMPLETE, section("problems", ElementStatus.EMPTY, HOSTILE), text=HOSTILE
    )
    root = write(shipped, tmp_path, assessment(shipped, nasty))
    page = (root / "a" / "report.html").read_text("utf-8")
    soup = BeautifulSoup(page, "lxml")
    assert soup.find("script") is None
    assert "\u202e" not in page
    assert "\x07" not in page
    assert "ย" * 1000 not in page
    for link in soup.find_all("a"):
        href = str(link["href"])
        assert href in AGENCY_FORMATS or href.startswith(("http://", "https://", "#", "../", "a/"))
    book = openpyxl.load_workbook(io.BytesIO((root / "a" / "report.xlsx").read_bytes()))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert any("alert" in str(c.value) for c in cells)
    assert all(c.data_type != "f" for c in cells)
    assert {c.hyperlink.target for c in cells if c.hyperlink} <= {"https://a.go.th/", "https://a.go.th/r.pdf"}


def test_every_agency_has_a_row_and_every_status_a_word(shipped: Rules, tmp_path: Path) -> None:
    all_sorts = assessment(
        shipped, *(verdict(shipped, f"O{n}", status) for n, status in enumerate(ItemStatus, 1)), agency="sorts"
    )
    root = write(shipped, tmp_path, assessment(shipped, agency="fine"), all_sorts)
    data = json.loads((root / "overview.json").read_text("utf-8"))
    assert [a["id"] for a in data["agencies"]] == ["fine", "sorts"]
    page = (root / "index.html").read_text("utf-8")
    assert "fine/report.html" in page
    assert "sorts/report.html" in page
    for status in ItemStatus:
        assert thai().word("status", status.value) != status.value
        assert thai().word("status", status.value) in page
    for outcome in FetchOutcome:
        assert thai().word("outcome", outcome.value) != outcome.value


def test_an_unknown_reason_is_shown_not_raised(shipped: Rules, tmp_path: Path) -> None:
    odd = verdict(shipped, "O1", ItemStatus.REVIEW, section("x", ElementStatus.REVIEW))
    odd = Verdict(
        odd.item,
        odd.title,
        odd.sub_indicator,
        odd.status,
        odd.cost,
        reasons=(Reason("brand_new", {"a": "{b}"}),),
    )
    assert "brand_new" in (write(shipped, tmp_path, assessment(shipped, odd)) / "a" / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.go.th", "http://", "https://a\n.th", "x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert safe_link(url) == ""
