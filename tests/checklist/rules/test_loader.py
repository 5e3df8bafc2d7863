"""Faults in a rules file: each is told with its place and the nearest valid name, all at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from core.errors import InputFault

GOOD = """\
schema: oit-rules/1
agency_kinds:
  provincial: จังหวัด
lexicon:
  money_units: [บาท]
  words: [แผนงาน]
shared:
  elements:
    shown:
      text: แสดงข้อมูล
      match: {evidence: {}}
editions:
  "2566":
    title: ITA 2566
    answers_from: 2023-03-01
    answers_until: 2023-04-30
    due: {year: 2023-03-01, first_6_months: 2023-04-01}
    bands:
      - {rating: AA, at_least: 95}
    indicators:
      "9":
        title: การเปิดเผยข้อมูล
        sub_indicators: {"9.1": ข้อมูลพื้นฐาน}
    items:
      O1:
        title: แผนปี {year}
        sub_indicator: "9.1"
        exempt: [provincial]
        elements:
          shown: {use: shown}
          plan:
            text: แผนของปี {previous}
            match: {phrase: {any: [$words]}}
            confidence: low
"""


def faults(text: str) -> tuple[InputFault, ...]:
    with pytest.raises(RulesError) as raised:
        load_rules(text, "rules.yaml")
    return raised.value.faults


def place(text: str, part: str) -> tuple[int, int]:
    """Line and column, from 1, of the only `part` in the text."""
    assert text.count(part) == 1
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def load(text: str = GOOD) -> Rules:
    return load_rules(text, "rules.yaml")


def test_shared_words_years_and_due_days_are_put_in() -> None:
    item = load().edition(2566).item("O1")
    assert item.title == "แผนปี 2566"
    assert [e.text for e in item.elements] == ["แสดงข้อมูล", "แผนของปี 2565"]
    phrase = item.elements[1].match.phrase
    assert phrase is not None
    assert phrase.any == ("แผนงาน",)
    assert item.due == "2023-03-01"


def test_low_confidence_is_advised_and_to_be_verified() -> None:
    plan = load().edition(2566).item("O1").elements[1]
    assert (plan.level.value, plan.verify) == ("advised", True)


def test_six_month_items_are_due_later() -> None:
    text = GOOD.replace("        exempt:", "        span: first_6_months\n        exempt:")
    assert load(text).edition(2566).item("O1").due == "2023-04-01"


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("match: {phrase:", "match: {phrse:", "phrse", "did you mean 'phrase'?"),
        ("{use: shown}", "{use: shwon}", "shwon", "did you mean 'shown'?"),
        ("[$words]", "[$wrods]", "$wrods", "did you mean '$words'?"),
        ("[provincial]", "[provincal]", "provincal", "did you mean 'provincial'?"),
        ('sub_indicator: "9.1"', 'sub_indicator: "9.7"', '"9.7"', "did you mean '9.1'?"),
        ("{previous}", "{prevoius}", "แผนของปี", "did you mean '{previous}'?"),
        ("confidence: low", "confidence: lowish", "lowish", "one of"),
        ("            match: {phrase: {any: [$words]}}\n", "", "plan:", "without a matcher"),
        ("money_units:", "money_unit:", "money_unit", "did you mean 'money_units'?"),
        ('"2566"', '"2023"', '"2023"', "did you mean '2566'?"),
        ('sub_indicator: "9.1"', "sub_indicator: 9.1", "9.1\n", "in quotes"),
        ("{use: shown}", "no", "no\n", "in quotes"),
        ("at_least: 95", "at_least: 010", "010", "in quotes"),
        ("exempt: [provincial]", "exempt: [yes]", "yes", "in quotes"),
        ("answers_until: 2023-04-30", "answers_until: 2023-04-31", "2023-04-31", "must be a day"),
        ("answers_until: 2023-04-30", "answers_until: 2022-04-30", "2022-04-30", "before answers_from"),
        ("schema: oit-rules/1", "schema: oit-rules/2", "oit-rules/2", "schema must be"),
        ("  provincial: จังหวัด", "  provincial: !!python/name:os.system x", "!!python", "tags"),
    ],
)
def test_a_fault_has_its_place_and_a_hint(old: str, new: str, at: str, says: str) -> None:
    text = GOOD.replace(old, new)
    found = [f for f in faults(text) if says in f.message]
    assert found, [str(f) for f in faults(text)]
    assert (found[0].line, found[0].column) == place(text, at)


def test_a_key_that_stands_twice() -> None:
    text = GOOD.replace("    title: ITA 2566\n", "    title: ITA 2566\n    title: again\n")
    (fault,) = faults(text)
    assert "stands twice, first in line 14" in fault.message
    assert fault.line == 15


def test_three_faults_give_three_lines() -> None:
    text = GOOD.replace("{phrase:", "{phrse:").replace("[provincial]", "[provincal]").replace("[$words]", "[$wrods]")
    told = faults(text)
    for word in ("phrse", "provincal", "$wrods"):
        assert any(word in fault.message for fault in told)
    assert list(told) == sorted(told)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x\n", "anchors"),
        ("a: " + "[" * 500 + "]" * 500, "nested deeper"),
        ("a: [1\n", "not YAML"),
        ("- a list\n", "mapping"),
        ("", "mapping"),
        ("a: \x07\n", "not YAML"),
        ("x" * (5 << 20), "too large"),
    ],
)
def test_what_is_no_rules_file_is_refused(text: str, says: str) -> None:
    assert any(says in fault.message for fault in faults(text))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.text(st.sampled_from("{}[]:&*!'\"\n -$ก0"), max_size=4))
def test_a_damaged_file_gives_faults_with_places_and_nothing_else(position: int, noise: str) -> None:
    text = GOOD[:position] + noise + GOOD[position + 1 :]
    found: tuple[InputFault, ...] = ()
    try:
        load(text)
    except RulesError as error:
        found = error.faults or (InputFault("", 0, 0, ""),)
    assert all(f.line >= 1 and f.column >= 1 and f.message for f in found)
