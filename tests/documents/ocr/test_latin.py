"""Latin words are found among Thai ones; only what is doubtful is read a second time, and noise not to its end."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pytest

from documents.ocr import latin
from documents.ocr.batch import read_pictures
from documents.ocr.latin import read_cell_lines, read_page_lines
from documents.ocr.page import read_page
from documents.ocr.page_image import Grey, PageImage
from documents.ocr.tesseract import BOTH, THAI, Line, Part, TesseractError, line_of
from sample.paper import Heading, Paper, Table, Text
from sample.render.pdf import pdf

needs_ocr = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
PAGE = np.full((1200, 900), 255, np.uint8)
THAI_LINE = Line("สำนักงานได้ดำเนินการตามแผน", 0.94, (50, 100, 600, 140), ((50, 104, 70, 130), (80, 104, 600, 130)))
LATIN_LINE = Line("ผ๐ 6เ1 0๐6๐9 ของหน่วยงาน", 0.8, (50, 200, 600, 240), ((50, 204, 70, 230), (80, 204, 600, 230)), 7)


class Reader:
    """Instead of recognition: the page's lines as Thai, and of each picture that is read again what is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, first: Sequence[Line], again: Sequence[list[Line]]) -> None:
        self.asked: list[int] = []
        self.pictures: list[Grey] = []
        self._again = list(again)
        self._first = list(first)
        monkeypatch.setattr(latin, "lines", self._page)
        monkeypatch.setattr(latin, "read_pictures", self._pictures)

    def _page(self, page: Grey, dpi: int, mode: int, seconds: float, languages: str) -> list[Line]:
        assert languages == THAI
        return list(self._first)

    def _pictures(self, pictures: Sequence[Grey], *_: object) -> list[list[Line]]:
        self.asked.append(len(pictures))
        self.pictures += pictures
        return [self._again.pop(0) for _ in pictures]


def read(text: str, confidence: float, doubtful: int = 0) -> list[Line]:
    return [Line(text, confidence, (0, 0, 10, 10), (), doubtful)]


def test_a_page_without_doubt_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(monkeypatch, [THAI_LINE, replace(THAI_LINE, doubtful=2)], [])
    assert len(read_page_lines(PAGE, 200, 3, 9)) == 2
    assert reader.asked == []


def test_a_doubtful_line_is_read_again_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(monkeypatch, [THAI_LINE, LATIN_LINE], [read("No Gift Policy ของหน่วยงาน", 0.95)])
    found = read_page_lines(PAGE, 200, 3, 9)
    assert [line.text for line in found] == [THAI_LINE.text, "No Gift Policy ของหน่วยงาน"]
    assert (found[1].box, found[1].words, found[1].confidence) == (LATIN_LINE.box, LATIN_LINE.words, 0.95)
    assert reader.asked == [1]


def test_one_doubtful_letter_is_enough_beside_digits_among_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    line = replace(LATIN_LINE, text="คะแนน ย1 87.50", doubtful=1)
    Reader(monkeypatch, [line], [read("คะแนน EIT 87.50", 0.94)])
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "คะแนน EIT 87.50"


def test_a_worse_reading_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(monkeypatch, [LATIN_LINE], [read("v w", 0.5)])
    assert read_page_lines(PAGE, 200, 3, 9) == [LATIN_LINE]


def test_a_neighbours_line_is_not_taken_for_the_doubtful_one(monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(monkeypatch, [LATIN_LINE], [read("Pace วันที่ 2 ธันวาคม 2566", 0.93)])
    assert read_page_lines(PAGE, 200, 3, 9) == [LATIN_LINE]


def test_marks_of_a_neighbour_on_the_picture_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(monkeypatch, [LATIN_LINE], [[*read("' Sa ~", 0.43), *read("No Gift Policy", 0.95)]])
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "No Gift Policy"


def test_marks_taken_for_a_line_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Line("ซ่ ๓ ๒ '", 0.4, (50, 90, 600, 100), ((50, 90, 60, 100),), 4)
    assert Reader(monkeypatch, [THAI_LINE, marks], []).asked == []
    assert read_page_lines(PAGE, 200, 3, 9) == [THAI_LINE, marks]


def test_noise_is_given_up_after_a_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = [Line("๑ ~ ๓", 0.5, (50, 20 * n, 600, 20 * n + 15), ((50, 20 * n, 60, 20 * n + 15),), 3) for n in range(40)]
    reader = Reader(monkeypatch, noise, [read("a ~", 0.6, 3)] * 40)
    read_page_lines(PAGE, 200, 3, 9)
    assert reader.asked == [12]


def test_what_was_read_stays_if_the_second_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> list[list[Line]]:
        raise TesseractError("too slow")

    Reader(monkeypatch, [LATIN_LINE], [])
    monkeypatch.setattr(latin, "read_pictures", fails)
    assert read_page_lines(PAGE, 200, 3, 9) == [LATIN_LINE]


def line(text: str, *doubtful: str, left: int = 100, top: int = 100) -> Line:
    """A line of letters ten pixels wide; those of the words named are read with little confidence."""
    parts, x = [], left
    for word in text.split():
        for n, letter in enumerate(word):
            parts.append(Part(letter, 0.4 if word in doubtful else 0.95, (x, top, x + 10, top + 30), not n))
            x += 10
        x += 10
    return line_of(parts)


def test_only_the_doubtful_words_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = line("นโยบาย มผ๐ 6เ1 ของหน่วยงาน", "มผ๐", "6เ1")
    reader = Reader(monkeypatch, [first], [[on_picture("| No Gift")]])
    found = read_page_lines(PAGE, 200, 3, 9)[0]
    assert found.text == "นโยบาย No Gift ของหน่วยงาน"
    assert found.confidence == 0.95
    assert found.box == first.box
    (picture,) = reader.pictures
    assert picture.shape[1] == 70 + 2 * 7


def test_a_short_word_beside_a_doubtful_one_is_read_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first = line("คือ อทอ รอห 6 ตัว", "รอห", "6")
    unsure = [replace(part, confidence=0.88) if part.box[0] == 140 else part for part in first.parts]
    Reader(monkeypatch, [line_of(unsure)], [[on_picture("One Stop")]])
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "คือ One Stop ตัว"


def test_what_no_thai_word_looks_like_is_read_again_however_sure_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(monkeypatch, [line("ตาม 7๐๐ก แล้ว")], [[on_picture("Zoom")]])
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "ตาม Zoom แล้ว"


def test_what_stays_odd_alone_is_looked_for_in_a_reading_of_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    again = [[on_picture("วเท")], [on_picture("คะแนน EIT รวม")]]
    reader = Reader(monkeypatch, [line("คะแนน 017 รวม", "017")], again)
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "คะแนน EIT รวม"
    assert reader.asked == [1, 1]


@pytest.mark.parametrize(
    ("was", "now", "kept"), [("ซี", "2", "2"), ("31", "ณุ", "31"), ("72,470.00", "72,470.00", "72,470.00")]
)
def test_a_number_is_read_again_and_becomes_no_thai(
    was: str, now: str, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Reader(monkeypatch, [line(was, was)], [[on_picture(now)]] * 2)
    found = read_page_lines(PAGE, 200, 3, 9)[0]
    assert (found.text, found.confidence) == (kept, 0.4 if now == "ณุ" else 0.95)


def test_an_edge_of_the_next_letter_is_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    word = replace(on_picture("5").parts[0], text="5.'")
    Reader(monkeypatch, [line("5, ปัญหา", "5,")], [[line_of([word])]])
    assert read_page_lines(PAGE, 200, 3, 9)[0].text == "5. ปัญหา"


def test_amounts_are_read_again_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    amounts = [line(f"{n},470.00", f"{n},470.00", top=40 * n) for n in range(10, 30)]
    reader = Reader(monkeypatch, amounts, [[on_picture(each.text)] for each in amounts])
    assert {each.confidence for each in read_page_lines(PAGE, 200, 3, 9)} == {0.95}
    assert reader.asked == [12, 8]


@pytest.mark.parametrize("text", ["abcd efg", "a b c d"])
def test_what_nobody_could_read_is_not_latin(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    poor = line_of([replace(part, confidence=0.1) for part in on_picture(text).parts])
    first = line("สำนักงาน ตสวร", "ตสวร")
    Reader(monkeypatch, [first], [[poor]])
    assert read_page_lines(PAGE, 200, 3, 9) == [first]


WORN = "นางสาวสมหญิง รักดี นิสรบ กมสว ฒชลก ดตสพน"


def test_of_worn_print_a_few_words_are_tried_before_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [line(WORN, *WORN.split()[2:], top=40 * n) for n in range(9)]
    reader = Reader(monkeypatch, names, [[line("= ~", "=", "~")]] * 3)
    assert [each.text for each in read_page_lines(PAGE, 200, 3, 9)] == [WORN] * 9
    assert reader.asked == [3]


def test_a_page_of_english_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [line("ผ๐ลธ กเ1ธ ธโอผล", *["ผ๐ลธ", "กเ1ธ", "ธโอผล"], top=40 * n) for n in range(20)]
    reader = Reader(monkeypatch, first, [[on_picture("More than Words")]] * 20)
    assert {each.text for each in read_page_lines(PAGE, 200, 3, 9)} == {"More than Words"}
    assert reader.asked == [3, 12, 5]


def test_doubtful_numbers_do_not_make_print_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [line(f"รายการ {n},470.00 {n},180.50", f"{n},470.00", f"{n},180.50", top=40 * n) for n in range(10, 20)]
    reader = Reader(monkeypatch, first, [[on_picture(" ".join(each.text.split()[1:]))] for each in first])
    assert {each.confidence for each in read_page_lines(PAGE, 200, 3, 9)} == {0.95}
    assert reader.asked == [10]


def test_one_digit_is_not_looked_for_in_a_reading_of_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(monkeypatch, [line("ทั้งนี้ 1 ได้ติดตาม", "1")], [[on_picture("i")]])
    read_page_lines(PAGE, 200, 3, 9)
    assert reader.asked == [1]


def on_picture(text: str) -> Line:
    """A line that was read on the picture of a stretch."""
    return line(text, left=5, top=5)


@needs_ocr
@pytest.mark.parametrize("angle", [0.0, 0.7])
def test_latin_words_are_read_among_thai(angle: float) -> None:
    texts = ("นโยบาย No Gift Policy ของหน่วยงาน", "ช่องทาง Q&A และ Facebook", "การประเมิน ITA และแบบ OIT")
    table = Table(("ที่", "ช่องทาง"), (("1", "E-Service"), ("2", "ไม่มี")))
    paper = Paper("รายงานผลการดำเนินงาน", (Heading("One Stop Service", 2), *map(Text, texts), table))
    image = pdfium.PdfDocument(pdf(paper, shaped=True))[0].render(scale=200 / 72).to_pil().convert("L")
    pieces = read_page(PageImage(np.asarray(image.rotate(angle, fillcolor=255), dtype=np.uint8), 200), 60) or ()
    text = "\n".join(piece.text for piece in pieces)
    for word in ("No Gift Policy", "Q&A", "Facebook", "ITA", "OIT", "One Stop Service", "E-Service", "ไม่มี", "นโยบาย"):
        assert word in text


@needs_ocr
def test_cells_are_read_as_pictures_are() -> None:
    image = np.full((60, 400), 255, np.uint8)
    assert read_cell_lines([image], 200, 255, 20) == read_pictures([image], 200, 255, 20, BOTH)
