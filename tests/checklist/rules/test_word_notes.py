"""Notes on word lists: they name lists that exist, and their examples are run."""

from __future__ import annotations

import pytest

from checklist.examples.runner import run_examples
from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from checklist.rules.show import word_lines
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")


def test_each_note_says_the_part_of_speech_and_has_both_kinds_of_examples(shipped: Rules) -> None:
    assert len(shipped.word_notes) > 10
    assert all(n.speech and n.says and n.examples.match and n.examples.reject for n in shipped.word_notes)


def test_an_example_of_a_note_that_does_not_hold_is_told(shipped: Rules) -> None:
    without = {name: words for name, words in shipped.lexicon.items() if name != "section_ends"}
    edition = shipped.edition(2569)
    bare = edition.model_copy(update={"items": edition.items[:1]})
    rules = shipped.model_copy(update={"lexicon": without, "editions": (bare,)})
    assert [f.element for f in run_examples(rules)] == ["section_ends"]


def test_a_note_on_no_list_is_told_in_its_place() -> None:
    start = TEXT.index("\n  section_joiner:\n", TEXT.index("\nword_notes:")) + 3
    text = TEXT[:start] + TEXT[start:].replace("section_joiner", "section_joinr", 1)
    with pytest.raises(RulesError) as raised:
        load_rules(text, "rules.yaml")
    (fault,) = raised.value.faults
    assert (fault.line, fault.column) == (text.count("\n", 0, start) + 1, 3)
    assert "did you mean 'section_joiner'?" in fault.message


def test_the_lists_are_told_with_their_notes(shipped: Rules) -> None:
    lines = word_lines(shipped)
    assert len(lines) == len(shipped.lexicon)
    assert any(line.startswith("section_joiner (") and "คำสันธาน" in line for line in lines)
