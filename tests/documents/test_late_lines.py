"""Lines that were drawn after all others, put where they stand."""

from __future__ import annotations

from documents.columns import Piece
from documents.late_lines import reading_order


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


def test_a_line_whose_place_is_not_known_stays_behind_the_line_before_it() -> None:
    texts = ["ปัญหา", "..........", "ข้อเสนอแนะ", "ฝนตก"]
    places = [Piece(70, 120, 500), None, Piece(70, 140, 460), Piece(80, 120, 480)]
    assert [texts[at] for at in reading_order(texts, places)] == ["ปัญหา", "..........", "ฝนตก", "ข้อเสนอแนะ"]
