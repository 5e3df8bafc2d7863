"""Every code has its Thai words; an unknown one is shown, never an error."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.assessment import ElementStatus, ItemStatus, Method, Reason
from core.models.reasons import ReasonCode
from core.models.snapshot import FetchOutcome, OffsiteReason, ReadNote, RenderFailure, StopReason
from reports.messages import thai
from tests.paths import PROJECT

_THAI = re.compile("[ก-๙]")
_ITEM_LABELS = {
    "complete": "ครบถ้วน", "incomplete": "ไม่ครบถ้วน", "outdated": "ไม่เป็นปัจจุบัน", "missing": "ไม่พบ",
    "unreachable": "เข้าถึงไม่ได้", "unchecked": "ตรวจไม่ได้", "review": "ให้คนตรวจ", "not_due": "ยังไม่ถึงกำหนด",
    "exempt": "ไม่เกี่ยวข้อง",
}  # fmt: skip


def test_item_statuses_are_told_in_the_words_of_the_contract() -> None:
    assert {s.value: thai().word("status", s.value) for s in ItemStatus} == _ITEM_LABELS


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("element", ElementStatus),
        ("method", Method),
        ("outcome", FetchOutcome),
        ("advice", ItemStatus),
        ("why", OffsiteReason),
        ("drawing", RenderFailure),
    ],
)
def test_every_code_has_thai_words(group: str, codes: type[StrEnum]) -> None:
    for code in codes:
        if (group, code.value) != ("advice", "incomplete"):
            assert _THAI.search(thai().word(group, code.value)), code


@pytest.mark.parametrize("status", list(ItemStatus))
def test_every_status_has_a_sign_beside_its_colour_and_an_explanation(status: ItemStatus) -> None:
    assert thai().detail("status", status.value, "mark")
    assert _THAI.search(thai().detail("status", status.value, "means"))


@pytest.mark.parametrize(("group", "codes"), [("reason", ReasonCode), ("note", ReadNote), ("stopped_by", StopReason)])
def test_every_reason_note_and_cause_has_a_sentence(group: str, codes: type[StrEnum]) -> None:
    assert [code for code in codes if code.value and not thai().knows(group, code.value)] == []


def test_values_are_told_in_thai() -> None:
    told = thai().reason(Reason(ReasonCode.LINK_DEAD, {"url": "https://a.go.th/%E0%B8%81", "outcome": "not_found"}))
    assert "https://a.go.th/ก" in told
    assert "404" in told
    assert "not_found" not in told
    assert "1 ต.ค. 2565" in thai().reason(Reason(ReasonCode.NOT_DUE, {"due": "2022-10-01"}))
    assert "someday" in thai().reason(Reason(ReasonCode.NOT_DUE, {"due": "someday"}))
    assert "หมดอายุ" in thai().reason(Reason(ReasonCode.TLS, {"problem": "expired"}))


def test_an_unknown_code_is_shown_with_its_values() -> None:
    assert thai().reason(Reason("brand_new")) == "brand_new"
    assert thai().reason(Reason("brand_new", {"found": "3"})) == "brand_new (found=3)"
    assert thai().word("no such group", "key") == "key"


def test_a_reason_without_its_values_leaves_no_braces() -> None:
    assert "{" not in thai().reason(Reason(ReasonCode.WRONG_YEAR))


@given(st.text(max_size=30), st.dictionaries(st.sampled_from(["url", "outcome", "note", "found", "due"]), st.text()))
def test_no_reason_is_an_error(code: str, values: dict[str, str]) -> None:
    for name in (code, "link_dead", "wrong_year", "not_due"):
        assert "\x00" not in thai().reason(Reason(name, values))


def test_a_value_is_not_a_template() -> None:
    assert "{wanted}" in thai().reason(Reason(ReasonCode.WRONG_YEAR, {"found": "{wanted}", "wanted": "2565"}))


def test_an_unknown_code_is_not_a_template() -> None:
    told = thai().reason(Reason(ReasonCode.SITE_UNREAD, {"outcome": "{outcome.__class__} {"}))
    assert "{outcome.__class__} {" in told


def test_times_are_thailands() -> None:
    assert thai().moment(datetime(2022, 12, 31, 18, 5, tzinfo=UTC)) == "1 ม.ค. 2566 01:05 น."
    assert thai().moment(None) == "-"
    assert thai().day(date(2022, 4, 30)) == "30 เม.ย. 2565"


_NEVER_A_REASON = {FetchOutcome.OK, FetchOutcome.OFF_SITE, FetchOutcome.NOT_FOLLOWED, FetchOutcome.SCRIPT_ONLY}
_REASONS: list[StrEnum] = [
    *OffsiteReason,
    *(outcome for outcome in FetchOutcome if outcome not in _NEVER_A_REASON),
    *(note for note in ReadNote if note),
]


@pytest.mark.parametrize("code", _REASONS)
def test_whatever_keeps_evidence_outside_is_told_in_thai(code: StrEnum) -> None:
    """The place, the outcome of the download, or what a reader found: none is shown as its code."""
    told = thai().reason(Reason(ReasonCode.OFFSITE_WHY, {"url": "https://x.test/", "why": code.value}))
    assert code.value not in told.split(" — ")[-1].split()
    assert _THAI.search(told.rsplit("—", 1)[-1])


def test_words_of_places_and_renderings_are_of_codes_that_exist() -> None:
    known = {code.value for code in (*OffsiteReason, *FetchOutcome, *ReadNote)}
    assert set(thai().groups["why"]) <= known
    assert set(thai().groups["drawing"]) == {*RenderFailure, "rendered"}


def test_who_must_mend_a_machine_without_browser_is_told() -> None:
    """Only what an administrator can mend sends the reader to the administrator."""
    told = {failure for failure in RenderFailure if "oit doctor" in thai().word("drawing", failure.value)}
    assert told == {failure for failure in RenderFailure if failure.is_of_machine}


def test_every_sentence_is_of_a_reason_that_exists() -> None:
    assert set(thai().groups["reason"]) == set(ReasonCode)


@pytest.mark.parametrize("name", ["messages.th.yaml", "messages.en.yaml"])
def test_no_group_of_words_stands_twice(name: str) -> None:
    """Of two groups of one name YAML keeps the last: the words of the other would be told as their keys."""
    text = PROJECT.joinpath("reports", name).read_text("utf-8")
    groups = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert sorted(groups) == sorted(set(groups))
