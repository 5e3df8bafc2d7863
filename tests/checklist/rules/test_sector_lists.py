"""Lists of sectors as editions of their own, and the kinds of agency."""

from __future__ import annotations

import pytest

from checklist.rules.loader import RulesError, load_rules
from checklist.rules.model import Rules
from core.models.assessment import Level
from tests.paths import PROJECT

TEXT = PROJECT.joinpath("rules.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "scheme", "prefix", "count", "problems"),
    [
        (2568, "ovec", "O", 37, {"O11", "O25", "O35"}),
        (2569, "ovec", "O", 23, {"O7"}),
        (2565, "moit", "MOIT", 23, {"MOIT3", "MOIT11"}),
    ],
)
def test_a_sectors_list_is_whole(
    shipped: Rules, year: int, scheme: str, prefix: str, count: int, problems: set[str]
) -> None:
    edition = shipped.edition(year, scheme)
    assert [item.id for item in edition.items] == [f"{prefix}{n}" for n in range(1, count + 1)]
    found = {
        item.id
        for item in edition.items
        for element in item.elements
        if element.id == "problems" and element.level is Level.REQUIRED
    }
    assert found == problems
    assert edition.to_confirm


def test_the_general_list_is_what_a_year_means(shipped: Rules) -> None:
    assert shipped.edition(2568).scheme == ""
    assert shipped.newest.scheme == ""
    with pytest.raises(KeyError):
        shipped.edition(2567, "ovec")


def test_the_kinds_are_those_of_the_commission(shipped: Rules) -> None:
    kinds = {kind.id: kind.within for kind in shipped.agency_kinds}
    assert len(kinds) - 1 == 17  # and `local`, which holds six of them
    assert sum(within == "local" for within in kinds.values()) == 6
    assert {"parliament", "court", "independent", "prosecutor", "fund"} <= kinds.keys()


def test_what_holds_for_local_government_holds_for_each_kind_of_it(shipped: Rules) -> None:
    (political,) = [e for e in shipped.edition(2568).item("O1").elements if e.id == "political"]
    assert {"local", "city-municipality", "subdistrict-administration", "special-local"} <= set(political.kinds)
    assert "provincial" not in political.kinds


FAULTS = [
    ("\n  2568-ovec:\n", "\n  2568-ovce:\n", "2568-ovce", "did you mean '2568-ovec'?"),
    ("\n  2568-ovec:\n", "\n  2568-:\n", "2568-", "bad year"),
    ("\n  2568-ovec:\n", "\n  2025-ovec:\n", "2025-ovec", "did you mean '2568"),
    ("      MOIT7:\n", "      O7:\n", "O7", "items of this list are MOIT1"),
    ("      MOIT7:\n", "      MOIT07:\n", "MOIT07", "an item's id"),
    ("prefix: MOIT}", "prefx: MOIT}", "prefx", "did you mean 'prefix'?"),
    ("prefix: MOIT}", "prefix: moit}", "moit}", "must be written like"),
    ("เทศบาลเมือง, within: local}", "เทศบาลเมือง, within: locl}", "locl", "did you mean 'local'?"),
]


@pytest.mark.parametrize(("old", "new", "at", "says"), FAULTS, ids=[f[1].strip()[:30] for f in FAULTS])
def test_a_fault_has_its_place_and_the_nearest_name(old: str, new: str, at: str, says: str) -> None:
    start = TEXT.index(old)
    text = TEXT[:start] + new + TEXT[start + len(old) :]
    with pytest.raises(RulesError) as raised:
        load_rules(text, "rules.yaml")
    position = text.index(at, start)
    line = text.count("\n", 0, position) + 1
    told = [f for f in raised.value.faults if says in f.message and f.line == line]
    assert told, [str(f) for f in raised.value.faults]


def test_items_that_are_checked_are_not_among_those_that_are_not() -> None:
    start = TEXT.index("    verify: true\n", TEXT.index("\n  2569:\n"))
    text = TEXT[:start] + "    not_checked: [O27, O26]\n" + TEXT[start:]
    with pytest.raises(RulesError, match="O26 is among the items"):
        load_rules(text, "rules.yaml")
