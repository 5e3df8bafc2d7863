"""Labels below their links: a grid of pictures with a title under each."""

from __future__ import annotations

import pytest

from checklist.candidates.units import Unit, captions_joined

LINKS = frozenset("kK")


def grid(marks: str) -> tuple[Unit, ...]:
    """Units by letters: k a link without words, L a label, t other text, i a picture."""
    words = {"L": "O13 รายงาน", "t": "หน้าแรก", "K": "ดูรายละเอียด"}
    return tuple(Unit(at, at + 1, words.get(mark, ""), 0) for at, mark in enumerate(marks))


def spans(marks: str) -> str:
    """The units that a label's link now belongs to: start and stop of each unit with a label."""
    units = grid(marks)
    joined = captions_joined(units, lambda unit: unit.text.startswith("O"), lambda unit: marks[unit.start] in LINKS)
    return " ".join(f"{unit.start}-{unit.stop}" for unit in joined if unit.text.startswith("O"))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("tkiLkiLkiL", "1-4 4-7 7-10"),
        ("tkLLkLkLkL", "1-3 3-4 4-6 6-8 8-10"),
        ("tLkLkLk", "1-2 3-4 5-6"),
        ("kLkLkLk", "1-2 3-4 5-6"),
        ("tLkLkL", "1-2 3-4 5-6"),
        ("ktLkLkL", "2-3 4-5 6-7"),
        ("kLkL", "1-2 3-4"),
        ("KLKLKL", "1-2 3-4 5-6"),
    ],
    ids=[
        "below",
        "one_without_link",
        "above",
        "above_with_a_banner",
        "last_without_link",
        "heading_between",
        "too_few",
        "buttons_have_words",
    ],
)
def test_a_label_takes_the_link_above_it_only_where_all_do(marks: str, expected: str) -> None:
    assert spans(marks) == expected
