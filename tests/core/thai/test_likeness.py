"""Misread Thai phrases beside what they were."""

from __future__ import annotations

import pytest

from core.thai.likeness import bare_letters, fewest_edits


def test_marks_spaces_and_foreign_letters_are_no_bare_letters() -> None:
    assert bare_letters("3. ข้อเท็จจริง (a)") == "ขอเทจจรง"


@pytest.mark.parametrize(
    ("text", "edits"),
    [("ข้อเสนอแนะ", 0), ("ขอเสนอแน", 1), ("จ้อเสษบอแนะ", 3), ("สรุปข้อเลนอแนะ", 1), ("ผลการดำเนินงาน", 6)],
)
def test_edits_are_counted_in_the_stretch_that_fits_best(text: str, edits: int) -> None:
    assert fewest_edits(bare_letters("ข้อเสนอแนะ"), bare_letters(text), 12) == edits


def test_a_stretch_begins_no_later_than_asked() -> None:
    phrase = bare_letters("ปัญหา")
    assert fewest_edits(phrase, bare_letters("โครงการแก้ไขปัญหา"), 0) > 0
