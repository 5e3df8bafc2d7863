"""A small site's queue holds no file; a large one's does, and gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.frontier import FrontierQueue, Provenance


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted in /proc")
@pytest.mark.parametrize(("addresses", "files"), [(100, 0), (5000, 1)])
def test_only_a_large_queue_takes_a_file(addresses: int, files: int) -> None:
    before = open_files()
    queue = FrontierQueue()
    for number in range(addresses):
        queue.push(f"https://a.go.th/{number}", Provenance(("https://a.go.th/",), f"ป้าย {number}", "", 1), number)
    assert open_files() - before == files
    assert [queue.pop()[0] for _ in range(addresses)] == [
        f"https://a.go.th/{number}" for number in reversed(range(addresses))
    ]
    queue.close()
    assert open_files() == before
