"""Lines that were drawn after all others, put where they stand."""

from __future__ import annotations

from documents.reading_order.columns import Piece
from documents.reading_order.late_lines import reading_order


def order(*lines: tuple[str, float, float, float]) -> list[str]:
    """The texts of lines (text, left, right and lower edge in points) in the order of reading."""
    texts = [text for text, *_ in lines]
    return [texts[at] for at in reading_order(texts, [Piece(left, right, low) for _, left, right, low in lines])]


def test_answers_drawn_last_stand_under_their_headings() -> None:
    drawn = order(
        ("ปัญหา", 70, 120, 500),
        ("ข้อเสนอแนะ", 70, 140, 460),
        ("ลงชื่อ", 70, 110, 400),
        ("ควรจัดอีก", 90, 150, 440),
        ("ฝนตก", 90, 130, 480),
    )
    assert drawn == ["ปัญหา", "ฝนตก", "ข้อเสนอแนะ", "ควรจัดอีก", "ลงชื่อ"]


def test_an_answer_on_a_dotted_line_stands_behind_it() -> None:
    drawn = order(
        ("ปัญหา ..........", 70, 120, 500),
        ("ข้อเสนอแนะ ..........", 70, 140, 480),
        ("ไม่มี", 150, 190, 501),
        ("ลงชื่อ", 70, 110, 400),
    )
    assert drawn == ["ปัญหา ..........", "ไม่มี", "ข้อเสนอแนะ ..........", "ลงชื่อ"]


def test_columns_footers_and_headers_stay_where_they_are() -> None:
    columns = [
        ("ชื่อเรื่อง", 70, 520, 700),
        ("ซ้าย 1", 70, 280, 660),
        ("ซ้าย 2", 70, 280, 640),
        ("ขวา 1", 310, 520, 670),
        ("ขวา 2", 310, 520, 650),
    ]
    assert order(*columns) == [text for text, *_ in columns]
    footed = [("ก", 70, 280, 660), ("ข", 70, 280, 640), ("หน้า 1", 70, 120, 40), ("หัวกระดาษ", 70, 200, 800)]
    assert order(*footed) == [text for text, *_ in footed]


def test_a_page_whose_head_and_foot_were_drawn_first_is_in_order() -> None:
    """Some of its lines have room between the head and the foot, others are of another column."""
    drawn = [
        ("เอกสารเผยแพร่", 390, 540, 808),
        ("หน้า 3", 282, 309, 30),
        ("ในช่วงเดือนสิงหาคมถึงเดือนกันยายน", 94, 438, 780),
        ("ให้งานก่อสร้างถนนล่าช้า", 66, 417, 759),
        ("5. ข้อเสนอแนะ", 60, 154, 712),
        ("ควรกำหนดให้งานก่อสร้างแล้วเสร็จ", 89, 408, 690),
        ("ลงชื่อ", 262, 477, 644),
    ]
    assert order(*drawn) == [text for text, *_ in drawn]


def test_a_page_drawn_in_no_order_is_put_in_order_although_its_foot_came_first() -> None:
    drawn = order(
        ("1. ผลงาน", 70, 300, 700), ("ทำแล้ว", 70, 300, 680), ("หน้า 1", 70, 300, 30), ("3. ข้อเสนอแนะ", 70, 300, 600),
        ("ควรจัดอีก", 70, 300, 580), ("2. ปัญหา", 70, 300, 650), ("ฝนตก", 70, 300, 630),
    )  # fmt: skip
    assert drawn == ["1. ผลงาน", "ทำแล้ว", "2. ปัญหา", "ฝนตก", "3. ข้อเสนอแนะ", "ควรจัดอีก", "หน้า 1"]


def test_a_line_whose_place_is_not_known_stays_behind_the_line_before_it() -> None:
    texts = ["ปัญหา", "..........", "ข้อเสนอแนะ", "ฝนตก"]
    places = [Piece(70, 120, 500), None, Piece(70, 140, 460), Piece(80, 120, 480)]
    assert [texts[at] for at in reading_order(texts, places)] == ["ปัญหา", "..........", "ฝนตก", "ข้อเสนอแนะ"]


def test_an_answer_on_dots_whose_place_is_not_known_stands_behind_them_although_a_signature_is_below() -> None:
    texts = ["3. ปัญหา", "..........", "4. ข้อเสนอแนะ", "..........", "ลงชื่อ", "ฝนตก", "ไม่มี"]
    places = [
        Piece(70, 172, 441),
        None,
        Piece(70, 148, 394),
        None,
        Piece(250, 477, 330),
        Piece(90, 105, 421),
        Piece(90, 105, 374),
    ]
    drawn = [texts[at] for at in reading_order(texts, places)]
    assert drawn == ["3. ปัญหา", "..........", "ฝนตก", "4. ข้อเสนอแนะ", "..........", "ไม่มี", "ลงชื่อ"]
