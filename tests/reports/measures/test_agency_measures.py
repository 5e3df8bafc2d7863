"""An agency's own document, the page that is printed, and an office's own template."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document

from checklist.rules.model import Edition
from core.errors import InputError
from core.models.assessment import Assessment, ItemStatus
from reports.measures.content import agency_content, province_content
from reports.measures.measures_docx import TEMPLATE, measures_docx, measures_template, read_template
from reports.measures.measures_html import measures_html
from reports.messages import thai
from tests.reports.conftest import verdict


def _text(document: Any) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_an_agencys_page_counts_its_items(full: Assessment, edition: Edition) -> None:
    document = Document(io.BytesIO(measures_docx(agency_content(full, edition, thai()))))
    text = _text(document)
    assert "ครบถ้วน 1 จาก 9 ข้อ" in text
    assert "ต้องแก้ไข 4 ข้อ · ยังไม่ทราบผลหรือรอเจ้าหน้าที่พิจารณา 3 ข้อ" in text
    assert "O6, O7, O8" in text
    assert "หน่วยงานที่ยังขาด" not in text
    assert len(document.tables[0].rows) == 5


def test_an_agency_that_could_not_be_read_has_no_score(make: Callable[..., Assessment], edition: Edition) -> None:
    text = _text(
        Document(io.BytesIO(measures_docx(agency_content(make(verdict("O1", ItemStatus.UNCHECKED)), edition, thai()))))
    )
    assert "ยังมีรายการที่ไม่ทราบผล" in text
    assert "50.00" not in text


def test_the_page_that_is_printed_says_the_same(full: Assessment, edition: Edition) -> None:
    content = province_content([full], edition, "จังหวัด <b>", thai())
    page = BeautifulSoup(measures_html(content), "lxml")
    assert page.find("b") is None
    printed = "".join(page.get_text().split())
    for paragraph in Document(io.BytesIO(measures_docx(content))).paragraphs:
        assert "".join(paragraph.text.split()) in printed
    assert page.find("script") is None
    assert len(page.select("tbody tr")) == 4


def _template(folder: Path, change: Callable[[Any], None]) -> bytes | None:
    document = Document(io.BytesIO(measures_template()))
    change(document)
    document.save(str(folder / TEMPLATE))
    return read_template(folder)


def test_an_offices_template_keeps_its_letterhead_and_gets_its_words(
    full: Assessment, edition: Edition, tmp_path: Path
) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "ที่ มท {{unit}} / {{edition}}"
        document.paragraphs[0].insert_paragraph_before("บันทึกข้อความ {{ deadline }} {{7*7}} {{unknown}}")
        split = document.add_paragraph("{{un")
        split.add_run("it}} ท้าย")

    template = _template(tmp_path, change)
    made = Document(io.BytesIO(measures_docx(agency_content(full, edition, thai()), template)))
    text = _text(made)
    assert made.sections[0].header.paragraphs[0].text == "ที่ มท สำนักงานตัวอย่าง / 2565"
    assert "บันทึกข้อความ 30 เมษายน 2565 {{7*7}} {{unknown}}" in text
    assert "สำนักงานตัวอย่าง ท้าย" in text
    assert "{{leader}}" not in text
    assert len(made.tables[0].rows) == 5


def test_a_template_without_our_styles_will_do(full: Assessment, edition: Edition, tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for style in [s for s in document.styles if s.name in ("Heading 1", "Heading 2", "Table Grid")]:
            style.element.getparent().remove(style.element)

    template = _template(tmp_path, change)
    made = Document(io.BytesIO(measures_docx(agency_content(full, edition, thai()), template)))
    assert "w:tblBorders" in made.tables[0]._tbl.xml
    assert "สิ่งที่ต้องดำเนินการ" in _text(made)


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"<html>", None])
def test_a_template_that_is_none_is_refused_in_one_line(tmp_path: Path, body: bytes | None) -> None:
    if body is None:
        Document().save(str(tmp_path / TEMPLATE))
    else:
        (tmp_path / TEMPLATE).write_bytes(body)
    with pytest.raises(InputError, match=r"measures\.docx: "):
        read_template(tmp_path)


def test_a_folder_without_a_template_changes_nothing(tmp_path: Path) -> None:
    assert read_template(tmp_path) is None
    assert read_template(None) is None
    with pytest.raises(InputError, match="no such folder"):
        read_template(tmp_path / "none")


def test_what_a_template_would_run_is_only_text(make: Callable[..., Assessment], edition: Edition) -> None:
    evil = "{{leader}} {{7*7}} {% for x in y %} ${jndi:x}"
    one = make(verdict("O1", ItemStatus.MISSING))
    text = _text(Document(io.BytesIO(measures_docx(province_content([one], edition, evil, thai())))))
    assert "{{7*7}} {% for x in y %} ${jndi:x}" in text
