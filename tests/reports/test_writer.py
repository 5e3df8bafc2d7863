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

from checklist.joint import assess_together
from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment, CrawlSummary, EvidenceRef, ItemStatus, Method, Quote, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome
from reports import writer as write
from reports.agency_xlsx import report_xlsx
from reports.messages import thai
from reports.overview import rows_of, totals_of
from reports.overview_html import OverviewPages
from reports.overview_json import overview_json
from reports.overview_xlsx import overview_xlsx
from reports.workbook import Linked, WorkbookSheet, workbook
from reports.writer import PROVINCE_FORMATS, ProvinceMaterial, write_province
from tests.reports.writing import write_reports

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


def test_the_agencys_workbook_has_the_items_in_the_manuals_order(full: Assessment, edition: Edition) -> None:
    book = _book(report_xlsx(full, edition, thai()))
    items = book.worksheets[1]
    assert [row[0].value for row in items.iter_rows(min_row=2)] == [f"O{n}" for n in range(1, 11)]
    head = [cell.value for cell in items[1]]
    assert len(set(head)) == len(head)
    assert items["D3"].value in (3.13, 3.12)
    assert items["F4"].value.splitlines()[0] == "ปัญหา อุปสรรค และข้อเสนอแนะ"
    assert book.worksheets[2].max_row == 1 + sum(len(v.findings) for v in full.verdicts)


def test_a_status_is_told_by_word_sign_and_colour(full: Assessment, edition: Edition) -> None:
    items = _book(report_xlsx(full, edition, thai())).worksheets[1]
    told = {items.cell(row, 1).value: items.cell(row, 3) for row in range(2, 12)}
    assert told["O1"].value == "✔ ครบถ้วน"
    assert told["O3"].value == "✖ ไม่ครบถ้วน"
    colours = {item: cell.fill.fgColor.rgb for item, cell in told.items()}
    assert colours["O3"] == colours["O2"] != colours["O1"]
    assert colours["O6"] == colours["O8"] not in (colours["O1"], colours["O2"])


def test_every_sheet_prints_on_a4_with_its_head_on_every_page(
    full: Assessment, edition: Edition, province: list[Assessment]
) -> None:
    for body in (report_xlsx(full, edition, thai()), overview_xlsx(province, edition, "จังหวัด A & B", thai())):
        for sheet in _book(body).worksheets:
            assert sheet.page_setup.paperSize == 9
            assert sheet.print_title_rows == "$1:$1"
            assert "&P" in sheet.oddFooter.center.text or sheet.oddFooter.center.text == "&[Page] / &[Pages]"
            assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))


def test_gaps_have_a_box_to_tick_a_place_for_notes_and_a_link(full: Assessment, edition: Edition) -> None:
    items = _book(report_xlsx(full, edition, thai())).worksheets[1]
    head = {cell.value: cell.column for cell in items[1]}
    boxes = [items.cell(row, head["แก้แล้ว"]).value for row in range(2, 12)]
    assert boxes == [None, "☐", "☐", "☐", "☐", None, None, None, None, None]
    assert all(items.cell(row, head["หมายเหตุ"]).value is None for row in range(2, 12))
    assert items.cell(4, head["หลักฐาน"]).hyperlink.target.startswith("https://www.example.go.th/")
    assert items.cell(4, head["หลักฐาน"]).value == "https://www.example.go.th/ไฟล์.pdf"


def test_the_form_never_answers_for_what_is_not_known(full: Assessment, edition: Edition) -> None:
    form = _book(report_xlsx(full, edition, thai()))["แบบตอบ OIT"]
    rows = {row[0].value: [cell.value for cell in row] for row in form.iter_rows(min_row=2)}
    assert {item: row[2] for item, row in rows.items()} == {
        "O1": "มี", "O2": "ไม่มี", "O3": "มี", "O4": "มี",
        **{f"O{n}": None for n in range(5, 11)},
    }  # fmt: skip
    assert rows["O1"][5] is None
    assert all(row[5] for item, row in rows.items() if item != "O1")
    assert rows["O3"][3] == full.verdicts[2].evidence[0].url


def test_the_form_of_a_whole_names_who_lacks_an_item(province: list[Assessment], edition: Edition) -> None:
    form = _book(overview_xlsx(province, edition, "จังหวัด", thai(), assess_together(province, edition))).worksheets[-1]
    rows = {row[0].value: [cell.value for cell in row] for row in form.iter_rows(min_row=2)}
    assert rows["O2"][2] == "ไม่มี"
    assert "สำนักงานตัวอย่าง" in rows["O2"][5]
    assert rows["O1"][2] is None
    assert "<b>เปิดไม่ได้</b>" in rows["O1"][5]


def test_only_safe_addresses_become_links() -> None:
    urls = ["javascript:alert(1)", "file:///etc/passwd", "internal:Sheet1!A1", "https://ok.example/\u202egpj",
            "https://" + "ก" * 700 + ".example/", "https://ok.example/a b"]  # fmt: skip
    rows = [(Linked(url),) for url in [*urls, "https://ok.example/ก?a=1#p"]]
    sheet = _book(workbook(WorkbookSheet("s", ("h",), rows, (20,)))).worksheets[0]
    links = [sheet.cell(row, 1).hyperlink for row in range(2, len(rows) + 2)]
    assert links[:-1] == [None] * len(urls)
    assert links[-1].target == "https://ok.example/%E0%B8%81?a=1" or links[-1].target.startswith("https://ok.example/")


def test_hostile_text_in_the_agencys_workbook(make: Callable[..., Assessment], edition: Edition) -> None:
    evil = '=HYPERLINK("http://evil/")'
    ref = EvidenceRef("javascript:alert(1)", (), evil, "", "", NIGHT, 200)
    finding = lack("x", quotes=(Quote("=1", evil, Method.TEXT),), reason=Reason(evil))
    one = verdict("O1", ItemStatus.INCOMPLETE, evidence=(ref,), findings=(finding,))
    agency = Agency("labour", evil, "https://a/", responsible=evil)
    for sheet in _book(report_xlsx(make(one, agency=agency), edition, thai())).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            links = [cell.hyperlink.target for cell in row if cell.hyperlink is not None]
            assert all(link == "https://a/" for link in links)


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
    page = BeautifulSoup(OverviewPages(province, edition, "จังหวัด", thai()).page(1), "lxml")
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
    page = BeautifulSoup(OverviewPages(turned, edition, "", thai()).page(1), "lxml")
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
    page = BeautifulSoup(OverviewPages(province, edition, "", thai()).page(1), "lxml")
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
    reports |= {
        f"{a}/{name}" for a in ("labour", "dead", "empty") for name in ("measures.docx", "measures.html", "feed.xml")
    }
    assert files == reports | {"index.html", "overview.json", "overview.xlsx", "measures.docx", "measures.html"}
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
