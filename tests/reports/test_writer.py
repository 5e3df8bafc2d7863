"""Spreadsheets, the province's overview, and writing it all."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, EvidenceRef, ItemStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome
from reports import writer as write
from reports.agency_xlsx import report_xlsx
from reports.messages import thai
from reports.overview import rows_of, totals_of
from reports.overview_html import overview_html
from reports.overview_json import overview_json
from reports.overview_xlsx import overview_xlsx
from reports.workbook import WorkbookSheet, workbook
from reports.writer import PROVINCE_FORMATS, ProvinceMaterial, write_province, write_reports

from .conftest import NIGHT, lack, verdict


def _book(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


@pytest.mark.parametrize(
    "text", ['=cmd|" /C calc"!A0', "+1+1", "-2+3", "@SUM(1)", "{=1}", "https://evil.example/", "javascript:x", "007"]
)
def test_text_stays_text_in_cells(text: str) -> None:
    sheet = _book(workbook(WorkbookSheet("s", ("h",), [(text,)], (10,))))["s"]
    assert sheet["A2"].value == text
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None


def test_cells_are_harmless_and_bounded() -> None:
    rows = [("ก\x00\x1b[31m\ud800ข", None, 1.5), ("x" * 100_000, "", 3), ("บรรทัด\nสอง", None, None)]
    sheet = _book(workbook(WorkbookSheet("a/b[c]:*?" + "x" * 50, ("h", "i", "j"), rows, (10, 10, 10)))).worksheets[0]
    assert sheet["A2"].value == "ก[31mข"
    assert sheet["C2"].value == 1.5
    assert len(str(sheet["A3"].value)) == 2000
    assert sheet["A4"].value == "บรรทัด\nสอง"


def test_the_agencys_workbook_has_gaps_first(full: Assessment, edition: Edition) -> None:
    book = _book(report_xlsx(full, edition, thai()))
    items = book.worksheets[1]
    assert [row[0].value for row in items.iter_rows(min_row=2)] == [
        "O2",
        "O3",
        "O4",
        "O5",
        "O8",
        "O6",
        "O7",
        "O1",
        "O9",
        "O10",
    ]
    head = [cell.value for cell in items[1]]
    assert len(set(head)) == len(head)
    assert items["D2"].value == 3.13 or items["D2"].value == 3.12
    assert items["F3"].value.splitlines()[0] == "ปัญหา อุปสรรค และข้อเสนอแนะ"
    assert book.worksheets[2].max_row == 1 + sum(len(v.findings) for v in full.verdicts)


def test_hostile_text_in_the_agencys_workbook(make: Callable[..., Assessment], edition: Edition) -> None:
    evil = '=HYPERLINK("http://evil/")'
    ref = EvidenceRef("javascript:alert(1)", (), evil, "", "", NIGHT, 200)
    finding = lack("x", quotes=(Quote("=1", evil, Method.TEXT),), reason=Reason(evil))
    one = verdict("O1", ItemStatus.INCOMPLETE, evidence=(ref,), findings=(finding,))
    agency = Agency("labour", evil, "https://a/", responsible=evil)
    for sheet in _book(report_xlsx(make(one, agency=agency), edition, thai())).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


@pytest.fixture
def province(full: Assessment, make: Callable[..., Assessment]) -> list[Assessment]:
    """Three agencies: an ordinary one, one that could not be opened, one with nothing at all."""
    crawl = CrawlSummary(NIGHT, None, False, 0, 0, 1, "home", stale=False, home_outcome=FetchOutcome.DNS)
    why = (Reason(ReasonCode.SITE_UNREAD, {"outcome": "dns"}),)
    dead = make(
        *(verdict(f"O{n}", ItemStatus.UNCHECKED, reasons=why) for n in range(1, 13)),
        agency=Agency("dead", "<b>เปิดไม่ได้</b>", "https://dead.example/"),
        crawl=crawl,
    )
    empty = make(agency=Agency("empty", "ว่าง", "https://empty.example/"))
    return [full, dead, empty]


def test_every_agency_has_a_row_in_the_order_of_the_list(province: list[Assessment], edition: Edition) -> None:
    data = overview_json(province, edition, "จังหวัด")
    assert [a["id"] for a in data["agencies"]] == ["labour", "dead", "empty"]
    page = BeautifulSoup(overview_html(province, edition, "จังหวัด", thai()), "lxml")
    assert len(page.select("#agencies tbody tr")) == 3
    assert len(page.select(".matrix tbody tr")) == 3
    sheet = _book(overview_xlsx(province, edition, "จังหวัด", thai())).worksheets[0]
    assert [r[0].value for r in sheet.iter_rows(min_row=2)] == ["สำนักงานตัวอย่าง", "<b>เปิดไม่ได้</b>", "ว่าง"]
    assert page.find("b", string="เปิดไม่ได้") is None


def test_totals_are_the_sums_of_the_rows(province: list[Assessment], edition: Edition) -> None:
    rows = rows_of(province, edition)
    totals = totals_of(rows, edition)
    assert sum(n for _, n in totals.statuses) == sum(len(a.verdicts) for a in province)
    assert sum(totals.gaps) == sum(row.gaps for row in rows) == 4
    assert sum(totals.doubts) == sum(row.review + row.unchecked for row in rows) == 15
    assert overview_json(province, edition, "")["totals"]["unchecked"] == 14


def test_the_matrix_has_a_place_for_every_item_of_the_edition(province: list[Assessment], edition: Edition) -> None:
    turned = [replace(a, verdicts=a.verdicts[::-1]) for a in province]
    page = BeautifulSoup(overview_html(turned, edition, "", thai()), "lxml")
    for row in page.select(".matrix tbody tr"):
        cells = row.find_all("td")
        assert len(cells) == 12
        links = [(n, cell.a["href"]) for n, cell in enumerate(cells, 1) if cell.a is not None]
        assert all(str(href).endswith(f"#O{n}") for n, href in links)


def test_each_number_links_to_its_rows(province: list[Assessment], edition: Edition, tmp_path: Path) -> None:
    write_reports(tmp_path, province, edition, "จังหวัด")
    root = tmp_path / "2565"
    index = BeautifulSoup((root / "index.html").read_text("utf-8"), "lxml")
    cards = index.select(".cards b")
    assert cards
    assert all(card.a is not None for card in cards)
    pages: dict[str, BeautifulSoup] = {"": index}
    for link in index.find_all("a"):
        file, _, anchor = str(link["href"]).partition("#")
        if file in PROVINCE_FORMATS:
            continue
        if file not in pages:
            pages[file] = BeautifulSoup((root / file).read_text("utf-8"), "lxml")
        assert not anchor or pages[file].find(id=anchor) is not None, link["href"]


def test_an_agency_that_was_never_judged_has_no_score(province: list[Assessment], edition: Edition) -> None:
    page = BeautifulSoup(overview_html(province, edition, "", thai()), "lxml")
    dead = page.select("#agencies tbody tr")[1].get_text(" ")
    assert "ยังไม่มีคะแนน" in dead
    assert "DNS" in dead


def test_an_empty_province_is_a_page(edition: Edition, tmp_path: Path) -> None:
    assert write_reports(tmp_path, [], edition, "") == ()
    assert json.loads((tmp_path / "2565" / "overview.json").read_text("utf-8"))["agencies"] == []


def test_all_files_are_written(province: list[Assessment], edition: Edition, tmp_path: Path) -> None:
    assert write_reports(tmp_path, province, edition, "จังหวัด") == ()
    files = {str(p.relative_to(tmp_path / "2565")) for p in tmp_path.rglob("*") if p.is_file()}
    reports = {f"{a}/report.{kind}" for a in ("labour", "dead", "empty") for kind in ("json", "html", "xlsx")}
    assert files == reports | {"index.html", "overview.json", "overview.xlsx", "measures.docx"}
    assert json.loads((tmp_path / "2565" / "labour" / "report.json").read_text("utf-8"))["schema"] == "oit-report/2"


def test_same_input_same_pages(province: list[Assessment], edition: Edition, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_reports(tmp_path / name, province, edition, "")
    for kind in ("json", "html"):
        one, other = (tmp_path / n / "2565" / "labour" / f"report.{kind}" for n in "ab")
        assert one.read_bytes() == other.read_bytes()


def test_one_agencys_failure_is_its_own(
    province: list[Assessment], edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    write_reports(tmp_path, province, edition, "")
    before = (tmp_path / "2565" / "dead" / "report.html").read_bytes()
    real = write.report_html

    def breaks(assessment: Assessment, *rest: object) -> str:
        if assessment.agency.id == "dead":
            raise ValueError("broken\nsecond line")
        return real(assessment, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(write, "report_html", breaks)
    with caplog.at_level(logging.ERROR):
        unwritten = write_reports(tmp_path, province, edition, "")
    assert [(u.agency, u.why) for u in unwritten] == [("dead", "ValueError: broken")]
    assert "dead" in caplog.text
    assert (tmp_path / "2565" / "dead" / "report.html").read_bytes() == before
    data = json.loads((tmp_path / "2565" / "overview.json").read_text("utf-8"))
    assert [a["id"] for a in data["agencies"]] == ["labour", "dead", "empty"]


def test_lone_surrogates_do_not_stop_the_writing(
    make: Callable[..., Assessment], edition: Edition, tmp_path: Path
) -> None:
    ref = EvidenceRef("https://a/\ud800", ("https://a/\udfff",), "\ud800", "", "", None, None)
    bad = make(verdict("O1", ItemStatus.COMPLETE, evidence=(ref,)), agency=Agency("x", "\ud800ก", "https://a/"))
    assert write_reports(tmp_path, [bad], edition, "\ud800") == ()


def test_a_long_list_is_shown_in_pages(full: Assessment, edition: Edition, tmp_path: Path) -> None:
    everybody = [replace(full, agency=replace(full.agency, id=f"a{n}")) for n in range(151)]
    root = tmp_path / "2565"
    write_province(root, ProvinceMaterial(everybody, edition, "จังหวัด", thai(), None, {}))
    pages = {p.name: BeautifulSoup(p.read_text("utf-8"), "lxml") for p in root.glob("index*.html")}
    assert set(pages) == {"index.html", "index-2.html"}
    shown = [len(page.select("#agencies tbody tr")) for page in (pages["index.html"], pages["index-2.html"])]
    assert shown == [100, 51]
    for page in pages.values():
        assert page.select(".cards b")[0].get_text() == "151"
        for link in page.find_all("a", href=True):
            file, _, anchor = str(link["href"]).partition("#")
            assert file or page.find(id=anchor) is not None
            assert not file.endswith(".html") or "/" in file or (root / file).exists()
    before = (root / "index.html").stat().st_mtime_ns
    write_province(root, ProvinceMaterial(everybody, edition, "จังหวัด", thai(), None, {}))
    assert (root / "index.html").stat().st_mtime_ns == before
    write_province(root, ProvinceMaterial(everybody[:3], edition, "จังหวัด", thai(), None, {}))
    assert not (root / "index-2.html").exists()
