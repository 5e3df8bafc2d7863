"""The planted sites: every defect of every topic has its turn, and the same seed plants the same."""

from __future__ import annotations

import pytest

from sample.defect_sites import _defects, plant_defects
from sample.editions import entries
from sample.truth import site_truth


@pytest.mark.parametrize("edition", [2565, 2566])
def test_every_defect_of_every_topic_is_planted(edition: int) -> None:
    found = {defect for case in plant_defects(edition, 120) for defect in case.defects}
    wanted = {d for entry in entries(edition) for d in _defects(entry.topic, edition)}
    # A form of a section, or a defect that fell on a site with last year's index, may miss its turn.
    assert len(wanted - found) <= 0.1 * len(wanted)
    for entry in entries(edition):
        kinds = {d.kind for d in wanted if d.topic == entry.topic}
        assert len(kinds - {d.kind for d in found if d.topic == entry.topic}) <= 1


def test_the_same_seed_plants_the_same() -> None:
    assert plant_defects(2566, 12, 3) == plant_defects(2566, 12, 3)
    assert plant_defects(2566, 12, 3) != plant_defects(2566, 12, 4)


def test_most_items_of_a_planted_site_are_not_complete() -> None:
    statuses = [item["status"] for case in plant_defects(2566, 31) for item in site_truth(case, 2566)["items"].values()]
    assert statuses.count("complete") < len(statuses) / 2
    assert {"incomplete", "outdated", "missing", "unreachable", "review", "complete"} <= set(statuses)
