"""What a scan lacks: a lack where every place was read for sure, a person's work where one may hide the heading."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import SectionResult, check_section
from checklist.section.headings import SectionPart
from checklist.section.lost_headings import _is_amount
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind

_PROSE = "สำนักงานดำเนินงานตามแผนครบถ้วนทุกโครงการและเบิกจ่ายงบประมาณครบ"


def check(rules: Rules, *blocks: Block, wanted: SectionPart = "problems") -> SectionResult:
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return check_section(wanted, EvidencePart(resource, 0, len(blocks)), rules.lexicon)


def line(text: str, confidence: float = 0.93, page: int = 1) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page, ocr=True, confidence=confidence)


def table(*rows: tuple[tuple[str, float], ...], number: int = 0) -> list[Block]:
    return [
        Block(BlockKind.CELL, text, page=1, table=number, row=at, col=col, ocr=True, confidence=confidence)
        for at, row in enumerate(rows)
        for col, (text, confidence) in enumerate(row)
    ]


PAGE = [line(_PROSE)] * 6


def test_a_scan_that_was_read_for_sure_lacks_what_does_not_stand_there(shipped: Rules) -> None:
    assert check(shipped, *PAGE).status.value == "missing"


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("3. ปัญหา/อุปศรรค", 0.87),
        ("3) สรูปปัญหา อุปสรรค และข้อเสนอแนะ", 0.94),
        ("ov, ปญหา/อปสรรค", 0.88),
        ("นิถเา อนิสวรด", 0.6),
    ],
)
def test_a_line_like_the_heading_needs_a_person(shipped: Rules, text: str, confidence: float) -> None:
    found = check(shipped, *PAGE, line(text, confidence), line("ฝนตกหนักในวันจัดงาน"))
    assert found.status.value == "review"
    assert found.quotes[0].quote == text


@pytest.mark.parametrize("text", [
    "3. ปญหา อปสรรค", "4. ข6อเสนอแนะ", "สรุปปัญหา อุปสรค", "ข้อเสนอแน",
    "ปัปัญญหหาาออุุปปสสรรรรคค", "ผลงาน : ดี / ข้อเสนอแนะ : ไม่มี", "Recommendations", "4. Main problems",
    "โครงการ\tปัญหา\tข้อเสนอแนะ",
    "Part 3 ปัญหา อุปสรรค", "รายการที่ 3 ข้อเสนอแนะ", "ด. ข้อเสนอแนะ", "IV, ปัญหา/อุปสรรค", "5.ก ปัญหา อุปสรรค",
])  # fmt: skip
def test_a_written_line_with_the_headings_letters_needs_a_person(shipped: Rules, text: str) -> None:
    wanted: SectionPart = "problems" if "ญ" in text or "problem" in text else "suggestions"
    lines = [Block(BlockKind.PARAGRAPH, t, page=1) for t in (_PROSE, text, "ควรเพิ่มงบประมาณ")]
    found = check(shipped, *lines, wanted=wanted)
    assert found.status.value == "review"
    assert found.quotes[0].quote == text


@pytest.mark.parametrize("text", ["เสนอแนะแนวทาง", "ปัญญา อุปนิสัย", "ข้อเสนอโครงการ", "ประชาชนมีปัญหา", "ประชุมรับฟังข้อเสนอแนะ"])
def test_other_written_lines_are_no_headings(shipped: Rules, text: str) -> None:
    lines = [Block(BlockKind.PARAGRAPH, t, page=1) for t in (_PROSE, text, "ควรเพิ่มงบประมาณ")]
    for wanted in ("problems", "suggestions"):
        assert check(shipped, *lines, wanted=wanted).status.value == "missing"


@pytest.mark.parametrize(
    "text",
    ["อยากเสนอแนะอะไร", "4. สิ่งที่อยากเสนอแนะ", "เสนอแนะ", "สิ่งที่ควรปรับปรุงต่อไป", "เราพบปัญหาอะไรบ้าง", "3. มีอะไรติดขัดบ้าง"],
)
def test_the_part_in_everyday_words_over_a_text_needs_a_person(shipped: Rules, text: str) -> None:
    wanted: SectionPart = "suggestions" if "เสนอ" in text or "ปรับปรุง" in text else "problems"

    def said(*texts: str, bold: bool = False, page: int | None = None) -> str:
        lines = [Block(BlockKind.PARAGRAPH, t, page=page, bold=bold and t == text) for t in texts]
        return check(shipped, *lines, wanted=wanted).status.value

    assert said(_PROSE, text, "ขอรถเพิ่มหนึ่งคัน") == "review"
    assert said(_PROSE, text, "ขอรถเพิ่มหนึ่งคัน", bold=True, page=1) == "review"
    assert said(_PROSE, text) == "missing"


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM])
def test_a_list_with_everyday_words_heads_nothing(shipped: Rules, kind: BlockKind) -> None:
    duties = ("พันธกิจ", "1. ดูแลมิให้เกิดปัญหาน้ำท่วม", "2. รับคำเสนอแนะของชาวบ้าน", "3. บริการประชาชนด้วยใจ")
    lines = [Block(kind, t if kind is BlockKind.PARAGRAPH else t[3:]) for t in duties]
    for wanted in ("problems", "suggestions"):
        assert check(shipped, *lines, wanted=wanted).status.value == "missing"


def test_writing_that_was_passed_over_is_no_proof_of_a_lack(shipped: Rules) -> None:
    found = check(shipped, *PAGE, line("", 0.0, page=2), line(_PROSE, page=2))
    assert found.reason is not None
    assert (found.status.value, found.reason.values.get("pages")) == ("review", "2")


def test_a_misread_cell_like_the_heading_needs_a_person(shipped: Rules) -> None:
    cells = table((("กิจกรรม", 0.92), ("จ้อเสษบอแนะ", 0.81)), (("อบรม", 0.92), ("เพิ่มอัตรากำลัง", 0.92)))
    assert check(shipped, *PAGE, *cells, wanted="suggestions").status.value == "review"


def test_a_cell_that_may_name_a_column_and_was_not_read_needs_a_person(shipped: Rules) -> None:
    cells = table((("กิจกรรม", 0.92), ("", 0.0)), (("อบรม", 0.92), ("ฝนตกหนัก", 0.92)))
    found = check(shipped, *PAGE, *cells)
    assert found.reason is not None
    assert (found.status.value, found.reason.code) == ("review", "section_poor_pages")


def test_unread_cells_below_the_head_leave_a_lack_a_lack(shipped: Rules) -> None:
    body = [(("1,200", 0.92), ("นายทดลอง ใจดี", 0.92), ("", 0.0))] * 5
    cells = table((("ที่", 0.92), ("ชื่อ", 0.92), ("ลายเซ็น", 0.92)), *body[:2], *body)
    head = [c for c in cells if (c.row or 0) not in (1, 2) or c.text]
    assert check(shipped, *PAGE, *head).status.value == "missing"


def test_a_misread_number_of_a_row_leaves_a_lack_a_lack(shipped: Rules) -> None:
    """The recogniser's alphabet lacks some Thai digits: ๘ was read as a letter with next to no confidence."""
    numbers = ("ที่", 0.93), ("๑", 0.96), ("๒", 0.97), ("๓", 0.93), ("๕", 0.96), (">", 0.65), ("a", 0.34), ("๑๐", 0.97)
    rows = [(number, ("วิทยาลัยเทคนิค", 0.95)) for number in numbers]
    assert check(shipped, *PAGE, *table(*rows)).status.value == "missing"
    unread = [*rows[:6], (("", 0.0), ("ฝนตกหนัก", 0.95)), *rows[7:]]
    assert check(shipped, *PAGE, *table(*unread)).status.value == "review"
    named = [*rows[:6], (("ปัชบา อนิ", 0.4), ("ฝนตกหนัก", 0.95)), *rows[7:]]
    assert check(shipped, *PAGE, *table(*named)).status.value == "review"


def test_a_picture_in_a_frame_leaves_a_lack_a_lack(shipped: Rules) -> None:
    code = table((("", 1.0), (":", 0.5)), (("", 0.0), ("[}", 0.3)))
    assert check(shipped, *PAGE, *code).status.value == "missing"


def test_a_page_with_much_that_is_not_sure_is_named(shipped: Rules) -> None:
    found = check(shipped, *PAGE, *[line(_PROSE, 0.93, 2)] * 3, line("ยาวปวรเบบดบาฟยรกชวลงมพยชด", 0.77, 2))
    assert found.status.value == "missing"
    found = check(shipped, *PAGE, line(_PROSE, 0.93, 2), line("ยาวปวรเบบดบาฟยรกชวลงมพยชด", 0.77, 2))
    assert found.reason is not None
    assert (found.status.value, dict(found.reason.values)) == ("review", {"pages": "2"})


def test_a_memo_whose_marks_were_lost_is_one(shipped: Rules) -> None:
    memo = (line("1. เรืองเดิม"), line("2. ข้อเทจจรง"), line("3. ข้อเสนอแนะ"), line("จึงเรียนมาเพื่อโปรดพิจารณาลงนาม"))
    assert check(shipped, *PAGE, *memo, wanted="suggestions").status.value == "missing"


def test_a_long_number_names_no_column() -> None:
    assert _is_amount("4.810,054.85")
    assert not any(map(_is_amount, ("31", "ปี 2568", "")))
