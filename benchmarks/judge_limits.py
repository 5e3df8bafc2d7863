"""Judging beside sites of 3,000 pages with 20,000 list items each: when each agency is judged, and in what memory.

Run: python -m benchmarks.judge_limits [--pages 3000] [--items 20000] [--large 1] [--honest 6]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import tempfile
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.crawl_memory import below, resident
from benchmarks.stored_site import fill
from checklist.rules.loader import load_rules
from core.models.agency import Agency
from core.models.snapshot import (
    Block,
    BlockKind,
    FetchOutcome,
    Link,
    Reading,
    ReadState,
    Resource,
    ResourceKind,
    StopReason,
)
from core.readings import with_reading
from core.storage.codec import encode_reading
from core.storage.store import Store
from oit.run.checking import judge_of
from oit.run.judging.pool import check_in_pool
from oit.run.standing import CheckTask, name_lists
from sample.editions import AS_OF

_RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
_EDITION = 2566
_KINDS = 20
"""Different pages of a large site; the others have their texts."""


def main() -> None:
    """Print a line for each agency, as it is judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=1, help="Sites of that size.")
    parser.add_argument("--honest", type=int, default=6)
    options = parser.parse_args()
    rules = load_rules(_RULES.read_text("utf-8"), str(_RULES))
    with tempfile.TemporaryDirectory(prefix="oit-") as folder:
        store, known = fill(Path(folder), _EDITION, 60)
        large = [Agency(f"large{n}", f"หน่วยงาน {n}", f"https://large{n}.go.th/") for n in range(options.large)]
        honest = [Agency(f"honest{n}", f"หน่วยงาน {n}", known.url) for n in range(options.honest)]
        for agency in large:
            _fill_large(store, agency, options.pages, options.items)
        for agency in honest:
            _copy(store, known, agency)
        store.close()
        lists = rules.editions
        task = CheckTask(
            Path(folder) / "store", rules.edition(_EDITION), date.fromisoformat(AS_OF[_EDITION]), dict(rules.lexicon),
            lists, name_lists(lists),
        )  # fmt: skip
        watch = _Watch()
        began = time.monotonic()
        print("agency     after s  MB of all processes so far  what")
        for one in check_in_pool(judge_of(task), [*large, *honest]):
            what = one.problem or f"{one.assessment.score.highest:.2f} at most"
            after = time.monotonic() - began
            print(f"{one.assessment.agency.id:10} {after:7.1f} {watch.most:12.0f}  {what}", flush=True)
        watch.over.set()


class _Watch:
    """Looks at the memory of this process and those below it."""

    def __init__(self) -> None:
        self.most = 0.0
        self.over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self.over.wait(0.5):
            self.most = max(self.most, sum(map(resident, below(os.getpid()))))


def _fill_large(store: Store, agency: Agency, pages: int, items: int) -> None:
    rng = random.Random(1)
    snapshot = store.begin_snapshot(store.begin_run((agency.id,)), agency, frozenset())
    packed = []
    for number in range(_KINDS):
        texts = [f"O{n % 43 + 1} รายงานผลการดำเนินงาน {rng.randrange(10**6)} ปี 256{n % 9}" for n in range(items)]
        blocks = tuple(Block(BlockKind.LIST_ITEM, text) for text in texts)
        links = tuple(Link(f"{agency.url}p{n}", texts[n], block=n) for n in range(0, items, 20))
        reading = Reading(
            kind=ResourceKind.PAGE, state=ReadState.READ, content_type="text/html", title=f"OIT {number}",
            blocks=blocks, links=links, letters=sum(map(len, texts)),
        )  # fmt: skip
        packed.append((reading, encode_reading(reading)))
    for number in range(pages):
        url = agency.url + (f"p{number}" if number else "")
        base = Resource(
            url, FetchOutcome.OK, final_url=url, http_status=200, fetched=datetime(2023, 4, 1, tzinfo=UTC), size=1,
            sha256=hashlib.sha256(url.encode()).hexdigest(), found_via=(agency.url,), label=f"OIT {number}",
        )  # fmt: skip
        reading, data = packed[number % _KINDS]
        store.add_resource(snapshot, with_reading(base, reading), data)
    store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())


def _copy(store: Store, of: Agency, agency: Agency) -> None:
    """The stored site of one agency as another's."""
    found = store.load_snapshot(of)
    assert found is not None
    snapshot = store.begin_snapshot(store.begin_run((agency.id,)), agency, found.hosts)
    for resource in found.resources:
        reading = Reading(
            kind=resource.kind, state=resource.read_state, content_type=resource.content_type, title=resource.title,
            blocks=resource.blocks, links=resource.links,
        )  # fmt: skip
        store.add_resource(snapshot, resource, reading)
    store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=found.hosts)


if __name__ == "__main__":
    main()
