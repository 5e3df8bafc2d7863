"""Answers written beside an item's name in the list itself, and words there that only explain the list."""

from __future__ import annotations

import pytest

from checklist.candidates.entries import read_index
from checklist.candidates.labels import ItemNames
from checklist.rules.model import Rules
from core.models.assessment import ItemStatus, Verdict
from core.models.reasons import ReasonCode
from tests.checklist.sites import page, site, verdict

DUTIES = (
    "สำนักงานมีหน้าที่และอำนาจในการจัดทำแผนพัฒนาจังหวัด กำกับติดตามการดำเนินงานของส่วนราชการในจังหวัด และปฏิบัติงานอื่น"
    "ตามที่กฎหมายกำหนด ตามพระราชบัญญัติระเบียบบริหารราชการแผ่นดิน พ.ศ. 2534"
)
ADDRESS = (
    "เลขที่ 99 หมู่ 4 ถนนสุขใจ ตำบลในเมือง อำเภอเมือง 40000 โทรศัพท์ 0 4322 1111 โทรสาร 0 4322 1112 อีเมล saraban@example.go.th"
)
MAP = "<a href='https://www.google.com/maps/place/16.4,102.8'>แผนที่ตั้ง</a>"
NAMES = {
    "O2": "ข้อมูลผู้บริหาร", "O3": "อำนาจหน้าที่", "O4": "แผนพัฒนาหน่วยงาน", "O5": "ข้อมูลการติดต่อ",
    "O8": "Q&amp;A", "O10": "นโยบายคุ้มครองข้อมูลส่วนบุคคล",
}  # fmt: skip
PAGES = {
    item: f"<h1>{title}</h1><p>เนื้อหาของหน้านี้ยาวพอสมควร</p>"
    for item, title in NAMES.items()
    if item not in ("O3", "O4", "O5")
}


def judged(rules: Rules, listed: str, item: str) -> Verdict:
    pages = {"": "<h1>สำนักงาน</h1><a href='oit'>OIT 2566</a>", "oit": f"<h2>OIT ปี 2566</h2>{listed}", **PAGES}
    return verdict(rules, site(pages), item)


def rows(answers: dict[str, str]) -> str:
    told = {item: answers.get(item, f"<a href='{item}'>เปิด</a>") for item in NAMES}
    return "<table>" + "".join(f"<tr><td>{item}<td>{NAMES[item]}<td>{told[item]}" for item in NAMES) + "</table>"


def lines(answers: dict[str, str]) -> str:
    told = {item: answers.get(item, f"<a href='{item}'>เปิด</a>") for item in NAMES}
    return "<ul>" + "".join(f"<li><b>{item} {NAMES[item]}</b> : {told[item]}" for item in NAMES) + "</ul>"


def explained(words: dict[str, str]) -> str:
    """A table with a column of explanations and one of links, which items without an answer leave blank."""
    told = {item: words.get(item, "คำอธิบายว่าข้อนี้ต้องเปิดเผยสิ่งใดบ้าง") for item in NAMES}
    links = {item: f"<a href='{item}'>เปิด</a>" if item in PAGES else "" for item in NAMES}
    cells = (f"<tr><td>{item}<td>{NAMES[item]}<td>{told[item]}<td>{links[item]}" for item in NAMES)
    return "<table>" + "".join(cells) + "</table>"


@pytest.mark.parametrize("listing", [rows, lines])
def test_an_address_beside_the_items_name_is_its_answer(shipped: Rules, listing: object) -> None:
    found = judged(shipped, listing({"O5": f"{ADDRESS} {MAP}", "O3": "", "O4": "-"}), "O5")  # type: ignore[operator]
    assert found.status is ItemStatus.COMPLETE


def test_words_in_the_column_of_answers_are_one(shipped: Rules) -> None:
    assert judged(shipped, rows({"O3": DUTIES, "O4": "-", "O5": "-"}), "O3").status is ItemStatus.COMPLETE


@pytest.mark.parametrize("words", [DUTIES, f"{DUTIES} {DUTIES}"])
def test_words_behind_the_name_in_a_line_are_for_a_person_to_see(shipped: Rules, words: str) -> None:
    found = judged(shipped, lines({"O3": words, "O4": "-", "O5": "-"}), "O3")
    assert found.status is ItemStatus.REVIEW
    assert ReasonCode.ROW_TEXT in {reason.code for reason in found.reasons}


@pytest.mark.parametrize("item", ["O3", "O4", "O5"])
def test_a_column_that_explains_all_items_answers_none(shipped: Rules, item: str) -> None:
    words = {
        "O3": "หน้าที่และอำนาจของสำนักงานตามที่กฎหมายกำหนดไว้ ให้ลงข้อมูลเป็นข้อความหรือไฟล์ แล้วแจ้งผู้ดูแลเว็บไซต์ให้ตรวจสอบความถูกต้อง",
        "O4": "แผนระยะยาวเกินกว่า 1 ปี มียุทธศาสตร์ แนวทาง เป้าหมาย ตัวชี้วัด ของปี 2566",
        "O5": "ที่อยู่ โทรศัพท์ โทรสาร อีเมล แผนที่ตั้งของหน่วยงาน",
    }
    assert judged(shipped, explained(words), item).status is ItemStatus.MISSING


def test_a_dash_beside_the_name_is_nothing(shipped: Rules) -> None:
    found = judged(shipped, rows({"O3": DUTIES, "O4": "-", "O5": ADDRESS}), "O4")
    assert found.status is ItemStatus.MISSING


def test_the_way_home_under_the_offices_name_is_no_items(shipped: Rules) -> None:
    head = "<div><a href='/'>สำนักงานทดสอบจังหวัดตัวอย่าง</a></div>"
    found = judged(shipped, head + rows({"O3": DUTIES, "O4": "-", "O5": ADDRESS}), "O4")
    assert found.status is ItemStatus.MISSING


def test_a_row_of_tabs_in_one_line_names_each_of_its_panes(shipped: Rules) -> None:
    """The line is too long for a label, and begins with an item's number and title."""
    names = ItemNames(shipped.edition(2566).naming, dict(shipped.lexicon))
    titles = {item.id: item.title for item in names.naming.items[:12]}
    tabs = "\n".join(
        f"<a class=nav-link data-toggle='tab' href='#v{item}'>{item} {title}</a>" for item, title in titles.items()
    )
    panes = "".join(
        f"<div class='tab-pane' id='v{item}'><p>รายละเอียด</p><a href='{item}'>คลิก</a></div>" for item in titles
    )
    read = page("oit", f"<div class='nav nav-pills'>{tabs}</div><div class='tab-content'>{panes}</div>")
    found = {
        entry.item: [link.url.rsplit("/", 1)[-1] for link in entry.links]
        for entry in read_index(read, names, menus=False).entries
    }
    assert found == {item: [item] for item in titles}
