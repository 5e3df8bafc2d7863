"""What was checked before is checked again only where something has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oit.run.job import prepare_run
from oit.run.pipeline import check_agencies
from tests.oit.run.stored_sites import put_site, settings


def test_only_what_an_edit_touches_is_judged_again(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    assert [j.rejudged for j in check_agencies(job).judged] == [3]
    assert [j.rejudged for j in check_agencies(job).judged] == [0]
    rules_file.write_text(rules_file.read_text("utf-8").replace("[ผลการดำเนินงาน]", "[ไม่มีคำนี้]"), "utf-8")
    edited = prepare_run(job.settings, ["land"])
    (again,) = check_agencies(edited).judged
    assert again.rejudged == 1
    assert [v.status.value for v in again.assessment.verdicts] == ["complete", "incomplete", "complete"]


def test_a_night_on_an_unchanged_site_keeps_the_verdicts_and_tells_its_own_time(
    tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    (land,) = job.chosen
    put_site(job.settings.data, land)
    (first,) = check_agencies(job).judged
    monkeypatch.setattr("core.storage.store._now", lambda: "2031-01-02T03:04:05+00:00")
    put_site(job.settings.data, land)
    (second,) = check_agencies(job).judged
    assert second.rejudged == 0
    assert second.assessment.verdicts == first.assessment.verdicts
    assert second.assessment.crawl.started == datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_another_site_or_agency_row_is_judged_whole(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    (land,) = job.chosen
    put_site(job.settings.data, land)
    check_agencies(job)
    put_site(job.settings.data, land, title="หน้าแรกใหม่")
    assert [j.rejudged for j in check_agencies(job).judged] == [3]
    other = replace(job, chosen=(replace(land, declared={"O1": land.url}),))
    assert [j.rejudged for j in check_agencies(other).judged] == [3]
