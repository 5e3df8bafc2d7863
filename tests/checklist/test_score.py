"""The score as the manual counts it, and the published figures that it must reproduce."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.rules.model import Rules
from checklist.score import costs, overall, score
from core.models.assessment import ItemStatus


def test_the_province_that_lost_one_item_of_9_2(shipped: Rules) -> None:
    edition = shipped.edition(2565)
    statuses = {item.id: ItemStatus.COMPLETE for item in edition.items} | {"O12": ItemStatus.INCOMPLETE}
    result = score(edition, statuses)
    nine, ten = result.parts
    assert {p.id: p.lowest for p in nine.parts}["9.2"] == 87.5
    assert (nine.lowest, ten.lowest, result.lowest) == (97.5, 100.0, 98.75)
    total = overall(edition, 93.15, 91.94, result.lowest or 0)
    assert (total.score, total.rating) == (95.03, "AA")
    assert costs(edition)["O12"] == pytest.approx(1.25)


@pytest.mark.parametrize("year", [2565, 2566])
def test_costs_add_up_to_the_whole(shipped: Rules, year: int) -> None:
    edition = shipped.edition(year)
    assert sum(costs(edition).values()) == pytest.approx(100)
    assert sum(costs(edition, frozenset({"O1", "O42"})).values()) == pytest.approx(100)


@settings(max_examples=60)
@given(st.data())
def test_a_failure_never_raises_and_the_interval_holds(shipped: Rules, data: st.DataObject) -> None:
    edition = shipped.edition(2566)
    ids = [item.id for item in edition.items]
    statuses = {i: data.draw(st.sampled_from(list(ItemStatus))) for i in ids}
    before = score(edition, statuses)
    failing = data.draw(st.sampled_from([i for i in ids if statuses[i] is not ItemStatus.EXEMPT] or ids[:1]))
    after = score(edition, statuses | {failing: ItemStatus.MISSING})
    for result in (before, after):
        if result.lowest is not None and result.highest is not None:
            assert 0 <= result.lowest <= result.highest <= 100
    if before.lowest is not None and after.lowest is not None and statuses[failing] is not ItemStatus.EXEMPT:
        assert after.lowest <= before.lowest


def test_unread_things_widen_the_interval_and_cost_nothing_below(shipped: Rules) -> None:
    edition = shipped.edition(2566)
    result = score(edition, {item.id: ItemStatus.UNCHECKED for item in edition.items})
    assert (result.lowest, result.highest) == (0.0, 100.0)
