"""Tables that lay out a page, and tables of data, told by what stands in their cells."""

from __future__ import annotations

from core.models.snapshot import BlockKind
from documents.base import ReadLimits
from documents.html.reader import read_html

MENU = "<a href=/>หน้าแรก</a><br><a href=/a>เกี่ยวกับเรา</a><br><a href=/b>ติดต่อเรา</a>"


def kinds(right: str) -> set[BlockKind]:
    html = f"<table><tr><td>{MENU}<td>{right}</table>"
    reading = read_html(html.encode(), "https://a.go.th/", "text/html", ReadLimits())
    return {block.kind for block in reading.blocks if block.kind is not BlockKind.IMAGE}


def test_entries_parted_by_line_breaks_in_one_cell_are_lines_of_a_page() -> None:
    entries = "".join(f"<font><b>O{n} ชื่อของข้อที่ {n}</b></font><br><a href=/{n}>เอกสาร {n}</a><br><br>" for n in range(4))
    assert kinds(entries) == {BlockKind.PARAGRAPH}


def test_the_files_of_one_row_stay_the_rows() -> None:
    files = "สรุปผลรายเดือน ปีงบประมาณ 2566<br>" + "".join(f"<a href=/{n}>เดือนที่ {n}</a><br>" for n in range(6))
    assert kinds(files) == {BlockKind.CELL}
