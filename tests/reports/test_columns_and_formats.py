"""A column is one line and a format one row: each has its Thai words, and the pages link to every file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup

from checklist.rules.model import Edition
from core.models.assessment import Assessment, ItemStatus, Joint, JointItem
from reports import agency_xlsx, overview_xlsx
from reports.measures import national_form
from reports.messages import thai
from reports.workbook import Column, sheet_of
from reports.writer import AGENCY_FORMATS, PROVINCE_FORMATS
from tests.paths import PROJECT
from tests.reports.writing import write_reports

TABLES: dict[str, tuple[Column[object], ...]] = {
    f"{module.__name__}.{name}": value
    for module in (agency_xlsx, overview_xlsx, national_form)
    for name, value in vars(module).items()
    if name.endswith("_COLUMNS")
}
THAI = re.compile("[\u0e00-\u0e7f]")


def test_the_tables_are_found() -> None:
    assert len(TABLES) == 6


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_thai_header_of_its_own(table: str) -> None:
    titles = [column.title(thai()) for column in TABLES[table]]
    assert [title for title in titles if not THAI.search(title)] == []
    assert len(set(titles)) == len(titles)
    assert all(column.width > 0 for column in TABLES[table])


def test_a_row_has_a_cell_for_each_column() -> None:
    columns: tuple[Column[int], ...] = (Column("item", 5, lambda n: n), Column("O1", 9, lambda n: str(n), ""))
    sheet = sheet_of("s", columns, [1, 2], thai())
    assert sheet.header == (thai().word("page", "item"), "O1")
    assert sheet.rows == ((1, "1"), (2, "2"))
    assert sheet.widths == (5, 9)


def test_every_row_of_every_workbook_is_as_wide_as_its_header(full: Assessment, edition: Edition) -> None:
    item = JointItem("O1", "ข้อที่ 1", ItemStatus.COMPLETE, 0.0, ("labour",), (), ())
    joint = Joint((item,), full.score, ())
    for body in (
        agency_xlsx.report_xlsx(full, edition, thai()),
        overview_xlsx.overview_xlsx([full], edition, "", thai(), joint),
    ):
        book = openpyxl.load_workbook(io.BytesIO(body))
        for sheet in book.worksheets[1:] if len(book.worksheets[0][1]) == 2 else book.worksheets:
            head = [cell.value for cell in sheet[1]]
            assert all(head), sheet.title
            assert sheet.max_column == len(head), sheet.title


@pytest.mark.parametrize(("formats", "page", "folder"), [
    (AGENCY_FORMATS, "report.html", "labour"), (PROVINCE_FORMATS, "index.html", "."),
])  # fmt: skip
def test_every_format_is_written_and_linked(
    full: Assessment, edition: Edition, tmp_path: Path, formats: dict[str, Callable[..., bytes]], page: str, folder: str
) -> None:
    assert write_reports(tmp_path, [full], edition, "จังหวัด") == ()
    place = tmp_path / "2565" / folder
    assert {path.name for path in place.iterdir() if path.is_file()} == set(formats)
    links = {str(a["href"]) for a in BeautifulSoup((place / page).read_text("utf-8"), "lxml").find_all("a")}
    assert links >= set(formats) - {page}


def test_no_word_of_the_pages_is_left_over() -> None:
    code = [path for end in ("*.py", "*.j2") for folder in ("reports", "oit") for path in (PROJECT / folder).rglob(end)]
    text = "\n".join(path.read_text("utf-8") for path in code)
    assert [key for key in thai().groups["page"] if f'"{key}"' not in text and f"'{key}'" not in text] == []
