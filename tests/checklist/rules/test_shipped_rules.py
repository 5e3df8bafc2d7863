"""The shipped rules.yaml: whole, honest about what is not confirmed, and true to its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklist.rules.diff import diff_lines
from checklist.rules.examples import run_examples
from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from checklist.rules.show import show_item
from checklist.rules.verify import verify_lines
from oit.model import Level

TEXT = Path(__file__).resolve().parents[3].joinpath("rules.yaml").read_text("utf-8")
SECTIONS = {2565: ("O12", "O20", "O24", "O28", "O41"), 2566: ("O13", "O22", "O26", "O38")}


@pytest.mark.parametrize("year", [2565, 2566])
def test_every_item_is_there(shipped: Rules, year: int) -> None:
    assert [item.id for item in shipped.edition(year).items] == [f"O{n}" for n in range(1, 44)]


@pytest.mark.parametrize("year", [2565, 2566])
def test_sections_are_required_exactly_where_the_manual_lists_them(shipped: Rules, year: int) -> None:
    found = {
        item.id
        for item in shipped.edition(year).items
        for element in item.elements
        if element.id in ("problems", "suggestions") and element.level is Level.REQUIRED
    }
    assert found == set(SECTIONS[year])


@pytest.mark.parametrize("year", [2565, 2566])
def test_what_is_below_medium_is_advised_or_marked(shipped: Rules, year: int) -> None:
    for item in shipped.edition(year).items:
        for element in item.elements:
            if element.confidence in ("low", "low-medium"):
                assert element.verify, f"{item.id} {element.id}"
                assert element.level is Level.ADVISED or element.id in ("problems", "suggestions")


def test_all_examples_hold(shipped: Rules) -> None:
    assert [str(f) for f in run_examples(shipped)] == []


def test_people_can_read_them(shipped: Rules) -> None:
    assert any("รายงานผลการดำเนินงานประจำปี" in line for line in show_item(shipped.edition(2565), "O12"))
    changed = diff_lines(shipped.edition(2565), shipped.edition(2566))
    assert any(line.startswith("~ O12 -> O13") for line in changed)
    assert len(verify_lines(shipped.edition(2566))) > 3


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("sub_indicator: '9.2'", "sub_indicatr: '9.2'", "sub_indicator"),
        ("match: {evidence: {}}", "match: {evidense: {}}", "evidence"),
        ("year: current", "year: curent", "curent"),
        ("2566:", "66:", "66"),
    ],
)
def test_a_fault_names_its_place(before: str, after: str, told: str) -> None:
    position = TEXT.index(before)
    broken = TEXT[:position] + after + TEXT[position + len(before) :]
    with pytest.raises(RulesError) as caught:
        load_rules(broken, "rules.yaml")
    line = TEXT[:position].count("\n") + 1
    assert f"rules.yaml:{line}:" in str(caught.value)
    assert told in str(caught.value)


def test_three_faults_give_three_lines() -> None:
    broken = TEXT
    for before, after in (("  O1:", "  O1x:"), ("level: advised", "level: adviced"), ("span: covers", "span: cover")):
        broken = broken.replace(before, after, 1)
    with pytest.raises(RulesError) as caught:
        load_rules(broken, "rules.yaml")
    assert len({str(fault).split(":")[1] for fault in caught.value.faults}) >= 3


GARBAGE = ["", "- a", "schema: oit-rules/1\nschema: oit-rules/1\n", "a: &a [*a]", "\x00", "editions: {O1: no}"]


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_is_told_not_raised(text: str) -> None:
    with pytest.raises(RulesError):
        load_rules(text, "rules.yaml")
