"""What the papers say in HTML, PDF and Word, and that the planted sections are what the truth says."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from sample.author import Desk
from sample.content import AUTHORS, write
from sample.content.reports import REPORTS
from sample.content.sections import FORMS, GOOD, TRUTH
from sample.editions import YEARS, entries
from sample.offices import OFFICES
from sample.paper import Bullets, Form, Heading, Paper, Table, Text
from sample.render.docx import docx
from sample.render.html import Style, paper_page
from sample.render.pdf import pdf
from sample.render.scan import scan
from sample.sectors import SECTORS, sector_entries
from sample.voice import Voice, day, month_year

_VOICE = Voice("arabic", 0, "test")


def _desk(topic: str, edition: int = 2565, section: str = "") -> Desk:
    title = next((e.title for year in YEARS for e in entries(year) if e.topic == topic), "")
    return Desk(OFFICES[0], edition, _VOICE, topic, title, section=section)


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def _headings(paper: Paper) -> str:
    columns = [cell for block in paper.blocks if isinstance(block, Table) for cell in block.head]
    return "\n".join([*(block.text for block in paper.blocks if isinstance(block, Heading)), *columns])


@pytest.mark.parametrize("edition", YEARS)
def test_every_topic_can_be_written(edition: int) -> None:
    for entry in entries(edition):
        paper = write(Desk(OFFICES[3], edition, _VOICE, entry.topic, entry.title))
        assert paper.title
        assert paper.blocks


def test_no_topic_is_left_over() -> None:
    general = {entry.topic for year in YEARS for entry in entries(year)}
    assert set(AUTHORS) == general | {entry.topic for name in SECTORS for entry in sector_entries(name)}


@pytest.mark.parametrize("topic", REPORTS)
@pytest.mark.parametrize("form", sorted(FORMS))
def test_section_heading_stands_where_the_truth_says(topic: str, form: str) -> None:
    problems, suggestions = TRUTH.get(form, ("present", "present"))
    headings = _headings(write(_desk(topic, section=form)))
    assert ("ปัญหา" in headings) == (problems != "missing")
    assert ("ข้อเสนอแนะ" in headings) == (suggestions != "missing")


@pytest.mark.parametrize("topic", REPORTS)
def test_yearly_report_is_of_the_year_before(topic: str) -> None:
    paper = write(_desk(topic, 2566))
    assert "2565" in paper.title
    assert "2566" not in paper.title


def test_good_and_bad_forms_are_told_apart() -> None:
    assert GOOD
    assert set(GOOD).isdisjoint(TRUTH)
    assert set(TRUTH) < set(FORMS)


@pytest.mark.parametrize(
    ("topic", "part", "word"),
    [
        ("strategy", "indicators", "ตัวชี้วัด"),
        ("plan", "budget", "งบประมาณที่ใช้"),
        ("complaint_guide", "duration", "ระยะเวลา"),
        ("hr_criteria", "rewards", "ให้คุณให้โทษ"),
        ("risk", "levels", "ระดับ"),
    ],
)
def test_a_lacking_part_is_nowhere_in_the_paper(topic: str, part: str, word: str) -> None:
    whole, poor = write(_desk(topic)), write(replace(_desk(topic), lacks=frozenset({part})))
    assert word.removesuffix("ที่ใช้") in str(whole.blocks).replace("ปีงบประมาณ", "")
    assert word.removesuffix("ที่ใช้") not in str(poor.blocks).replace("ปีงบประมาณ", "")


def test_pdf_text_can_be_read_back() -> None:
    text = _pdf_text(pdf(write(_desk("annual_report", section="joint"))))
    assert "ข้อเสนอแนะ" in text
    assert "ผลการใช้จ่ายงบประมาณ" in text


def test_shaped_pdf_has_the_broken_text_layer_of_real_ones() -> None:
    data = pdf(write(_desk("annual_report", section="joint")), shaped=True)
    assert any("\uf700" <= mark <= "\uf71a" for mark in _pdf_text(data))
    assert data == pdf(write(_desk("annual_report", section="joint")), shaped=True)


def test_pdf_refuses_forms() -> None:
    with pytest.raises(ValueError, match="Form"):
        pdf(Paper("ชื่อ", (Form("แบบ", ("ชื่อ",), "ส่ง", "x"),)))


def test_scan_has_no_text_layer_and_is_the_same_twice() -> None:
    paper = write(_desk("hr_policy"))
    assert _pdf_text(scan(paper)).strip() == ""
    assert scan(paper) == scan(paper)


def test_word_file_holds_headings_and_tables() -> None:
    data = docx(write(_desk("hr_report", section="apart")))
    document = Document(io.BytesIO(data))
    assert any(p.style is not None and p.style.name.startswith("Heading") for p in document.paragraphs)
    assert document.tables


def test_page_escapes_its_texts() -> None:
    page = paper_page(Style("ก<b>"), Paper("<script>", (Text("<i>"),))).decode()
    assert "<script>" not in page
    assert "<i>" not in page


def test_months_belong_to_the_right_calendar_year() -> None:
    assert month_year(0, 2565) == "ตุลาคม 2564"
    assert month_year(3, 2565) == "มกราคม 2565"
    assert day(9, 2, 2566) == "9 ธันวาคม 2565"


_LINES = st.text(alphabet="กขคงจปัญหาอุปสรรคี่้ำแเ 0123456789()", max_size=200)


@settings(max_examples=15, deadline=None)
@given(st.lists(_LINES, min_size=1, max_size=5))
def test_any_text_becomes_the_same_pdf_twice(lines: list[str]) -> None:
    paper = Paper("ชื่อเรื่อง", (Bullets(tuple(lines)), Table(("ก", "ข"), tuple((line, "-") for line in lines))))
    first = pdf(paper)
    assert first.startswith(b"%PDF")
    assert first == pdf(paper)


def test_a_turned_page_is_as_large_and_as_full_as_an_upright_one() -> None:
    paper = Paper("รายงาน", tuple(Text(f"ย่อหน้าที่ {n} ของรายงาน") for n in range(40)))
    upright, turned = (pypdfium2.PdfDocument(pdf(paper, turned=turned)) for turned in (False, True))
    assert [page.get_size() for page in turned] == [page.get_size() for page in upright]
    assert turned[0].get_rotation() == 90
