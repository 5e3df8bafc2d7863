"""Where a heading begins and its content ends: marks of every kind, unknown tails, chapters over other matters."""

from __future__ import annotations

import pytest

from checklist.evidence_view import EvidencePart
from checklist.rules.model import Rules
from checklist.section.check import check_section
from core.models.snapshot import Block, BlockKind, FetchOutcome, Resource, ResourceKind
from tests.effort import effort


def part(text: str, *, page: int | None = None) -> EvidencePart:
    """Lines of a document; `# ` is a heading, `**` a bold line."""
    blocks = []
    for line in text.split("\n"):
        if line.startswith("# "):
            blocks.append(Block(BlockKind.HEADING, line[2:], level=2, page=page))
        elif line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, line.removeprefix("**"), bold=line.startswith("**"), page=page))
    resource = Resource("https://a.go.th/r", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=tuple(blocks))
    return EvidencePart(resource, 0, len(blocks))


def said(rules: Rules, text: str, *, page: int | None = None) -> tuple[str, str]:
    found = [check_section(w, part(text, page=page), rules.lexicon) for w in ("problems", "suggestions")]  # type: ignore[arg-type]
    first, second = (f"{r.status.value}{'+none' if r.says_none else ''}" for r in found)
    return first, second


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("★ ", "★ "), ("① ", "② "), ("3/ ", "4/ "), ("\uf0b7 ", "\uf0b7 "), ("\uf0d8 ", "\uf0d8 "),
        ("➤", "➤"), ("◆ ", "◆ "),
        ("Ⅳ ", "Ⅴ "), ("iv. ", "v. "), ("a) ", "b) "), ("o ", "o "), ("3 ", "4 "), ("๓ - ", "๔ - "), ("【3】", "【4】"),
        ("3️⃣ ", "4️⃣ "), ("⑶ ", "⑷ "), ("✍ ", "✍ "), ("หมวดที่ 3 ", "หมวดที่ 4 "), ("( ๓ ) ", "( ๔ ) "), ("ค) ", "ง) "),
    ],
)  # fmt: skip
def test_any_mark_or_number_may_stand_before_a_heading(shipped: Rules, one: str, two: str) -> None:
    text = f"{one}ปัญหา อุปสรรค\nฝนตกหนักทั้งเดือน\n{two}ข้อเสนอแนะ\nควรเลื่อนเวลา"
    assert said(shipped, text) == ("present", "present")
    assert said(shipped, f"{one}ปัญหา อุปสรรค\n{two}ข้อเสนอแนะ") == ("empty", "empty")


@pytest.mark.parametrize(
    "tail",
    ["ของการจัดซื้อจัดจ้าง", "ในพื้นที่รับผิดชอบ", "อื่นๆ (ภาพรวมของโครงการ)", "[ภาพรวม]", "ที่ได้จากการประชุม", "สำหรับหน่วยงานต้นสังกัด"],
)
def test_a_name_may_go_on_in_words_of_no_list(shipped: Rules, tail: str) -> None:
    assert said(shipped, f"ปัญหา อุปสรรค{tail}\nขาดคน\nข้อเสนอแนะ{tail}\nเพิ่มคน") == ("present", "present")
    assert said(shipped, f"ปัญหา อุปสรรค{tail}\nข้อเสนอแนะ{tail}") == ("empty", "empty")


def test_a_bracket_of_a_heading_may_end_in_the_next_line(shipped: Rules) -> None:
    assert said(shipped, "ปัญหา อุปสรรค (ภาพรวมของ\nโครงการ)\nข้อเสนอแนะ (ไม่มี)") == ("empty", "present+none")


def test_a_short_line_with_the_words_is_never_a_sure_missing(shipped: Rules) -> None:
    assert said(shipped, "ข้อเสนอแนะควรทำโดยเร็ว\nเพิ่มคน")[1] == "review"
    assert said(shipped, "ปัญหา อุปสรรคทำให้งานช้า\nขาดคน")[0] == "review"


def test_a_line_that_may_be_the_other_heading_is_no_sure_answer(shipped: Rules) -> None:
    assert said(shipped, "ปัญหา อุปสรรค\nข้อเสนอแนะควรทำโดยเร็ว\nเพิ่มคน") == ("review", "review")


def test_links_of_a_page_with_the_words_are_no_headings(shipped: Rules) -> None:
    texts = ("ข้อเสนอแนะจากประชาชน", "ติดต่อเรา", "แผนที่")
    blocks = tuple(Block(BlockKind.LIST_ITEM, text) for text in texts)
    page = Resource("https://a.go.th/", FetchOutcome.OK, kind=ResourceKind.PAGE, blocks=blocks)
    assert check_section("suggestions", EvidencePart(page, 0, 3), shipped.lexicon).status.value == "missing"


def test_a_line_of_prose_that_begins_with_the_words_is_prose(shipped: Rules) -> None:
    prose = "ในปีที่ผ่านมาประชาชนในพื้นที่ได้แจ้งเรื่องต่าง ๆ ต่อสำนักงาน ซึ่งส่วนใหญ่เป็น\nข้อเสนอแนะที่ต้องนำไปพิจารณาต่อ\nจบ"
    assert said(shipped, prose, page=1)[1] == "missing"


def test_a_counted_line_goes_on_with_no_prose(shipped: Rules) -> None:
    """Its number has no sign, and the line above it fills the page."""
    long = "โครงการขุดลอกหนองน้ำสาธารณะ 1,250,000 บาท โครงการโรงเรียนผู้สูงวัย 76,400 บาท"
    heads = ("2 งบประมาณที่ใช้", "3 ปัญหาอุปสรรคของกองช่างและกองสวัสดิการ")
    told = f"{heads[0]}\n{long}\n{heads[1]}\nเครื่องจักรเสียระหว่างงาน"
    assert said(shipped, told, page=1)[0] == "present"
    assert said(shipped, told.replace("2 งบ", "งบ"), page=1)[0] == "review"


@pytest.mark.parametrize(
    "next_heading",
    [
        "4. แผนการดำเนินงานในปีถัดไป",
        "ส่วนที่ 1 ภาพรวมของจังหวัด",
        "1. วัตถุประสงค์ของโครงการ",
        "# 1. ภาพรวม",
        "# ภาพรวมของจังหวัด",
        "บทที่ 2",
    ],
)
def test_the_next_heading_ends_a_section_whatever_its_number(shipped: Rules, next_heading: str) -> None:
    heading = "# 3. ปัญหา อุปสรรค และข้อเสนอแนะ" if next_heading.startswith("#") else "3. ปัญหา อุปสรรค และข้อเสนอแนะ"
    assert said(shipped, f"{heading}\n{next_heading}\nมีพื้นที่ทั้งหมดสองพันไร่") == ("empty", "empty")


def test_a_lower_number_of_the_same_depth_ends_a_section(shipped: Rules) -> None:
    assert said(shipped, "4.3 ปัญหา อุปสรรค\n4.1 ภาพรวม\nมีพื้นที่สองพันไร่")[0] == "empty"
    assert said(shipped, "5. ปัญหา อุปสรรค\n1. ขาดคน\n2. ขาดเงิน")[0] == "present"


def test_an_answer_on_the_line_of_its_heading_is_never_a_sure_lack(shipped: Rules) -> None:
    assert said(shipped, "3. ปัญหา อุปสรรค ได้แก่ ฝนตกหนักทั้งเดือน\n4. ข้อเสนอแนะ ควรเลื่อนเวลา") == ("present", "present")
    assert said(shipped, "3. ปัญหา อุปสรรค: ฝนตกหนักทั้งเดือน\n4. ข้อเสนอแนะ - ไม่มี -") == ("present", "present+none")


def test_bold_answers_under_a_bold_heading_are_answers(shipped: Rules) -> None:
    lines = ("5. ปัญหา อุปสรรค", "1) ขาดคน", "2) ขาดเงิน", "6. ข้อเสนอแนะ", "1. เพิ่มคน", "2. เพิ่มเงิน")
    blocks = tuple(Block(BlockKind.HEADING, line, level=5, bold=True) for line in lines)
    resource = Resource("https://a.go.th/r.docx", FetchOutcome.OK, kind=ResourceKind.DOCUMENT, blocks=blocks)
    whole = EvidencePart(resource, 0, len(blocks))
    assert check_section("problems", whole, shipped.lexicon).status.value == "present"
    assert check_section("suggestions", whole, shipped.lexicon).status.value == "present"


def test_a_bold_line_over_text_is_the_next_heading(shipped: Rules) -> None:
    assert said(shipped, "**ปัญหา อุปสรรค\n**การติดตามงานต่อเนื่อง\nติดตามทุกเดือน")[0] == "empty"
    assert said(shipped, "**ปัญหา อุปสรรค\n**ขาดแคลนบุคลากร\n**ข้อเสนอแนะ\n**จัดหาเพิ่มเติม") == ("present", "present")


@pytest.mark.parametrize("below", ["3.1 สรุปผลการดำเนินงาน", "3.1 ผลการดำเนินงาน", "สรุปผลการดำเนินโครงการ", "3.1 ข้อมูลทั่วไป"])
def test_a_chapter_over_other_matters_is_no_answer(shipped: Rules, below: str) -> None:
    text = f"ส่วนที่ 3\nปัญหา อุปสรรค และข้อเสนอแนะ\n{below}\nดำเนินการแล้วเสร็จทุกโครงการ"
    assert said(shipped, text) == ("empty", "empty")
    assert said(shipped, f"{text}\n3.2 ปัญหา อุปสรรค\nขาดคน\n3.3 ข้อเสนอแนะ\nไม่มี") == ("present", "present+none")


def test_a_sub_heading_that_may_be_of_another_matter_needs_a_person(shipped: Rules) -> None:
    text = "ส่วนที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ\n3.1 ผลการตรวจราชการประจำภาค\nตรวจครบทุกแห่งตามกำหนด"
    assert said(shipped, text) == ("review", "review")
    assert said(shipped, "5. ปัญหา อุปสรรค\n1. ผลการดำเนินงานล่าช้ากว่าแผน\nเพราะฝนตก")[0] == "present"
    assert said(shipped, "5. ปัญหา อุปสรรค\n1. ข้อมูลล้าสมัย\n2. เครื่องชำรุด")[0] == "present"


def test_a_chapter_of_several_matters_answers_under_its_own_names(shipped: Rules) -> None:
    chapter = "**บทที่ 5\n**สรุปผล อภิปรายผล และข้อเสนอแนะ\n"
    assert said(shipped, f"{chapter}**5.1 สรุปผล\nบรรลุวัตถุประสงค์ทุกข้อ")[1] == "empty"
    assert said(shipped, f"{chapter}5.1 อภิปรายผล\nบรรลุวัตถุประสงค์ทุกข้อ")[1] == "empty"
    assert said(shipped, f"{chapter}โครงการบรรลุวัตถุประสงค์ทุกข้อ")[1] == "review"
    assert said(shipped, f"{chapter}5.1 สรุปผล\nบรรลุทุกข้อ\n5.2 ข้อเสนอแนะ\nควรจัดทุกปี")[1] == "present"


def test_remedies_alone_are_no_problems(shipped: Rules) -> None:
    assert said(shipped, "5. แนวทางแก้ไขปัญหา อุปสรรค\nจัดอบรมเพิ่ม") == ("missing", "missing")
    assert said(shipped, "5. แนวทางการแก้ไขปัญหาและอุปสรรค\nจัดอบรมเพิ่ม")[0] == "missing"
    assert said(shipped, "5. ปัญหา อุปสรรค และแนวทางแก้ไข\nขาดคน")[0] == "present"


_REPEATED = [
    "ก", ".", "…", "q1", "ita", "\u00a0", " ", "ไม่มี", "ปัญหา", "ข้อเสนอแนะ", "(", "☐", "/", "1", "1.",
    "เพื่อการปรับปรุงการให้บริการ", "ระบุว่า", "หากไม่มี", "มี ระบุ", "\uf0a8 ไม่มี ", "หน้า1 ", "www.", "_",
]  # fmt: skip


@pytest.mark.parametrize("piece", _REPEATED)
def test_a_long_text_of_one_thing_costs_no_more_than_it_is_long(shipped: Rules, piece: str) -> None:
    long = piece * (400_000 // len(piece))
    texts = (long, f"ปัญหา อุปสรรค {long}", f"ปัญหา อุปสรรค\n{long}", f"ไม่มี{long}x", f"ผลการดำเนินงาน{long[:55]}ข")

    def judge() -> None:
        for text in texts:
            said(shipped, text, page=1)

    assert effort(judge, 100) < 100


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("บรรลุเป้าหมาย และมีข้อเสนอแนะว่า เห็นควรปรับรูปแบบการอบรม", ("missing", "review")),
        ("ทั้งนี้พบปัญหาอุปสรรคด้านงบประมาณไม่เพียงพอ", ("review", "missing")),
        ("หากมีปัญหาอุปสรรคให้แจ้งผู้อำนวยการทราบทันที", ("missing", "missing")),
        ("เปิดรับฟังข้อเสนอแนะจากประชาชนทุกวัน", ("missing", "missing")),
    ],
)
def test_what_a_sentence_tells_is_a_persons(shipped: Rules, prose: str, expected: tuple[str, str]) -> None:
    assert said(shipped, f"รายงานผลการดำเนินงาน\n{prose}", page=1) == expected


def test_sub_headings_over_names_do_not_answer_their_chapter(shipped: Rules) -> None:
    chapter = "บทที่ 4\nปัญหา อุปสรรค และข้อเสนอแนะ\n"
    sources = "4.2 เอกสารอ้างอิง\nแผนแม่บทภายใต้ยุทธศาสตร์ชาติ"
    assert said(shipped, f"{chapter}4.1 คณะผู้จัดทำรายงาน\nงานกฎหมายและคดี งานการเจ้าหน้าที่\n{sources}") == ("empty", "empty")
    assert said(shipped, f"{chapter}4.1 คณะทำงานวิชาการ\nงานกฎหมายและคดี งานการเจ้าหน้าที่\n{sources}") == (
        "review",
        "review",
    )
    assert said(shipped, f"{chapter}4.1 บุคลากร\nช่างมีน้อย\n{sources}") == ("present", "present")
    assert said(shipped, f"{chapter}4.1 ขาดแคลนบุคลากรสายช่าง\n4.2 ควรรับเพิ่ม")[0] == "present"


def test_a_short_report_has_its_contents_and_its_text_on_one_page(shipped: Rules) -> None:
    contents = "สารบัญ\nผลการดำเนินการ\t..............\t2\nปัญหา อุปสรรค และข้อเสนอแนะ\t..............\t3\n"
    body = "รายงานฉบับนี้สรุปผลการดำเนินงานตามแผน\nในรอบปีงบประมาณ พ.ศ. 2565\nผลการดำเนินการ\nดำเนินการครบทุกโครงการ\n"
    section = "ปัญหา อุปสรรค และข้อเสนอแนะ\nปัญหา อุปสรรค: ไม่มี\nข้อเสนอแนะ: ควรเริ่มก่อนฤดูฝน"
    assert said(shipped, contents + body + section, page=1) == ("present", "present")
    assert said(shipped, contents + body, page=1) == ("missing", "missing")
    assert said(shipped, "สารบัญ\nผลการดำเนินการ 2\nปัญหา อุปสรรค\nและข้อเสนอแนะ 3", page=1) == ("missing", "missing")
