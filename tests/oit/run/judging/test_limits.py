"""Judging one agency is bounded: what runs over is unchecked with its cause, and the others are judged."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from core.models.agency import Agency
from core.models.assessment import ItemStatus
from core.models.reasons import ReasonCode
from oit.run import checking
from oit.run.checking import check_all, judge_of
from oit.run.job import RunPlan, prepare_run
from oit.run.judging import limits as judging_limits
from oit.run.judging import pool as judging_pool
from oit.run.judging.limits import OverrunError, allow, limit_work, rarely_swept
from oit.run.judging.pool import Judge, check_in_pool
from oit.run.standing import check_task
from tests.oit.run.stored_sites import put_site, settings


def spin(*_: object) -> None:
    while True:
        pass


def hoard(*_: object) -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def test_what_runs_over_its_time_is_ended() -> None:
    def work() -> None:
        with limit_work():
            allow(0.2)
            spin()

    began = time.process_time()
    with pytest.raises(OverrunError):
        work()
    assert time.process_time() - began < 5


def test_what_takes_too_much_memory_is_ended_and_the_limit_lifted() -> None:
    with pytest.raises(MemoryError), limit_work(256 << 20):
        hoard()
    assert len(bytearray(300 << 20)) == 300 << 20


def test_a_thread_beside_the_main_one_can_work_too() -> None:
    found: list[int] = []

    def work() -> None:
        with limit_work():
            allow(1)
            found.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [1]


@pytest.fixture
def job(tmp_path: Path, rules_file: Path, agencies_file: Path) -> RunPlan:
    job = prepare_run(settings(tmp_path, rules_file, agencies_file))
    for agency in job.chosen:
        put_site(job.settings.data, agency)
    return job


@pytest.mark.parametrize("way", [spin, hoard])
def test_an_agency_that_runs_over_is_unchecked_and_the_others_are_judged(
    job: RunPlan, monkeypatch: pytest.MonkeyPatch, way: Any
) -> None:
    labour, land = job.chosen
    judge = checking.judgements
    check_all(job, (land,))  # dictionaries are loaded once
    monkeypatch.setattr(judging_limits, "_LEAST_SECONDS", 1.5)
    monkeypatch.setattr(checking, "limit_work", lambda: limit_work(256 << 20))
    monkeypatch.setattr(
        checking, "judgements", lambda snapshot, *rest: way() if snapshot.agency == labour else judge(snapshot, *rest)
    )
    bad, good = check_all(job, (labour, land))
    assert bad.problem
    assert {verdict.status for verdict in bad.assessment.verdicts} <= {ItemStatus.UNCHECKED, ItemStatus.EXEMPT}
    assert bad.assessment.notes[0].code is ReasonCode.NOT_JUDGED
    assert not good.problem


def test_agencies_are_judged_in_processes_as_here(job: RunPlan) -> None:
    task = check_task(job)
    here = {one.assessment.agency.id: one.assessment for one in check_all(job, job.chosen)}
    pooled = {one.assessment.agency.id: one.assessment for one in check_in_pool(judge_of(task), job.chosen)}
    assert pooled == here


def judge_or_spin(agency: Agency) -> str:
    until = time.process_time() + 60
    while agency.id.startswith("bad") and time.process_time() < until:
        pass
    return agency.id


def name_failed(agency: Agency, error: BaseException) -> str:
    return f"{agency.id}: {error}"


def test_sites_that_take_long_to_judge_keep_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging_pool, "_SLOW", 0.5)
    monkeypatch.setattr(judging_pool, "_PATIENCE", 1.0)
    monkeypatch.setattr(judging_pool, "_AHEAD", 1)
    agencies = [Agency(name, "", "") for name in ("bad1", "bad2", "bad3", "good1", "good2")]
    judged = check_in_pool(Judge(judge_or_spin, name_failed), agencies)
    assert sorted(next(judged) for _ in range(2)) == ["good1", "good2"]
    judged.close()  # type: ignore[attr-defined]


def test_unused_objects_are_looked_for_seldom_while_judging_and_as_before_after_it() -> None:
    before = gc.get_threshold()

    def fail() -> None:
        with rarely_swept():
            assert gc.get_threshold()[0] >= 50_000
            assert gc.get_threshold()[1:] == before[1:]
            assert gc.isenabled()
            raise OverrunError("over")

    with pytest.raises(OverrunError):
        fail()
    assert gc.get_threshold() == before


def test_judging_is_what_is_seldom_swept(job: RunPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    judge = checking.judgements

    def noting(*given: Any) -> Any:
        seen.append(gc.get_threshold()[0])
        return judge(*given)

    monkeypatch.setattr(checking, "judgements", noting)
    check_all(job, job.chosen)
    assert seen
    assert all(objects >= 50_000 for objects in seen)
