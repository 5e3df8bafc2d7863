"""`oit report` over the store of a whole country: CPU time, peak memory and files, first for all, then when 50 agencies
have changed, then when none has.

The store is generated: one sample site is judged, its assessment is given to every agency with statuses and quotes of
its own. The first reports are stand-ins, unless --whole is given.

Run: python -m benchmarks.many_reports [--agencies 8303] [--changed 50]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from benchmarks.stored_site import fill
from checklist.assess import assess
from core.models.agency import Agency
from core.models.assessment import Assessment, ItemStatus
from core.storage.schema import runs, snapshots
from core.storage.store import Store
from oit.paths import shipped_rules
from oit.reporting.desk import write_all_reports
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.job import prepare_run, read_rules
from oit.run.options import Settings
from oit.run.pipeline import load_or_check
from reports import writer

_EDITION = 2566
_DAY = date(2023, 4, 30)
_NIGHT = datetime(2023, 4, 29, 18, tzinfo=UTC)


def main() -> None:
    """Generate the store, then report three times, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=8303)
    parser.add_argument("--changed", type=int, default=50)
    parser.add_argument("--whole", action="store_true", help="Write the first reports too, 60 ms each, no stand-ins.")
    parser.add_argument("--report", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stand-ins", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.report:
        if given.stand_ins:
            writer.AGENCY_FORMATS = dict.fromkeys(writer.AGENCY_FORMATS, lambda _: b"stands for a report\n")
        print(json.dumps(_report(given.report)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = _sample(folder)
        _generate(folder, whole, given.agencies)
        print("changed  CPU-s  peak MB  files written  largest page KB")
        for count in (given.agencies, given.changed, 0):
            if count < given.agencies:
                _change(folder, whole, count)
            command = [sys.executable, "-m", "benchmarks.many_reports", "--report", str(folder)]
            if count == given.agencies and not given.whole:
                command.append("--stand-ins")
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
            found = json.loads(done.stdout.splitlines()[-1])
            largest = max(p.stat().st_size for p in (folder / "reports" / str(_EDITION)).glob("index*.html"))
            figures = f"{found['cpu']:5.1f}  {found['memory']:7.0f}  {found['written']:13}"
            print(f"{count:7}  {figures}  {largest / 1024:15.0f}", flush=True)


def _settings(folder: Path) -> Settings:
    return Settings(
        _DAY, folder / "agencies.yaml", edition=_EDITION, data=folder / "country", out=folder / "reports", verbosity=-1
    )


def _report(folder: Path) -> dict[str, float]:
    written = write_all_reports(load_or_check(prepare_run(_settings(folder)), of_date=False))
    own, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime,
        "memory": own.ru_maxrss / 1024,
        "written": written.written,
    }


def _sample(folder: Path) -> Assessment:
    """A whole assessment of a sample site, some 100 KB."""
    store, agency = fill(folder / "sample", _EDITION, 60)
    try:
        snapshot = store.load_snapshot(agency)
    finally:
        store.close()
    assert snapshot is not None
    rules = read_rules(shipped_rules())
    return assess(snapshot, rules.edition(_EDITION), _DAY, dict(rules.lexicon))


def _generate(folder: Path, whole: Assessment, count: int) -> None:
    lines = ["province: ทั้งประเทศ", "agencies:"]
    lines += [f"  - {{id: a{n}, name: องค์การ {n}, url: 'https://a{n}.example.go.th/'}}" for n in range(count)]
    (folder / "agencies.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    store = Store(_settings(folder).data)
    try:
        with store._engine.begin() as db:
            db.execute(
                insert(runs).values(id=1, started=_NIGHT.isoformat(), finished=_NIGHT.isoformat(), agencies="[]")
            )
            rows = [_snapshot(n, _NIGHT) for n in range(count)]
            db.execute(insert(snapshots), rows)
    finally:
        store.close()
    for n in range(count):
        _save(folder, whole, n, _NIGHT)


def _change(folder: Path, whole: Assessment, count: int) -> None:
    later = _NIGHT + timedelta(days=1)
    store = Store(_settings(folder).data)
    try:
        with store._engine.begin() as db:
            for n in range(count):
                db.execute(insert(snapshots).values(**_snapshot(n, later)))
    finally:
        store.close()
    for n in range(count):
        _save(folder, whole, n, later)


def _snapshot(n: int, night: datetime) -> dict[str, object]:
    return {
        "run_id": 1, "agency_id": f"a{n}", "url": f"https://a{n}.example.go.th/", "started": night.isoformat(),
        "finished": night.isoformat(), "complete": 1, "home_ok": 1, "hosts": "[]", "stopped_by": "",
    }  # fmt: skip


def _save(folder: Path, whole: Assessment, n: int, night: datetime) -> None:
    """An assessment with a third of the items in another status than the sample's."""
    rng = random.Random(f"{n} {night}")
    gaps = (ItemStatus.MISSING, ItemStatus.INCOMPLETE, ItemStatus.REVIEW, ItemStatus.UNCHECKED)
    verdicts = tuple(
        replace(v, status=rng.choice(gaps), if_due=None) if rng.random() < 0.33 else v for v in whole.verdicts
    )
    agency = Agency(f"a{n}", f"องค์การ {n}", f"https://a{n}.example.go.th/")
    crawl = replace(whole.crawl, started=night, finished=night)
    one = replace(whole, agency=agency, crawl=crawl, verdicts=verdicts)
    save_assessment(_settings(folder).data, CachedAssessment(one))


if __name__ == "__main__":
    main()
