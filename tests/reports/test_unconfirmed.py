"""A year that is not confirmed with the manual says so, in every form of its report."""

from __future__ import annotations

import io

import openpyxl

from checklist.rules.model import Edition
from core.models.assessment import Assessment
from reports.agency_html import report_html
from reports.agency_json import report_json
from reports.agency_xlsx import report_xlsx
from reports.messages import thai
from reports.overview_html import OverviewPages

NOTE = "ยังไม่ได้ยืนยันกับคู่มือ"


def unsure(edition: Edition) -> Edition:
    first = edition.items[0]
    element = first.elements[0].model_copy(update={"verify": True})
    items = (first.model_copy(update={"elements": (element,)}), *edition.items[1:])
    return edition.model_copy(update={"verify": True, "items": items})


def test_the_note_counts_what_is_not_confirmed(edition: Edition) -> None:
    note = thai().unconfirmed_note(unsure(edition))
    assert "1 จาก 12" in note
    assert str(edition.year) in note


def test_each_form_of_the_report_has_the_note(full: Assessment, edition: Edition) -> None:
    note = thai().unconfirmed_note(unsure(edition))
    assert note in report_html(full, unsure(edition), thai())
    assert note in OverviewPages([full], unsure(edition), "จังหวัดตัวอย่าง", thai()).page(1)
    assert note in report_json(full, unsure(edition), thai())["notes"]
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(full, unsure(edition), thai())))
    assert any(note in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_a_confirmed_year_has_none(full: Assessment, edition: Edition) -> None:
    assert NOTE not in report_html(full, edition, thai()).split("<main>")[1].split("<ul")[0]
    assert not any(NOTE in note for note in report_json(full, edition, thai())["notes"])
