"""Two workers on PostgreSQL against the embedded run: the same reports, apart from times.

Run: python -m benchmarks.worker_parity [--sites 31]
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.night_office import office, on_server, reports, signal_tree, start, wait_for
from tests.mockserver.postgres import postgres_server


def main() -> None:
    """Audit the sample twice and name every agency whose reports differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=31)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        folder = Path(name)
        with office(folder, given.sites) as there:
            begun = time.monotonic()
            alone = start(there.command(folder / "one", folder / "out-one"), folder / "log")
            status = wait_for(alone, 3600)
            middle = time.monotonic()
            data = on_server(folder / "two", server.database())
            workers = [start(there.worker(data, folder / "out-two"), folder / "log") for _ in range(2)]
            night = start(there.command(data, folder / "out-two", "--queue"), folder / "log")
            other = wait_for(night, 3600)
            ended = time.monotonic()
            for worker in workers:
                signal_tree(worker.pid, signal.SIGKILL)
        one, two = reports(folder / "out-one"), reports(folder / "out-two")
        print(f"embedded: status {status}, {len(one)} reports, {middle - begun:.0f} s")
        print(f"two workers on PostgreSQL: status {other}, {len(two)} reports, {ended - middle:.0f} s")
        differ = sorted(agency for agency in one.keys() | two.keys() if one.get(agency) != two.get(agency))
        print(f"{len(differ)} of {len(one)} differ apart from times: {', '.join(differ) or '-'}")
        if differ or status != other:
            print((folder / "log").read_text("utf-8", "replace")[-4000:])
            sys.exit(1)


if __name__ == "__main__":
    main()
