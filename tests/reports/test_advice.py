"""What to do next, per status and lack."""

from __future__ import annotations

from checklist.rules.model import Edition
from core.models.assessment import ElementStatus, Finding, ItemStatus, Level, Reason
from core.models.reasons import ReasonCode
from reports.advice import Advice, advise
from reports.messages import thai

from .conftest import lack, verdict


def _advice(edition: Edition, status: ItemStatus, *findings: Finding, item: str = "O1") -> Advice:
    return advise(verdict(item, status, findings=findings), edition, thai())


def test_a_section_cut_out_whole_gets_the_official_heading_to_paste(edition: Edition) -> None:
    advice = _advice(edition, ItemStatus.INCOMPLETE, lack("problems"), lack("suggestions"))
    assert advice.paste.splitlines()[0] == "ปัญหา อุปสรรค และข้อเสนอแนะ"
    assert advice.paste.count("ไม่มี") == 2
    assert "เพิ่มหัวข้อ “ปัญหา อุปสรรค และข้อเสนอแนะ”" in advice.text


def test_one_half_gets_its_own_heading(edition: Edition) -> None:
    advice = _advice(edition, ItemStatus.INCOMPLETE, lack("suggestions"))
    assert advice.paste == "ข้อเสนอแนะ\nไม่มี"
    assert "ปัญหา" not in advice.text


def test_an_empty_heading_gets_other_advice_than_an_absent_one(edition: Edition) -> None:
    absent = _advice(edition, ItemStatus.INCOMPLETE, lack("problems"))
    empty = _advice(edition, ItemStatus.INCOMPLETE, lack("problems", ElementStatus.EMPTY))
    assert absent.text != empty.text
    assert "มีหัวข้อ" in empty.text
    assert absent.paste == empty.paste == "ปัญหา อุปสรรค\nไม่มี"


def test_other_lacks_are_named_and_nothing_is_to_be_pasted(edition: Edition) -> None:
    present = Finding("budget", "งบประมาณ", Level.REQUIRED, ElementStatus.PRESENT)
    advised = Finding("extra", "ควรมี", Level.ADVISED, ElementStatus.MISSING)
    advice = _advice(edition, ItemStatus.INCOMPLETE, lack("photo"), present, advised)
    assert "องค์ประกอบ photo" in advice.text
    assert "งบประมาณ" not in advice.text
    assert "ควรมี" not in advice.text
    assert advice.paste == ""


def test_outdated_names_the_year_that_is_asked_for_and_the_section_that_lacks(edition: Edition) -> None:
    assert "2565" in _advice(edition, ItemStatus.OUTDATED, lack("period")).text
    last = _advice(edition, ItemStatus.OUTDATED, lack("period"), lack("problems"), item="O3")
    assert "2564" in last.text
    assert last.paste == "ปัญหา อุปสรรค\nไม่มี"


def test_remedies_alone_are_told_apart(edition: Edition) -> None:
    with_remedies = _advice(
        edition, ItemStatus.INCOMPLETE, lack("suggestions", reason=Reason(ReasonCode.REMEDIES_ONLY))
    )
    assert with_remedies.text != _advice(edition, ItemStatus.INCOMPLETE, lack("suggestions")).text


def test_missing_names_the_link_and_adds_the_manuals_own_advice(edition: Edition) -> None:
    advice = _advice(edition, ItemStatus.MISSING, item="O2")
    assert "“O2 ข้อที่ 2”" in advice.text
    assert advice.text.endswith("ดูตัวอย่างในคู่มือ")


def test_every_status_gets_advice_even_without_findings_or_item(edition: Edition) -> None:
    for status in ItemStatus:
        assert _advice(edition, status).text
        assert _advice(edition, status, item="O43").text
