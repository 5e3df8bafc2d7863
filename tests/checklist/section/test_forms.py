"""Forms: boxes of every glyph, fields that ask for their content, instructions told from answers."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from checklist.section.classify import Content, classify
from checklist.section.lexicon import section_words
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def said(rules: Rules, below: str) -> str:
    """What the check says of the problems under whose heading these lines stand."""
    return said_inline(rules, f"ปัญหา อุปสรรค\n{below}")


def said_inline(rules: Rules, lines: str) -> str:
    """What the check says of the problems in these lines."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines.split("\n") if line)
    resource = Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    found = check_section("problems", EvidencePart(resource, 0, len(blocks)), rules.lexicon)
    return f"{found.status.value}{'+none' if found.says_none else ''}"


@pytest.mark.parametrize("box", "☐□○▢◻⬜❏❑◯⬚〇\uf0a8\uf06f\uf0a3")
def test_an_open_box_of_any_glyph_ticks_nothing(shipped: Rules, box: str) -> None:
    assert said(shipped, f"{box} ไม่มี {box} มี ระบุ ..........") == "empty"
    assert said(shipped, f"{box} ไม่มี\n{box} มี (โปรดระบุ) ........") == "empty"


def test_what_is_written_behind_a_box_without_a_tick_needs_a_person(shipped: Rules) -> None:
    """Its writer forgot the tick, or the text layer lost it."""
    assert said(shipped, "( ) ไม่มี ( ) มี ได้แก่ จัดอบรมเพิ่มปีละครั้ง") == "review"
    assert said(shipped, "□ ไม่มี □ มี ระบุ ขาดบุคลากรด้านช่าง") == "review"
    for blank in ("............", "(โปรดระบุ)", "รายละเอียด ......"):
        assert said(shipped, f"( ) ไม่มี ( ) มี ได้แก่ {blank}") == "empty"


@pytest.mark.parametrize("tick", "☑☒✓✔✅🗹◉▣\uf0fe\uf0fd\uf052■")
def test_a_ticked_box_of_any_glyph_answers(shipped: Rules, tick: str) -> None:
    assert said(shipped, f"{tick} ไม่มี □ มี ระบุ ..........") == "present+none"
    assert said(shipped, f"□ ไม่มี {tick} มี ระบุ ขาดบุคลากร") == "present"


@pytest.mark.parametrize("mark", ["⌘", "\uf0e9", "⟡"])
def test_equal_marks_that_no_list_knows_tick_nothing(shipped: Rules, mark: str) -> None:
    assert said(shipped, f"{mark} ไม่มี {mark} มี ระบุ ..........") == "empty"
    assert said(shipped, f"{mark} ไม่มี\n{mark} มี ระบุ ..........") == "empty"


@pytest.mark.parametrize(
    "lines",
    [
        "ไม่มี   มี ระบุ ..........",
        "ไม่มี\nมี ระบุ ..........",
        "⌘ ไม่มี ⟡ มี ระบุ ........",
        "มี ระบุ ..........  ไม่มี",
        "o ไม่มี",
    ],
)
def test_a_choice_whose_ticks_are_lost_needs_a_person(shipped: Rules, lines: str) -> None:
    assert said(shipped, lines) == "review"


@pytest.mark.parametrize("lines", ["ไม่มี\nมีผู้เข้าร่วม 45 คน", "▪ ไม่มี", "➢ ไม่มี", "- ไม่มี -", "1) ไม่มี"])
def test_a_none_behind_a_bullet_is_a_none(shipped: Rules, lines: str) -> None:
    assert said(shipped, lines) == "present+none"


@pytest.mark.parametrize(
    "answer",
    [
        "ผู้เข้าร่วมระบุว่าห้องประชุมคับแคบ",
        "ควรให้ระบุวันนัดหมายในหนังสือ",
        "หากไม่มีงบประมาณเพิ่มจะดำเนินการต่อไม่ได้ในปีหน้า",
        "ถ้ามีงบประมาณเพิ่มควรจัดอีกครั้งในไตรมาสสอง",
        "เจ้าหน้าที่ไม่ได้ระบุว่าต้องใช้เอกสารใด",
        "หากไม่พบเจ้าหน้าที่ประชาชนต้องเดินทางกลับมาใหม่ในวันถัดไป",
        "แบบคำขอช่อง “โปรดระบุเหตุผล” มีผู้กรอกไม่ครบ จึงวิเคราะห์สาเหตุได้ไม่ชัด",
    ],
)
def test_an_answer_may_use_the_words_of_instructions(shipped: Rules, answer: str) -> None:
    assert said(shipped, answer) == "present"


@pytest.mark.parametrize(
    "instruction",
    [
        "(หากไม่มี ให้ระบุว่า ไม่มี)",
        "หากไม่มี ให้ระบุว่า “ไม่มี”",
        "(หากไม่มี ให้ระบุว่า\nไม่มี)",
        "หากไม่มี ให้ระบุว่า\n“ไม่มี”",
        "ให้ระบุปัญหาที่พบระหว่างดำเนินงาน",
        "อธิบายปัญหาที่พบ กรณีไม่มีให้เขียนว่า ไม่มี",
        "โปรดระบุ ............",
        "“โปรดระบุ” ............",
        "(บรรยายพอสังเขป ไม่เกิน 5 บรรทัด กรณีไม่พบปัญหาให้ใส่คำว่าไม่มี)",
        "หากไม่พบ ให้ใส่ “ไม่มี”",
        "ปัญหา อุปสรรค “โปรดระบุเหตุผล” ............",
        "(ถ้ามี)",
    ],
)
def test_an_instruction_is_no_answer(shipped: Rules, instruction: str) -> None:
    assert said(shipped, instruction) == "empty"


@pytest.mark.parametrize(
    "shown",
    [
        "คลิกหรือแตะที่นี่เพื่อใส่ข้อความ",
        "คลิกที่นี่เพื่อใส่ข้อความ",
        "Click or tap here to enter text.",
        "[เลือกรายการ]",
        "Lorem ipsum dolor",
    ],
)
def test_what_an_empty_field_shows_is_no_answer(shipped: Rules, shown: str) -> None:
    assert said(shipped, shown) == "empty"


def test_an_instruction_in_a_cell_says_nothing_of_the_lines_below_it(shipped: Rules) -> None:
    def cell(text: str) -> str:
        cells = ("งาน", "ปัญหา อุปสรรค", "อบรม", text)
        blocks = tuple(Block(BlockKind.CELL, t, table=0, row=n // 2, col=n % 2) for n, t in enumerate(cells))
        resource = Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
        return check_section("problems", EvidencePart(resource, 0, 4), shipped.lexicon).status.value

    assert cell("หากไม่มี ให้ระบุว่าไม่มี\nขาดคน") == "present"
    assert cell("หากไม่มี ให้ระบุว่าไม่มี") == "empty"


@pytest.mark.parametrize("prompt", ["[ระบุข้อความ]", "(อธิบายพอสังเขป)", "กรุณากรอกข้อมูล", "xxxx", "null", "ให้หน่วยงานระบุ"])
def test_a_prompt_is_no_answer(shipped: Rules, prompt: str) -> None:
    assert said(shipped, prompt) == "empty"


@pytest.mark.parametrize("field", ["<พิมพ์ปัญหา อุปสรรคที่พบที่นี่>", "{{problems_text}}", "- [ปัญหาที่พบระหว่างปี]"])
def test_the_name_of_a_templates_field_needs_a_person(shipped: Rules, field: str) -> None:
    assert said(shipped, field) == "review"


@pytest.mark.parametrize(("answer", "wanted"), [("<ไม่มี>", "present+none"), ("[ขาดคน] และงบ [น้อย]", "present")])
def test_brackets_within_an_answer_are_no_field(shipped: Rules, answer: str, wanted: str) -> None:
    assert said(shipped, answer) == wanted


@pytest.mark.parametrize("mark", ["✓", "✔", "√", "/", "☑"])
def test_a_mark_says_what_its_column_is_called(shipped: Rules, mark: str) -> None:
    rows = (("รายการ", "ไม่มี", "มี", "รายละเอียด"), ("ปัญหา อุปสรรค", mark, "", ""), ("ข้อเสนอแนะ", "", mark, ""))
    blocks = tuple(
        Block(BlockKind.CELL, text, table=0, row=at, col=col)
        for at, row in enumerate(rows)
        for col, text in enumerate(row)
    )
    part = EvidencePart(Resource("https://a.go.th/r.docx", FetchOutcome.OK, blocks=blocks), 0, len(blocks))
    none, some = (check_section(wanted, part, shipped.lexicon) for wanted in ("problems", "suggestions"))
    assert (none.status.value, none.says_none) == ("present", True)
    assert some.status.value == "review"


@pytest.mark.parametrize("text", ["ไม่ระบุ", "ไม่ได้ระบุ", "รอข้อมูล", "อยู่ระหว่างรวบรวม"])
def test_nothing_told_is_for_a_person(shipped: Rules, text: str) -> None:
    assert said(shipped, text) == "review"


@pytest.mark.parametrize("text", ["ระบุรายละเอียดในแบบฟอร์มไม่ครบถ้วน", "อยู่ระหว่างรวบรวมเอกสารทำให้เบิกจ่ายล่าช้า", "ยังไม่พบปัญหา"])
def test_an_answer_may_begin_like_a_prompt(shipped: Rules, text: str) -> None:
    assert said(shipped, text).startswith("present")


@pytest.mark.parametrize(
    "line",
    ["ให้ระบุระยะเวลาส่งงานไว้ในสัญญาทุกฉบับ", "ควรให้ผู้ยื่นคำขอโปรดระบุเบอร์โทรศัพท์ที่ติดต่อได้", "กรุณาระบุชื่อผู้รับผิดชอบหลักของโครงการ"],
)
def test_an_imperative_about_another_matter_needs_a_person(shipped: Rules, line: str) -> None:
    assert said(shipped, line) == "review"


@pytest.mark.parametrize(
    "line",
    [
        "โปรดระบุรายละเอียด",
        "ให้ระบุปัญหาที่พบในการดำเนินงานของหน่วยงาน",
        "กรุณาระบุข้อมูลให้ครบถ้วนทุกโครงการที่ดำเนินการ",
        "หากไม่มีให้ระบุว่าไม่มี",
    ],
)
def test_an_imperative_about_the_sections_own_matter_says_nothing(shipped: Rules, line: str) -> None:
    assert said(shipped, line) == "empty"


@pytest.mark.parametrize("answer", ["ดูเอกสารแนบ", "ตามเอกสารแนบ 1", "ดังเอกสารแนบท้าย", "เหมือนปีก่อน", "ตามที่ได้รายงานไว้"])
def test_an_answer_that_only_points_elsewhere_is_a_persons(shipped: Rules, answer: str) -> None:
    words = section_words(shipped.lexicon)
    assert classify(answer, words) is Content.DOUBT
    assert classify(f"{answer} ขาดแคลนบุคลากรและงบประมาณในการดำเนินงาน", words) is Content.TEXT


@pytest.mark.parametrize("place", [".........", "______", "………", "-----"])
def test_dotted_places_before_a_choice_tick_nothing(shipped: Rules, place: str) -> None:
    assert said(shipped, f"{place} ไม่มี  {place} มี โปรดอธิบาย") == "empty"
    assert said(shipped, f"{place} มี (ระบุ) {place}{place}  {place} ไม่มี") == "empty"
    assert said(shipped, f"{place} ไม่มี\n{place} มี โปรดระบุ {place}") == "empty"


def test_a_dotted_place_that_was_ticked_by_hand_answers(shipped: Rules) -> None:
    assert said(shipped, "...✓... ไม่มี  ......... มี โปรดอธิบาย") == "present+none"
    assert said(shipped, "......... ไม่มี  ..../.... มี โปรดอธิบาย ขาดบุคลากรด้านช่าง") == "present"


def test_dots_around_an_answer_are_no_place_to_tick(shipped: Rules) -> None:
    assert said(shipped, ".........ไม่มี.........") == "present+none"
    assert said(shipped, "......... ไม่มี ......... มีเพียงฝนตกหนักในเดือนตุลาคม") == "review"


@pytest.mark.parametrize("line", ["«ปัญหา_อุปสรรค»", "« ไม่มี »", "⟦- เลือก -⟧", "⟦ไม่มี⟧"])
def test_what_a_field_shows_by_itself_needs_a_person(shipped: Rules, line: str) -> None:
    assert said(shipped, line) == "review"
    assert said_inline(shipped, f"ปัญหา อุปสรรค: {line}") == "review"


def test_a_note_to_the_heading_is_no_answer(shipped: Rules) -> None:
    assert said(shipped, "¹ ตามแบบรายงานที่กำหนด") == "empty"
    assert said(shipped, "¹ ไม่มี") == "review"
    assert said(shipped, "ฝนตกหนักทำให้งานล่าช้า\n¹ ตามแบบรายงานที่กำหนด") == "present"
    assert said(shipped, "² พื้นที่ลาดชัน") == "review"


def test_an_answer_may_speak_of_what_a_form_asks(shipped: Rules) -> None:
    assert said(shipped, "แบบฟอร์มเดิมมีช่องไม่พอ ผู้กรอกจึงเขียนว่า โปรดระบุ ซ้ำในระบบ") == "present"
    assert said(shipped, "โปรดระบุปัญหาที่พบ") == "empty"


def test_a_remark_in_brackets_is_for_a_person(shipped: Rules) -> None:
    assert said(shipped, "มี / ไม่มี\n(ขีดฆ่าข้อความที่ไม่ใช้)") == "review"
    assert said(shipped, "(ให้ทุกกองส่งภายในวันที่ 15 ตุลาคม)") == "review"
    assert said(shipped, "(ไม่มี)") == "present+none"
    assert said(shipped, "(1) ฝนตกหนักทำให้งานล่าช้า") == "present"


def test_a_line_alone_in_its_column_is_answered_below(shipped: Rules) -> None:
    assert said_inline(shipped, "ส่วนที่ 4 ปัญหา อุปสรรค และข้อเสนอแนะ\t\n- ไม่มี -\t") == "present+none"


def test_bold_words_that_there_is_none_are_no_heading(shipped: Rules) -> None:
    lines = ("5. ข้อเสนอแนะ", "ไม่มีข้อเสนอแนะ", "6. ปัญหา อุปสรรค", "ไม่มีปัญหาอุปสรรค")
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, page=1, line=at, bold=True) for at, text in enumerate(lines, 1))
    resource = Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    for part in ("problems", "suggestions"):
        found = check_section(part, EvidencePart(resource, 0, len(blocks)), shipped.lexicon)
        assert (found.status.value, found.says_none) == ("present", True)
