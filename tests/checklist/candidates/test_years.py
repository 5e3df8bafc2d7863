"""The year is the document's: its title decides, and the label only where it is silent."""

from __future__ import annotations

import pytest

from checklist.candidates.year_statements import year_statement
from checklist.candidates.years import YearSense, index_year, index_years, part_year
from checklist.evidence_view import EvidencePart
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def sense(*lines: str, label: str = "", covers: bool = False, ocr: bool = False, wanted: int = 2564) -> YearSense:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, page=1, ocr=ocr) for line in lines)
    document = Resource("https://a.go.th/x.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return part_year(EvidencePart(document, 0, len(blocks), label), wanted, assessment=2565, covers=covers)


@pytest.mark.parametrize(
    "lines",
    [
        ("รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563", "ลงวันที่ 10 มกราคม 2564"),
        ("รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2563", "ตามระเบียบว่าด้วยการบริหารงาน พ.ศ. 2564"),
        ("รายงานผลการดำเนินงาน ประจำปี 2566", "ปีงบประมาณ 2564 ใช้จ่าย 230,000 บาท"),
        ("รายงานผลการดำเนินงาน ประจำปี 2563", "แผนของปีถัดไป ปีงบประมาณ 2564"),
    ],
)
def test_a_title_of_another_year_is_not_mended_by_what_stands_below(lines: tuple[str, ...]) -> None:
    assert sense(*lines).right is False


@pytest.mark.parametrize(
    "lines",
    [
        ("รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2564", "ลงวันที่ 10 มกราคม 2565"),
        ("รายงานผลการดำเนินงาน ต.ค. 2563 - ก.ย. 2564",),
        ("รายงานผลการดำเนินงาน ปีงบประมาณ 2564 เปรียบเทียบกับปีงบประมาณ 2563",),
        ("งานที่ทำ", "อบรมเมื่อเดือนธันวาคม 2563 และมีนาคม 2564"),
    ],
)
def test_the_year_that_the_document_states(lines: tuple[str, ...]) -> None:
    assert sense(*lines).right is True


def test_the_label_decides_only_where_the_document_is_silent() -> None:
    silent = sense("รายงานผลการดำเนินงาน", label="รายงาน ปีงบประมาณ 2564")
    assert (silent.right, silent.by_label) == (True, True)
    against = sense("รายงานผลการดำเนินงาน ปีงบประมาณ 2563", label="รายงาน ปีงบประมาณ 2564")
    assert (against.right, against.label) == (False, (2564,))


def test_december_is_of_the_next_fiscal_year_and_a_school_year_is_none() -> None:
    assert year_statement("ธันวาคม 2564").weak == (2565,)
    assert year_statement("ปีการศึกษา 2564").all == ()
    assert year_statement("พระราชบัญญัติข้อมูลข่าวสาร พ.ศ. 2540 แก้ไข พ.ศ. 2560").all == ()


@pytest.mark.parametrize(
    ("before", "line", "years"),
    [
        ("ตามพระราชบัญญัติการจัดซื้อจัดจ้าง", "และการบริหารพัสดุภาครัฐ พ.ศ. 2560 และได้พิจารณาแล้ว", ()),
        ("ตามพระราชบัญญัติวินัยการเงิน พ.ศ. 2561", "จัดทำเมื่อ พ.ศ. 2564", (2564,)),
        ("คู่มือตามระเบียบการเบิกจ่าย", "ประจำปี พ.ศ. 2564", (2564,)),
        ("ผลงานของสำนักงาน", "พ.ศ. 2564", (2564,)),
    ],
)
def test_a_laws_name_goes_on_from_line_to_line(before: str, line: str, years: tuple[int, ...]) -> None:
    assert year_statement(line, before).all == years


def test_the_end_of_a_day_of_signing_is_no_year_of_the_document() -> None:
    assert sense("รายงานผลการดำเนินงาน", "ลงวันที่ 10 มกราคม พ.ศ.", "2564").right is None
    assert sense("รายงานผลการดำเนินงาน", "ลงวันที่ 10 มกราคม", "พ.ศ. 2564").right is None


def test_a_title_wrapped_inside_its_years_is_one_title() -> None:
    lines = ("แผนพัฒนาหน่วยงาน (พ.ศ. 2563", "– 2567)")
    assert sense(*lines, covers=True).right is True
    assert sense("แผนพัฒนาหน่วยงาน (พ.ศ. 2555", "– 2559)", covers=True).right is False


def test_a_year_read_from_a_scan_never_accuses() -> None:
    assert sense("รายงานผล ปีงบประมาณ พ.ศ. 2563", ocr=True).right is None
    assert sense("รายงานผล ปีงบประมาณ พ.ศ. 2564", ocr=True).right is True


def scanned(*lines: tuple[str, str], label: str = "") -> YearSense:
    """Lines of a scan, each as it was recognised and with its years as they were read again, for the year 2564."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, page=1, ocr=True, reread=reread) for text, reread in lines)
    document = Resource("https://a.go.th/x.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return part_year(EvidencePart(document, 0, len(blocks), label), 2564, assessment=2565, covers=False)


def test_a_year_read_again_from_its_digits_proves_and_is_quoted_as_it_was_read() -> None:
    found = scanned(("รายงานผล ปีงบประมาณ พ.ศ. ๒๕๒๒", "รายงานผล ปีงบประมาณ พ.ศ. ๒๕๖๔"))
    assert (found.right, found.quote, found.block) == (True, "รายงานผล ปีงบประมาณ พ.ศ. ๒๕๖๔", 0)
    assert scanned(("งานที่ทำ", ""), ("อบรมเมื่อเดือนมีนาคม ๒๕๒๐๕", "อบรมเมื่อเดือนมีนาคม ๒๕๖๔")).right is True


@pytest.mark.parametrize("year", ["๒๕๖๓", "๒๕๖๖", "๒๕๗๗"])
def test_a_year_read_again_never_accuses(year: str) -> None:
    text, reread = "รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๒", f"รายงานผล ประจำปีงบประมาณ พ.ศ. {year}"
    assert scanned((text, reread)).right is None
    assert scanned((text, reread), (text, reread)).right is None
    assert scanned((text, reread), label="ปีงบประมาณ 2564").right is None, "nor does a label prove against it"
    assert scanned((text, reread), ("ในปีงบประมาณ ๒๕๒๐", "ในปีงบประมาณ ๒๕๖๔")).right is None


def test_below_a_title_whose_year_could_not_be_read_another_one_proves_nothing() -> None:
    title, line = ("รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๒๐", ""), ("แผนปีงบประมาณ พ.ศ. ๒๕๒", "แผนปีงบประมาณ พ.ศ. ๒๕๖๔")
    assert scanned(title, line).right is True, "as many years as were read speak for it"
    assert scanned(title, title, line).right is None


def test_the_years_of_all_blocks_are_those_of_each() -> None:
    texts = ("โครงการ", "ปี 2566", "O1", "ปี 2565", "O2", "ปี 2567")
    kinds = [BlockKind.HEADING if text.startswith("ปี") else BlockKind.PARAGRAPH for text in texts]
    blocks = tuple(Block(kind, text) for kind, text in zip(kinds, texts, strict=True))
    page = Resource("https://a.go.th/x", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    assert index_years(page, 2566) == tuple(index_year(page, at, 2566) for at in range(len(blocks)))


def test_last_year_is_compared_with_only_right_before_its_number() -> None:
    assert year_statement("งานปีที่แล้วของสำนักงาน ปีงบประมาณ พ.ศ. 2565").strong == (2565,)
    assert year_statement("รายงานผล ปีงบประมาณ พ.ศ. 2566 สูงกว่าปีที่แล้ว (2565)").strong == (2566,)


def test_the_days_of_a_whole_year_say_which_year_it_is() -> None:
    assert sense("รายงานผลการดำเนินงานประจำปี (1 ตุลาคม", "2564 - 30 กันยายน 2565)").right is False
    assert sense("รายงานผลการดำเนินงานประจำปี 2565").right is None
    assert sense("รายงานผลการดำเนินงานประจำปี", "ข้อมูลเดือนตุลาคม 2564 - ธันวาคม 2564").right is not True


def test_what_a_reports_sentences_say_of_its_year_stands_whatever_it_is_called_after() -> None:
    title, told = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565", "ในปีงบประมาณ พ.ศ. 2565 สำนักงานดำเนินโครงการ 12 โครงการ"
    assert sense(title, told).right is False
    assert sense(title, told, "งานของปีงบประมาณ พ.ศ. 2564 แล้วเสร็จ").right is not False
    assert sense(title, told, "ลงนาม ณ วันที่ 30 กันยายน 2564").right is not False


def test_the_months_of_a_whole_year_may_stand_below_its_title() -> None:
    title = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565"
    assert sense(title, "(ตุลาคม 2564 – กันยายน 2565)").right is False
    assert sense(title, "(ตุลาคม 2564 – มีนาคม 2565)").right is None


def test_the_year_of_the_assessment_in_a_titles_bracket_is_not_the_documents() -> None:
    assert sense("รายงานผลการดำเนินงานประจำปี 2563 (ใช้", "ประกอบการประเมิน ITA 2565)").right is False
    assert sense("รายงานผลการดำเนินงานประจำปี 2564 (ใช้ประกอบการประเมิน ITA 2565)").right is True
    assert sense("รายงานผลการดำเนินงานประจำปี 2565 (ITA 2565)").right is None
    assert sense("รายงานผลการดำเนินงาน (ITA 2565)").right is None


def test_behind_a_cover_sheet_for_the_assessment_the_report_names_its_own_year() -> None:
    sheet = "เอกสารประกอบการประเมินคุณธรรมและความโปร่งใส (ITA) ปี พ.ศ. 2565"
    title = "รายงานสรุปผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. "
    assert [sense(sheet, "รายการ O12", title + year).right for year in ("2562", "2564", "2565")] == [False, True, None]
    assert sense(sheet, "ปีงบประมาณ 2563 ได้ 80 คะแนน", title + "2562").right is None
    assert sense(sheet, "รายการ O12", label="รายงาน ปีงบประมาณ 2564").right is None


def test_a_pane_that_is_only_of_another_year_is_not_of_its_labels() -> None:
    lines = ("แผนการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2567", "อบรม ม.ค. – ส.ค. 2567", "ท้ายหน้า")
    blocks = tuple(Block(BlockKind.HEADING if at == 0 else BlockKind.PARAGRAPH, text) for at, text in enumerate(lines))
    page = Resource("https://a.go.th/oit", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    pane = EvidencePart(page, 0, 2, "O14 แผนการบริหารและพัฒนาทรัพยากรบุคคล ประจำปีงบประมาณ พ.ศ. 2568")
    sense = part_year(pane, 2568, assessment=2568, covers=False)
    assert (sense.right, sense.found, sense.label) == (False, (2567,), (2568,))


@pytest.mark.parametrize(
    ("title", "right"), [("2563", False), ("2564", True), ("2565", None), ("2563 ได้ 80 คะแนน", None)]
)
def test_a_title_of_a_year_may_stand_below_a_line_that_names_the_assessment(title: str, right: bool | None) -> None:
    lines = (
        Block(BlockKind.PARAGRAPH, "การประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565", page=1),
        Block(BlockKind.PARAGRAPH, f"รายงานผลการดำเนินงานประจำปี พ.ศ. {title}", page=1, bold=True),
    )
    document = Resource("https://a.go.th/x.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=lines)
    assert part_year(EvidencePart(document, 0, 2), 2564, assessment=2565, covers=False).right is right
