"""Several reports bound in one file: the section of another one proves nothing, and its lack accuses nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.evidence_view import EvidenceView
from checklist.examples.runner import example_view
from checklist.kinds import DocumentKind, kind_words
from checklist.matchers import run
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from core.models.snapshot import Block, BlockKind

ANNUAL = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2565"
BUYING = "รายงานสรุปผลการจัดซื้อจัดจ้างประจำปีงบประมาณ พ.ศ. 2565"
DONE = ("ดำเนินการแล้วเสร็จ 18 โครงการ", "เบิกจ่าย 506,400 บาท")
SECTION = ("3. ปัญหา อุปสรรค", "ฝนตกหนักทำให้งานล่าช้า", "4. ข้อเสนอแนะ", "ควรเริ่มก่อนฤดูฝน")
PARTS = ("problems", "suggestions")


def statuses(shipped: Rules, item: str, *pages: tuple[str, ...], scanned: int = 0) -> list[str]:
    """What both parts of the section are in a file whose pages begin with a bold line each, the first ones scanned."""
    view = file_view(shipped, item, *pages, scanned=scanned)
    return [run(Matcher.model_validate({"section": {"part": each}}), view).status.value for each in PARTS]


def file_view(shipped: Rules, item: str, *pages: tuple[str, ...], scanned: int = 0) -> EvidenceView:
    edition = shipped.edition(2566)
    view = example_view(shipped, edition, edition.item(item), "x")
    blocks = tuple(
        scan(Block(BlockKind.PARAGRAPH, text, page=number, line=line, bold=line == 1), number <= scanned)
        for number, lines in enumerate(pages, 1)
        for line, text in enumerate(lines, 1)
    )
    (part,) = view.parts
    part = replace(part, resource=replace(part.resource, blocks=blocks), start=0, stop=len(blocks))
    return replace(view, parts=(part,))


def scan(block: Block, scanned: bool) -> Block:
    return replace(block, ocr=True, confidence=0.95, bold=False) if scanned else block


def test_the_section_of_another_report_is_for_a_person(shipped: Rules) -> None:
    pages = ((ANNUAL, *DONE), (BUYING, *DONE, *SECTION))
    assert statuses(shipped, "O13", *pages) == ["review", "review"]
    assert statuses(shipped, "O13", *reversed(pages)) == ["review", "review"]
    assert statuses(shipped, "O22", *pages) == ["present", "present"]


@pytest.mark.parametrize("item", ["O13", "O22"])
def test_each_of_two_reports_answers_for_itself(shipped: Rules, item: str) -> None:
    assert statuses(shipped, item, (ANNUAL, *DONE, *SECTION), (BUYING, *SECTION)) == ["present", "present"]


def test_pages_and_chapters_of_one_report_are_one_document(shipped: Rules) -> None:
    again = ((ANNUAL, *DONE), (ANNUAL, *DONE), (ANNUAL, *SECTION))
    assert statuses(shipped, "O13", *again) == ["present", "present"]
    chapters = ((ANNUAL, *DONE), ("รายงานผลความพึงพอใจ", *DONE), ("บทที่ 5", *SECTION))
    assert statuses(shipped, "O13", *chapters) == ["present", "present"]


LETTER = (
    "บันทึกข้อความ",
    "ส่วนราชการ สำนักปลัด",
    "เรื่อง ขออนุมัติเผยแพร่ข้อมูล OIT ประจำปี 2566",
    "เรียน นายอำเภอ",
    "ข้อเสนอแนะ",
    "เห็นควรอนุมัติ",
)
PERIOD = Matcher.model_validate({"period": {"year": "previous", "span": "year"}})


@pytest.mark.parametrize("scanned", [0, 1])
def test_a_document_behind_a_covering_letter_speaks_for_itself(shipped: Rules, scanned: int) -> None:
    """The letter names the assessment's year and asks its reader for something; neither is the report's."""
    for year, status in (("2565", "present"), ("2564", "missing")):
        bound = file_view(shipped, "O13", LETTER, (ANNUAL.replace("2565", year), *DONE), scanned=scanned)
        assert run(PERIOD, bound).status.value == status
    assert statuses(shipped, "O13", LETTER, (ANNUAL, *DONE), scanned=scanned) == ["missing", "missing"]
    assert statuses(shipped, "O13", LETTER, (ANNUAL, *DONE, *SECTION), scanned=scanned) == ["present", "present"]
    words = kind_words(shipped.lexicon)
    bound = file_view(shipped, "O13", LETTER, (ANNUAL, *DONE), scanned=scanned)
    assert words.of(bound.parts[0].resource) is DocumentKind.REPORT


def test_a_letter_that_goes_on_is_itself_the_document(shipped: Rules) -> None:
    pages = (LETTER[:4], ("3. ปัญหา อุปสรรค", *SECTION[1:]))
    assert statuses(shipped, "O13", *pages) == ["present", "present"]
    assert run(PERIOD, file_view(shipped, "O13", *pages)).status.value == "review"
