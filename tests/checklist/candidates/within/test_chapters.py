"""Volumes in which the documents of several items are bound."""

from __future__ import annotations

import pytest

from checklist.candidates.labels import ItemNames
from checklist.candidates.within.chapters import chapter_of
from checklist.rules.model import Rules
from tests.checklist.sites import document

TITLES = (
    "รายงานผลการดำเนินงานประจำปี",
    "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี",
    "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี",
)


@pytest.fixture
def names(shipped: Rules) -> ItemNames:
    return ItemNames(shipped.edition(2566).naming, shipped.lexicon)


def volume(*heads: str) -> list[str]:
    return [
        "รวมรายงานผลประจำปี",
        *(line for head in heads for line in (*head.split("\n"), "ผลการดำเนินงาน", "ข้อเสนอแนะ")),
    ]


def test_each_item_has_its_own_chapter(names: ItemNames) -> None:
    lines = volume(*(f"บทที่ {n} {title}" for n, title in enumerate(TITLES, 1)))
    assert chapter_of(document("all.pdf", *lines), "O26", names) == (4, 7)
    assert chapter_of(document("all.pdf", *lines), "O38", names) == (7, 10)
    assert chapter_of(document("all.pdf", *lines), "O17", names) is None


def test_titles_below_their_numbers_and_a_table_of_contents(names: ItemNames) -> None:
    contents = [f"ส่วนที่ {n} {title} ..... {n * 3}" for n, title in enumerate(TITLES, 1)]
    lines = [*contents, *volume(*(f"ส่วนที่ {n}\n{title}" for n, title in enumerate(TITLES, 1)))]
    assert chapter_of(document("all.pdf", *lines), "O26", names) == (8, 12)


def test_the_chapters_of_one_report_are_no_items(names: ItemNames) -> None:
    lines = volume("บทที่ 1 บทนำ", f"บทที่ 2 {TITLES[1]}", "บทที่ 3 สรุปและข้อเสนอแนะ")
    assert chapter_of(document("all.pdf", *lines), "O26", names) is None
    lines = volume(f"บทที่ 1 {TITLES[0]}", f"บทที่ 2 {TITLES[1]}", "บทที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ")
    assert chapter_of(document("all.pdf", *lines), "O13", names) is None
