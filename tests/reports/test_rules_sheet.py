"""The rules told to people: the sheet to tick off, and what changed between editions."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from checklist.rules.diff import difference
from checklist.rules.model import Rules
from checklist.rules.verify import facts_to_confirm
from oit.cli.main import main
from reports.messages import thai
from reports.rules_sheet import confirm_page, diff_lines, verify_lines, verify_workbook
from tests.paths import PROJECT


def test_the_sheet_has_a_box_per_fact(shipped: Rules) -> None:
    for edition in shipped.editions:
        lines = verify_lines(edition, thai())
        assert sum("☐" in line for line in lines) == len(facts_to_confirm(edition))


def test_a_line_says_what_is_asked_how_sure_from_where_and_which_page(shipped: Rules) -> None:
    (line,) = [x for x in verify_lines(shipped.edition(2567), thai()) if "ค่าธรรมเนียม" in x]
    for part in ("ที่มา", "มั่นใจค่อนข้างต่ำ", "คู่มือหน้า"):
        assert part in line


def test_what_counts_although_it_is_not_confirmed_is_marked(shipped: Rules) -> None:
    lines = verify_lines(shipped.edition(2567), thai())
    counted = [x for x in lines if "นับคะแนนอยู่" in x]
    assert len(counted) == 4  # problems and suggestions of O17 and O19
    assert all("ปัญหา" in x or "ข้อเสนอแนะ" in x for x in counted)


def test_the_sheet_as_a_workbook(shipped: Rules) -> None:
    edition = shipped.edition(2568)
    book = openpyxl.load_workbook(io.BytesIO(verify_workbook(edition, thai())))
    assert book.worksheets[0].max_row == 1 + len(facts_to_confirm(edition))


def test_a_moved_item_is_told_as_moved(shipped: Rules) -> None:
    old, new = shipped.edition(2565), shipped.edition(2566)
    lines = diff_lines(old, new, difference(old, new), thai())
    assert any("O12 → O13 รายงานผลการดำเนินงานประจำปี" in line for line in lines)
    assert not any(line.startswith(("  - O12", "  + O13")) for line in lines)
    assert any("- หมายเลขโทรสาร" in line for line in lines)


def test_every_word_of_the_sheets_is_thai(shipped: Rules) -> None:
    lines: list[str] = []
    for before, after in zip(shipped.editions, shipped.editions[1:], strict=False):
        lines += diff_lines(before, after, difference(before, after), thai())
        lines += verify_lines(after, thai())
    for code in ("low-medium", "sub_indicator", "first_6_months", "required", "counted", "None"):
        assert not any(code in line for line in lines), code


@pytest.mark.parametrize("name", ["sheet.csv", "sheet"])
def test_a_sheet_is_an_xlsx_file(tmp_path: Path, name: str) -> None:
    assert main(["rules", "verify", "--edition", "2567", "--out", str(tmp_path / name)]) == 2
    assert not list(tmp_path.iterdir())


def test_the_sheet_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    assert main(["rules", "verify", "--edition", "2567", "--out", str(path)]) == 0
    assert path.is_file()


def test_the_page_of_what_to_confirm_is_that_of_the_shipped_rules(shipped: Rules) -> None:
    """`oit rules to-confirm --out docs/to-confirm.md` writes it again after an edit of rules.yaml."""
    assert PROJECT.joinpath("docs/to-confirm.md").read_text("utf-8") == confirm_page(shipped, thai())


def test_the_page_begins_with_the_newest_edition_and_the_dearest_item(shipped: Rules) -> None:
    page = confirm_page(shipped, thai())
    years = [line.removeprefix("## ปี ") for line in page.splitlines() if line.startswith("## ")]
    assert years == ["2569", "2568", "2567", "2566", "2565", "2569-ovec", "2568-ovec", "2565-moit"]
    newest = page.split("## ปี 2568\n")[0].splitlines()
    points = [float(line.split("|")[1]) for line in newest if line[2:3].isdigit()]
    assert points[0] == 12.5
    assert points == sorted(points, reverse=True)


def test_a_draft_and_the_page_are_written_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "rules-2570.yaml"
    assert main(["rules", "new", "2570", "--from", "2569", "--out", str(target)]) == 0
    assert main(["rules", "new", "2570", "--from", "2569", "--out", str(target)]) == 2
    assert "--force replaces it" in capsys.readouterr().err
    assert main(["rules", "new", "2570", "--from", "256", "--out", str(tmp_path / "x.yaml")]) == 2
    assert not (tmp_path / "x.yaml").exists()
    assert main(["rules", "show", "O7", "--rules", str(target), "--edition", "2570"]) == 0
    assert main(["rules", "show", "O8", "--edition", "2569-ovec"]) == 0
    assert "SAR" in capsys.readouterr().out
    page = tmp_path / "confirm.md"
    assert main(["rules", "to-confirm", "--out", str(page)]) == 0
    assert page.read_text("utf-8").startswith("# ")
