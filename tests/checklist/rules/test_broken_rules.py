"""The shipped rules.yaml, broken in one place at a time: the fault is told there, once, with the nearest valid name."""

from __future__ import annotations

from functools import lru_cache

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.rules.loader import RulesError, load_rules
from core.errors import InputFault
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")
FIXED = frozenset(
    (
        "text", "confidence", "match", "examples", "phrase", "people", "table", "columns", "title",
        "aliases", "avoid", "evidence", "elements", "sub_indicator", "sub_indicators", "bands", "items",
        "answers_from", "answers_until", "fields", "any", "group", "rating", "at_least", "editions", "shared",
        "lexicon", "agency_kinds",
    )
)  # fmt: skip
"""Keys that the file's form gives: a misspelling of one is a fault wherever it stands."""


def faults(text: str) -> tuple[InputFault, ...]:
    with pytest.raises(RulesError) as raised:
        load_rules(text, "rules.yaml")
    return raised.value.faults


def broken(old: str, new: str, at: str = "", after: str = "editions:\n") -> tuple[str, tuple[int, int]]:
    """The rules with the first `old` behind `after` replaced, and the line and column of `at` in it."""
    start = TEXT.index(old, TEXT.index(after))
    text = TEXT[:start] + new + TEXT[start + len(old) :]
    position = text.index(at or new.strip(), start - 12)
    return text, (text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


CASES = [
    # unknown keys
    ("sub_indicator: '9.1'", "subindicator: '9.1'", "", "did you mean 'sub_indicator'?"),
    ("answers_from:", "answer_from:", "answer_from", "did you mean 'answers_from'?"),
    ("due: {year:", "due: {yaer:", "yaer", "did you mean 'year'?"),
    ("each_at_least: 85", "each_atleast: 85", "each_atleast", "did you mean 'each_at_least'?"),
    # matchers and their settings
    ("match: {phrase: {any: [ร้องเรียน", "match: {phrse: {any: [ร้องเรียน", "phrse", "did you mean 'phrase'?"),
    ("fields: [name, photo]", "field: [name, photo]", "field", "did you mean 'fields'?"),
    ("fields: [name, photo]", "fields: [name, foto]", "foto", "did you mean 'photo'?"),
    ("span: covers", "span: cover", "cover", "did you mean 'covers'?"),
    ("any: [ร้องเรียน]", "any: []", "{any: []}", "a phrase needs words"),
    ("match: {money: {}}", "match: {money: {}, evidence: {}}", "{money: {}, evidence", "exactly one key"),
    # references
    ("{use: reachable}", "{use: reachble}", "reachble", "did you mean 'reachable'?"),
    ("{use: structure,", "{use: structur,", "structur", "did you mean 'structure'?"),
    ("without: [", "without: [shwon, ", "shwon", "unknown element 'shwon'"),
    ("keep: [shown", "keep: [showm", "showm", "did you mean 'shown'?"),
    ("kinds: [local]", "kinds: [locl]", "locl", "did you mean 'local'?"),
    ("roles: [$executive_roles]", "roles: [$executive_role]", "$executive_role", "did you mean '$executive_roles'?"),
    ("sub_indicator: '9.2'", "sub_indicator: '9.22'", "'9.22'", "did you mean '9.2'?"),
    ("พ.ศ. {previous} - {next}", "พ.ศ. {previos} - {next}", "'# แผน พ.ศ. {previos}", "did you mean '{previous}'?"),
    # values that YAML reads otherwise than people
    ("O1: {use: structure, sub_indicator: '9.1'}", "O1: no", "no", "'no'"),
    ("at_least: 95", "at_least: 017", "017", "in quotes"),
    ("at_least: 95", "at_least: 1:30", "1:30", "in quotes"),
    ("verify: true}", "verify: yes}", "yes", "'yes'"),
    ("verify: true}", "verify: maybe}", "maybe", "true or false is needed"),
    ("sub_indicator: '9.1'", "sub_indicator: 9.1", "9.1", "in quotes"),
    ("at_least: 70,", "at_least: ผ่าน,", "ผ่าน,", "a number is needed"),
    ("avoid: [พื้นฐาน]", "avoid: พื้นฐาน", "พื้นฐาน\n", "a list is needed"),
    ("title: Q&A", "title: # Q&A", " # Q&A", "no value"),
    ("level: advised", "level: advise", "advise", "did you mean 'advised'?"),
    ("confidence: medium-high", "confidence: mediumhigh", "mediumhigh", "one of"),
    # days
    ("answers_until: '2022-04-30'", "answers_until: '2022-04-31'", "'2022-04-31'", "must be a day"),
    ("answers_until: '2022-04-30'", "answers_until: '2565-04-30'", "'2565-04-30'", "did you mean '2022-04-30'?"),
    ("answers_until: '2023-04-30'", "answers_until: '2025-04-30'", "'2025-04-30'", "left from another edition"),
    ("due: {year: '2022-03-01'", "due: {year: 1 มี.ค. 65", "1 มี.ค. 65", "must be a day"),
    # keys
    ("      O2: ", "      O1: ", "O1: ", "stands twice"),
    ("      O9: ", "      O09: ", "O09", "did you mean 'O9'?"),
    ("      O9: ", "      o9: ", "o9", "did you mean 'O9'?"),
    ("\n  2566:\n", "\n  2023:\n", "2023", "did you mean '2566'?"),
    # form
    ("    title: การประเมิน ITA", "\ttitle: การประเมิน ITA", "\t", "a tab"),
    ("group: ข้อมูลพื้นฐาน", "group: 'ข้อมูลพื้นฐาน", "'ข้อมูลพื้นฐาน", "quote that opens here"),
    ("aliases: [โครงสร้าง", "aliases: [*โครงสร้าง", "โครงสร้าง", "not YAML"),
    ("iit: 30, eit: 30, oit: 40", "iit: 30, eit: 30, oit: 50", "{iit", "add up to 100"),
    ("eit1: 15, eit2: 15", "eit1: 15, eit2: 30", "{iit", "add up to 100"),
    ("eit1: 15, eit2: 15", "eit1: 15, eit_2: 15", "eit_2", "did you mean 'eit2'?"),
    ("eit1: 15, eit2: 15", "eit1: 30", "{iit", "`eit1` and `eit2` go together"),
    ("eit1: 15, eit2: 15", "eit: 20, eit1: 15, eit2: 15", "{iit", "either `eit`, or its parts"),
    ("at_least: 95, each_at_least: 95", "at_least: 95, each_at_least: 195", "195", "less than or equal to 100"),
    (
        "rating: A, at_least: 85, confidence: high",
        "rating: A, at_least: 85, confidence: hgh",
        "hgh",
        "did you mean 'high'?",
    ),
]


@pytest.mark.parametrize(("old", "new", "at", "says"), CASES, ids=[f"{c[1].strip()[:40]}" for c in CASES])
def test_one_mistake_is_one_fault_in_its_place(old: str, new: str, at: str, says: str) -> None:
    after = "editions:\n" if old in TEXT[TEXT.index("editions:\n") :] else "shared:\n"
    text, place = broken(old, new, at, after)
    found = faults(text)
    told = [f for f in found if says in f.message]
    assert told, [str(f) for f in found]
    assert (told[0].line, told[0].column) == place, str(told[0])
    # A misspelt key is also a missing one; nothing else follows from one mistake.
    assert [f for f in found if f is not told[0] and "is missing" not in f.message] == []


def test_three_mistakes_are_three_lines() -> None:
    text = TEXT
    mistakes = (
        ("{use: reachable}", "{use: reachble}"),
        ("level: advised", "level: advise"),
        ("{use: news,", "{use: nws,"),
    )
    for old, new in mistakes:
        text = text.replace(old, new, 1)
    found = faults(text)
    assert len(found) == 3
    assert len({fault.line for fault in found}) == 3
    assert list(found) == sorted(found)


@lru_cache(maxsize=1)
def keys() -> tuple[yaml.ScalarNode, ...]:
    """Every key of the file's form in the shipped rules."""
    found: list[yaml.ScalarNode] = []
    waiting = [yaml.compose(TEXT, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            found += [key for key, _ in node.value if key.value in FIXED]
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return tuple(found)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_misspelt_key_anywhere_is_told_in_its_place(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(keys()))
    position = data.draw(st.integers(1, len(key.value) - 1))
    name = key.value[:position] + "q" + key.value[position:]
    start, stop = key.start_mark.index, key.end_mark.index
    found = faults(TEXT[:start] + name + TEXT[stop:])
    place = (key.start_mark.line + 1, key.start_mark.column + 1)
    (told,) = [f for f in found if (f.line, f.column) == place and "unknown key" in f.message]
    assert f"did you mean {key.value!r}?" in told.message


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.text(st.sampled_from("{}[]:&*!'\"\n\t -$ก0#|>%@`"), max_size=3))
def test_noise_anywhere_is_told_or_harmless(position: int, noise: str) -> None:
    found: tuple[InputFault, ...] = ()
    try:
        load_rules(TEXT[:position] + noise + TEXT[position + 1 :], "rules.yaml")
    except RulesError as error:
        found = error.faults or (InputFault("", 0, 0, ""),)
    assert all(f.line >= 1 and f.column >= 1 and f.message for f in found)
