"""Days that are left, and what a reader must know of the edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklist.rules.model import Rules
from core.models.assessment import Assessment, IfDue, ItemStatus
from reports.messages import thai
from reports.ordering import order_verdicts
from reports.season import deadline, edition_notes, next_due


@pytest.fixture
def early(full: Assessment) -> Assessment:
    """An assessment in February with two items that fall due on the first of April, one of them complete already."""
    first, second, third, *rest = full.verdicts
    due = date(2022, 4, 1)
    waiting = replace(first, status=ItemStatus.NOT_DUE, findings=(), due=due, if_due=IfDue(ItemStatus.INCOMPLETE))
    later = replace(second, status=ItemStatus.NOT_DUE, due=date(2022, 4, 30), if_due=IfDue(ItemStatus.MISSING))
    done = replace(third, status=ItemStatus.COMPLETE, findings=(), due=due)
    return replace(full, as_of=date(2022, 2, 1), verdicts=(waiting, later, done, *rest))


def test_the_next_due_item_is_named_with_its_days(early: Assessment) -> None:
    sentence = next_due(early, thai())
    assert early.verdicts[0].item in sentence
    assert early.verdicts[1].item not in sentence
    assert "59 วัน" in sentence


def test_what_comes_is_no_gap_and_the_next_due_is_first(early: Assessment) -> None:
    groups = order_verdicts(early)
    assert [v.item for v in groups.coming] == [early.verdicts[0].item, early.verdicts[1].item]
    assert not {v.item for v in groups.coming} & {v.item for v in (*groups.gaps, *groups.fine)}


def test_the_answering_period_counts_down_and_ends(shipped: Rules, early: Assessment) -> None:
    edition = shipped.edition(2565)
    left = (date.fromisoformat(edition.answers_until) - early.as_of).days
    assert f"{left} วัน" in deadline(early, edition, thai())
    over = replace(early, as_of=date(2022, 9, 1))
    assert "สิ้นสุด" in deadline(over, edition, thai())


def test_a_partial_or_older_edition_says_so(shipped: Rules) -> None:
    edition = shipped.edition(2565).model_copy(update={"not_checked": ("O5", "O6"), "verify": False})
    assert edition_notes(edition.model_copy(update={"not_checked": ()}), date(2022, 4, 30), thai()) == ()
    (partial,) = edition_notes(edition, date(2022, 4, 30), thai())
    assert "O5, O6" in partial
    notes = edition_notes(edition, date(2022, 10, 1), thai())
    assert "2566" in notes[-1]
