"""New, fixed, back again, unchanged: against the last night and against any earlier one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.history import compare_with, gap_id, observe
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    CrawlSummary,
    ElementStatus,
    Finding,
    IfDue,
    ItemStatus,
    Level,
    SubScore,
    Verdict,
)
from core.models.history import Change, StatusSpan, add_night

NIGHT = datetime(2026, 1, 1, 18, tzinfo=UTC)


def night(number: int) -> datetime:
    return NIGHT + timedelta(days=number)


def spans_of(*statuses: str) -> tuple[StatusSpan, ...]:
    """The spans of one place after one status a night; a dash is a night that could not read the site."""
    held: tuple[StatusSpan, ...] = ()
    for number, status in enumerate(statuses):
        if status != "-":
            held = add_night(held, ("O12", ""), status, night(number))
    return held


def assessment(*verdicts: Verdict, stale: bool = False) -> Assessment:
    crawl = CrawlSummary(NIGHT, NIGHT, True, 1, 0, 0, None, stale=stale)
    agency = Agency("a", "ก", "https://a.go.th/")
    return Assessment(agency, 2566, date(2023, 4, 30), crawl, SubScore("oit", 0, 0), verdicts)


def finding(element: str, status: ElementStatus, level: Level = Level.REQUIRED) -> Finding:
    return Finding(element, element, level, status)


@pytest.mark.parametrize(
    ("statuses", "then", "change"),
    [
        (("missing",), -1, Change.NEW),
        (("missing", "missing"), 0, Change.SAME),
        (("missing", "complete"), 0, Change.FIXED),
        (("missing", "complete"), -1, Change.SAME),
        (("missing", "complete", "incomplete"), 1, Change.BACK),
        (("missing", "complete", "incomplete"), 0, Change.SAME),
        (("complete", "missing"), 0, Change.NEW),
        (("missing", "-", "-"), 1, Change.SAME),
        (("missing", "-", "complete"), 1, Change.FIXED),
        (("incomplete", "outdated"), 0, Change.SAME),
    ],
)
def test_a_gap_against_an_earlier_night(statuses: tuple[str, ...], then: int, change: Change) -> None:
    found = compare_with({("O12", ""): spans_of(*statuses)}, night(then))
    assert found["O12", ""].change is change


def test_a_night_without_a_change_costs_no_row() -> None:
    assert len(spans_of(*["missing"] * 365)) == 1


def test_first_and_last_seen_are_told_over_a_gap_that_comes_back() -> None:
    now = compare_with({("O12", ""): spans_of("missing", "complete", "missing", "missing")}, night(2))["O12", ""]
    assert (now.first_seen, now.since, now.last_seen) == (night(0), night(2), night(3))


def test_the_last_night_may_be_told_anew_after_a_rule_edit() -> None:
    held = add_night(spans_of("missing", "complete"), ("O12", ""), "missing", night(1))
    assert held == spans_of("missing", "missing")


@given(st.lists(st.sampled_from(["missing", "incomplete", "complete", "-"]), max_size=12))
def test_telling_a_night_twice_is_telling_it_once(statuses: list[str]) -> None:
    once = spans_of(*statuses)
    twice = once
    for number, status in enumerate(statuses):
        if status != "-":
            twice = add_night(twice, ("O12", ""), status, night(number))
    assert twice == once
    assert all(earlier.until == later.since for earlier, later in itertools.pairwise(once))
    assert all(earlier.status != later.status for earlier, later in itertools.pairwise(once))


def test_only_what_was_read_is_said() -> None:
    seen = assessment(
        Verdict("O1", "", "9.1", ItemStatus.UNCHECKED, 1),
        Verdict("O2", "", "9.1", ItemStatus.REVIEW, 1),
        Verdict(
            "O12",
            "",
            "9.2",
            ItemStatus.INCOMPLETE,
            1,
            findings=(
                finding("problems", ElementStatus.EMPTY),
                finding("suggestions", ElementStatus.REVIEW),
                finding("more", ElementStatus.MISSING, Level.ADVISED),
            ),
        ),
    )
    assert observe(seen) == {("O12", ""): "incomplete", ("O12", "problems"): "empty"}
    assert observe(replace(seen, crawl=replace(seen.crawl, stale=True))) == {}


def test_the_day_that_an_item_falls_due_is_no_change() -> None:
    early = Verdict("O12", "", "9.2", ItemStatus.NOT_DUE, 1, if_due=IfDue(ItemStatus.MISSING))
    due = Verdict("O12", "", "9.2", ItemStatus.MISSING, 1)
    assert observe(assessment(early)) == observe(assessment(due))


def test_gaps_have_ids_that_can_be_quoted() -> None:
    assert (gap_id("O12"), gap_id("O12", "problems")) == ("O12", "O12-problems")
