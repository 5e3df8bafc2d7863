"""The one normaliser: what it folds, what it never folds, and that quotes stay as they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.thai.normalize import contains, digits, find_phrase, make_key, partial_similarity, similarity

THAI = st.text(alphabet="กขคงนปรสหอะาำิีึืุูเแโใไ่้๊๋์ํ็ัฯๆ ๑๒๓12aB\n\u200b\u00a0-/.", max_size=60)


WORDS = st.lists(
    st.sampled_from(["ก", "นำ", "น้ำ", "นํ้า", "ที่", "ท่ี", "ส านัก", "เเก้", "แก้", " ", "ปี ๒๕๖๖", "O1", "\u200b", "ปัั", "/"]),
    max_size=14,
).map("".join)


@given(WORDS)
def test_key_is_the_same_for_the_key(text: str) -> None:
    once = make_key(text).text
    assert make_key(once).text == once


@given(THAI)
def test_offsets_match_the_key_and_stay_inside_the_source(text: str) -> None:
    key = make_key(text)
    for position in range(len(key.text)):
        start, stop = key.span(position, position + 1)
        assert 0 <= start <= stop <= len(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("สำนักงาน", "ส านักงานจังหวัด"),
        ("สำนักงาน", "สํานักงาน"),
        ("ปัญหา", "ป\uf710ญ หา และ"),
        ("น้ำ", "น้ํา"),
        ("น้ำ", "นํ้า"),
        ("ข้อเสนอแนะ", "ข้อเสนอเเนะ"),
        ("ปัญหา", "๓. ปัญหๅและอุปสรรค"),
        ("ดำเนินงาน", "ผลการดํๅเนินงาน"),
        ("ปี 2566", "ปี ๒๕๖๖"),
        ("ปัญหา อุปสรรค", "๕. ปัญหาอุปสรรคและ"),
        ("OIT", "oit 12"),
        ("O1", "ข้อ O1โครงสร้าง"),
        ("วิเคราะห์", "ผลการวิเคราะห์การดำเนินงาน"),
        ("วิเคราะห์", "การวิเคราะห์ความเสี่ยง"),
        ("วิเคราะห์", "สรุปผลการวิเคราะห์"),
    ],
)
def test_found(phrase: str, text: str) -> None:
    assert contains(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ข้อเสนอแนะ", "ปัญหาและข้อเสนอแนะนำ"),
        ("การสร้าง", "โครงการสร้างถนน"),
        ("ที่ทำการ", "สถานที่ทำการ"),
        ("O1", "O12 รายงาน"),
        ("O1", "FO1"),
        ("นำ", "น้ำ"),
        ("มา", "มาตรา"),
    ],
)
def test_not_found_inside_other_words(phrase: str, text: str) -> None:
    assert not contains(phrase, text)


def test_quote_is_the_source_as_it_stands() -> None:
    (hit,) = find_phrase("ปัญหา อุปสรรค", "พบ ป\uf710ญหา  อุปสรรค ดังนี้")
    assert hit.quote == "ป\uf710ญหา  อุปสรรค"


def test_similarity_is_one_for_spellings_of_the_same() -> None:
    assert similarity("แผนดำเนินงาน", "แผนดําเนินงาน") == 1.0
    assert similarity("แผนดำเนินงาน", "") == 0.0
    assert partial_similarity("ข้อเสนอแนะ", "๕. ข้อเสนอแนะ อื่น ๆ") == 1.0


def test_digits_keep_the_length() -> None:
    assert digits("ปี ๒๕๖๖ และ 25๖7") == "ปี 2566 และ 2567"


def test_a_word_that_the_cutter_splits_is_still_whole() -> None:
    assert find_phrase("โครงการ", "โครงการอบรมคุณธรรม")
    assert find_phrase("โครงการ", "ชื่อโครงการอบรม")
    assert find_phrase("เจ้าพนักงาน", "สำหรับเจ้าพนักงานธุรการ")
    assert not find_phrase("ข้อเสนอแนะ", "ข้อเสนอแนะนำ")
    assert not find_phrase("การสร้าง", "โครงการสร้างถนน")
