"""Nights that share rows: each snapshot gives what its own night saw, and an unchanged night adds nothing."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Reading, ReadState, Resource, ResourceKind, StopReason
from core.storage.engine import open_engine
from core.storage.store import Store

AGENCY = Agency("a", "ก", "https://a.go.th/")
URLS = (AGENCY.url, "https://a.go.th/1", "https://a.go.th/2", "https://a.go.th/3")
START = datetime(2023, 4, 1, tzinfo=UTC)

_state = st.one_of(st.none(), st.integers(0, 2))
_night = st.lists(st.tuples(st.sampled_from(URLS[1:]), st.integers(0, 2)), max_size=6)


def state(url: str, number: int, night: int) -> tuple[Resource, Reading | None]:
    """An address in one of a few states; times and validators differ from night to night."""
    resource = Resource(
        url,
        FetchOutcome.OK if number else FetchOutcome.NOT_FOUND,
        final_url=url,
        kind=ResourceKind.PAGE,
        sha256=f"{number}" * 64 if number else "",
        etag=f"{night}",
        fetched=START + timedelta(days=night),
    )
    reading = Reading(ResourceKind.PAGE, ReadState.READ, "text/html", f"{url} {number}") if number else None
    return resource, reading


def as_seen(resources: tuple[Resource, ...]) -> dict[str, tuple[str, str, str]]:
    return {r.url: (r.outcome.value, r.sha256, r.title) for r in resources}


@settings(max_examples=60, deadline=None)
@given(
    nights=st.lists(st.tuples(_night, st.sampled_from(["good", "no home", "cut off"])), min_size=1, max_size=7),
    keep=st.integers(1, 4),
)
def test_every_night_gives_what_it_saw(nights: list[tuple[list[tuple[str, int]], str]], keep: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        seen: list[tuple[bool, dict[str, tuple[str, str, str]]]] = []
        for number, (answers, end) in enumerate(nights):
            run = store.begin_run((AGENCY.id, str(number)))
            snapshot = store.begin_snapshot(run, AGENCY, frozenset())
            expected: dict[str, tuple[str, str, str]] = {}
            home = (AGENCY.url, 0 if end == "no home" else 1)
            for url, what in [home, *answers]:
                resource, reading = state(url, what, number)
                store.add_resource(snapshot, resource, reading)
                title = f"{url} {what}" if what else ""
                expected[url] = (resource.outcome.value, resource.sha256, title)
            assert as_seen(tuple(store.iterate_resources(snapshot))) == expected
            if end != "cut off":
                good = end == "good"
                store.finish_snapshot(
                    snapshot, complete=good, stopped_by=StopReason.NONE, home_ok=good, hosts=frozenset()
                )
                store.finish_run(run)
                seen.append((good, expected))
            if seen:
                _check_newest(store, seen)
        if seen:
            store.prune(keep)
            _check_newest(store, seen)
            # A last night without the home page stays beside the good ones, to say that they are earlier ones.
            beside = not seen[-1][0] and sum(is_good for is_good, _ in seen) >= keep
            assert len(list(store.nights(AGENCY))) == min(keep + beside, len(seen))
        store.close()


def _check_newest(store: Store, seen: list[tuple[bool, dict[str, tuple[str, str, str]]]]) -> None:
    snapshot = store.load_snapshot(AGENCY)
    assert snapshot is not None
    good = [each for is_good, each in seen if is_good]
    stale = not seen[-1][0] and bool(good)
    assert snapshot.stale == stale
    assert as_seen(snapshot.resources) == (good[-1] if stale else seen[-1][1])


def night(store: Store, number: int, *, home_ok: bool = True, states: tuple[int, ...] = (1, 1, 2)) -> None:
    run = store.begin_run((AGENCY.id,))
    snapshot = store.begin_snapshot(run, AGENCY, frozenset())
    for url, what in zip(URLS, states, strict=False):
        store.add_resource(snapshot, *state(url, what, number))
    store.finish_snapshot(snapshot, complete=home_ok, stopped_by=StopReason.NONE, home_ok=home_ok, hosts=frozenset())
    store.finish_run(run)


def rows(folder: Path) -> int:
    engine = open_engine(folder)
    with engine.connect() as db:
        count = db.execute(text("SELECT count(*) FROM resources")).scalar_one()
    engine.dispose()
    return int(count)


def test_an_unchanged_night_adds_no_row_and_has_the_same_mark(tmp_path: Path) -> None:
    store = Store(tmp_path)
    night(store, 0)
    mark = store.snapshot_mark(AGENCY)
    for number in range(1, 4):
        night(store, number)
    assert rows(tmp_path) == 3
    assert store.snapshot_mark(AGENCY) == mark
    found = store.load_snapshot(AGENCY)
    assert found is not None
    assert {r.fetched for r in found.resources} == {START + timedelta(days=3)}  # when it was seen last
    night(store, 4, states=(1, 2, 2))
    assert rows(tmp_path) == 4
    assert store.snapshot_mark(AGENCY) != mark
    store.close()


def test_a_night_without_the_home_page_does_not_break_the_spans(tmp_path: Path) -> None:
    store = Store(tmp_path)
    night(store, 0)
    night(store, 1, home_ok=False, states=(0, 1))
    night(store, 2)
    assert rows(tmp_path) == 3 + 2
    store.close()


def test_a_reading_that_changed_for_the_same_body_changes_the_mark(tmp_path: Path) -> None:
    store = Store(tmp_path)
    night(store, 0)
    mark = store.snapshot_mark(AGENCY)
    run = store.begin_run((AGENCY.id,))
    snapshot = store.begin_snapshot(run, AGENCY, frozenset())
    for url, what in zip(URLS, (1, 1, 2), strict=False):
        resource, reading = state(url, what, 1)
        store.add_resource(snapshot, resource, replace(reading, title="recognised now") if reading else None)
    store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset())
    assert store.snapshot_mark(AGENCY) != mark
    store.close()
