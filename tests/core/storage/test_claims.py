"""A batch belongs to its newest attempt; an earlier one can store nothing any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource, StopReason
from core.storage.claims import ClaimLostError
from core.storage.run_log import CrawlFigures
from core.storage.store import Store

AGENCY = Agency("a", "ก", "https://a.go.th/")
HOME = Resource(AGENCY.url, FetchOutcome.OK)


def test_what_a_frozen_worker_would_store_is_refused(tmp_path: Path) -> None:
    night = Store(tmp_path)
    run = night.begin_run(("a",))
    frozen = Store(tmp_path, night.batches.take(run, 0, "one"))
    snapshot = frozen.begin_snapshot(run, AGENCY, frozenset())
    frozen.add_resource(snapshot, HOME, None)
    claim = night.batches.take(run, 0, "two")
    other = Store(tmp_path, claim)
    assert other.begin_snapshot(run, AGENCY, frozenset()) == snapshot
    with pytest.raises(ClaimLostError, match="attempt 1 was taken over"):
        frozen.add_resource(snapshot, Resource("https://a.go.th/late", FetchOutcome.OK), None)
    with pytest.raises(ClaimLostError):
        frozen.begin_snapshot(run, AGENCY, frozenset())
    with pytest.raises(ClaimLostError):
        frozen.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())
    other.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())
    night.batches.finish(claim, CrawlFigures(pages=1))
    found = night.load_snapshot(AGENCY)
    assert found is not None
    assert [resource.url for resource in found.resources] == [AGENCY.url]
    (batch,) = night.batches.of_run(run)
    assert (batch.attempt, batch.worker, bool(batch.finished), batch.figures.pages) == (2, "two", True, 1)
    for store in (night, frozen, other):
        store.close()
