"""Nights in which something is killed, frozen, full, away or started twice: every round must end with the reports of a
quiet night. `disk` mounts a small file system (root), `objects` needs the libraries of tests/mockserver/objects.py.

Run: python -m benchmarks.night_kills [--rounds 10] [--only crawl reader ...]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from subprocess import Popen
from typing import Any

from benchmarks.night_office import (
    SILENT,
    Office,
    SmallSites,
    below,
    difference,
    on_server,
    reports,
    signal_tree,
    small_office,
    start,
    wait_for,
)
from tests.mockserver.objects import ObjectServer, in_objects, object_server
from tests.mockserver.postgres import PostgresServer, postgres_server

_SITES = 6
_LIMIT = 150.0
_DISK = 300 << 20
"""Bytes of the disk that is filled: three times what a night asks to be free."""
_SIGNS = {"crawl": "crawler.process.worker", "reader": "spawn_main", "browser": "chrom"}


@dataclass(slots=True)
class Round:
    """One night with a fault: where it works, whether the fault hit something, and the statuses of its starts."""

    office: Office
    folder: Path
    rng: random.Random
    server: PostgresServer
    objects: ObjectServer | None = None
    hit: bool = False
    statuses: list[int | None] = field(default_factory=list)
    found: dict[str, Any] | None = None
    """Its reports, where they are gone once the fault is over; `said` is its log then."""
    said: str = ""

    def read_log(self) -> str:
        """What the night said."""
        log = self.folder / "log"
        return self.said or (log.read_text("utf-8", "replace")[-1500:] if log.exists() else "")

    @property
    def data(self) -> Path:
        return self.folder / "var"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def begin(self, *more: str) -> Popen[bytes]:
        return start(self.office.command(self.data, self.out, *more), self.folder / "log")

    def worker(self) -> Popen[bytes]:
        return start(self.office.worker(self.data, self.out), self.folder / "log")

    def end(self, night: Popen[bytes]) -> None:
        """Wait for the end of a night; one that was killed is started again, as its timer does."""
        for _ in range(4):
            self.statuses.append(wait_for(night, _LIMIT))
            if self.statuses[-1] in (0, 1):
                return
            signal_tree(night.pid, signal.SIGKILL)
            night = self.begin()

    def find(self, pid: int, sign: str, seconds: float = 15.0) -> int | None:
        """A process below one whose command line has a sign, as soon as there is one."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = [number for number, line in below(pid).items() if sign in line]
            if found:
                return self.rng.choice(found)
            time.sleep(0.05)
        return None


def kill_one(sign: str) -> Callable[[Round], None]:
    """A process of the night dies."""

    def fault(it: Round) -> None:
        night = it.begin()
        victim = it.find(night.pid, _SIGNS[sign])
        time.sleep(it.rng.uniform(0.0, 2.5))
        victim = it.find(night.pid, _SIGNS[sign], 1.0) or victim
        if victim is not None:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                it.hit = True
        it.end(night)

    return fault


def kill_tree(it: Round) -> None:
    """The machine's power fails."""
    night = it.begin()
    it.find(night.pid, _SIGNS["crawl"])
    time.sleep(it.rng.uniform(0.5, 5.0))
    it.hit = night.poll() is None
    signal_tree(night.pid, signal.SIGKILL)
    it.end(night)


def start_twice(it: Round) -> None:
    """Two nights at once: one works, the other says that it cannot."""
    nights = [it.begin(), it.begin()]
    statuses = sorted(wait_for(night, _LIMIT) or 0 for night in nights)
    it.hit = statuses == [0, 3]
    it.statuses += statuses


def fill_disk(it: Round) -> None:
    """Another program fills the disk for some seconds: writes wait, or the night ends and its timer starts it again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", it.folder], check=True)
    try:
        night = it.begin()
        it.find(night.pid, _SIGNS["crawl"])
        time.sleep(it.rng.uniform(0.5, 4.0))
        it.hit = night.poll() is None
        filler = it.folder / "filler"
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(1 << 20))
        with suppress(subprocess.TimeoutExpired):
            night.wait(it.rng.uniform(2.0, 25.0))
        filler.unlink()
        it.end(night)
        it.found, it.said = reports(it.out), it.read_log()
    finally:
        subprocess.run(["umount", "--lazy", it.folder], check=True)


def stop_objects(it: Round) -> None:
    """The object store with the bodies is away for some seconds."""
    if it.objects is None:
        raise SystemExit("objects: s3fs, moto or flask-cors is not installed")
    in_objects(it.data, it.objects.place())
    night = it.begin()
    it.find(night.pid, _SIGNS["crawl"])
    time.sleep(it.rng.uniform(0.5, 4.0))
    it.hit = night.poll() is None
    it.objects.stop()
    time.sleep(it.rng.uniform(1.0, 15.0))
    it.objects.start()
    it.end(night)


def with_workers(fault: Callable[[Round, list[Popen[bytes]], Popen[bytes]], None]) -> Callable[[Round], None]:
    """Two workers on PostgreSQL, started again when they end, as the service manager does."""

    def run(it: Round) -> None:
        on_server(it.data, it.server.database())
        workers = [it.worker(), it.worker()]
        night = it.begin("--queue")
        try:
            for worker in workers:
                it.find(worker.pid, _SIGNS["crawl"], 30.0)
            time.sleep(it.rng.uniform(0.0, 2.0))
            it.hit = night.poll() is None
            fault(it, workers, night)
            until = time.monotonic() + _LIMIT
            while (status := wait_for(night, 0.5)) is None and time.monotonic() < until:
                workers[:] = [worker if worker.poll() is None else it.worker() for worker in workers]
            it.statuses.append(status)
            if status not in (0, 1):
                again = it.begin("--queue")
                while (status := wait_for(again, 0.5)) is None and time.monotonic() < until + _LIMIT:
                    workers[:] = [worker if worker.poll() is None else it.worker() for worker in workers]
                it.statuses.append(status)
                night = again
        finally:
            for process in (*workers, night):
                signal_tree(process.pid, signal.SIGKILL)

    return run


def kill_worker(it: Round, workers: list[Popen[bytes]], _: Popen[bytes]) -> None:
    """A worker's machine dies."""
    signal_tree(it.rng.choice(workers).pid, signal.SIGKILL)


def freeze_worker(it: Round, workers: list[Popen[bytes]], _: Popen[bytes]) -> None:
    """A worker's machine freezes, its batch is handed out again, and it comes back."""
    frozen = it.rng.choice(workers)
    signal_tree(frozen.pid, signal.SIGSTOP)
    time.sleep(SILENT + 4)
    signal_tree(frozen.pid, signal.SIGCONT)


def kill_server(it: Round, _: list[Popen[bytes]], __: Popen[bytes]) -> None:
    """The database server dies and is back after a moment."""
    it.server.kill()
    time.sleep(1.0)
    it.server.start()


FAULTS: dict[str, Callable[[Round], None]] = {
    **{sign: kill_one(sign) for sign in _SIGNS},
    "tree": kill_tree,
    "twice": start_twice,
    "disk": fill_disk,
    "objects": stop_objects,
    "worker": with_workers(kill_worker),
    "frozen": with_workers(freeze_worker),
    "server": with_workers(kill_server),
}


def main() -> None:
    """Play every fault and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=list(FAULTS))
    parser.add_argument("--first", type=int, default=0, help="number of the first round: others are other rounds")
    parser.add_argument("--keep", type=Path, help="folder for the rounds' stores, reports and logs")
    given = parser.parse_args()
    sites = SmallSites(_SITES, scripted=True)
    wrong = 0
    with _folder(given.keep) as folder, postgres_server() as server, _objects(given.only) as objects:
        office = small_office(folder, sites)
        quiet = Round(office, folder, random.Random(0), server)
        quiet.end(quiet.begin())
        wanted = reports(quiet.out)
        pages = len(sites.asked)
        print(f"a quiet night: status {quiet.statuses[-1]}, {len(wanted)} reports, {pages} pages")
        print("fault    rounds  hit  same reports  pages asked for again  statuses")
        for fault in given.only:
            same = hits = again = 0
            statuses: list[str] = []
            for number in range(given.first, given.first + given.rounds):
                sites.asked.clear()
                place = folder / f"{fault}-{number}"
                place.mkdir()
                it = Round(office, place, random.Random(f"{fault} {number}"), server, objects)
                FAULTS[fault](it)
                found = reports(it.out) if it.found is None else it.found
                same += found == wanted
                hits += it.hit
                again += sum(count - 1 for count in sites.asked.values() if count > 1)
                statuses.append("/".join(map(str, it.statuses)))
                if found != wanted:
                    differ = sorted(a for a in wanted if found.get(a) != wanted[a])
                    how = difference(wanted[differ[0]], found.get(differ[0]))
                    print(f"  {fault} {number}: {differ} {it.statuses}{how}", it.read_log(), flush=True)
            wrong += given.rounds - same
            told = ", ".join(f"{status} x{statuses.count(status)}" for status in dict.fromkeys(statuses))
            print(f"{fault:8} {given.rounds:6}  {hits:3}  {same:12}  {again:21}  {told}", flush=True)
    sys.exit(1 if wrong else 0)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Where the rounds work: a folder that is kept, or one that goes."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def _objects(faults: Sequence[str]) -> Iterator[ObjectServer | None]:
    """An object store that the nights find by their environment; None if no fault is about one, or none can be had."""
    if "objects" not in faults or not all(map(find_spec, ("s3fs", "moto", "flask_cors"))):
        yield None
        return
    with object_server() as server:
        os.environ.update(server.environment())
        yield server


if __name__ == "__main__":
    main()
