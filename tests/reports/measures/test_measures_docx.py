"""The province's document: who is ready, what costs most, and a measure for every item that lacks something."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from docx import Document

from checklist.rules.model import Edition
from core.models.agency import Agency
from core.models.assessment import Assessment, IfDue, ItemStatus, Reason
from core.models.reasons import ReasonCode
from reports.measures.content import province_content
from reports.measures.draft import draft_measures, due_days, measure_readiness
from reports.measures.measures_docx import measures_docx as written
from reports.messages import thai
from tests.reports.conftest import lack, verdict


def _read(body: bytes) -> Any:
    return Document(io.BytesIO(body))


def measures_docx(*made_of: Any) -> bytes:
    """The document of a province."""
    return written(province_content(*made_of))


def _lines(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_table_has_a_row_for_every_item_that_lacks_something(full: Assessment, edition: Edition) -> None:
    table = _read(measures_docx([full], edition, "จังหวัดตัวอย่าง", thai())).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "มาตรการ", "แนวทางการดำเนินการ/การปฏิบัติ", "การกำกับติดตาม/การรายงานผล", "ผู้รับผิดชอบ",
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [row[0].split()[1] for row in rows] == ["O2", "O3", "O4", "O5"]
    section = rows[1]
    assert "ห้ามตัดหัวข้อนี้ออก" in section[1]
    assert section[2] == "รายงานผลการดำเนินงานให้จังหวัดตัวอย่างทราบภายในวันที่ 30 เมษายน 2565"
    assert "สำนักงานตัวอย่าง" in section[3]


def test_what_is_in_doubt_is_neither_ready_nor_a_gap(make: Callable[..., Assessment], edition: Edition) -> None:
    ready = make(
        verdict("O1", ItemStatus.COMPLETE), verdict("O2", ItemStatus.NOT_DUE), verdict("O3", ItemStatus.EXEMPT)
    )
    doubt = make(verdict("O1", ItemStatus.COMPLETE), verdict("O2", ItemStatus.REVIEW), agency=_agency("doubt"))
    blind = make(verdict("O1", ItemStatus.UNCHECKED), agency=_agency("blind"))
    empty = make(agency=_agency("empty"))
    lacks = make(verdict("O1", ItemStatus.MISSING), verdict("O2", ItemStatus.UNCHECKED), agency=_agency("lacks"))
    every = [ready, doubt, blind, empty, lacks]
    state = measure_readiness(every)
    assert (state.ready, state.lacking, state.asked) == (1, 1, 5)
    assert [a.agency.id for a in state.unsure] == ["doubt", "blind", "empty"]
    document = _read(measures_docx(every, edition, "", thai()))
    assert "พร้อม 1 จาก 5 หน่วยงาน" in _lines(document)
    assert len(document.tables[0].rows) == 2
    assert "blind" in _lines(document)


def _agency(name: str, responsible: str = "") -> Agency:
    return Agency(name, f"หน่วยงาน {name}", f"https://{name}.example/", responsible=responsible)


def test_a_province_that_could_not_be_read_is_not_called_faultless(
    make: Callable[..., Assessment], edition: Edition
) -> None:
    for assessments in ([], [make(verdict("O1", ItemStatus.UNCHECKED))]):
        document = _read(measures_docx(assessments, edition, "", thai()))
        text = _lines(document)
        assert "ยังมีรายการที่ไม่ทราบผล" in text
        assert f"พร้อม 0 จาก {len(assessments)} หน่วยงาน" in text
        assert document.tables == []


def test_the_dearest_three_are_named_with_what_they_lack(make: Callable[..., Assessment], edition: Edition) -> None:
    lacking = (lack("shown"),)
    every = [
        make(
            verdict("O1", ItemStatus.MISSING, 1.0),
            verdict("O2", ItemStatus.INCOMPLETE, 2.0, findings=lacking),
            verdict("O3", ItemStatus.OUTDATED, 1.5),
            verdict("O4", ItemStatus.MISSING, 0.5),
            agency=_agency(f"a{n}", "นางสาวดี" if n else ""),
        )
        for n in range(3)
    ]
    document = _read(measures_docx(every, edition, "จังหวัดก", thai()))
    page = [p.text for p in document.paragraphs]
    causes = [text for text in page[: page.index("สิ่งที่ต้องดำเนินการ")] if text[:1].isdigit()]
    assert [text.split()[2] for text in causes] == ["O2", "O3", "O1"]
    assert "องค์ประกอบ shown (3)" in causes[0]
    assert "ยังขาด 3 หน่วยงาน" in causes[0]
    text = _lines(document)
    assert "OIT ปีงบประมาณ พ.ศ. 2565 (คู่มือ 2565)" in text
    assert "1 เมษายน 2565 ถึงวันที่ 30 เมษายน 2565" in text
    assert text.count("ให้แล้วเสร็จภายในวันที่ 30 เมษายน 2565") == 3
    assert document.tables[0].rows[1].cells[3].text.count("นางสาวดี") == 1


def test_a_day_that_is_over_is_left_to_be_filled_in(make: Callable[..., Assessment], edition: Edition) -> None:
    late = make(verdict("O1", ItemStatus.MISSING), as_of=date(2022, 5, 1))
    table = _read(measures_docx([late], edition, "จังหวัดก", thai())).tables[0]
    assert table.rows[1].cells[2].text.endswith("ภายในวันที่ ........................")


def test_days_that_fall_due_are_told(make: Callable[..., Assessment], edition: Edition) -> None:
    def coming(item: str, day: date) -> Any:
        return verdict(item, ItemStatus.NOT_DUE, due=day, if_due=IfDue(ItemStatus.MISSING))

    one = make(coming("O9", date(2022, 10, 1)), coming("O8", date(2022, 6, 1)), verdict("O1", ItemStatus.COMPLETE))
    other = make(coming("O7", date(2022, 6, 1)), agency=_agency("b"))
    assert due_days([one, other]) == ((date(2022, 6, 1), ("O8", "O7")), (date(2022, 10, 1), ("O9",)))
    assert "ถึงกำหนดเผยแพร่ 1 มิถุนายน 2565: ข้อ O8, O7" in _lines(_read(measures_docx([one, other], edition, "", thai())))


def test_a_sectors_numbers_are_measures_of_their_own(make: Callable[..., Assessment], edition: Edition) -> None:
    sector = edition.model_copy(update={"scheme": "ovec", "year": 2566})
    general = make(verdict("O4", ItemStatus.OUTDATED))
    school = make(verdict("O4", ItemStatus.OUTDATED), agency=_agency("school"), scheme="ovec")
    drafted = draft_measures([general, school], edition, {"ovec": sector}, thai())
    assert [(m.scheme, m.item, m.asked) for m in drafted] == [("", "O4", 1), ("ovec", "O4", 1)]
    assert "2565" in drafted[0].steps[0].advice
    assert "2566" in drafted[1].steps[0].advice


def test_a_long_list_stays_a_document(make: Callable[..., Assessment], edition: Edition) -> None:
    every = [
        make(
            verdict("O1", ItemStatus.INCOMPLETE, findings=(lack(f"e{n % 50}"),)),
            agency=Agency(f"a{n}", "ชื่อยาว" * 100, "https://a.example/", responsible=f"คน {n}"),
        )
        for n in range(500)
    ]
    table = _read(measures_docx(every, edition, "จังหวัดก", thai())).tables[0]
    assert len(table.rows) == 2
    assert "และอีก 44 แนวทาง" in table.rows[1].cells[1].text
    assert "460" in table.rows[1].cells[3].text
    assert max(len(cell.text) for cell in table.rows[1].cells) < 12_000


def test_hostile_text_is_only_text(make: Callable[..., Assessment], edition: Edition) -> None:
    evil = "<w:p>{0.__class__}\x00\x1b[31m\ud800\u202e=1+1 & ]]>"
    finding = replace(lack("x"), text=evil, reason=Reason(ReasonCode.SECTION_ABSENT))
    bad = verdict("O1", ItemStatus.INCOMPLETE, findings=(finding,))
    agency = Agency("x", evil, "https://x.example/", responsible=evil)
    other = make(verdict("O1", ItemStatus.UNCHECKED), agency=replace(agency, id="y"))
    document = _read(measures_docx([make(replace(bad, title=evil), agency=agency), other], edition, evil, thai()))
    text = _lines(document) + "".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert "<w:p>{0.__class__}[31m=1+1 & ]]>" in text
    assert not set(text) & set("\x00\x1b\ud800\u202e")


def test_it_prints_on_a4_in_a_thai_font_with_the_head_on_every_page(full: Assessment, edition: Edition) -> None:
    document = _read(measures_docx([full], edition, "", thai()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    xml = document.styles["Normal"].element.xml
    assert 'w:cs="TH SarabunPSK"' in xml
    assert 'w:szCs w:val="32"' in xml
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert "PAGE" in section.footer._element.xml
