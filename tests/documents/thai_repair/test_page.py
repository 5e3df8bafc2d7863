"""Damaged Thai text is written well again; whole text of any kind comes back as it went in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.corpus import thai_words

from benchmarks.producers import FOLDER, FONTS, PRODUCERS, load_report
from benchmarks.producers.damage import DAMAGES, damaged
from benchmarks.repair import error_rate
from documents.base import ReadLimits
from documents.pdf.reader import read_pdf
from documents.thai_repair.cross_check import Witness, am_from_witness
from documents.thai_repair.marks import write_well
from documents.thai_repair.page import assess, repair, repair_page, usable
from documents.thai_repair.profile import Profile

TRUTH = load_report().truth()
WORDS = sorted(word for word in thai_words() if len(word) > 1)
THAI_SOUP = "กขคงจดตนบปฝมยรลวสหอะาำเแโใไัิีึืุู็่้๊๋์ํๆฯ ๑๒3 7/.-ดำานส\n\ufffd\x00\u200b\u00ad\uf70a\uf710Ωϔ"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ดําเนินงาน น้ํา คํ้า", "ดำเนินงาน น้ำ ค้ำ"),
        ("ส านักงาน ด าเนินการ จ านวน", "สำนักงาน ดำเนินการ จำนวน"),
        ("สานักงาน ดาเนินงาน จานวน คาสั่ง", "สำนักงาน ดำเนินงาน จำนวน คำสั่ง"),
        ("ข\uf70bอเสนอแนะ ป\uf710ญหา", "ข้อเสนอแนะ ปัญหา"),
        ("สารบััญ หน้้า ประจำำ\ufffdปีี ดังนีีี้้", "สารบัญ หน้า ประจำปี ดังนี้"),
        ("สำานัก ประจำาปี", "สำนัก ประจำปี"),
        ("ปั ญหา เ ป็น ชื่ อ ต้ น", "ปัญหา เป็น ชื่อ ต้น"),
        ("ข้ ำ พเจ้ ำ", "ข้ำ พเจ้ำ"),
        ("ชน่ืชม", "ชนื่ชม"),
        ("เเละข้อเสนอเเนะ", "และข้อเสนอแนะ"),
        ("ปี 25๖๗ จำนวน ๑,๒5๐ บาท", "ปี ๒๕๖๗ จำนวน ๑,๒๕๐ บาท"),
        ("โครง\x00การ งบ\u200bประ\u00adมาณ", "โครงการ งบประมาณ"),
        ("ส\ufffdานักงาน ประจ\ufffdปี", "สำนักงาน ประจำปี"),
        ("แผนพัฒนา พศศศ 2560 ข้อ 1ศ2 และ 2ศ ด้าน", "แผนพัฒนา พ.ศ. 2560 ข้อ 1.2 และ 2. ด้าน"),
        ("จ\nำนวนครู", "จำนวนครู"),
        ("กันน้ำ น้ำ ดำ ป่ าไม้ จำนวน", "กันน้ำ น้ำ ดำ ป่าไม้ จำนวน"),
        ("เพือชีแจงพืนฐาน รวมทังสิน ทีดิน อืน ๆ", "เพื่อชี้แจงพื้นฐาน รวมทั้งสิ้น ที่ดิน อื่น ๆ"),
        ("คา่ อุปกรณ์ กจิกรรม พัฒนาผเู้รียน สตูดโิ อ ผเู้ ชี่ยวชาญ", "ค่า อุปกรณ์ กิจกรรม พัฒนาผู้เรียน สตูดิโอ ผู้เชี่ยวชาญ"),
        (
            "เป$นแนวทาง หน4าที่ ตัวชี้วัด ส%วนราชการ ข4อเสนอแนะ ได4แก% อย%างยั่งยืน องค7ประกอบ วัตถุประสงค7",
            "เป็นแนวทาง หน้าที่ ตัวชี้วัด ส่วนราชการ ข้อเสนอแนะ ได้แก่ อย่างยั่งยืน องค์ประกอบ วัตถุประสงค์",
        ),
    ],
)
def test_each_defect_seen_in_real_reports(broken: str, whole: str) -> None:
    assert repair(broken) == whole


_SHORT = "รายงานผล\nปัญหา อุปสรรค\nไม่มี\nข้อเสนอแนะ\nไม่มี"


@pytest.mark.parametrize(
    "typed",
    [
        {"่": ";"},
        {"่": ":", "้": "6"},
        {"่": "'", "้": '"'},
        {"้": "/"},
        {"ั": "`", "่": "^", "้": "{"},
        {"ั": "Y", "่": "C", "้": "B"},
    ],
)
def test_marks_typed_as_other_characters_a_few_times(typed: dict[str, str]) -> None:
    assert repair("".join(typed.get(letter, letter) for letter in _SHORT)) == _SHORT


@pytest.mark.parametrize(
    "text",
    [
        "วัด/บ้าน/โรงเรียน ข.อำเภอ",
        "ผู้อำนวยการ:นายสมชาย ใจดี",
        "นาย ก.ดี ต.อุดม ว.าน ไม.มี",
        "ปัญหา/อุปสรรค,ข้อเสนอแนะ;ไม่มี",
        "ข้อเสนอแนะ-ไม่มี ก.ก.ต. และ ต.บ้านโคก",
        "กลุ่มA ห้องBก ชั้น1ก ก1ข",
    ],
)
def test_signs_between_words_are_no_marks(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_page_comes_back(name: str) -> None:
    broken = damaged(TRUTH, name)
    after = error_rate(TRUTH, repair(broken))
    # Digits and spaces that the Greek export drops, and spaces between words, cannot be known.
    assert after <= (0.06 if name == "Greek letters" else 0.02)
    assert after < error_rate(TRUTH, broken)


@pytest.mark.parametrize("pair", [("sara am split", "marks doubled"), ("bold aa as sara am", "marks lost")])
def test_two_defects_on_one_page(pair: tuple[str, str]) -> None:
    broken = damaged(damaged(TRUTH, pair[0]), pair[1])
    assert error_rate(TRUTH, repair(broken)) < 0.02


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("font", FONTS)
def test_every_producer_and_font_is_read_whole(producer: str, font: str) -> None:
    reading = read_pdf((FOLDER / "pdf" / f"{producer}-{font}.pdf").read_bytes(), ReadLimits(ocr_pages=0))
    assert error_rate(TRUTH, "\n".join(block.text for block in reading.blocks)) < 0.005


def test_whole_text_stays_as_it_is() -> None:
    assert repair(TRUTH) == TRUTH
    for text in (
        "Plain English text, 100% of it: a/b-c (d)",
        "",
        "Ελληνικά κείμενα και λέξεις εδώ",
        "日本語の文章",
        "👩‍👩‍👧 ok",
    ):
        assert repair(text) == text


def test_dictionary_words_stay_as_they_are() -> None:
    """All words, a hundred a page, in an order of no meaning."""
    dice = random.Random(7)
    words = [word for word in WORDS if write_well(word) == word]
    assert len(words) > 0.999 * len(WORDS)
    dice.shuffle(words)
    for start in range(0, len(words), 100):
        page = " ".join(words[start : start + 100])
        assert repair(page) == page


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.sampled_from(["", " ", "\n", " / ", ", "]))
@settings(max_examples=200)
def test_words_in_any_order_stay_as_they_are(words: list[str], between: str) -> None:
    page = between.join(words)
    damage, spaced = assess(page)
    if write_well(page) == page and damage.none and not spaced:
        assert repair(page) == page


@given(st.text(max_size=200))
def test_no_text_of_any_script_breaks_it(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert len(once) <= len(text)
    assert usable(once, images=True) in (True, False)


@given(st.text(alphabet=THAI_SOUP, max_size=120))
@settings(max_examples=300)
def test_repair_twice_is_repair_once(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert len(once) <= 2 * len(text)


@given(st.sampled_from(sorted(DAMAGES)), st.integers(0, 1000), st.integers(0, 900), st.integers(20, 600))
@settings(max_examples=60)
def test_repair_of_damage_twice_is_repair_once(name: str, seed: int, start: int, length: int) -> None:
    once = repair(damaged(TRUTH[start : start + length], name, seed))
    assert repair(once) == once


def test_a_page_beyond_repair_goes_to_recognition() -> None:
    gibberish = "F.t''\n-b-\n. o dt ia e v 6\nb. 6', 91 1 :{ fl U LU LIU tJ'l{yl UA nul rl fl A- UrUt {yt { :1 tn " * 4
    assert not usable(gibberish, images=True)
    assert usable("The annual report of the office describes its work and the budget of the year. " * 4, images=True)
    assert not usable("่ก้ ิั ัีด ๋๋ ้้า ิิ ืื" * 10, images=False)
    assert usable(repair(damaged(TRUTH, "marks moved")), images=False)
    assert not usable("\ufffd\ue123\ue124ก" * 50, images=False)


def test_counts_of_a_page() -> None:
    profile = Profile("ปี ๒๕67 ก า")
    assert (profile.thai, profile.mixed_digits, profile.suspect) == (5 - 1, True, True)
    assert not Profile("การดำเนินงาน\ufeff"[:-1]).suspect
    assert Profile("\ud800ก").thai == 1


def test_sara_am_is_taken_from_the_reading_that_kept_it() -> None:
    lost, kept = "งบดาเนินงาน ตามมาตรา คาโฮม แก้วคา", "งบด าเนินงาน ตามมาตรา ค าโฮม แก้วค า"
    assert am_from_witness(lost, write_well(kept)) == "งบดำเนินงาน ตามมาตรา คำโฮม แก้วคำ"
    asked = []
    page = repair_page("การดาเนินงาน จานวน", lambda: asked.append(1) or "การด าเนินงาน จ านวน")  # type: ignore[func-returns-value]
    assert (page.text, page.undone, asked) == ("การดำเนินงาน จำนวน", (), [1])
    repair_page("การดำเนินงาน จำนวน", lambda: pytest.fail("a whole page needs no second reading"))


@pytest.mark.parametrize(
    ("piece", "line"),
    [
        ("งบด าเนินงาน", "งบดำเนินงาน"),
        ("คา่ อุปกรณ์ 12", "ค่าอุปกรณ์ 12"),
        ("ขั้นขั้ ตอน", "ขั้นตอน"),
        ("่", ""),
        ("้ งบดำเนินงาน ิ", "งบดำเนินงาน"),
        ("Total 5", "Total 5"),
        ("ÊÉ", ""),
        ("Ångström é", "Ångström é"),
        ("งบดำเนินงาน Íิ", "งบดำเนินงาน"),
        ("ค่า 13", "<ค่า 13>"),
        ("จัดทำขั้น 6 ห ขั้มู่บ้าน", "จัดทำขั้น 6 หมู่บ้าน"),
        ("เห็นควรปรับรูปแบบให้ควบ น์ คู่กับการลงพื้นที่", "เห็นควรปรับรูปแบบให้ควบคู่กับการลงพื้นที่"),
    ],
)
def test_pieces_of_a_page_are_written_as_its_text_has_them(piece: str, line: str) -> None:
    witness = Witness(
        "งบดำเนินงาน\nค่าอุปกรณ์ 12\nขั้นตอน\nค่าใช้จ่าย\nจัดทำขั้น 6 หมู่บ้าน\nข้อเสนอแนะ เห็นควรปรับรูปแบบให้ควบคู่กับการลงพื้นที่",
        lambda text: f"<{text}>",
    )
    assert witness.line(piece) == line
