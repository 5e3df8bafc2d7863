"""Disclosure lists that are documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.candidates.labels import ItemNames
from checklist.candidates.within.document_list import entries_of_document
from checklist.rules.model import Rules
from core.models.snapshot import Link
from tests.checklist.sites import HOME, document


def link(name: str, label: str) -> Link:
    return Link(HOME + name, label, label, via="document")


LINES = (
    "O11 แผนดำเนินงานและการใช้งบประมาณประจำปี",
    "แผนงานของกรม",
    "O12 รายงานการกำกับติดตามการดำเนินงานประจำปี รอบ 6 เดือน",
    "รายงานความก้าวหน้าการใช้จ่ายเงินของสำนักงาน ครึ่งปีแรก",
    "ประจำปี 2566",
    "O13 รายงานผลการดำเนินงานประจำปี",
    "Annual Report 2022",
    "O14 คู่มือหรือมาตรฐานการปฏิบัติงาน",
)
LINKS = (
    link("plan", "แผนงานของกรม"),
    link("half", "รายงานความก้าวหน้าการใช้จ่ายเงินของสำนักงาน ครึ่งปีแรก"),
    link("half", "ประจำปี 2566"),
    link("year", "Annual Report 2022"),
)


@pytest.fixture
def names(shipped: Rules) -> ItemNames:
    return ItemNames(shipped.edition(2566).naming, shipped.lexicon)


def test_links_below_a_numbered_line_are_that_items_whatever_they_are_called(names: ItemNames) -> None:
    found = entries_of_document(replace(document("oit.pdf", *LINES), links=LINKS), names)
    assert {entry.item: [each.url for each in entry.links] for entry in found} == {
        "O11": [HOME + "plan"], "O12": [HOME + "half"], "O13": [HOME + "year"],
    }  # fmt: skip


def test_a_report_that_leads_somewhere_is_no_list(names: ItemNames) -> None:
    report = document("report.pdf", "รายงานผลการดำเนินงานประจำปี 2565", "ดูแผนงานของกรม")
    assert entries_of_document(replace(report, links=(link("plan", "แผนงานของกรม"),)), names) == ()


def test_without_numbered_lines_links_are_called_by_their_own_words(names: ItemNames) -> None:
    labels = ("แผนดำเนินงานและการใช้งบประมาณประจำปี", "รายงานผลการดำเนินงานประจำปี", "คู่มือหรือมาตรฐานการปฏิบัติงาน")
    linked = tuple(link(str(at), label) for at, label in enumerate(labels))
    found = entries_of_document(replace(document("oit.pdf", "OIT 2566", *labels), links=linked), names)
    assert [entry.item for entry in found] == ["O11", "O13", "O14"]
