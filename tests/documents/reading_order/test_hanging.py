"""Headings in a column of their own, and each one's text beside it, in the order of reading."""

from __future__ import annotations

from documents.reading_order.columns import Piece
from documents.reading_order.hanging import hanging_order

Line = tuple[str, float, float, float]
TITLE: Line = ("รายงานผลการดำเนินงานประจำปี", 60, 480, 780)
HEADS: list[Line] = [("1. ผลการดำเนินงาน", 60, 170, 700), ("3. ปัญหา", 60, 120, 640), ("4. ข้อเสนอแนะ", 60, 140, 580)]
TEXTS: list[Line] = [
    ("ดำเนินการแล้ว 18 โครงการ", 200, 520, 700),
    ("จากทั้งหมด 20 โครงการ", 200, 400, 682),
    ("ฝนตกหนักในเดือนสิงหาคม", 200, 500, 640),
    ("ควรเริ่มก่อนฤดูฝน", 200, 380, 580),
]
READ = [
    TITLE[0],
    "1. ผลการดำเนินงาน",
    *(text for text, *_ in TEXTS[:2]),
    "3. ปัญหา",
    TEXTS[2][0],
    "4. ข้อเสนอแนะ",
    TEXTS[3][0],
]


def order(*lines: Line) -> list[str] | None:
    """The texts of lines (text, left, right and lower edge in points) in the order of reading; None if as given."""
    texts = [text for text, *_ in lines]
    found = hanging_order(texts, [Piece(left, right, low) for _, left, right, low in lines])
    return None if found is None else [texts[at] for at in found]


def test_each_heads_text_stands_behind_it_in_whatever_order_the_columns_were_drawn() -> None:
    assert order(TITLE, *HEADS, *TEXTS) == READ
    assert order(*TEXTS, TITLE, *HEADS) == READ
    assert order(*HEADS, TITLE, *TEXTS) == READ


def test_a_head_without_a_text_stays_alone() -> None:
    assert order(TITLE, *HEADS, *TEXTS[:3]) == READ[:-1]
    empty = [TITLE[0], HEADS[0][0], *READ[2:4], HEADS[1][0], HEADS[2][0], TEXTS[3][0]]
    assert order(TITLE, *HEADS, *TEXTS[:2], TEXTS[3]) == empty


def test_a_head_of_two_lines_and_in_larger_letters_keeps_its_lines() -> None:
    heads: list[Line] = [("ปัญหา", 60, 120, 693), ("อุปสรรค", 60, 120, 668), ("ข้อเสนอแนะ", 60, 140, 573)]
    assert order(*heads, *TEXTS[:2], TEXTS[3]) == ["ปัญหา", "อุปสรรค", *READ[2:4], "ข้อเสนอแนะ", TEXTS[3][0]]


def test_a_line_over_both_columns_parts_what_stands_beside_it() -> None:
    over: Line = ("ข้อมูลทั้งหมดมาจากระบบรายงานของหน่วยงาน", 60, 520, 610)
    found = order(*HEADS, TITLE, *TEXTS[:3], over, TEXTS[3])
    assert found == [*READ[:6], over[0], *READ[6:]]


def test_columns_of_a_newspaper_and_a_page_that_goes_down_stay_as_they_are() -> None:
    left: list[Line] = [(f"ซ้าย {at}", 60, 280, 700 - 18 * at) for at in range(6)]
    right: list[Line] = [(f"ขวา {at}", 310, 530, 700 - 18 * at) for at in range(6)]
    assert order(TITLE, *left, *right) is None
    assert order(TITLE, *left) is None
    # Heads that stand between the lines of one text have nothing to do with it.
    inside: list[Line] = [("1. ก", 60, 100, 691), ("2. ข", 60, 100, 655)]
    assert order(*inside, *right) is None


def test_a_line_whose_place_is_not_known_stays_behind_the_line_before_it() -> None:
    texts = [text for text, *_ in (*HEADS, TITLE, *TEXTS)]
    places: list[Piece | None] = [Piece(left, right, low) for _, left, right, low in (*HEADS, TITLE, *TEXTS)]
    places[5] = None
    found = hanging_order(texts, places)
    assert found is not None
    assert [texts[at] for at in found] == READ
