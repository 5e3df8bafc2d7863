"""The demonstration: a made-up province served on this machine, audited for real, compared with its truth."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crawler.run import Progress
from oit.errors import InputError
from oit.job import Job, prepare
from oit.model import Agency
from oit.settings import Settings
from oit.steps import Outcome, crawl_step, judge_step, report_step
from oit.store import Store
from oit.truth import Comparison, compare, read_truth
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

    outcome: Outcome
    comparison: Comparison
    page: Path


def build_demo(folder: Path, edition: int, only: tuple[str, ...] = ()) -> Province:
    """Make the sample province (or `only` these agencies) below `folder`, in place of an earlier one.

    Raises InputError."""
    for name in ("site", "store", "reports"):
        shutil.rmtree(folder / name, ignore_errors=True)
    try:
        return build(folder / "site", edition, only=only)
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
        settings, agencies=agencies, data=folder / "store", out=folder / "reports", edition=province.edition,
        as_of=date.fromisoformat(province.as_of), allow_local=True, scrapy=(*_FAST, *settings.scrapy),
    )  # fmt: skip
    with serve(province, agencies):
        job = prepare(own)
        store = Store(own.data)
        try:
            with store.lock():
                if crawl_step(job, store, watch(job.chosen)).interrupted:
                    return None
        finally:
            store.close()
    outcome = judge_step(job)
    return DemoResult(outcome, _compare(job, outcome, province), report_step(outcome))


def _compare(job: Job, outcome: Outcome, province: Province) -> Comparison:
    return compare([
        (judged.assessment, read_truth(province.truth(agency.id)))
        for agency, judged in zip(job.chosen, outcome.judged, strict=True)
    ])  # fmt: skip


def tidy(folder: Path) -> None:
    """Drop the sample's sites and store; the reports stay."""
    for name in ("site", "store"):
        shutil.rmtree(folder / name, ignore_errors=True)
