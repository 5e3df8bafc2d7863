"""Columns of tables of which no row says anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.evidence_view import EvidencePart
from checklist.examples.runner import example_view
from checklist.matchers.columns import bare_names, blank_names, names_of_blank_columns
from checklist.rules.model import Rules
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

from .conftest import Judge, Spec


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย||", "missing"),
        ("|โครงการ|งบประมาณ|\n|อบรม|-|\n|ค่าย|-|", "review"),
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย|5,000|", "present"),
        ("|โครงการ|งบประมาณ|\n|อบรม||\n|ค่าย|ไม่ใช้งบประมาณ|", "present"),
    ],
)
def test_a_column_of_nothing_proves_nothing(judge: Judge, text: str, status: str) -> None:
    assert judge({"table": {"columns": [["งบประมาณ"]]}}, text) == status
    phrase, money = judge({"phrase": {"any": ["งบประมาณ"]}}, text), judge({"money": {"near": ["งบประมาณ"]}}, text)
    assert (phrase == "missing", money == "present") == (status == "missing", status == "present")


@pytest.mark.parametrize(("row", "status"), [("โครงการ XXXXXXXX|XX,XXX", "missing"), ("อบรม|12,000", "present")])
def test_letters_that_keep_a_place_fill_no_table(judge: Judge, row: str, status: str) -> None:
    spec: Spec = {"table": {"columns": [["โครงการ"], ["งบประมาณ"]], "filled": True}}
    assert judge(spec, f"|โครงการ/กิจกรรม|งบประมาณ (บาท)|\n|{row}|") == status


def test_degrees_over_boxes_that_nobody_ticked_are_no_result(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["มากที่สุด"]}}
    assert judge(spec, "|ประเด็น|มากที่สุด|มาก|\n|ความพึงพอใจต่อเจ้าหน้าที่|☐|☐|") == "missing"
    assert judge(spec, "|ประเด็น|มากที่สุด|มาก|\n|ความพึงพอใจต่อเจ้าหน้าที่|☑|☐|") == "present"


def test_a_sheets_tables_begin_below_its_titles() -> None:
    rows = (("แผนดำเนินงาน 2566", "", ""), ("สำนักงาน", "", ""), ("โครงการ", "บาท", "เวลา"), ("อบรม", "5,000", ""))
    blocks = tuple(
        Block(BlockKind.CELL, text, table=0, row=y, col=x, sheet="แผน")
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    )
    resource = Resource("https://a.go.th/p.xlsx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    part = EvidencePart(resource, 0, len(blocks))
    assert [blocks[index].text for index in names_of_blank_columns(part)] == ["เวลา"]


def test_a_link_without_words_is_something(judge: Judge) -> None:
    row = "<tr><th>ที่</th><th>เรื่อง</th><th>คู่มือ</th></tr><tr><td>1</td><td>รับคำขอ</td><td>{}</td></tr>"
    spec: dict[str, object] = {"phrase": {"any": ["คู่มือ"]}}
    assert judge.page(spec, f"<table>{row.format('<a href=/a.pdf><i></i></a>')}</table>") == "present"
    assert judge.page(spec, f"<table>{row.format('')}</table>") == "missing"


def test_what_is_hidden_in_a_column_is_looked_for_anew(shipped: Rules) -> None:
    """A view of what is shown and one of what is written have the same part with other cells."""
    edition = shipped.edition(2566)
    view = example_view(shipped, edition, edition.item("O13"), "|โครงการ|งบประมาณ|\n|อบรม||")
    (part,) = view.parts
    assert len(blank_names(view, part)) == 1
    blocks = tuple(replace(block, text=block.text or "5,000") for block in part.resource.blocks)
    written = replace(part, resource=replace(part.resource, blocks=blocks))
    assert not blank_names(replace(view, parts=(written,)), written)


@pytest.mark.parametrize(
    ("lines", "bare"),
    [
        (("บทที่ 3 แบบฟอร์ม", "เหตุการณ์ โอกาส\tผลกระทบ\tมาตรการ"), {1}),
        (("บทที่ 3 แบบฟอร์ม", "เหตุการณ์ โอกาส\tผลกระทบ\tมาตรการ", "- 3 -"), {1}),
        (("เหตุการณ์ โอกาส\tผลกระทบ\tมาตรการ", "ทุจริตพัสดุ\tสูง\tตรวจนับ"), set()),
        (("เหตุการณ์ โอกาส\tผลกระทบ\tมาตรการ", "ทุจริตพัสดุ สูง ตรวจนับ"), set()),
        (("เหตุการณ์\tผลกระทบ 3\tมาตรการ",), set()),
        (("เหตุการณ์\tมาตรการ",), set()),
    ],
)
def test_the_last_line_may_be_names_of_columns_without_a_row(lines: tuple[str, ...], bare: set[int]) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, page=1) for line in lines)
    document = Resource("https://a.go.th/x.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    assert bare_names(EvidencePart(document, 0, len(blocks))) == bare
