"""An agency's files are written when something that they say has changed, and only then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.models.assessment import Reason
from core.models.decision import Answer, Decision
from core.models.reasons import ReasonCode
from core.storage.store import Store
from oit.reporting.desk import write_all_reports
from oit.run.job import RunPlan, prepare_run
from oit.run.pipeline import check_agencies, load_or_check
from reports.messages import thai
from tests.oit.run.stored_sites import put_site, settings
from tests.oit.run.test_early_checks import put_dead_site


@pytest.fixture
def job(tmp_path: Path, rules_file: Path, agencies_file: Path) -> RunPlan:
    """Two agencies with a site each, judged and reported."""
    plan = prepare_run(settings(tmp_path, rules_file, agencies_file))
    for agency in plan.chosen:
        put_site(plan.settings.data, agency)
    assert write_all_reports(check_agencies(plan)).written == 2
    return plan


def again(job: RunPlan) -> int:
    """Report, as `oit report` does; how many agencies' files were written."""
    return write_all_reports(load_or_check(job, of_date=False)).written


def test_nothing_is_written_twice(job: RunPlan) -> None:
    page = job.settings.out / "2565" / "index.html"
    before = page.stat().st_mtime_ns
    assert again(job) == 0
    assert page.stat().st_mtime_ns == before


def test_files_that_are_gone_or_were_changed_are_written_again(job: RunPlan) -> None:
    (job.settings.out / "2565" / "land" / "report.xlsx").unlink()
    assert again(job) == 1
    (job.settings.out / "2565" / "labour" / "report.json").write_text("{}", "utf-8")
    assert again(job) == 1
    assert again(replace(job, settings=replace(job.settings, out=job.settings.out / "elsewhere"))) == 2


def test_a_decision_and_another_site_are_written(job: RunPlan) -> None:
    store = Store(job.settings.data)
    store.decisions.add(Decision("land", 2565, "O1", Answer.REFUSE, "ก", datetime(2026, 1, 2, tzinfo=UTC)))
    store.close()
    assert again(job) == 1
    put_site(job.settings.data, job.chosen[0], title="หน้าแรกใหม่")
    outcome = check_agencies(job)
    assert write_all_reports(outcome).written >= 1
    assert again(job) == 0


def test_a_result_that_grows_old_is_written(job: RunPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime(2041, 1, 2, tzinfo=UTC)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return later

    monkeypatch.setattr("oit.run.staleness.datetime", Later)
    assert again(job) == 2
    shown = json.loads((job.settings.out / "2565" / "land" / "report.json").read_text("utf-8"))
    assert shown["crawl"]["age_days"] > 1000


def test_an_old_result_tells_its_age_and_cause(job: RunPlan) -> None:
    land = next(agency for agency in job.chosen if agency.id == "land")
    put_dead_site(job.settings.data, land)
    write_all_reports(check_agencies(job))
    page = (job.settings.out / "2565" / "land" / "report.html").read_text("utf-8")
    assert thai().reason(Reason(ReasonCode.STALE_CAUSE, {"days": "0", "outcome": "refused"})) in page
    overview = (job.settings.out / "2565" / "index.html").read_text("utf-8")
    assert "เครื่องแม่ข่ายปฏิเสธการเชื่อมต่อ" in overview
