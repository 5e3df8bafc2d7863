"""Problems and suggestions told in paragraphs without a heading."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind
from tests.checklist.section.test_check import part

_PROBLEMS = "สำหรับปัญหาและอุปสรรคในการดำเนินงาน พบว่าข้อมูลที่ได้รับจากอำเภอมีรูปแบบไม่ตรงกัน ทำให้รวบรวมล่าช้า"
_SUGGESTIONS = "ทั้งนี้ สำนักงานมีข้อเสนอแนะให้กำหนดแบบบันทึกข้อมูลกลางให้ทุกอำเภอใช้ร่วมกัน"


def _both(shipped: Rules, *lines: str) -> tuple[str, str]:
    text = "\n".join(("รายงานผลการดำเนินงาน ปี 2565", *lines))
    first, second = (check_section(w, part(text), shipped.lexicon).status.value for w in ("problems", "suggestions"))
    return first, second


def test_paragraphs_about_the_section_answer_it(shipped: Rules) -> None:
    assert _both(shipped, _PROBLEMS, _SUGGESTIONS) == ("present", "present")
    none = "สำหรับปัญหาและอุปสรรคในการดำเนินงาน พบว่าไม่มีปัญหาและอุปสรรคแต่อย่างใด"
    assert _both(shipped, none, "ส่วนข้อเสนอแนะ ไม่มี") == ("present", "present")
    suggestions = "ส่วนข้อเสนอแนะในปีต่อไป ได้แก่ ควรกำหนดแบบบันทึกข้อมูลกลางให้ทุกอำเภอ"
    assert _both(shipped, "เบิกจ่ายครบ", suggestions) == ("missing", "present")


@pytest.mark.parametrize(
    "line",
    [
        "ผู้ร้องเรียนแจ้งปัญหาอุปสรรค คือ ถนนในหมู่บ้านชำรุดทำให้สัญจรไม่สะดวก",
        "หากพบปัญหาและอุปสรรคในการดำเนินงาน คือ ข้อมูลไม่ตรงกัน ให้แจ้งงานแผนทราบ",
        "สำหรับปัญหาและอุปสรรคในการดำเนินงาน มีดังนี้",
        "ส่วนปัญหาและอุปสรรคของผู้ประกอบการในพื้นที่ พบว่าราคาวัตถุดิบสูงขึ้นจึงขายได้น้อย",
    ],
)
def test_what_may_be_of_others_is_for_a_person(shipped: Rules, line: str) -> None:
    assert _both(shipped, line)[0] != "present"


@pytest.mark.parametrize(
    "line",
    [
        "ทั้งนี้ ผู้เข้าอบรมมีข้อเสนอแนะให้จัดอบรมอีกในปีต่อไปเพราะได้ความรู้มาก",
        "หากมีข้อเสนอแนะให้ส่งมาที่งานแผนซึ่งจะนำไปปรับปรุงต่อไป",
    ],
)
def test_suggestions_without_problems_before_them_are_for_a_person(shipped: Rules, line: str) -> None:
    assert _both(shipped, "เบิกจ่ายครบ", line)[1] != "present"


def test_a_tick_under_none_says_none(shipped: Rules) -> None:
    head = "|รายการ|ไม่มี|มี|รายละเอียด|\n"
    rows = "|ปัญหา อุปสรรค|✓|||\n|ข้อเสนอแนะ||✓||"
    assert _both(shipped, head + rows) == ("present", "review")
    assert _both(shipped, head + "|ปัญหา อุปสรรค|✓|✓||\n|ข้อเสนอแนะ||||") == ("review", "empty")
    assert _both(shipped, head + "|ปัญหา อุปสรรค||✓|ขาดคน|\n|ข้อเสนอแนะ||✓|ควรเพิ่มคน|") == ("present", "present")


def test_a_tick_stands_under_the_name_of_its_own_table_of_a_sheet(shipped: Rules) -> None:
    rows = (("โครงการ", "แหล่งเงิน", "บาท"), ("อบรม", "งบจังหวัด", "8,400"), (), ("หัวข้อ", "ไม่มี", "มี (รายละเอียด)"),
            ("ปัญหา อุปสรรค", "☑", "□"), ("ข้อเสนอแนะ", "□", "☑"))  # fmt: skip
    cells = tuple(
        Block(BlockKind.CELL, text, table=1, row=at, col=col, sheet="1")
        for at, row in enumerate(rows)
        for col, text in enumerate(row or ("", "", ""))
    )
    sheet = Resource("https://a.go.th/r.xlsx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=cells)
    found = [check_section(w, EvidencePart(sheet, 0, len(cells)), shipped.lexicon) for w in ("problems", "suggestions")]  # type: ignore[arg-type]
    assert [each.status.value for each in found] == ["present", "review"]
    assert found[0].says_none


def test_a_label_alone_is_no_answer(shipped: Rules) -> None:
    assert _both(shipped, "ปัญหา อุปสรรค", "รายการ", "ข้อเสนอแนะ", "รายละเอียด:") == ("empty", "empty")
    lines = ("ปัญหา อุปสรรค", "รายละเอียด", "ข้อเสนอแนะ", "รายละเอียด : ขอเพิ่มคน")
    assert _both(shipped, *lines) == ("empty", "present")


def test_a_long_name_over_a_dash_is_empty(shipped: Rules) -> None:
    name = "# ปัญหา อุปสรรค ในการปฏิบัติราชการ ณ สิ้นไตรมาส 4 {ภาพรวมทุกกลุ่มงาน}"
    assert _both(shipped, name, "—", "# ผู้ให้ข้อมูล", "หัวหน้าฝ่าย")[0] == "empty"
    assert _both(shipped, name, "ขาดคน")[0] == "present"


def test_lines_behind_a_column_of_names_are_for_a_person(shipped: Rules) -> None:
    names = "|ประเด็น|\n|สิ่งที่ทำได้ดี|\n|ปัญหา อุปสรรค|\n|ข้อเสนอแนะ|"
    assert _both(shipped, names, "การประสานงานกับผู้นำชุมชน", ".......", ".......") == ("review", "review")
