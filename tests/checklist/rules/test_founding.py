"""What facts rest on: a table that cannot name what is not there, and shipped rules that say it of all."""

from __future__ import annotations

import pytest

from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import BASES, Edition, Rules
from checklist.rules.show import edition_lines, show_item
from checklist.rules.verify import stakes
from checklist.score import costs
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")


def test_every_title_and_element_says_what_it_rests_on(shipped: Rules) -> None:
    for edition in shipped.editions:
        assert {item.title_basis for item in edition.items} <= set(BASES), edition.name
        assert {e.basis for item in edition.items for e in item.elements} <= set(BASES), edition.name


def test_high_is_official_or_three_copies(shipped: Rules) -> None:
    for edition in shipped.editions:
        for item in edition.items:
            for element in item.elements:
                if element.confidence == "high":
                    assert element.basis in ("official", "copies"), f"{edition.name} {item.id} {element.id}"


def test_an_element_stands_before_its_item(shipped: Rules) -> None:
    item = shipped.edition(2565).item("O42")
    assert {e.id: e.basis for e in item.elements}["weak"] == "variant"
    assert {e.id: e.basis for e in item.elements}["follow_up"] == "memory"


FAULTS = [
    ("      copy: [O1-O4, O6-O7", "      cpy: [O1-O4, O6-O7", "cpy", "did you mean 'copy'?"),
    ("memory: [O4.current_year, O7.problems", "memory: [O4.curent_year, O7.problems", "O4.curent", "'current_year'?"),
    ("variant: [O12, O19.total", "variant: [O122, O19.total", "O122", "did you mean 'O12'?"),
    ("titles: {copy: [O1-O28]}", "titles: {copy: [O1-O29]}", "O1-O29", "no item 'O29'"),
    ("titles: {copy: [O1-O28]}", "titles: {copi: [O1-O28]}", "copi", "did you mean 'copies'?"),
    ("titles: {copy: [O1-O28]}", "titles: {copy: [O28-O1]}", "O28-O1", "a range goes up"),
    ("titles: {copy: [O1-O28]}", "titles: {copy: [O1.chart]}", "O1.chart", "not an element's"),
    ("titles: {copy: [O1-O28]}", "titles: {copy: [O1-O28], memory: [O3]}", "O3]", "stands under 'copy' already"),
    ("variant: [O12, O19.total", "variant: O12, #[O19.total", "O12,", "a list of items"),
]


@pytest.mark.parametrize(("old", "new", "at", "says"), FAULTS, ids=[f[1].strip()[:30] for f in FAULTS])
def test_a_fault_has_its_place_and_the_nearest_name(old: str, new: str, at: str, says: str) -> None:
    start = TEXT.index(old)
    text = TEXT[:start] + new + TEXT[start + len(old) :]
    with pytest.raises(RulesError) as raised:
        load_rules(text, "rules.yaml")
    position = text.index(at, start)
    place = (text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))
    told = [f for f in raised.value.faults if says in f.message]
    assert told, [str(f) for f in raised.value.faults]
    assert (told[0].line, told[0].column) == place, str(told[0])


def test_rules_tell_how_each_edition_is_founded(shipped: Rules) -> None:
    lines = edition_lines(shipped)
    assert lines[-1] == "highest complete edition: 2569"
    assert sum(line.startswith("edition ") for line in lines) == len(shipped.editions)
    assert any("memory" in line and "one or two copies" in line for line in lines)
    assert any("rest on: memory" in line for line in show_item(shipped.edition(2567), "O20"))


def test_a_partial_edition_and_a_draft_are_never_the_highest_complete(shipped: Rules) -> None:
    def with_newest(**changes: object) -> Rules:
        editions = tuple(e.model_copy(update=changes) if e.name == "2569" else e for e in shipped.editions)
        return shipped.model_copy(update={"editions": editions})

    partial, draft = with_newest(not_checked=("O27",)), with_newest(draft=True)
    assert partial.newest.name == "2569"
    assert draft.newest.name == "2568"
    for rules in (partial, draft):
        whole = rules.newest_complete
        assert whole is not None
        assert whole.name == "2568"
    assert any("partial: O27 not checked" in line for line in edition_lines(partial))


def test_stakes_are_ordered_by_points(shipped: Rules) -> None:
    for edition in shipped.editions:
        listed = stakes(edition)
        assert [s.points for s in listed] == sorted((s.points for s in listed), reverse=True)
        assert all(s.points == costs(edition)[s.item.id] for s in listed)
        assert all(s.counted or s.advised or not s.title_is_sure for s in listed)


def test_what_is_sure_is_not_at_stake(shipped: Rules) -> None:
    edition: Edition = shipped.edition(2566)
    assert "O11" not in {s.item.id for s in stakes(edition)}
    assert "O38" in {s.item.id for s in stakes(edition)}
