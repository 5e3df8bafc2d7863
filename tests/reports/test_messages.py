"""Every code has its Thai words; an unknown one is shown, never an error."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checklist
import documents
from core.models.assessment import ElementStatus, ItemStatus, Method, Reason
from core.models.snapshot import Outcome, Reading
from reports.messages import thai

_THAI = re.compile("[ก-๙]")
_ITEM_LABELS = {
    "complete": "ครบถ้วน", "incomplete": "ไม่ครบถ้วน", "outdated": "ไม่เป็นปัจจุบัน", "missing": "ไม่พบ",
    "unreachable": "เข้าถึงไม่ได้", "unchecked": "ตรวจไม่ได้", "review": "ให้คนตรวจ", "not_due": "ยังไม่ถึงกำหนด",
    "exempt": "ไม่เกี่ยวข้อง",
}  # fmt: skip


def test_item_statuses_are_told_in_the_words_of_the_contract() -> None:
    assert {s.value: thai().word("status", s.value) for s in ItemStatus} == _ITEM_LABELS


@pytest.mark.parametrize(
    ("group", "codes"), [("element", ElementStatus), ("method", Method), ("outcome", Outcome), ("advice", ItemStatus)]
)
def test_every_code_has_thai_words(group: str, codes: type[StrEnum]) -> None:
    for code in codes:
        if (group, code.value) != ("advice", "incomplete"):
            assert _THAI.search(thai().word(group, code.value)), code


@pytest.mark.parametrize("status", list(ItemStatus))
def test_every_status_has_a_sign_beside_its_colour_and_an_explanation(status: ItemStatus) -> None:
    assert thai().detail("status", status.value, "mark")
    assert _THAI.search(thai().detail("status", status.value, "means"))


def test_every_reason_that_the_checklist_gives_has_a_sentence() -> None:
    room = Path(checklist.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in room.rglob("*.py"))
    codes = set(re.findall(r'Reason\(\s*"([a-z_]+)"', source)) | set(re.findall(r'note="([a-z]+_[a-z_]+)"', source))
    assert len(codes) > 20
    assert sorted(code for code in codes if not thai().knows("reason", code)) == []


def test_every_note_of_a_reader_has_words() -> None:
    listed = (Reading.__doc__ or "").split("well:")[1].replace("\n", " ").rstrip(". ").split(",")
    notes = {note.strip() for note in listed}
    room = Path(documents.__file__).parent
    for path in room.rglob("*.py"):
        notes |= set(re.findall(r'\bnote ?= ?"([a-z-]+)"', path.read_text("utf-8")))
    assert len(notes) > 10
    assert sorted(note for note in notes if not thai().knows("note", note)) == []


def test_values_are_told_in_thai() -> None:
    told = thai().reason(Reason("link_dead", {"url": "https://a.go.th/%E0%B8%81", "outcome": "not_found"}))
    assert "https://a.go.th/ก" in told
    assert "404" in told
    assert "not_found" not in told
    assert "1 ต.ค. 2565" in thai().reason(Reason("not_due", {"due": "2022-10-01"}))
    assert "someday" in thai().reason(Reason("not_due", {"due": "someday"}))
    assert "หมดอายุ" in thai().reason(Reason("tls", {"problem": "expired"}))


def test_an_unknown_code_is_shown_with_its_values() -> None:
    assert thai().reason(Reason("brand_new")) == "brand_new"
    assert thai().reason(Reason("brand_new", {"found": "3"})) == "brand_new (found=3)"
    assert thai().word("no such group", "key") == "key"


def test_a_reason_without_its_values_leaves_no_braces() -> None:
    assert "{" not in thai().reason(Reason("wrong_year"))


@given(st.text(max_size=30), st.dictionaries(st.sampled_from(["url", "outcome", "note", "found", "due"]), st.text()))
def test_no_reason_is_an_error(code: str, values: dict[str, str]) -> None:
    for name in (code, "link_dead", "wrong_year", "not_due"):
        assert "\x00" not in thai().reason(Reason(name, values))


def test_a_value_is_not_a_template() -> None:
    assert "{wanted}" in thai().reason(Reason("wrong_year", {"found": "{wanted}", "wanted": "2565"}))


def test_an_unknown_code_is_not_a_template() -> None:
    told = thai().reason(Reason("site_unread", {"outcome": "{outcome.__class__} {"}))
    assert "{outcome.__class__} {" in told


def test_times_are_thailands() -> None:
    assert thai().moment(datetime(2022, 12, 31, 18, 5, tzinfo=UTC)) == "1 ม.ค. 2566 01:05 น."
    assert thai().moment(None) == "-"
    assert thai().day(date(2022, 4, 30)) == "30 เม.ย. 2565"
