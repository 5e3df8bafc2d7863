"""Snapshots of the store are checked by the rules."""

from __future__ import annotations

from pathlib import Path

from core.models.assessment import ItemStatus
from oit.run.assessment_cache import CachedAssessment, load_assessment, save_assessment
from oit.run.checking import check_all
from oit.run.job import prepare_run
from tests.oit.run.stored_sites import put_site, settings


def test_an_agency_without_a_crawl_is_unchecked(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    judged = check_all(job, job.chosen)
    assert [j.assessment.agency.id for j in judged] == ["labour", "land"]
    for one in judged:
        assert {v.status for v in one.assessment.verdicts} == {ItemStatus.UNCHECKED}
        assert one.assessment.score.lowest == 0
        assert one.assessment.score.highest == 100


def test_a_stored_site_is_judged_and_kept(tmp_path: Path, rules_file: Path, agencies_file: Path) -> None:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    put_site(job.settings.data, job.chosen[0])
    (judged,) = check_all(job, job.chosen)
    assert judged.problem == ""
    assert [v.status for v in judged.assessment.verdicts] == [ItemStatus.COMPLETE] * 3
    save_assessment(job.settings.data, CachedAssessment(judged.assessment, judged.mark, judged.bases))
    one = load_assessment(job.settings.data, 2565, "land")
    assert one is not None
    assert one.assessment == judged.assessment
    assert one.judgements().keys() == {"O1", "O2", "O3"}
    assert load_assessment(job.settings.data, 2566, "land") is None
