"""The section check, line by line: boxes to tick, headings over two lines, where a section ends, wordings."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from checklist.section.headings import numbering, section_heading, strip_number
from checklist.section.lexicon import section_words
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind


def said(rules: Rules, text: str, kind: ResourceKind = ResourceKind.DOCUMENT) -> tuple[str, ...]:
    """What the check says of both parts; lines of a document without pages, `# ` is a heading."""
    blocks = tuple(
        Block(BlockKind.HEADING, line[2:], level=2) if line.startswith("# ") else Block(BlockKind.PARAGRAPH, line)
        for line in text.splitlines()
        if line.strip()
    )
    part = EvidencePart(Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=kind, blocks=blocks), 0, len(blocks))
    found = (check_section(wanted, part, rules.lexicon) for wanted in ("problems", "suggestions"))
    return tuple(f"{one.status.value}{'+none' if one.says_none else ''}" for one in found)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("ปัญหาอุปสรรคในการดำเนินงาน (/) ไม่มี ( ) มี ระบุ ........", "present+none"),
        ("ปัญหาอุปสรรคในการดำเนินงาน [ ] ไม่มี [x] มี ระบุ งบประมาณล่าช้า", "present"),
        ("ปัญหาอุปสรรค ☐ ไม่มี ☑ มี (โปรดระบุ) ขาดบุคลากร", "present"),
        ("ปัญหาอุปสรรค ☐ ไม่มี ☐ มี ระบุ ...........", "empty"),
        ("ปัญหาอุปสรรค ( ) ไม่มี (/) มี ระบุ ...........", "empty"),
        ("ปัญหาอุปสรรค\n( ) ไม่มี\n(/) มี ระบุ งบประมาณล่าช้า", "present"),
        ("ปัญหาอุปสรรค\n( ) ไม่มี\n( ) มี ระบุ ..............", "empty"),
        ("ปัญหาอุปสรรค\n(/) ไม่มี\n( ) มี ระบุ ..............", "present+none"),
    ],
)
def test_boxes_say_what_is_ticked(shipped: Rules, text: str, problems: str) -> None:
    assert said(shipped, text)[0] == problems


def test_other_boxes_and_parentheses_are_text(shipped: Rules) -> None:
    assert said(shipped, "ปัญหาอุปสรรค\n(1) ขาดคน (2) ขาดเงิน\nข้อเสนอแนะ\nเพิ่มคน ( ) เพิ่มเงิน") == ("present", "present")


@pytest.mark.parametrize(
    "heading",
    [
        "ปัญหา อุปสรรค และ\nข้อเสนอแนะ",
        "ปัญหา/อุปสรรค/\nข้อเสนอแนะ",
        "5. ปัญหา อุปสรรค\nและข้อเสนอแนะ",
    ],
)
def test_a_heading_goes_on_in_the_next_line(shipped: Rules, heading: str) -> None:
    assert said(shipped, f"{heading}\nระบบขัดข้อง ควรเพิ่มช่องทางสำรอง") == ("present", "present")
    assert said(shipped, f"{heading}\n- ไม่มี -") == ("present+none", "present+none")
    assert said(shipped, heading) == ("empty", "empty")


@pytest.mark.parametrize("name", ["ปัญหาในการใช้จ่ายงบประมาณ และอุปสรรค", "ปัญหาในการดำเนินงานและอุปสรรค"])
def test_a_suffix_may_stand_between_the_two_words_of_a_name(shipped: Rules, name: str) -> None:
    assert said(shipped, f"3. {name}\nคนไม่พอ\n4. ข้อเสนอแนะ\nเพิ่มคน") == ("present", "present")
    assert said(shipped, f"3. {name}\n4. ข้อเสนอแนะ\nเพิ่มคน") == ("empty", "present")


def test_a_bullet_with_both_words_is_a_problem_and_no_heading(shipped: Rules) -> None:
    text = "# 3. ปัญหา อุปสรรค\n- ปัญหาการจราจรและอุปสรรคในการเดินทาง\n# 4. ข้อเสนอแนะ\nควรเพิ่มรถ"
    assert said(shipped, text) == ("present", "present")


def test_a_name_goes_on_behind_a_stroke(shipped: Rules) -> None:
    for more in ("แนวทางปรับปรุง", "แนวคิดในการพัฒนางาน"):
        lines = "ปัญหา อุปสรรค\nฝนตกหนัก\nข้อเสนอแนะ/{more}\n{text}".format
        assert said(shipped, lines(more=more, text="ควรเริ่มงานก่อนฤดูฝน")) == ("present", "present")
        numbered = "# 3. ปัญหา/อุปสรรค\nฝนตกหนัก\n# 4. ข้อเสนอแนะ/{more}\n# 5. ภาพกิจกรรม\nภาพการประชุม".format
        assert said(shipped, numbered(more=more)) == ("present", "empty")
    # What asks for something, or another matter, is no name.
    assert said(shipped, "# 4. ข้อเสนอแนะ/ควรเพิ่มงบประมาณ\n# 5. ภาพกิจกรรม")[1] != "empty"
    assert said(shipped, "ข้อเสนอแนะ/คำชมเชย\nจำนวน 3 เรื่อง")[1] != "present"


def test_two_headings_are_not_one(shipped: Rules) -> None:
    assert said(shipped, "ปัญหา อุปสรรค\nข้อเสนอแนะ\nควรเพิ่มช่องทาง") == ("empty", "present")


@pytest.mark.parametrize(
    "behind",
    ["ภาคผนวก\nภาพถ่ายกิจกรรม", "ภาคผนวก ก", "เอกสารแนบ 1", "ภาพกิจกรรมโครงการ", "ผลการเบิกจ่ายงบประมาณ\nเบิกจ่ายร้อยละ 98",
     "วัตถุประสงค์\nเพื่อพัฒนาบุคลากร", "หมายเหตุ: ข้อมูลเบื้องต้น", "หมายเหตุ ข้อมูลนี้ไม่รวมงบกลาง",
     "- หมายเหตุ : ไม่รวมงบกลาง", "ข้อมูล ณ วันที่ 30 กันยายน 2564 ไม่รวมงบกลาง"],
)  # fmt: skip
def test_what_stands_behind_the_section_does_not_fill_it(shipped: Rules, behind: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค และข้อเสนอแนะ\n{behind}") == ("empty", "empty")


@pytest.mark.parametrize(
    "text",
    ["ผลการดำเนินงานล่าช้ากว่าแผน", "1. วัตถุประสงค์ไม่ชัดเจน", "- ภาพถ่ายดาวเทียมไม่ครบ",
     "- เอกสารแนบส่งมาล่าช้า", "เอกสารประกอบฎีกาไม่ครบถ้วน", "ตำแหน่งช่างว่างเพราะไม่มีผู้สอบผ่าน"],
)  # fmt: skip
def test_a_problem_with_such_a_word_is_a_problem(shipped: Rules, text: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค\n{text}")[0] == "present"


@pytest.mark.parametrize(
    "text",
    [
        "การดำเนินการเป็นไปตามแผนที่กำหนดไว้ ไม่มีปัญหา อุปสรรค และข้อเสนอแนะ",
        "ในรอบปีงบประมาณที่ผ่านมาไม่มีปัญหาและอุปสรรคใด ๆ และไม่มีข้อเสนอแนะ",
    ],
)
def test_a_sentence_may_say_none_in_the_end(shipped: Rules, text: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค และข้อเสนอแนะ\n{text}") == ("present+none", "present+none")


@pytest.mark.parametrize("text", ["พบปัญหาเรื่องน้ำ แต่ไม่มีข้อเสนอแนะ", "ปัญหาน้ำท่วมยังไม่มีข้อเสนอแนะ", "ไม่มีปัญหาเรื่องเงิน แต่ขาดคน"])
def test_a_text_that_speaks_of_problems_is_no_none(shipped: Rules, text: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค และข้อเสนอแนะ\n{text}")[0] == "present"


CONTENTS = "สารบัญ\nผลการดำเนินงาน .......... 3\nปัญหา อุปสรรค และข้อเสนอแนะ .......... 12\nภาคผนวก .......... 15\n"


def test_contents_without_pages_end_with_their_last_entry(shipped: Rules) -> None:
    body = "ผลการดำเนินงาน\nดำเนินการครบ\nปัญหา อุปสรรค และข้อเสนอแนะ\nขาดความชำนาญ ควรจัดอบรม"
    assert said(shipped, CONTENTS + body) == ("present", "present")
    assert said(shipped, CONTENTS.replace(" ..........", "\t") + body) == ("present", "present")
    assert said(shipped, CONTENTS + "ผลการดำเนินงาน\nดำเนินการครบทุกโครงการ") == ("missing", "missing")


def test_an_entry_over_two_lines_does_not_end_the_contents(shipped: Rules) -> None:
    contents = CONTENTS.replace("ปัญหา อุปสรรค และข้อเสนอแนะ ....", "ปัญหา อุปสรรค และข้อเสนอแนะ\nของโครงการ ....")
    assert said(shipped, contents + "ผลการดำเนินงาน\nดำเนินการครบทุกโครงการ") == ("missing", "missing")


@pytest.mark.parametrize(
    ("problems", "suggestions"),
    [
        ("ปัญหา/อุปสรรคในการดำเนินงานตามแผน", "ข้อคิดเห็น/ข้อเสนอแนะ"),
        ("ปัญหาที่พบ", "ข้อเสนอแนะเชิงนโยบาย"),
        ("ปัญหา อุปสรรค ข้อจำกัด", "แนวทางการพัฒนา/ข้อเสนอแนะในปีต่อไป"),
        ("ปัจจัยที่เป็นอุปสรรค", "ข้อสังเกตและข้อเสนอแนะ"),
    ],
)
def test_wordings(shipped: Rules, problems: str, suggestions: str) -> None:
    assert said(shipped, f"{problems}\nน้ำท่วมพื้นที่\n{suggestions}\nเตรียมแผนรองรับ") == ("present", "present")


def cells(rules: Rules, *rows: str) -> tuple[str, ...]:
    """The same of a table; cells are separated by bars."""
    blocks = tuple(
        Block(BlockKind.CELL, cell, table=0, row=at, col=col, page=1)
        for at, row in enumerate(rows)
        for col, cell in enumerate(row.split("|"))
    )
    part = EvidencePart(Resource("https://a.go.th/r.pdf", FetchOutcome.OK, blocks=blocks), 0, len(blocks))
    found = (check_section(wanted, part, rules.lexicon) for wanted in ("problems", "suggestions"))
    return tuple(f"{one.status.value}{'+none' if one.says_none else ''}" for one in found)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("ผลการดำเนินงาน\nดี", "ปัญหา อุปสรรค\nขาดคน", "ข้อเสนอแนะ\nเพิ่มคน"), ("present", "present")),
        (("1. โครงการ ก", "2. ปัญหา อุปสรรค: ขาดคน", "3. ข้อเสนอแนะ: ไม่มี"), ("present", "present+none")),
        (("ปัญหา อุปสรรค\nขาดคน\nข้อเสนอแนะ", "ภาคผนวก"), ("present", "empty")),
        (("ปัญหา อุปสรรค\nข้อเสนอแนะ\nเพิ่มคน",), ("empty", "present")),
        (("ปัญหา อุปสรรค และข้อเสนอแนะ\n- ไม่มี -", "ลงชื่อ นายก"), ("present+none", "present+none")),
        (("แผน|ผล", "5|5", "ปัญหา อุปสรรค\n-"), ("empty", "missing")),
    ],
)
def test_a_box_around_text_is_text(shipped: Rules, rows: tuple[str, ...], wanted: tuple[str, str]) -> None:
    assert cells(shipped, *rows) == wanted


def test_the_title_of_a_table_is_not_filled_by_its_rows(shipped: Rules) -> None:
    rows = ("ปัญหา อุปสรรค และข้อเสนอแนะ", "ที่|รายการ|ปัญหา อุปสรรค|ข้อเสนอแนะ", "1|จัดซื้อวัสดุ|-|-")
    assert cells(shipped, *rows) == ("empty", "empty")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("5. ปัญหา\nอุปสรรค:\nขาดคน", ("present", "missing")),
        ("ปัญหา\nอุปสรรค", ("empty", "missing")),
        ("ปัญหา\nข้อเสนอแนะ\nเพิ่มคน", ("empty", "present")),
        ("ปัญหา\nขาดคน\nข้อเสนอแนะ\nไม่มี", ("present", "present+none")),
    ],
)
def test_a_narrow_box_breaks_its_heading(shipped: Rules, cell: str, wanted: tuple[str, str]) -> None:
    assert cells(shipped, "ผลการดำเนินงาน: ดี", cell) == wanted


@pytest.mark.parametrize(
    "below",
    [
        "รายงานผลการดำเนินงาน สำนักงานตัวอย่าง หน้า 12",
        "(นายสมชาย ใจดี)\nผู้อำนวยการกลุ่มยุทธศาสตร์",
        "ลงชื่อ..............ผู้รายงาน\nหัวหน้าฝ่ายอำนวยการ",
        "วันที่ 30 กันยายน 2565",
        "https://www.example.go.th/report",
        "บทที่ 5\nสรุปผลการประเมิน",
        "ส่วนที่ 5 ภาพถ่าย",
    ],
)
def test_what_closes_a_page_or_a_report_does_not_fill_the_section(shipped: Rules, below: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค และข้อเสนอแนะ\n{below}") == ("empty", "empty")


@pytest.mark.parametrize(
    "below",
    [
        "รายละเอียดตามหน้า 12",
        "นายจ้างไม่ให้ความร่วมมือ",
        "(นายจ้างบางรายไม่ให้ข้อมูล) ทำให้ล่าช้า",
        "วันที่ 30 กันยายน 2565 ระบบขัดข้อง",
        "ดูที่ https://www.example.go.th/ ระบบล่มบ่อย",
        "ส่วนใหญ่ขาดงบประมาณ",
    ],
)
def test_a_problem_that_looks_like_it_is_a_problem(shipped: Rules, below: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค และข้อเสนอแนะ\n{below}") == ("present", "present")


def test_the_next_chapter_ends_a_section_though_its_number_lost_its_dot(shipped: Rules) -> None:
    assert said(shipped, "4.3 ปัญหา อุปสรรค และข้อเสนอแนะ\n5 การติดตามประเมินผล\nติดตามทุกไตรมาส") == ("empty", "empty")
    assert said(shipped, "4.3 ปัญหา อุปสรรค และข้อเสนอแนะ\n3 หมู่บ้านขาดน้ำ") == ("present", "present")


@pytest.mark.parametrize(
    "heading",
    [
        "ปัญหา อุปสรรค และข้อเสนอแนะ ประจำปีงบประมาณ พ.ศ. 2565",
        "ปัญหา อุปสรรค และข้อเสนอแนะในการดำเนินงาน ประจำปี 2565",
        "ปัญหา อุปสรรค และข้อเสนอแนะในรอบปี (2565)",
    ],
)
def test_a_year_may_end_the_heading(shipped: Rules, heading: str) -> None:
    assert said(shipped, f"{heading}\nเครื่องมือชำรุด ควรจัดหาใหม่") == ("present", "present")


@pytest.mark.parametrize("mark", ["No. 3", "ที่ 3", "ประการที่ 3", "ประการที่ ๓"])
def test_words_that_number_a_heading(shipped: Rules, mark: str) -> None:
    assert said(shipped, f"{mark} ปัญหาและอุปสรรค\nเครื่องจักรชำรุด\n{mark[:-1]}4 ข้อเสนอแนะ\n-") == ("present", "empty")


@pytest.mark.parametrize("mark", ["# ", ""])
def test_a_name_that_is_broken_within_its_known_end_is_one_heading(shipped: Rules, mark: str) -> None:
    lines = f"{mark}3. ปัญหา อุปสรรคในการ\n{mark}ดำเนินงานตามแผน\n{{}}\n{mark}4. ข้อเสนอแนะเพื่อการ\n{mark}พัฒนาในปีต่อไป\n{{}}"
    assert said(shipped, lines.format("เครื่องจักรชำรุดบ่อย", "ควรซ่อมบำรุง")) == ("present", "present")
    assert said(shipped, lines.format("-", "-")) == ("empty", "empty")


@pytest.mark.parametrize(
    "heading",
    [
        "3. Problems / ปัญหาและอุปสรรค",
        "3. ปัญหาและอุปสรรค / Problems and Obstacles",
        "3. Problems & Obstacles (ปัญหาและอุปสรรค)",
        "# ปัญหาและอุปสรรค (Problems)",
        "# ปัญหา และ อุปสรรค (ถ้ามี)",
    ],
)
@pytest.mark.parametrize("kind", [ResourceKind.DOCUMENT, ResourceKind.PAGE])
def test_a_heading_in_two_languages_or_with_if_any(shipped: Rules, heading: str, kind: ResourceKind) -> None:
    heading = heading if kind is ResourceKind.DOCUMENT else f"# {heading.removeprefix('# ')}"
    assert said(shipped, f"{heading}\nเครื่องจักรชำรุดบ่อย\n# 4. ผลผลิต", kind)[0] == "present"
    assert said(shipped, f"{heading}\n-\n# 4. ผลผลิต", kind)[0] == "empty"


@pytest.mark.parametrize("mark", ["# ", ""])
def test_a_word_that_a_line_end_breaks(shipped: Rules, mark: str) -> None:
    lines = f"{mark}3. ปัญหาและ\n{mark}อุปสรรค\n{{}}\n{mark}4. ข้อเสนอ\n{mark}แนะ\n{{}}"
    assert said(shipped, lines.format("เครื่องจักรชำรุดบ่อย", "ควรซ่อมบำรุง")) == ("present", "present")
    assert said(shipped, lines.format("-", "-")) == ("empty", "empty")


def test_what_an_offer_is_broken_into_is_no_heading(shipped: Rules) -> None:
    assert said(shipped, "3. ข้อเสนอ\nราคาต่ำสุด 5,000 บาท")[1] == "missing"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("3. ปัญหาและอุปสรรค ดำเนินการเป็นไปตามแผน ไม่มีปัญหา", "present+none"),
        ("3. ปัญหาและอุปสรรค ไม่มีข้อเสนอแนะ", "present+none"),
        ("3. ปัญหาและอุปสรรค ไม่พบปัญหา", "present+none"),
    ],
)
def test_none_on_the_headings_own_line(shipped: Rules, line: str, problems: str) -> None:
    assert said(shipped, line)[0] == problems


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("อธิบายปัญหาที่พบในการดำเนินงาน", "empty"),
        ("ให้ระบุปัญหาอุปสรรคที่เกิดขึ้น", "empty"),
        ("บรรยายปัญหาและอุปสรรค", "empty"),
        ("อธิบายปัญหาให้ประชาชนทราบไม่ทั่วถึง", "review"),
        ("อธิบายขั้นตอนให้ประชาชนทราบไม่ทั่วถึง", "present"),
    ],
)
def test_what_a_form_asks_for_is_no_answer(shipped: Rules, line: str, problems: str) -> None:
    assert said(shipped, f"# 3. ปัญหาและอุปสรรค\n{line}")[0] == problems


def test_a_footer_with_the_pages_number_is_no_answer(shipped: Rules) -> None:
    def paged(*pages: str) -> str:
        blocks = tuple(
            Block(BlockKind.PARAGRAPH, line, page=number)
            for number, text in enumerate(pages, 1)
            for line in text.split("\n")
        )
        part = EvidencePart(
            Resource("https://a.go.th/r.pdf", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks),
            0,
            len(blocks),
        )
        return check_section("problems", part, shipped.lexicon).status.value

    footer = "อบต.บ้านทดลอง\n{} | งานแผน"
    assert paged(f"1. ผลงาน\n2. ปัญหา อุปสรรค\n{footer.format(1)}", f"3. ข้อเสนอแนะ\n-\n{footer.format(2)}") == "empty"
    assert paged("2. ปัญหา อุปสรรค\n1. ไม่มี", "3. ข้อเสนอแนะ\n2. ไม่มี") == "present"


@pytest.mark.parametrize(
    "number", ["5,", "๕,", "5 ;", "5|", "5•", "5_", "<5>", "4,1", "๓,๑", "5-1", "5/1", "5(1)", "5ก.", "5.ก)", "5'"]
)
def test_a_number_of_any_signs_before_the_heading(shipped: Rules, number: str) -> None:
    words = section_words(shipped.lexicon)
    found = section_heading(f"{number} ข้อเสนอแนะ", words, marked=False)
    assert found is not None
    assert (found.parts, found.answer, found.sure) == (frozenset({"suggestions"}), "", True)
    assert strip_number(f"{number}ข้อเสนอแนะ") == "ข้อเสนอแนะ"


def test_amounts_are_no_numbers_of_lines() -> None:
    assert strip_number("5,000 บาท") == "5,000 บาท"
    assert numbering("5, 6 และ 7") is None
    assert numbering("5% ของงบ") is None
