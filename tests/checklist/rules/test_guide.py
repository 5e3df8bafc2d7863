"""The guide for who adds the next year: what it shows works, and it names all there is, in both languages."""

from __future__ import annotations

import re

import pytest

from checklist.examples.notation import DIRECTIVES
from checklist.examples.runner import run_examples
from checklist.rules.diff import difference
from checklist.rules.draft import DraftWords, add_draft
from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from checklist.rules.specs import Matcher
from tests.paths import PROJECT

ROOT = PROJECT
TEXT = ROOT.joinpath("rules.yaml").read_text("utf-8")
GUIDE = ROOT.joinpath("docs/rules.md").read_text("utf-8")
HALVES = GUIDE[GUIDE.index("## ภาษาไทย") :].split("## English")


WORDS = DraftWords(("ทุกข้อ",), "ยกมาจากปี 2569")


def next_year() -> str:
    """The rules with a draft of 2570 made from 2569, as the guide's first step makes it."""
    return add_draft(TEXT, "rules.yaml", 2570, "2569", WORDS)


def blocks(half: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", half, re.DOTALL)


@pytest.mark.parametrize("half", HALVES, ids=["thai", "english"])
def test_a_year_is_added_as_the_guide_says(half: str) -> None:
    item, element = blocks(half)
    text = next_year().replace("\n  items:\n", "\n" + element + "  items:\n", 1)
    place = text.index("\n      O9:\n", text.index("\n  2570:"))
    end = text.index("\n      O10:\n", place)
    filled = text[: place + 1] + item.rstrip("\n") + text[end:]
    draft = filled.index("\n  2570:")
    confirmed = filled[:draft] + filled[draft:].replace("    draft: true\n", "").replace(
        "other_year: [O1-O26]", "official: [O9]", 2
    )
    rules = load_rules(confirmed, "rules.yaml")
    assert rules.newest.year == 2570
    added = rules.edition(2570).item("O9")
    assert (added.page, added.title_basis, added.verify) == ("31", "official", False)
    assert not any(element.verify for element in added.elements)
    assert added.title == "รายงานผลการดำเนินงานประจำปี พ.ศ. 2569"
    assert {"method", "problems"} <= {e.id for e in added.elements}
    assert "budget" not in {e.id for e in added.elements}
    assert run_examples(rules) == ()
    found = difference(rules.edition(2569), rules.edition(2570))
    assert {change.after.id for change in found.both} >= {"O1", "O2", "O26"}


def test_the_guides_element_has_examples_that_hold() -> None:
    (_, element), (_, again) = map(blocks, HALVES)
    assert element == again
    text = next_year().replace("\n  items:\n", "\n" + element + "  items:\n", 1)
    place = text.index("\n        elements:\n", text.index("\n  2570:")) + len("\n        elements:\n")
    rules = load_rules(text[:place] + "          carbon: {use: carbon_report}\n" + text[place:], "rules.yaml")
    assert any(e.id == "carbon" for item in rules.edition(2570).items for e in item.elements)
    assert run_examples(rules) == ()


def test_days_that_were_not_changed_are_told() -> None:
    forgotten = next_year().replace("'2027-", "'2025-")
    with pytest.raises(RulesError) as raised:
        load_rules(forgotten, "rules.yaml")
    assert all("left from another edition" in fault.message for fault in raised.value.faults)
    assert raised.value.faults


@pytest.mark.parametrize("half", HALVES, ids=["thai", "english"])
def test_the_guide_names_every_kind_and_every_sign(half: str) -> None:
    assert [kind for kind in Matcher.model_fields if f"`{kind}:" not in half and f"`{kind}: " not in half] == []
    told = set(re.findall(r"\[([a-z]+)(?: 2)?\]", half))
    assert set(DIRECTIVES) - told - {"content"} == set()


def test_both_halves_are_whole() -> None:
    thai, english = HALVES
    for sign in ("\n### ", "\n**", "```", "\n| "):
        assert thai.count(sign) == english.count(sign), sign


@pytest.mark.parametrize("half", HALVES, ids=["thai", "english"])
def test_every_word_list_is_explained(shipped: Rules, half: str) -> None:
    """A list is named in the first cell of a row, what it is for stands in the second; no row is of a list that is
    gone."""
    start = half.index("`lexicon`\n")
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\| (\S.+) \|$", half[start : half.index("\n### ", start)], re.MULTILINE)
    explained = [name for names, _ in rows for name in re.findall(r"`(\w+)`", names)]
    assert sorted(explained) == sorted(shipped.lexicon)
