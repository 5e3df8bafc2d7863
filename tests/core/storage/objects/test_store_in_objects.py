"""A store whose bodies, recognised pages and verdicts lie in an object store."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import StoreError
from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Resource
from core.storage.objects.base import open_objects
from core.storage.store import Store
from tests.mockserver.objects import ObjectServer, in_objects

pytestmark = pytest.mark.sqlite
AGENCY = Agency("a", "ก", "https://a.go.th/")
PAGE = f"ab/{'ab' * 32}-4.json"


@pytest.fixture
def folder(place: str, tmp_path: Path) -> Path:
    return in_objects(tmp_path / "var", place)


def crawl(store: Store, body: bytes) -> str:
    """One night on which the home page is this."""
    snapshot = store.begin_snapshot(store.begin_run(("a",)), AGENCY, frozenset())
    sha256 = store.add_body(body)
    page = Resource(AGENCY.url, FetchOutcome.OK, sha256=sha256, fetched=datetime(2023, 4, 1, tzinfo=UTC))
    store.add_resource(snapshot, page, None)
    store.finish_snapshot(snapshot, complete=True, stopped_by="", home_ok=True, hosts=frozenset())  # type: ignore[arg-type]
    store.finish_run(1)
    return sha256


def test_bodies_are_elsewhere_and_once(folder: Path) -> None:
    store = Store(folder)
    sha256 = store.add_body(b"text")
    assert store.add_body(b"text") == sha256
    assert store.body(sha256) == store.body_source(sha256) == b"text"
    assert store.has_body(sha256)
    assert not store.has_body("00" * 32)
    assert store.body("00" * 32) is store.body_source("00" * 32) is None
    assert not (folder / "bodies").exists()
    assert open_objects(folder).stamps("bodies").keys() == {f"{sha256[:2]}/{sha256[2:4]}/{sha256}"}
    store.close()


def test_what_nothing_refers_to_is_thrown_away(folder: Path) -> None:
    store = Store(folder)
    old, new = crawl(store, b"old"), crawl(store, b"new")
    lost = store.add_body(b"lost")
    assert store.recognised is not None
    for body in (old, new):
        (folder / "ocr" / "ab").mkdir(parents=True, exist_ok=True)
        (folder / "ocr" / PAGE).write_text("[]", "utf-8")
        store.recognised.keep(body, [PAGE], [])
    assert store.prune(1) == 1
    assert [store.has_body(body) for body in (old, new, lost)] == [False, True, False]
    assert [store.recognised.fetch(body) for body in (old, new)] == [frozenset(), {PAGE}]
    store.close()


def test_two_stores_in_one_place_do_not_throw_each_others_bodies_away(place: str, tmp_path: Path) -> None:
    one, other = Store(in_objects(tmp_path / "one", place)), Store(in_objects(tmp_path / "other", place))
    one.check_objects()  # nobody's yet
    one.check_objects(claim=True)
    one.check_objects()
    crawl(one, b"one")
    for _ in range(2):
        crawl(other, b"other")
    with pytest.raises(StoreError, match="holds the bodies of another store"):
        other.check_objects(claim=True)
    with pytest.raises(StoreError, match="holds the bodies of another store"):
        other.prune(1)
    assert len(open_objects(one.folder).stamps("bodies")) == 2
    one.close()
    other.close()


def test_a_body_waits_for_a_server_that_is_away(
    s3: ObjectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.storage.patience.RESTS", (0.3,) * 20)
    store = Store(in_objects(tmp_path, s3.place()))
    s3.stop()
    back = threading.Timer(1.0, s3.start)
    back.start()
    try:
        assert store.body(store.add_body(b"text")) == b"text"
    finally:
        back.join()
        store.close()


def test_pages_of_a_place_that_is_away_are_none(s3: ObjectServer, tmp_path: Path) -> None:
    store = Store(in_objects(tmp_path, s3.place()))
    assert store.recognised is not None
    (tmp_path / "ocr" / "ab").mkdir(parents=True)
    (tmp_path / "ocr" / PAGE).write_text("[]", "utf-8")
    s3.stop()
    try:
        assert store.recognised.fetch("12" * 32) == frozenset()
        store.recognised.keep("12" * 32, [PAGE], [])
    finally:
        s3.start()
        store.close()


def test_recognised_pages_come_to_another_machine(place: str, tmp_path: Path) -> None:
    here, there = (Store(in_objects(tmp_path / name, place)) for name in ("here", "there"))
    assert here.recognised is not None
    assert there.recognised is not None
    (here.folder / "ocr" / "ab").mkdir(parents=True)
    (here.folder / "ocr" / PAGE).write_text('[{"text": "ข้อความ"}]', "utf-8")
    gone = PAGE.replace("ab/", "cd/")
    assert here.recognised.fetch("12" * 32) == frozenset()
    here.recognised.keep("12" * 32, [PAGE, gone, "../../../etc/passwd"], [])
    assert there.recognised.fetch("12" * 32) == {PAGE}
    assert (there.folder / "ocr" / PAGE).read_text("utf-8") == '[{"text": "ข้อความ"}]'
    stamps = open_objects(here.folder).stamps("ocr")
    here.recognised.keep("12" * 32, [PAGE], {PAGE})  # nothing new
    assert open_objects(here.folder).stamps("ocr") == stamps
    here.close()
    there.close()


def test_damaged_pages_and_strange_names_are_none(place: str, tmp_path: Path) -> None:
    import json
    import zlib

    store = Store(in_objects(tmp_path / "var", place))
    assert store.recognised is not None
    objects = open_objects(store.folder)
    objects.write(f"ocr/12/{'12' * 32}", b"no zlib")
    objects.write(f"ocr/34/{'34' * 32}", zlib.compress(json.dumps({"../x": "1", PAGE: "[]"}).encode()))
    assert store.recognised.fetch("12" * 32) == frozenset()
    assert store.recognised.fetch("34" * 32) == {PAGE}
    assert not (store.folder / "x").exists()
    store.close()
