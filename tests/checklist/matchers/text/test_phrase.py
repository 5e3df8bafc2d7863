"""Matcher `phrase`: what passes, what fails, what is nearly right."""

from __future__ import annotations

from typing import get_args

import pytest

from checklist.rules.model import Rules
from checklist.rules.specs import Place

from ..conftest import Judge, Spec


def test_a_title_shows_nothing(judge: Judge, shipped: Rules) -> None:
    title = shipped.edition(2566).item("O11").title
    html = f"<h1>{title}</h1><p>โครงการ ก</p>"
    assert judge.page({"phrase": {"any": ["งบประมาณ"]}}, html, "O11") == "missing"


PLACES: dict[str, tuple[str, str]] = {
    "heading": ("# งบลงทุน", "งบลงทุน"),
    "column": ("|รายการ|งบลงทุน|\n|ก|5|", "|รายการ|ยอด|\n|งบลงทุน|5|"),
    "label": ("[label] งบลงทุน\nเนื้อหา", "งบลงทุน"),
    "link": ("[web]\n[งบลงทุน](a.pdf)", "[web]\nงบลงทุน"),
    "text": ("จัดสรรเป็นงบลงทุน แล้ว", "[menu] งบลงทุน"),
}


@pytest.mark.parametrize("place", get_args(Place))
def test_a_phrase_counts_in_the_places_asked_for(judge: Judge, place: str) -> None:
    spec: Spec = {"phrase": {"any": ["งบลงทุน"], "where": [place]}}
    there, elsewhere = PLACES[place]
    assert judge(spec, there) == "present"
    assert judge(spec, elsewhere) == "missing"


def test_a_bold_line_is_a_heading(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["งบลงทุน"], "where": ["heading"]}}
    assert judge(spec, "**งบลงทุน**") == "present"


def test_words_that_may_say_it_are_a_persons(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["วิเคราะห์"], "perhaps": ["ปัจจัย"]}}
    assert judge(spec, "จากการวิเคราะห์พบว่าได้ผล มีปัจจัย") == "present"
    assert judge(spec, "มีปัจจัยความสำเร็จ 3 ข้อ") == "review"
    assert judge(spec, "รายงานผล") == "missing"


def test_what_a_document_only_announces_is_not_shown(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["ขั้นตอน"], "not_below": ["วัตถุประสงค์"]}}
    aim = "คู่มือ\n1. วัตถุประสงค์\n1.1 เพื่อความโปร่งใส\n1.2 เพื่อให้ทราบขั้นตอน\n2. อ้างอิง\nระเบียบพัสดุ"
    assert judge(spec, aim) == "missing"
    assert judge(spec, f"{aim}\nขั้นตอนการรับเรื่องมีห้าขั้น") == "present"
    assert judge(spec, aim.replace("เพื่อให้ทราบขั้นตอน", "เป็นมาตรฐาน\nขั้นตอนการทำงาน")) == "present"
    assert judge(spec, f"{aim}\n(1) รับเรื่อง\n(2) ตรวจสอบ\n(3) แจ้งผล") == "review"
    assert judge(spec, "วัตถุประสงค์ เพื่อให้ทราบขั้นตอนการทำงาน") == "missing"


def test_one_choice_of_a_form_is_not_what_the_form_is_for(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["ทุจริต"], "subject": True}}
    form = "<form method='post'><p>เรื่อง (ไฟฟ้า ถนน น้ำประปา ทุจริต)</p><input name='x'><button>ส่ง</button></form>"
    assert judge.page(spec, f"<h2>ร้องเรียน/ร้องทุกข์</h2>{form}", "O28") == "review"
    assert judge.page(spec, f"<h2>แจ้งเบาะแสการทุจริต</h2>{form}", "O28") == "present"
    assert judge.page(spec, f"<h2>ร้องเรียน</h2><p>รับเฉพาะเรื่องทุจริต</p>{form}", "O28") == "present"


def test_the_items_own_title_over_a_form_says_what_it_is_for(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["ทุจริต"], "subject": True}}
    title = "<h2>ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ</h2>"
    form = "<form method='post'><p>ชื่อ-นามสกุล เรื่อง รายละเอียด</p><input name='x'><button>ส่งเรื่อง</button></form>"
    assert judge.page(spec, f"{title}<p>ข้อมูลของท่านเป็นความลับ</p>{form}", "O28") == "present"
    assert judge.page(spec, f"{title}<h2>ร้องทุกข์ทั่วไป</h2>{form}", "O28") == "missing"
    assert judge.page(spec, f"{title}<p>โทร. 0 2123 4567</p>", "O28") == "missing"


def test_the_items_own_title_is_no_law(judge: Judge, shipped: Rules) -> None:
    laws = {e.id: e for e in shipped.edition(2566).item("O6").elements}["laws"].match.model_dump(exclude_unset=True)
    assert judge(laws, "[web]\n[label]\nภาพกิจกรรม", "O6") == "missing"
    assert judge(laws, "[web]\n[label] พระราชบัญญัติเทศบาล\nฉบับเต็ม", "O6") == "present"


def test_a_title_may_break_a_phrase_in_two_over_what_it_is_of(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["มาตรฐานการปฏิบัติงาน"]}}
    assert judge(spec, "มาตรฐาน\nการปฏิบัติงาน\nการควบคุมพัสดุและครุภัณฑ์") == "present"
    assert judge(spec, "มาตรฐาน\nการปฏิบัติงาน") == "missing"
    assert judge(spec, "มาตรฐาน\nของเรา\nการปฏิบัติงานทั่วไปในสำนักงาน") == "missing"


def test_a_narrow_column_may_break_a_phrase_in_two(judge: Judge) -> None:
    lines = "\n".join(["รายงานผล"] * 8 + ["มาตรการ ขั้นตอน ผู้รับผิด", "ชอบ", "กองคลัง"])
    said = {word: judge({"phrase": {"any": [word]}}, lines) for word in ("ผู้รับผิดชอบ", "ผู้รับเหมา", "ชอบธรรม")}
    assert said == {"ผู้รับผิดชอบ": "present", "ผู้รับเหมา": "missing", "ชอบธรรม": "missing"}


def test_two_lines_make_no_short_word_between_them(judge: Judge) -> None:
    asked = "\n".join(["รายงานผล"] * 8 + ["ทุกโครงการมีผู้รับผิดชอบหรือไม่", "มีการติดตามผลทุกเดือน", "แล้วเสร็จ"])
    assert judge({"phrase": {"any": ["ไม่มี"]}}, asked) == "missing"


def test_a_rows_links_may_be_called_like_the_sections_of_their_document(judge: Judge) -> None:
    spec: Spec = {"phrase": {"any": ["การสรรหาและคัดเลือกบุคลากร"]}}
    label = "[label] หลักเกณฑ์การสรรหาและคัดเลือกบุคลากร\nหลักเกณฑ์ทั้งหมด\n"
    section = "ข้อ ๑ หลักเกณฑ์การสรรหาและคัดเลือกบุคลากร"
    assert judge(spec, f"{label}{section}\nประกาศรับสมัครไม่น้อยกว่า ๑๐ วันทำการ") == "present"
    assert judge(spec, f"{label}{section}\nข้อ ๒ หลักเกณฑ์การพัฒนาบุคลากร") == "missing"
    assert judge(spec, f"[web]\n{label}{section}\nประกาศรับสมัครไม่น้อยกว่า ๑๐ วันทำการ") == "missing"


def test_a_form_around_a_page_says_no_more_than_its_lines(judge: Judge) -> None:
    title = "<h1>รายงานผลการดำเนินงานประจำปี</h1>"
    assert judge.page({"phrase": {"any": ["ผลการดำเนินงาน"]}}, f"<form>{title}<p>ปี 2565</p></form>") == "missing"
    assert judge.page({"phrase": {"any": ["แล้วเสร็จ"]}}, f"<form>{title}<p>แล้วเสร็จ</p></form>") == "present"


PAGES: list[tuple[Spec, str, tuple[str, ...]]] = [
    ({"phrase": {"any": ["งบประมาณ"]}}, "<p>ใช้งบประมาณ 500 บาท</p>", ("<p>ไม่มี</p>", "<p>ปีงบประมาณ 2566</p>")),
    (
        {"phrase": {"any": ["มาตรการ"], "near": ["ความเสี่ยง"]}},
        "<p>มาตรการลดความเสี่ยง</p>",
        ("<p>มาตรการ</p>", "<p>ความเสี่ยงสูง</p>"),
    ),
]


@pytest.mark.parametrize(("spec", "passes", "fails"), PAGES, ids=[str(case[0])[:40] for case in PAGES])
def test_on_pages(judge: Judge, spec: Spec, passes: str, fails: tuple[str, ...]) -> None:
    assert judge.page(spec, passes) == "present"
    assert {html: judge.page(spec, html) for html in fails} == dict.fromkeys(fails, "missing")


TEXTS: list[tuple[str, Spec, str, dict[str, str]]] = [
    (
        "near", {"phrase": {"any": ["ภายใน"], "near": ["วัน"], "within": 30}}, "แจ้งผลภายใน 15 วัน",
        {"ประสานงานภายในสำนักงาน": "missing", "ภายใน" + " ก" * 40 + " 15 วัน": "missing"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "passes", "others"), TEXTS, ids=[case[0] for case in TEXTS])
def test_on_texts(judge: Judge, name: str, spec: Spec, passes: str, others: dict[str, str]) -> None:
    assert judge(spec, passes) == "present", name
    assert {text: judge(spec, text) for text in others} == others


def test_a_sentence_below_the_title_may_begin_with_it(judge: Judge) -> None:
    """A PDF breaks it where its line ends; a cover that names the office goes on with nothing."""
    spec: Spec = {"phrase": {"any": ["ประมวลจริยธรรม"]}}
    title, office = "ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ", "โรงเรียนโคกขามน้อย"
    sentence = f"{title}ใน{office} ให้\nยึดถือเป็นหลักในการปฏิบัติตนและปฏิบัติหน้าที่"
    assert judge(spec, f"{title}\n{office}\n{sentence}", "O39") == "present"
    assert judge(spec, f"{title}\n{office}\nปีงบประมาณ พ.ศ. 2566", "O39") == "missing"
    assert judge(spec, f"{title}\n{title} {office}\n2566", "O39") == "missing"


def test_a_line_over_a_list_of_what_it_names_is_no_title(judge: Judge, shipped: Rules) -> None:
    duties = {e.id: e for e in shipped.edition(2566).item("O3").elements}["duties"].match.model_dump(exclude_unset=True)
    lines = "หน้าที่และอำนาจของสำนักงาน\nมีหน้าที่และอำนาจ ดังต่อไปนี้\n"
    assert judge(duties, f"{lines}1. จัดให้มีและบำรุงทางน้ำ\n2. รักษาความสะอาดของถนน", "O3") == "present"
    assert judge(duties, f"{lines}อยู่ระหว่างปรับปรุง", "O3") == "missing"


def test_a_kind_of_expense_is_no_source_of_money(judge: Judge, shipped: Rules) -> None:
    sources = {e.id: e for e in shipped.edition(2565).item("O18").elements}["sources"]
    spec = sources.match.model_dump(exclude_unset=True)
    assert judge(spec, "งบลงทุน 82,000\nงบ เงินอุดหนุน 250,000", "O20") == "missing"
    assert judge(spec, "เงินอุดหนุนทั่วไปจากรัฐ 250,000", "O20") == "present"


def test_the_day_on_which_something_was_put_up_is_no_notice(judge: Judge, shipped: Rules) -> None:
    notices = {e.id: e for e in shipped.edition(2565).item("O22").elements}["notices"]
    spec = notices.match.model_dump(exclude_unset=True)
    assert judge(spec, "วันที่ลงประกาศ : 3 เม.ย. | อ่าน 45 ครั้ง", "O20") == "missing"
    assert judge(spec, "ประกาศเชิญชวนจ้างก่อสร้างรั้ว", "O20") == "present"
