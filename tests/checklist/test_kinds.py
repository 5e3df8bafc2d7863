"""The kind of a document is its own title's head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.candidates.labels import ItemNames
from checklist.kinds import DocumentKind, excludes, kind_words
from checklist.rules.model import Rules
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from core.models.snapshot import Block, BlockKind, FetchOutcome, ReadState, Resource, ResourceKind
from tests.checklist.sites import HOME, site, verdict


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("แผนปฏิบัติการป้องกันการทุจริต", DocumentKind.PLAN),
        ("ประกาศเผยแพร่แผนการจัดซื้อจัดจ้าง", DocumentKind.PLAN),
        ("รายงานผลการดำเนินการตามแผนปฏิบัติการ", DocumentKind.REPORT),
        ("ผลการดำเนินการตามแผนป้องกันการทุจริต 6 เดือนแรก", DocumentKind.HALF_REPORT),
        ("สรุปผลการจัดซื้อจัดจ้าง ประจำเดือน มกราคม", DocumentKind.MONTHLY_REPORT),
        ("รายงานผลการสำรวจความพึงพอใจของผู้รับบริการ", DocumentKind.SURVEY),
        ("พระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2560", DocumentKind.LAW),
        ("รายงานผลการดำเนินงาน ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2564", DocumentKind.MONTHLY_REPORT),
        ("รายงานผลการดำเนินงาน ไตรมาส ๑/๒๕๖๔", DocumentKind.MONTHLY_REPORT),
        ("รายงานผลการดำเนินงาน ไตรมาสที่ 1-4", DocumentKind.REPORT),
        ("รายงานผลการดำเนินงาน ไตรมาสที่ 4 (สะสม)", DocumentKind.REPORT),
        ("คำสั่งแต่งตั้งคณะทำงานจัดทำรายงานผล", DocumentKind.ORDER),
        ("รายงานการประชุมคณะกรรมการ ครั้งที่ 3 ปีงบประมาณ 2564", DocumentKind.MINUTES),
        ("รายงานผลการประชุมเชิงปฏิบัติการ", DocumentKind.REPORT),
        ("บันทึกการประชุมประจำเดือนกันยายน", DocumentKind.MINUTES),
        ("ร่างรายงานผลการดำเนินงานประจำปี", DocumentKind.DRAFT),
        ("(ร่าง) แผนปฏิบัติราชการ", DocumentKind.DRAFT),
        ("รายงานผลการดำเนินงาน (ฉบับร่างเพื่อพิจารณา)", DocumentKind.DRAFT),
        ("รายงานผลการยกร่างข้อบัญญัติ", DocumentKind.REPORT),
        ("ตัวอย่างรายงานผลการดำเนินงาน", DocumentKind.FORM),
        ("รายงานผลการดำเนินงาน (ตัวอย่าง)", DocumentKind.FORM),
        ("รายงานผลการตรวจตัวอย่างอาหาร", DocumentKind.REPORT),
        ("รายงานผลการดำเนินงาน ตำบลหนองตัวอย่าง", DocumentKind.REPORT),
        ("แบบสำรวจความพึงพอใจ", DocumentKind.FORM),
        ("แผนผังโครงสร้างหน่วยงาน", None),
        ("แผนกการเงิน", None),
        ("การดำเนินการตามแผนการบริหารทรัพยากรบุคคล", None),
        ("ภาพกิจกรรม", None),
    ],
)
def test_the_head_of_a_title_is_its_kind(shipped: Rules, title: str, kind: DocumentKind | None) -> None:
    assert kind_words(shipped.lexicon).kind(title) is kind


def test_an_unknown_kind_excludes_nothing() -> None:
    assert not excludes(frozenset({DocumentKind.PLAN}), None)
    assert not excludes(frozenset(), DocumentKind.PLAN)
    assert excludes(frozenset({DocumentKind.REPORT}), DocumentKind.PLAN)


@pytest.mark.parametrize("found", [DocumentKind.MINUTES, DocumentKind.DRAFT])
@pytest.mark.parametrize(
    "wanted",
    [DocumentKind.PLAN, DocumentKind.REPORT, DocumentKind.HALF_REPORT, DocumentKind.SURVEY, DocumentKind.MANUAL],
)
def test_minutes_and_drafts_are_none_of_what_is_asked_for(found: DocumentKind, wanted: DocumentKind) -> None:
    assert excludes(frozenset({wanted}), found)
    assert not excludes(frozenset(), found)


def document(*lines: str, name: str = "o36.pdf") -> Resource:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, page=1) for line in lines)
    return Resource(
        HOME + name,
        FetchOutcome.OK,
        kind=ResourceKind.DOCUMENT,
        blocks=blocks,
        read_state=ReadState.READ,
        found_via=(HOME,),
        sha256=name,
    )


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("โครงการสำรวจความพึงพอใจของผู้รับบริการ", "ประจำปีงบประมาณ พ.ศ. 2565", "หลักการและเหตุผล"), DocumentKind.PLAN),
        (("โครงการสำรวจความพึงพอใจ", "รายงานผลการสำรวจความพึงพอใจ ปี 2565"), DocumentKind.SURVEY),
        (("รายงานผลการดำเนินงาน", "โครงการปรับปรุงถนน"), DocumentKind.REPORT),
        (("ภาพถ่ายกิจกรรม", "โครงการปรับปรุงถนน"), None),
        (("การประเมินความเสี่ยงการทุจริต (ตัวอย่าง) ประจำปี พ.ศ. 2566", "เหตุการณ์ความเสี่ยง"), DocumentKind.SAMPLE),
        (("(ร่าง) การประเมินความเสี่ยงการทุจริต ประจำปี พ.ศ. 2566", "เหตุการณ์ความเสี่ยง"), DocumentKind.DRAFT),
        (
            ("รายงานผลการดำเนินงาน ประจำปี พ.ศ. 2565", "ข้อมูล ณ วันที่ 31 มีนาคม 2565 (รอบ 6 เดือนแรก)"),
            DocumentKind.HALF_REPORT,
        ),
        (("รายงานผลการดำเนินงาน ประจำปี พ.ศ. 2565", "รอบ 6 เดือนแรกและรอบ 6 เดือนหลัง"), DocumentKind.REPORT),
        (("รายงานผลการดำเนินงาน ประจำปี พ.ศ. 2565", "ณ วันที่ 30 กันยายน 2565"), DocumentKind.REPORT),
    ],
)
def test_what_is_called_a_project_and_nothing_else_is_going_to_be_done(
    shipped: Rules, lines: tuple[str, ...], kind: DocumentKind | None
) -> None:
    assert kind_words(shipped.lexicon).of(document(*lines)) is kind


def test_a_tables_first_column_is_no_title(shipped: Rules) -> None:
    cells = tuple(
        Block(BlockKind.CELL, text, table=0, row=0, col=col) for col, text in enumerate(("โครงการ/กิจกรรม", "ผล"))
    )
    sheet = replace(document("x"), blocks=cells)
    assert kind_words(shipped.lexicon).of(sheet) is None


_INDEX = {"": "<ul><li><a href='o36.pdf'>O36 แผนปฏิบัติการป้องกันการทุจริต</a></li></ul>"}
_LINES = ("โครงการอบรมสุจริต งบประมาณ 12,000 บาท", "ระยะเวลาดำเนินการ ธ.ค. 2565 ปีงบประมาณ 2566")


def test_a_report_never_completes_a_plan(shipped: Rules) -> None:
    plan = document("แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2566", *_LINES)
    assert verdict(shipped, site(_INDEX, plan), "O36").status is ItemStatus.COMPLETE
    report = document("รายงานผลการป้องกันการทุจริต", "ตามแผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2566", *_LINES)
    found = verdict(shipped, site(_INDEX, report), "O36")
    assert found.status is ItemStatus.REVIEW
    (reason,) = (r for r in found.reasons if r.code is ReasonCode.OTHER_KIND)
    assert (reason.values["document"], reason.values["wanted_document"]) == ("report", "plan")


def test_a_numbered_section_is_not_what_a_page_is(shipped: Rules) -> None:
    blocks = tuple(
        Block(BlockKind.HEADING, text, level=level)
        for level, text in ((1, "แผนปฏิบัติการประจำปี"), (2, "๑. ผลการดำเนินงานที่ผ่านมา"))
    )
    page = Resource("https://a.go.th/p", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    assert kind_words(shipped.lexicon).of(page) is DocumentKind.PLAN


@pytest.mark.parametrize("mark", ["(ตัวอย่าง)", "(ร่าง)"])
def test_a_sample_completes_no_item_whatever_kind_that_asks_for(shipped: Rules, mark: str) -> None:
    lines = (
        f"การประเมินความเสี่ยงการทุจริต {mark} ประจำปี พ.ศ. 2566",
        "เหตุการณ์ความเสี่ยง เรียกรับเงิน",
        "ระดับความเสี่ยง สูง มาตรการ จัดอบรม",
    )
    pages = {"": "<ul><li><a href='o36.pdf'>O34 การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบประจำปี</a></li></ul>"}
    found = verdict(shipped, site(pages, document(*lines)), "O34")
    assert found.status is not ItemStatus.COMPLETE
    assert ReasonCode.OTHER_KIND in {reason.code for reason in found.reasons}


@pytest.mark.parametrize(("year", "item", "strange"), [(2566, "O33", False), (2566, "O13", True), (2567, "O28", True)])
def test_a_report_on_the_running_year_may_be_on_half_of_it(
    shipped: Rules, year: int, item: str, *, strange: bool
) -> None:
    names = ItemNames(shipped.edition(year).naming, shipped.lexicon)
    assert excludes(names.kinds[item], DocumentKind.HALF_REPORT) is strange
    assert excludes(names.kinds[item], DocumentKind.ORDER)
