"""Memory of a crawl by the size of the site: the peak of all its processes together, 20,000 pages against 2,000.

Run: python -m benchmarks.crawl_memory [--small 2000] [--large 20000]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crawl_speed import counts, static_site

_LOOK_EVERY = 0.2


def main() -> None:
    """Print both peaks and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--large", type=int, default=20_000)
    options = parser.parse_args()
    peaks = [peak(pages) for pages in (options.small, options.large)]
    print(f"{options.large} pages / {options.small} pages  {peaks[1] / peaks[0]:.2f}  (bar 1.06)")


def peak(pages: int) -> float:
    """The largest sum of resident memory of a crawl's processes, in MiB."""
    with static_site(pages, 1, 3) as url, tempfile.TemporaryDirectory(prefix="oit-memory-") as folder:
        started = time.monotonic()
        crawl = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.crawl_speed", "--one", "ours", "--url", url, "--folder", folder]
        )
        found = 0.0
        while crawl.poll() is None:
            found = max(found, sum(resident(pid) for pid in below(crawl.pid)))
            time.sleep(_LOOK_EVERY)
        seconds = time.monotonic() - started
        assert crawl.returncode == 0
        print(f"{pages:6} pages  peak {found:6.0f} MiB  {seconds:5.0f} s  {counts(url)['bodies']} bodies", flush=True)
        return found


def below(pid: int) -> list[int]:
    """A process and all that it started, their children too."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def resident(pid: int) -> float:
    """Resident memory of a process in MiB, what it shares with others divided among them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0


if __name__ == "__main__":
    main()
