"""The demonstration: a made-up province served on this machine, audited for real, compared with its truth."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.storage.store import Store
from crawler.process.supervisor import Progress
from oit.evaluation import Comparison, compare, read_truth
from oit.reporting.desk import write_all_reports
from oit.reporting.results import RunResult
from oit.run.job import prepare_run
from oit.run.options import Settings
from oit.run.pipeline import check_agencies, crawl_agencies
from oit.run.standing import CheckedAgency
from sample.cases import CASES, Case
from sample.province import Province, build
from sample.server import serve

# Politeness is for other people's machines; the sample stands on this one.
_FAST = (
    ("DOWNLOAD_DELAY", "0"),
    ("AUTOTHROTTLE_ENABLED", "0"),
    ("CONCURRENT_REQUESTS_PER_DOMAIN", "4"),
    ("RETRY_TIMES", "0"),
)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration gave. `page` is the province's page."""

    outcome: RunResult
    cases: list[tuple[Assessment, Mapping[str, Any]]]
    page: Path

    @property
    def comparison(self) -> Comparison:
        """The verdicts beside the truth."""
        return compare(self.cases)


def build_demo(
    folder: Path, edition: int, only: tuple[str, ...] = (), cases: tuple[Case, ...] = CASES, seed: int = 1
) -> Province:
    """Make the sample province (or `only` these agencies of `cases`) below `folder`, in place of an earlier one.

    Raises InputError."""
    for name in ("site", "store", "reports"):
        shutil.rmtree(folder / name, ignore_errors=True)
    try:
        return build(folder / "site", edition, seed, only, cases)
    except ValueError as error:
        raise InputError(str(error)) from error


def audit_demo(
    province: Province,
    folder: Path,
    settings: Settings,
    watch: Callable[[tuple[Agency, ...]], Callable[[Progress], None]],
) -> DemoResult | None:
    """Serve the province on loopback, crawl, judge and report it; None if the crawl was stopped.

    `watch` is given the agencies and returns what to call with each one's progress."""
    agencies = folder / "site" / "agencies.yaml"
    own = replace(
        settings,
        agencies=agencies,
        data=folder / "store",
        out=folder / "reports",
        edition=province.edition,
        as_of=date.fromisoformat(province.as_of),
        allow_local=True,
        scrapy=(*_FAST, *settings.scrapy),
    )
    with serve(province, agencies):
        job = prepare_run(own)
        store = Store(own.data)
        try:
            with store.lock():
                if crawl_agencies(job, store, watch(job.chosen)).interrupted:
                    return None
        finally:
            store.close()
    cases: dict[str, tuple[Assessment, Mapping[str, Any]]] = {}

    def compare(one: CheckedAgency) -> None:
        name = one.assessment.agency.id
        cases[name] = (one.assessment, read_truth(province.truth(name)))

    outcome = check_agencies(job, compare)
    return DemoResult(outcome, [cases[agency.id] for agency in job.chosen], write_all_reports(outcome).page)


def tidy(folder: Path) -> None:
    """Drop the sample's sites and store; the reports stay."""
    for name in ("site", "store"):
        shutil.rmtree(folder / name, ignore_errors=True)
