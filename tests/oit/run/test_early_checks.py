"""Agencies are checked while the crawl of the others goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource, StopReason
from core.storage.store import Store
from crawler.process.supervisor import Progress
from oit.run.assessment_cache import load_assessment
from oit.run.checking import check_task
from oit.run.early_checks import EarlyChecks
from oit.run.job import prepare_run
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
    monkeypatch.setattr("oit.run.early_checks._FEWEST", 1)
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    labour, land = job.chosen
    put_dead_site(job.settings.data, labour)
    put_site(job.settings.data, land)
    early = EarlyChecks(check_task(job), job.chosen)
    for agency, state in ((land, "crawling"), (labour, "finished"), (land, "finished")):
        early.hear(Progress(agency.id, state, 1, 0, 0, 0))
    early.close(wait=True)
    saved = load_assessment(job.settings.data, 2565, land.id)
    assert saved is not None
    assert load_assessment(job.settings.data, 2565, labour.id) is None  # the end of the run says what that means
    checked = {one.assessment.agency.id: one.rejudged for one in check_agencies(job).judged}
    assert checked == {"labour": 3, "land": 0}
