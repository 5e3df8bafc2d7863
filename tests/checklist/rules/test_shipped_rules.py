"""The shipped rules.yaml: whole, honest about what is not confirmed, and true to its own examples."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from checklist.examples.runner import bare_elements, run_examples
from checklist.rules.diff import difference
from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from checklist.rules.show import show_item
from checklist.rules.verify import facts_to_confirm
from core.models.assessment import Level
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")
YEARS = (2565, 2566, 2567, 2568, 2569)
SECTIONS = {
    2565: ("O12", "O20", "O24", "O28", "O41"),
    2566: ("O13", "O22", "O26", "O38"),
    2567: ("O9", "O17", "O19", "O33"),
    2568: ("O7", "O13", "O15", "O26"),
    2569: (),
}
ITEMS: dict[int, Iterable[int]] = {
    2565: range(1, 44),
    2566: range(1, 44),
    2567: range(1, 36),
    2568: range(1, 29),
    2569: range(1, 27),
}


@pytest.mark.parametrize("year", YEARS)
def test_every_item_is_there(shipped: Rules, year: int) -> None:
    assert [item.id for item in shipped.edition(year).items] == [f"O{n}" for n in ITEMS[year]]


@pytest.mark.parametrize("year", YEARS)
def test_sections_are_required_exactly_where_the_manual_lists_them(shipped: Rules, year: int) -> None:
    found = {
        item.id
        for item in shipped.edition(year).items
        for element in item.elements
        if element.id in ("problems", "suggestions") and element.level is Level.REQUIRED
    }
    assert found == set(SECTIONS[year])


@pytest.mark.parametrize("year", YEARS)
def test_what_is_below_medium_is_advised_or_marked(shipped: Rules, year: int) -> None:
    for item in shipped.edition(year).items:
        for element in item.elements:
            if element.confidence in ("low", "low-medium"):
                assert element.verify, f"{item.id} {element.id}"
                assert element.level is Level.ADVISED or element.id in ("problems", "suggestions")


def test_all_examples_hold(shipped: Rules) -> None:
    assert [str(f) for f in run_examples(shipped)] == []


def test_every_element_has_an_example_that_must_match_and_one_that_must_not(shipped: Rules) -> None:
    assert bare_elements(shipped) == ()


@pytest.mark.parametrize("year", [2567, 2568, 2569])
def test_an_edition_that_is_not_confirmed_says_so(shipped: Rules, year: int) -> None:
    edition = shipped.edition(year)
    assert edition.verify
    assert edition.to_confirm
    assert edition.unconfirmed[0] > edition.unconfirmed[1] / 4
    kinds = {fact.kind for fact in facts_to_confirm(edition)}
    assert {"edition", "element"} <= kinds


INSTRUMENTS = {2565: ("iit", "eit", "oit")} | dict.fromkeys(YEARS[1:], ("iit", "eit1", "eit2", "oit"))


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_its_instruments_and_their_weights(shipped: Rules, year: int) -> None:
    weights = shipped.edition(year).weights
    assert tuple(name for name, _ in weights.instruments) == INSTRUMENTS[year]
    assert sum(weight for _, weight in weights.instruments) == 100
    assert (weights.iit, weights.eit, weights.oit) == (30, 30, 40)


@pytest.mark.parametrize("year", YEARS)
def test_what_a_rating_rests_on_is_told(shipped: Rules, year: int) -> None:
    edition = shipped.edition(year)
    assert edition.bands_source
    assert edition.weights.source
    assert edition.weights.confidence
    assert all(band.confidence for band in edition.bands)


def test_what_is_not_confirmed_names_its_source(shipped: Rules) -> None:
    for year in YEARS:
        for fact in facts_to_confirm(shipped.edition(year)):
            if fact.kind == "element":
                assert fact.source
                assert fact.confidence


def test_local_government_shows_both_its_sides(shipped: Rules) -> None:
    for year in YEARS:
        wanted = [e for e in shipped.edition(year).item("O1").elements if "local" in e.kinds]
        assert [e.id for e in wanted] == ["political"]
        assert "subdistrict-administration" in wanted[0].kinds


def test_people_can_read_them(shipped: Rules) -> None:
    assert any("รายงานผลการดำเนินงานประจำปี" in line for line in show_item(shipped.edition(2565), "O12"))


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        (2565, 2566, {"O12": "O13", "O10": "O11", "O28": "O26", "O34": "O31", "O41": "O38"}),
        (2566, 2567, {"O13": "O9", "O15": "O11", "O11": "O8", "O38": "O33", "O42": "O34"}),
        (2567, 2568, {"O9": "O7", "O33": "O26"}),
        (2568, 2569, {"O13": "O12", "O26": "O24", "O28": "O26"}),
    ],
)
def test_an_item_under_a_new_number_is_known_again(
    shipped: Rules, before: int, after: int, numbers: dict[str, str]
) -> None:
    found = difference(shipped.edition(before), shipped.edition(after))
    moves = {change.before.id: change.after.id for change in found.both}
    assert {old: moves.get(old) for old in numbers} == numbers


def test_what_came_and_went_is_told(shipped: Rules) -> None:
    found = difference(shipped.edition(2565), shipped.edition(2566))
    assert {item.id for item in found.gone} == {"O18", "O19", "O20", "O32", "O35"}
    assert {item.id for item in found.came} == {"O10", "O33", "O39", "O40", "O41"}
    fax = next(change for change in found.both if change.after.id == "O5").elements
    assert [e.before.id for e in fax if e.before and e.after is None] == ["fax"]


def test_two_items_that_became_one_are_told(shipped: Rules) -> None:
    found = difference(shipped.edition(2567), shipped.edition(2568))
    into = {old.id: new.id for old, new in found.merged} | {c.before.id: c.after.id for c in found.both}
    assert {into["O1"], into["O3"]} == {"O1"}
    assert {into["O14"], into["O16"]} == {"O12"}
    assert not {"O1", "O3", "O14", "O16"} & {item.id for item in found.gone}


def test_an_edition_does_not_differ_from_itself(shipped: Rules) -> None:
    found = difference(shipped.edition(2566), shipped.edition(2566))
    assert not found.gone
    assert not found.came
    assert all(change.same for change in found.both)


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
