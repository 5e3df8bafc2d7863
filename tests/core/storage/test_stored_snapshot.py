"""A stored resource is unpacked when it is looked at, and then is what was stored."""

from __future__ import annotations

import copy
import json
import pickle
import zlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from core.models.snapshot import Block, BlockKind, Link, Reading, ReadState, Resource, ResourceKind, StopReason
from core.readings import with_reading
from core.storage import resources as rows
from core.storage import stored_snapshot
from core.storage.codec import StoredReading, encode_reading
from core.storage.store import Store
from core.storage.stored_snapshot import StoredResource, with_stored_reading
from tests.core.storage.test_store import AGENCY, HOSTS, READING, resource

PACKED = encode_reading(READING)


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was unpacked, in order."""
    seen: list[str] = []
    for name in ("decode_head", "decode_blocks"):
        plain = getattr(stored_snapshot, name)
        monkeypatch.setattr(stored_snapshot, name, lambda packed, n=name, p=plain: seen.append(n) or p(packed))
    return seen


def test_only_what_is_looked_at_is_unpacked_and_once(unpacked: list[str]) -> None:
    found = with_stored_reading(resource(), PACKED)
    assert (found.url, found.label, found.sha256) == (resource().url, "ป้าย", resource().sha256)
    assert unpacked == []
    assert found.title == READING.title
    assert found.links == READING.links
    assert unpacked == ["decode_head"]
    assert found.blocks == found.blocks == READING.blocks
    assert unpacked == ["decode_head", "decode_blocks"]


def test_it_is_equal_to_what_was_stored() -> None:
    plain = with_reading(resource(), READING)
    found = with_stored_reading(resource(), PACKED)
    assert found == plain
    assert plain == with_stored_reading(resource(), PACKED)
    assert found != replace(plain, title="อื่น")
    assert found != "a resource"
    assert hash(with_stored_reading(resource(), PACKED)) == hash(plain)
    assert with_stored_reading(resource(), None) == resource()


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r))])
def test_a_copy_is_whole(again: object) -> None:
    assert callable(again)
    assert again(with_stored_reading(resource(), PACKED)) == with_reading(resource(), READING)


def test_what_is_changed_of_it_is_changed_and_the_rest_is_there() -> None:
    found = replace(with_stored_reading(resource(), PACKED), label="อื่น")
    assert found == replace(with_reading(resource(), READING), label="อื่น")


def test_every_field_comes_of_the_row_or_of_the_reading() -> None:
    """A field that is added to a resource must not be missing from a stored one."""
    found = StoredResource.of(resource(), PACKED)
    for field in fields(Resource):
        getattr(found, field.name)
    with pytest.raises(AttributeError, match="no_such"):
        _ = found.no_such  # type: ignore[attr-defined]


def test_a_damaged_reading_raises_when_it_is_looked_at() -> None:
    found = with_stored_reading(resource(), b"R2\x00\x00\x00\x04abcd")
    assert found.url == resource().url
    with pytest.raises(Exception, match="decompress"):
        _ = found.blocks


def test_marks_are_of_each_address_and_of_the_whole(tmp_path: Path) -> None:
    def night(title: str) -> None:
        run = store.begin_run(("a",))
        snapshot = store.begin_snapshot(run, AGENCY, HOSTS)
        store.add_resource(snapshot, resource(), READING)
        other = Reading(ResourceKind.PAGE, ReadState.READ, title=title, links=(Link("https://a.go.th/", "กลับ"),))
        store.add_resource(snapshot, resource("https://a.go.th/x", sha256="cd" * 32), other)
        store.finish_snapshot(snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=HOSTS)
        store.finish_run(run)

    store = Store(tmp_path)
    assert store.load_marked(AGENCY) is None
    night("ก")
    first = store.load_marked(AGENCY)
    night("ก")
    same = store.load_marked(AGENCY)
    night("ข")
    other = store.load_marked(AGENCY)
    assert first is not None
    assert same is not None
    assert other is not None
    assert other.mark == store.snapshot_mark(AGENCY)
    assert (first.mark, first.of_urls) == (same.mark, same.of_urls)
    assert first.mark != other.mark
    assert [url for url, mark in first.of_urls.items() if other.of_urls[url] != mark] == ["https://a.go.th/x"]
    store.close()


def test_a_reading_that_came_out_of_the_store_is_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    snapshot = store.begin_snapshot(store.begin_run(("a",)), AGENCY, HOSTS)
    written: list[str] = []
    plain = rows._Compiled.run

    def run(self: rows._Compiled, connection: Any, **values: object) -> Any:
        if self is rows._ADD_READING:
            written.append(str(values["key"]))
        return plain(self, connection, **values)

    monkeypatch.setattr(rows._Compiled, "run", run)
    store.add_resource(snapshot, resource(), READING)
    assert len(written) == 1
    kept = store.find_reading(resource().sha256, AGENCY.url, ResourceKind.PAGE)
    assert isinstance(kept, StoredReading)
    store.add_resource(snapshot, resource(), kept)
    assert len(written) == 1
    # Under another address the same reading is another row of the store, and must be written.
    store.add_resource(snapshot, resource("https://a.go.th/b"), kept)
    assert len(written) == 2
    again = store.find_reading(resource().sha256, "https://a.go.th/b", ResourceKind.PAGE)
    assert again == kept
    store.close()


def test_blocks_of_an_old_reading_in_one_part_are_read() -> None:
    head = {
        "kind": "page", "state": "read", "type": "", "title": "ก", "note": "", "pages": None, "encoding": "",
        "unread": [], "links": [], "blocks": [{"kind": "paragraph", "text": "ข"}],
    }  # fmt: skip
    found = with_stored_reading(resource(), zlib.compress(json.dumps(head).encode()))
    assert found.blocks == (Block(BlockKind.PARAGRAPH, "ข"),)
    assert found.title == "ก"
