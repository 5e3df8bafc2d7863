"""The next year's skeleton: whole, usable at once, and nothing in it passes for confirmed."""

from __future__ import annotations

import pytest

from checklist.examples.runner import run_examples
from checklist.rules.draft import DraftWords, add_draft
from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from checklist.rules.verify import facts_to_confirm
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")
WORDS = DraftWords(("ทุกข้อ ทีละข้อ",), "ยกมาจากปีก่อน")


def drafted(year: int, origin: str) -> Rules:
    return load_rules(add_draft(TEXT, "rules.yaml", year, origin, WORDS), "rules.yaml")


@pytest.mark.parametrize(
    ("year", "origin", "name"),
    [(2570, "2569", "2570"), (2570, "2569-ovec", "2570-ovec"), (2566, "2565-moit", "2566-moit")],
)  # fmt: skip
def test_a_draft_has_every_item_and_element_of_its_origin(shipped: Rules, year: int, origin: str, name: str) -> None:
    rules = drafted(year, origin)
    source = next(e for e in rules.editions if e.name == origin)
    draft = next(e for e in rules.editions if e.name == name)
    assert [(i.id, i.sub_indicator, i.year, i.span) for i in draft.items] == [
        (i.id, i.sub_indicator, i.year, i.span) for i in source.items
    ]
    assert [[(e.id, e.level) for e in i.elements] for i in draft.items] == [
        [(e.id, e.level) for e in i.elements] for i in source.items
    ]
    assert run_examples(rules.model_copy(update={"editions": (draft,)})) == ()
    assert shipped.editions == rules.editions[:-1]


def test_everything_in_a_draft_is_to_be_confirmed() -> None:
    draft = drafted(2570, "2569").edition(2570)
    assert draft.draft
    assert draft.unconfirmed[0] == draft.unconfirmed[1] > 100
    assert all(item.verify and item.source for item in draft.items)
    assert {e.basis for item in draft.items for e in item.elements} == {"other_year"}
    facts = facts_to_confirm(draft)
    assert {fact.kind for fact in facts} == {"edition", "item", "element", "band"}
    assert all(band.confidence == "low-medium" for band in draft.bands)


def test_a_draft_is_taken_only_by_name() -> None:
    rules = drafted(2570, "2569")
    assert rules.newest.year == 2569
    assert rules.newest_complete is not None
    assert rules.newest_complete.year == 2569
    assert rules.edition(2570).draft


def test_the_days_move_with_the_year() -> None:
    draft = drafted(2570, "2569").edition(2570)
    assert (draft.answers_from, draft.answers_until) == ("2027-03-01", "2027-04-30")
    assert {item.due for item in draft.items} <= {"2027-03-01", "2027-04-01", None}
    assert draft.item("O13").title.endswith("พ.ศ. 2570")


@pytest.mark.parametrize(
    ("year", "origin", "says"), [(2569, "2568", "2569 already"), (2570, "2596", "no edition 2596, did")]
)
def test_a_wrong_year_or_origin_is_told(year: int, origin: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        add_draft(TEXT, "rules.yaml", year, origin, WORDS)


def test_rules_with_faults_are_not_drafted_from() -> None:
    with pytest.raises(RulesError):
        add_draft(TEXT.replace("use: strategy", "use: strtegy", 1), "rules.yaml", 2570, "2569", WORDS)
