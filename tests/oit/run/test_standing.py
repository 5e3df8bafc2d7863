"""A verdict that stands is shown as it was given; as soon as anything that it rests on has changed, it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from core.models.assessment import Assessment
from core.storage.engine import open_engine
from core.store_folder import note_newest, read_newest
from oit.run import standing
from oit.run.checking import check_all
from oit.run.job import RunPlan, prepare_run
from oit.run.pipeline import check_agencies
from oit.run.standing import check_task, find_given
from tests.oit.run.stored_sites import put_site, settings


@pytest.fixture
def job(tmp_path: Path, rules_file: Path, agencies_file: Path) -> RunPlan:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    return job


def given(job: RunPlan) -> Assessment | None:
    return find_given(check_task(job), job.chosen[0])


def test_what_was_judged_is_given_as_judging_again_would(job: RunPlan) -> None:
    assert given(job) is None  # nothing is judged yet
    check_agencies(job)
    (again,) = check_all(job, job.chosen)
    assert again.rejudged == 0
    assert given(job) == again.assessment


def test_another_day_that_changes_no_verdict_is_shown_as_of_that_day(job: RunPlan) -> None:
    check_agencies(job)
    later = replace(job, settings=replace(job.settings, as_of=job.settings.as_of + timedelta(days=1)))
    (again,) = check_all(later, later.chosen)
    assert given(later) == again.assessment


def test_a_later_crawl_has_to_be_judged_first(job: RunPlan) -> None:
    check_agencies(job)
    put_site(job.settings.data, job.chosen[0], title="ใหม่")
    _put_later(job)
    assert given(job) is None
    check_agencies(job)
    assert given(job) is not None


def test_a_crawl_under_way_leaves_it_to_the_database(job: RunPlan) -> None:
    check_agencies(job)
    (job.settings.data / "newest" / "land").unlink()
    assert given(job) is None


def test_another_row_of_the_list_other_names_and_another_program_judge_again(
    job: RunPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_agencies(job)
    task, land = check_task(job), job.chosen[0]
    assert find_given(task, land) is not None
    assert find_given(task, replace(land, kind="hospital")) is None
    assert find_given(replace(task, names="others"), land) is None
    monkeypatch.setattr(standing, "program_digest", lambda: "another")
    assert find_given(task, land) is None


def test_an_edit_of_a_rule_judges_again(job: RunPlan, rules_file: Path) -> None:
    check_agencies(job)
    text = rules_file.read_text("utf-8")
    edited = text.replace("any: [ผลการดำเนินงาน]", "any: [ผลงาน]")
    assert edited != text
    rules_file.write_text(edited, "utf-8")
    assert given(prepare_run(job.settings, ["land"])) is None


def _put_later(job: RunPlan) -> None:
    """The crawls of a test end within one second; those of two nights do not."""
    found = read_newest(job.settings.data, "land")
    assert found is not None
    started, finished = (one + timedelta(seconds=60) for one in found)
    _rewrite(job, started, finished)


def _rewrite(job: RunPlan, started: datetime, finished: datetime) -> None:
    engine = open_engine(job.settings.data)
    with engine.begin() as db:
        newest = "id = (select max(id) from snapshots where agency_id = 'land')"
        db.execute(
            text(f"update snapshots set started = :s, finished = :f where {newest}"),
            {"s": started.isoformat(), "f": finished.isoformat()},
        )
    engine.dispose()
    note_newest(job.settings.data, "land", started.isoformat(), finished.isoformat())
