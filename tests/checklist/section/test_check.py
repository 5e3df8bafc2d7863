"""The section check: heading gone, heading empty, "none", text; and everything that only looks like it."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import SectionResult, check_section
from checklist.section.headings import SectionPart
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def part(text: str, kind: ResourceKind = ResourceKind.DOCUMENT, *, ocr: float | None = None) -> EvidencePart:
    """`# ` a heading, `|a|b|` a row, `* ` a list item, a form feed a new page."""
    blocks: list[Block] = []
    page, row = 1, 0
    for line in text.splitlines():
        if line == "\\f":
            page += 1
        elif line.startswith("|"):
            cells = line.strip("|").split("|")
            blocks += [
                Block(BlockKind.CELL, c.strip().replace("\\n", "\n"), table=0, row=row, col=col, page=page)
                for col, c in enumerate(cells)
            ]
            row += 1
        elif line.startswith("# "):
            blocks.append(Block(BlockKind.HEADING, line[2:], level=2, page=page))
        elif line.startswith("* "):
            blocks.append(Block(BlockKind.LIST_ITEM, line[2:], page=page))
        elif line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, line, page=page, ocr=ocr is not None, confidence=ocr))
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=kind, blocks=tuple(blocks))
    return EvidencePart(resource, 0, len(blocks))


def check(rules: Rules, wanted: SectionPart, text: str, kind: ResourceKind = ResourceKind.DOCUMENT) -> SectionResult:
    return check_section(wanted, part(text, kind), rules.lexicon)


def both(rules: Rules, text: str, kind: ResourceKind = ResourceKind.DOCUMENT) -> tuple[str, str]:
    found = [check(rules, w, text, kind) for w in ("problems", "suggestions")]
    return tuple(f"{r.status.value}{'+none' if r.says_none else ''}" for r in found)  # type: ignore[return-value]


PRESENT = [
    "๕. ปัญหา อุปสรรค และข้อเสนอแนะ\nขาดแคลนบุคลากร ควรขออัตราเพิ่ม",
    "3. ปัญหา/ข้อเสนอแนะเพื่อปรับปรุงงานให้บริการ\n1) อยากให้มีที่จอดรถ",
    "# ปัญหา อุปสรรค\nยังไม่มีกระบวนการตรวจสอบที่ชัดเจน\n# ข้อเสนอแนะ\nควรจัดอบรม",
    "ตอนที่ ๓ ปัญหา/ข้อเสนอแนะ\nควรปรับเวลา",
    "๒. ปัญหาอุปสรรคและข้อจากัดในการจัดซื้อจัดจ้าง\nมีผู้ยื่นน้อย\n๕. แนวทางแก้ไข\nข้อเสนอแนะ\n1. เตรียมความพร้อม",
    "ป\uf710ญหา อุปสรรค\nขาดคน\nข้อเสนอเเนะ\nเพิ่มคน",
    "|โครงการ|ปัญหา/\\nอุปสรรค|ข้อเสนอแนะ|\n|ก|ขาดคน|เพิ่มคน|\n|ข|ล่าช้า|เร่งรัด|",
    "| ปัญหา อุปสรรค | ขาดคน |\n| ข้อเสนอแนะ | เพิ่มคน |",
    "ปัญหาและอุปสรรค: ขาดคน\nข้อเสนอแนะ: เพิ่มคน",
    "3 ปัญหา อุปสรรคและข้อเสนอแนะ\n3.1 ปัญหา อุปสรรค ได้แก่ ผู้เข้าร่วมกิจกรรมน้อยกว่าเป้าหมาย\n3.2 ข้อเสนอแนะ ได้แก่ การสำรวจพื้นที่",
    "5. ปัญหา อุปสรรค มีดังนี้ ฝนตกหนัก\n6. ข้อเสนอแนะ ดังต่อไปนี้ งบประมาณเพิ่ม",
]


@pytest.mark.parametrize("text", PRESENT)
def test_text_under_the_heading_is_present(shipped: Rules, text: str) -> None:
    assert both(shipped, text) == ("present", "present")


NONE = [
    "๕. ปัญหา อุปสรรค และข้อเสนอแนะ\nไม่มี",
    "๙. จุดอ่อน/ปัญหา อุปสรรคของโครงการ  -ไม่มี\n๑๐. ข้อเสนอแนะ  -ไม่มี",
    "ปัญหา อุปสรรค: ไม่มี\nข้อเสนอแนะ - ไม่มี -",
    "ปัญหาและข้อเสนอแนะ\n-ไม่ม-ี",
    "ปัญหาและอุปสรรค\n......ไม่มี......\nข้อเสนอแนะ\nไม่มีข้อเสนอแนะเพิ่มเติม",
    "ปัญหาและอุปสรรคในการดำเนินงาน\nไม่พบปัญหาและอุปสรรค\nข้อเสนอแนะ\nไม่มีค่ะ",
]


@pytest.mark.parametrize("text", NONE)
def test_an_explicit_none_is_present_and_says_so(shipped: Rules, text: str) -> None:
    assert both(shipped, text) == ("present+none", "present+none")


EMPTY = [
    "4. ปัญหา อุปสรรค\n5. ข้อเสนอแนะ\n6. ภาคผนวก\nรูปภาพกิจกรรม",
    "ปัญหา / อุปสรรค:\n-\nข้อเสนอแนะ:\n………………",
    "๔. ปัญหา อุปสรรค\n-\n๕. ข้อเสนอแนะ\n-\nรายงาน ณ วันที่ 30 กันยายน 2565",
    "ปัญหาและอุปสรรค (หากไม่มี ระบุว่าไม่มี)\n..............\nข้อเสนอแนะ (ถ้ามี)\n..............",
    "|โครงการ|ปัญหา อุปสรรค|ข้อเสนอแนะ|\n|ก|-||\n|ข|||",
]


@pytest.mark.parametrize("text", EMPTY)
def test_a_heading_with_nothing_or_a_dash_is_empty(shipped: Rules, text: str) -> None:
    assert both(shipped, text) == ("empty", "empty")


ABSENT = [
    "ในการดำเนินงานพบปัญหา อุปสรรค และข้อเสนอแนะหลายประการซึ่งหน่วยงานได้นำไปปรับปรุงแล้ว",
    "7. โครงการรณรงค์ป้องกันและแก้ไขปัญหายาเสพติด\nจัดเมื่อวันที่ 3 มกราคม",
    "# สารบัญ\n5. ปัญหา อุปสรรค และข้อเสนอแนะ ........ 12",
    "(๖) จัดทำรายงานเกี่ยวกับปัญหาและอุปสรรคในการจัดซื้อจัดจ้าง และข้อเสนอแนะ เสนอต่อคณะกรรมการ",
    "รายงานผลการวิเคราะห์การจัดซื้อจัดจ้าง และข้อเสนอแนะ\nประจำปี 2564",
    "จุดแข็ง\nทำเลดี\nอุปสรรค\nน้ำท่วม",
    "แบบฟอร์มแจ้งปัญหา\nชื่อผู้แจ้ง",
    "ไม่มี\nไม่มี",
    "",
]


@pytest.mark.parametrize("text", ABSENT)
def test_the_words_alone_are_no_section(shipped: Rules, text: str) -> None:
    assert both(shipped, text) == ("missing", "missing")


def test_a_criterion_quoted_on_an_index_page_is_no_section(shipped: Rules) -> None:
    quoted = "3. ปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี ให้ระบุว่า “ไม่มี”)\nดาวน์โหลดรายงาน"
    listed = "* ผลการดำเนินงาน\n* งบประมาณ\n* ปัญหา อุปสรรค\n* ข้อเสนอแนะ"
    assert both(shipped, quoted, ResourceKind.PAGE) == ("missing", "missing")
    assert both(shipped, listed, ResourceKind.PAGE) == ("missing", "missing")


def test_a_heading_of_problems_alone_leaves_a_gap_for_suggestions(shipped: Rules) -> None:
    text = "5) ปัญหา อุปสรรค และแนวทางแก้ไข\n5.1) ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)\n......ไม่มี......"
    assert both(shipped, text) == ("present+none", "missing")
    result = check(shipped, "suggestions", text)
    assert result.reason is not None
    assert result.reason.code == "remedies_only"


def test_a_memo_has_its_own_suggestions(shipped: Rules) -> None:
    text = "1. เรื่องเดิม\nตามหนังสือ\n2. ข้อเท็จจริง\nได้ตรวจแล้ว\n3. ข้อเสนอแนะ\nจึงเรียนมาเพื่อโปรดพิจารณา"
    assert both(shipped, text) == ("missing", "missing")


def test_an_empty_questionnaire_in_the_appendix_is_nothing(shipped: Rules) -> None:
    text = "สรุปผล\n\\f\nแบบสอบถามความพึงพอใจ\nข้อเสนอแนะ\n.........."
    assert check(shipped, "suggestions", text).status.value == "missing"


def test_quotes_are_as_on_the_page_and_headings_seen_are_told(shipped: Rules) -> None:
    found = check(shipped, "problems", "เกริ่นนำ\n\\f\n๕. ป\uf710ญหา อุปสรรค\n-ไม่มี")
    assert [(q.page, q.quote) for q in found.quotes] == [(2, "๕. ป\uf710ญหา อุปสรรค"), (2, "-ไม่มี")]
    gone = check(shipped, "problems", "# บทนำ\nข้อความ\n# ผลการดำเนินงาน\nแล้วเสร็จ")
    assert gone.seen == ("บทนำ", "ผลการดำเนินงาน")


def test_running_headers_are_no_content(shipped: Rules) -> None:
    pages = "\n\\f\n".join(f"รายงานประจำปีของสำนักงานตัวอย่าง\nเนื้อหา {n}" for n in range(8))
    text = f"{pages}\n\\f\nรายงานประจำปีของสำนักงานตัวอย่าง\n9. ข้อเสนอแนะ\n\\f\nรายงานประจำปีของสำนักงานตัวอย่าง"
    assert check(shipped, "suggestions", text).status.value == "empty"


@pytest.mark.parametrize(("confidence", "status"), [(0.9, "present"), (0.3, "review")])
def test_a_poor_scan_needs_a_person(shipped: Rules, confidence: float, status: str) -> None:
    scanned = part("5. ข้อเสนอแนะ\nควรเพิ่มบุคลากร", ocr=confidence)
    assert check_section("suggestions", scanned, shipped.lexicon).status.value == status


PROSE = "หน่วยงานได้ดำเนินการตามแผนปฏิบัติการและเผยแพร่ผลต่อสาธารณะ " * 5
"""Of a scan on which less than this was read nothing is said to be missing."""


def test_a_scanned_heading_that_is_nearly_right_needs_a_person(shipped: Rules) -> None:
    scanned = part("5. ปัญหา อุปสรรก และขัอเสนอแนะ\nควรเพิ่มบุคลากร", ocr=0.9)
    assert check_section("suggestions", scanned, shipped.lexicon).status.value == "review"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ตอนที 3 ปัญหา/ข้อเสนอแนะ\nขาดคน ควรขออัตราเพิ่ม", ("present", "present")),
        ("ตอนท 3 ปัญหา/ข้อเสนอแนะ\nขาดคน ควรขออัตราเพิ่ม", ("present", "present")),
        ("ปัญหาและอุปสรรค\nขาดคน\nจุดทีควรพัฒนา/ขอเสนอแนะ\nเพิ่มคน", ("present", "present")),
        ("ปัญหาและอุปสรรค\nขาดคน\nข่อเสนอแนะเพือการพัฒนา\nเพิ่มคน", ("present", "present")),
        ("3. ปัญหา อุปสรรค\nไม่มี\n4. ข้อเสนอแนะ\nไมมีข้อเสนอแนะเพิมเติม", ("present+none", "present+none")),
        (f"1. เรืองเดิม\n{PROSE}\n2. ข้อเทิจจริง\nข\n3. ข้อเสนอแนะ\nจึงเรียนมาเพือโปรดพิจารณา", ("missing", "missing")),
        (f"1. เรืองเดิม\n{PROSE}\n2. ขอเท็จจริง\nข\n3. ข้อเสนอแนะ\nจึงเรียนมาเพือโปรดพิจารณา", ("missing", "missing")),
    ],
)
def test_recognised_text_may_lose_its_tone_marks(shipped: Rules, text: str, said: tuple[str, str]) -> None:
    scanned = part(text, ocr=0.94)
    found = [check_section(wanted, scanned, shipped.lexicon) for wanted in ("problems", "suggestions")]  # type: ignore[arg-type]
    assert tuple(f"{r.status.value}{'+none' if r.says_none else ''}" for r in found) == said


def test_words_like_those_of_a_memo_are_no_memo(shipped: Rules) -> None:
    text = "เรื่องเดียว\nเสนอเพื่อพิจารณา\nข้อเท็จจริงที่พบในพื้นที่\n3. ข้อเสนอแนะ\nควรเพิ่มบุคลากร"
    assert check_section("suggestions", part(text, ocr=0.94), shipped.lexicon).status.value == "present"


def test_a_text_that_only_begins_like_none_stays_a_text_without_its_tone_marks(shipped: Rules) -> None:
    scanned = part("ปัญหา อุปสรรค\nไมมีระบบสำรองข้อมูลทีเพียงพอ\nข้อเสนอแนะ\nยังไมมีผู้รับผิดชอบ", ocr=0.94)
    found = [check_section(wanted, scanned, shipped.lexicon) for wanted in ("problems", "suggestions")]  # type: ignore[arg-type]
    assert [(r.status.value, r.says_none) for r in found] == [("present", False), ("present", False)]


def test_a_part_number_ends_the_section_though_its_word_lost_a_mark(shipped: Rules) -> None:
    text = "ตอนที 3 ข้อเสนอแนะ\nตอนที่ 4 ภาคผนวก\nรายชื่อผู้เข้าร่วมโครงการ"
    assert check_section("suggestions", part(text), shipped.lexicon).status.value == "empty"
    # Recognition may have passed over a short answer, so a person looks.
    assert check_section("suggestions", part(text, ocr=0.94), shipped.lexicon).status.value == "review"


def scanned_lines(*lines: tuple[str, float]) -> EvidencePart:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, page=1, ocr=True, confidence=sure) for text, sure in lines)
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    return EvidencePart(resource, 0, len(blocks))


def test_dirt_read_as_letters_is_no_answer(shipped: Rules) -> None:
    dirt = ("via a ฆ", 0.64)
    torn = scanned_lines(("3. ปัญหา อุปสรรค", 0.94), dirt, ("4. ข้อเสนอแนะ", 0.94), dirt, ("ควรเพิ่มบุคลากร", 0.95))
    assert check_section("problems", torn, shipped.lexicon).status.value == "review"
    found = check_section("suggestions", torn, shipped.lexicon)
    assert (found.status.value, found.quotes[-1].quote) == ("present", "ควรเพิ่มบุคลากร")


def test_a_column_filled_with_dirt_needs_a_person(shipped: Rules) -> None:
    def table(sure: float) -> EvidencePart:
        rows = (("โครงการ", "ปัญหา/อุปสรรค"), ("จัดอบรม", "กลฟ ษทข"))
        blocks = tuple(
            Block(BlockKind.CELL, text, page=1, table=0, row=row, col=col, ocr=True, confidence=sure if row else 0.94)
            for row, cells in enumerate(rows)
            for col, text in enumerate(cells)
        )
        resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
        return EvidencePart(resource, 0, len(blocks))

    assert check_section("problems", table(0.94), shipped.lexicon).status.value == "present"
    assert check_section("problems", table(0.5), shipped.lexicon).status.value == "review"


@pytest.mark.parametrize(
    "text",
    [
        "5. ปัญหา อุปสรรค ผู้เข้าร่วมกิจกรรมน้อยกว่าเป้าหมาย\n6. ข้อเสนอแนะ\n-",
        "5. ปัญหา อุปสรรค ผู้เข้าร่วมกิจกรรมมาสาย\n6. ข้อเสนอแนะ\n-",
    ],
)
def test_who_did_what_behind_a_name_is_no_empty_section(shipped: Rules, text: str) -> None:
    assert both(shipped, text) == ("review", "empty")


def test_a_line_without_number_below_one_of_the_section_is_no_prose(shipped: Rules) -> None:
    assert both(shipped, "ปัญหา อุปสรรค บุคลากรไม่เพียงพอ\nข้อเสนอแนะ ขอเพิ่มอัตรากำลัง") == ("review", "review")
