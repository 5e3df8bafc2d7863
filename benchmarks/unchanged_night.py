"""CPU time and growth of the store on a night on which no site has changed, against the first night, over the steps
crawl, check, report. The second night is judged as on the next day.

Run: python -m benchmarks.unchanged_night [--edition 2566] [--sites 6]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from core.storage.store import Store
from oit.demo import build_demo
from oit.reporting.desk import write_all_reports
from oit.run.job import RunPlan, prepare_run
from oit.run.night import Night, crawl_night
from oit.run.options import Settings
from oit.run.pipeline import check_agencies
from sample.cases import CASES
from sample.server import serve

_FAST = (("DOWNLOAD_DELAY", "0"), ("AUTOTHROTTLE_ENABLED", "0"), ("CONCURRENT_REQUESTS_PER_DOMAIN", "4"))


def main() -> None:
    """Audit the sample twice and print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", type=int, default=2566)
    parser.add_argument("--sites", type=int, default=6)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = tuple(case.agency for case in CASES[: given.sites])
        province = build_demo(folder, given.edition, chosen)
        listed = folder / "site" / "agencies.yaml"
        day = date.fromisoformat(province.as_of) - timedelta(days=1)
        settings = Settings(
            day, listed, edition=given.edition, data=folder / "store", out=folder / "reports", allow_local=True,
            scrapy=_FAST, verbosity=-1,
        )  # fmt: skip
        with serve(province, listed):
            job = prepare_run(settings)
            first, size = _night(job), _size(settings.data)
            later = replace(job, settings=replace(settings, as_of=settings.as_of + timedelta(days=1)))
            second, grown = _night(later), _size(settings.data) - size
    print("step     first CPU-s  second CPU-s  ratio")
    for step in first:
        print(f"{step:8} {first[step]:11.2f}  {second[step]:12.2f}  {second[step] / first[step]:5.2f}")
    print(f"all      {sum(first.values()):11.2f}  {sum(second.values()):12.2f}  {_ratio(second, first):5.2f}")
    print(f"the store grew by {grown / 1024 / given.sites:.1f} KB an agency")


def _night(job: RunPlan) -> dict[str, float]:
    found = {}
    started = _cpu()
    crawl_night(Night(job, "crawl", reports=False), lambda _: None, lambda: None)
    found["crawl"] = _cpu() - started
    started = _cpu()
    outcome = check_agencies(job)
    found["check"] = _cpu() - started
    started = _cpu()
    write_all_reports(outcome)
    found["report"] = _cpu() - started
    return found


def _ratio(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(one.values()) / sum(other.values())


def _cpu() -> float:
    """Of this process, the sample's server included, and of those below it that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + time.process_time()


def _size(folder: Path) -> int:
    Store(folder).close()  # the database's log goes into its file
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
