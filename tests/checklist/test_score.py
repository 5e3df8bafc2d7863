"""The score as the manual counts it, and the published figures that it must reproduce."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.rules.model import Rules
from checklist.score import Instruments, costs, overall, score
from core.models.assessment import ItemStatus


def test_the_province_that_lost_one_item_of_9_2(shipped: Rules) -> None:
    edition = shipped.edition(2565)
    statuses = {item.id: ItemStatus.COMPLETE for item in edition.items} | {"O12": ItemStatus.INCOMPLETE}
    result = score(edition, statuses)
    nine, ten = result.parts
    assert {p.id: p.lowest for p in nine.parts}["9.2"] == 87.5
    assert (nine.lowest, ten.lowest, result.lowest) == (97.5, 100.0, 98.75)
    total = overall(edition, Instruments(93.15, result.lowest or 0, eit=91.94))
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


def test_four_instruments_reproduce_the_published_score_of_2566(shipped: Rules) -> None:
    """A state enterprise, ITA 2566: 97.59, and only the second rating, since EIT part 1 is below 95."""
    total = overall(shipped.edition(2566), Instruments(98.50, 100.0, eit1=91.15, eit2=95.79))
    assert (total.score, total.rating, total.best_rating) == (97.59, "ผ่านดี", "ผ่านดี")


@pytest.mark.parametrize("year", [2566, 2567, 2568, 2569])
def test_one_weak_part_of_eit_keeps_the_rating_down(shipped: Rules, year: int) -> None:
    """The audit office, ITA 2568: 94.64 and `ผ่าน`, because one part of EIT is below 85."""
    edition = shipped.edition(year)
    total = overall(edition, Instruments(97.0, 99.0, eit1=80.0, eit2=99.94))
    assert (total.score, total.rating) == (95.69, "ผ่าน")
    assert overall(edition, Instruments(96.0, 97.0, eit1=86.0, eit2=94.0)).rating == "ผ่านดี"


def test_the_mean_of_the_parts_alone_gives_a_range(shipped: Rules) -> None:
    total = overall(shipped.edition(2567), Instruments(96.0, 97.0, eit=90.0))
    assert (total.score, total.rating, total.best_rating) == (94.6, "ผ่าน", "ผ่านดี")
    sure = overall(shipped.edition(2567), Instruments(100.0, 100.0, eit=100.0))
    assert sure.rating == sure.best_rating == "ผ่านดีเยี่ยม"


def test_an_edition_with_parts_needs_eit_in_one_form(shipped: Rules) -> None:
    with pytest.raises(ValueError, match="EIT is missing"):
        overall(shipped.edition(2566), Instruments(96.0, 97.0))


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_a_better_instrument_never_lowers_the_score(
    shipped: Rules, iit: float, eit1: float, eit2: float, oit: float
) -> None:
    edition = shipped.edition(2566)
    here = overall(edition, Instruments(iit, oit, eit1=eit1, eit2=eit2))
    better = overall(edition, Instruments(100.0, oit, eit1=eit1, eit2=eit2))
    assert better.score >= here.score
    by_mean = overall(edition, Instruments(iit, oit, eit=(eit1 + eit2) / 2))
    ratings = [band.rating for band in sorted(edition.bands, key=lambda b: (-b.at_least, -b.each_at_least))]
    assert ratings.index(by_mean.best_rating) <= ratings.index(here.rating) <= ratings.index(by_mean.rating)
