"""Agencies are checked while the crawl of the others goes on."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreError
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource, StopReason
from core.storage.store import Store
from crawler.process.supervisor import Progress
from oit.reporting.desk import write_all_reports
from oit.run.assessment_cache import load_assessment
from oit.run.early_checks import EarlyChecks
from oit.run.job import prepare_run
from oit.run.judging.limits import OverrunError
from oit.run.pipeline import check_agencies
from tests.oit.run.stored_sites import put_site, settings


def put_dead_site(data: Path, agency: Agency) -> None:
    store = Store(data)
    run = store.begin_run((agency.id, "dead"))
    snapshot = store.begin_snapshot(run, agency, frozenset())
    store.add_resource(snapshot, Resource(agency.url, FetchOutcome.REFUSED), None)
    store.finish_snapshot(snapshot, complete=False, stopped_by=StopReason.HOME, home_ok=False, hosts=frozenset())
    store.close()


def test_an_agency_is_judged_when_its_crawl_ends(
    tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.run.early_checks.FEWEST_ALIKE", 1)
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    labour, land = job.chosen
    put_dead_site(job.settings.data, labour)
    put_site(job.settings.data, land)
    early = EarlyChecks(job)
    for agency, state in ((land, "crawling"), (labour, "machine"), (land, "finished")):
        early.hear(Progress(agency.id, state, 1, 0, 0, 0))
    early.close(wait=True)
    saved = load_assessment(job.settings.data, 2565, land.id)
    assert saved is not None
    assert load_assessment(job.settings.data, 2565, labour.id) is None  # the end of the run says what that means
    assert early.rows.keys() == {land.id}
    assert not job.settings.out.exists()  # half of the sites may yet fail alike
    checked = {one.assessment.agency.id: one.rejudged for one in check_agencies(job).judged}
    assert checked == {"labour": 3, "land": 0}


def test_reports_are_written_as_agencies_end_once_most_were_read(
    tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.run.early_checks._FEWEST", 1)
    job = prepare_run(settings(tmp_path, rules_file, agencies_file), ["land"])
    (land,) = job.chosen
    put_site(job.settings.data, land)
    early = EarlyChecks(job)
    early.hear(Progress(land.id, "finished", 1, 0, 0, 0))
    early.close(wait=True)
    page = job.settings.out / "2565" / "land" / "report.html"
    first = page.stat().st_mtime_ns
    written = write_all_reports(check_agencies(job, known=early.rows))
    assert page.stat().st_mtime_ns == first
    assert (written.written, written.page.exists()) == (1, True)  # the other, which nothing is known of


class OverrunJudges:
    """Stands for the judging processes: each agency takes all its time."""

    def __init__(self, judge: Any, processes: int) -> None:
        self._judge = judge

    def submit(self, agency: Agency) -> Future[Any]:
        judged: Future[Any] = Future()
        judged.set_result(self._judge.fail(agency, OverrunError("too long")))
        return judged

    def close(self, *, at_once: bool = False) -> None:
        pass


def test_who_took_all_the_time_of_judging_is_not_judged_again_at_the_end(
    tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.run.early_checks.JudgingPool", OverrunJudges)
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    for agency in job.chosen:
        put_site(job.settings.data, agency)
    early = EarlyChecks(job)
    for agency in job.chosen:
        early.hear(Progress(agency.id, "finished", 1, 0, 0, 0))
    early.close(wait=True)
    assert early.rows == {}
    monkeypatch.setattr("oit.run.checking.check_agency", None)
    outcome = check_agencies(job, known=early.rows, failed=early.failed)
    assert [one.problem for one in outcome.judged] == ["OverrunError: too long"] * 2
    write_all_reports(outcome)
    report = json.loads((job.settings.out / "2565" / "land" / "report.json").read_text("utf-8"))
    assert {item["status"] for item in report["items"]} == {"unchecked"}
    assert load_assessment(job.settings.data, 2565, "land") is None


class SlowJudges:
    """Stands for the judging processes: one agency's judging comes to no end before the test says so."""

    slow: Future[Any] = Future()

    def __init__(self, judge: Any, processes: int) -> None:
        self._judge = judge

    def submit(self, agency: Agency) -> Future[Any]:
        if agency.id == "labour":
            return SlowJudges.slow
        judged: Future[Any] = Future()
        judged.set_result(self._judge.check(agency))
        return judged

    def close(self, *, at_once: bool = False) -> None:
        pass


@pytest.mark.parametrize("is_resumed", [False, True])
def test_a_short_list_s_reports_do_not_wait_for_one_whose_judging_takes_long(
    is_resumed: bool, tmp_path: Path, rules_file: Path, agencies_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.run.early_checks.JudgingPool", SlowJudges)
    monkeypatch.setattr(SlowJudges, "slow", Future())
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    for agency in job.chosen:
        put_site(job.settings.data, agency)
    early = EarlyChecks(job)
    try:
        if is_resumed:  # all was crawled by a process that was killed while it judged
            early.hear_end(agency.id for agency in job.chosen)
        else:
            for agency in job.chosen:
                early.hear(Progress(agency.id, "finished", 1, 0, 0, 0))
        until = time.monotonic() + 20
        report = job.settings.out / "2565" / "land" / "report.json"
        while not report.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert report.exists()
        assert not SlowJudges.slow.done()
    finally:
        SlowJudges.slow.set_result(StoreError("ended"))
        early.close(wait=True)
    assert early.rows.keys() == {"land"}
