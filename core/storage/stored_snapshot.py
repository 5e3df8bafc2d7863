"""Snapshots out of the store, with what tells two states of them apart.

Readings are unpacked once they are asked for: judging anew what one edit touches looks at few pages, and unpacking all
of a site took a third of the time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, select

from core.models.snapshot import Resource, Snapshot
from core.readings import with_reading
from core.storage.codec import decode_blocks, decode_head
from core.storage.resources import decode_resource, reading_digest, resource_digest
from core.storage.schema import readings, resources
from core.storage.spans import rows_in

_OF_HEAD = ("kind", "content_type", "title", "links", "read_state", "read_note", "page_count")
_OF_BLOCKS = ("blocks",)
_FIELDS = tuple(f.name for f in fields(Resource))
_OF_ROW = tuple(name for name in _FIELDS if name not in (*_OF_HEAD, *_OF_BLOCKS))


class StoredResource(Resource):
    """A resource as the store has it. What its reading says is filled in when somebody first looks at it; a reading
    that cannot be unpacked raises then."""

    __slots__ = ("_packed", "_row")
    _packed: bytes
    _row: Resource

    @classmethod
    def of(cls, row: Resource, packed: bytes) -> StoredResource:
        """Make one of a row's resource and its packed reading."""
        made = cls.__new__(cls)
        for name in _OF_ROW:
            object.__setattr__(made, name, getattr(row, name))
        object.__setattr__(made, "_row", row)
        object.__setattr__(made, "_packed", packed)
        return made

    def __getattr__(self, name: str) -> Any:
        """Fill in what is not there yet: only such names come here."""
        if name in _OF_HEAD:
            read = with_reading(self._row, decode_head(self._packed)[0])
            for each in _OF_HEAD:
                object.__setattr__(self, each, getattr(read, each))
        elif name in _OF_BLOCKS:
            object.__setattr__(self, name, decode_blocks(self._packed))
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """Whether another resource, unpacked or not, says the same."""
        if not isinstance(other, Resource):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    __hash__ = Resource.__hash__


def with_stored_reading(row: Resource, packed: bytes | None) -> Resource:
    """A row's resource with its reading, if it has one."""
    return StoredResource.of(row, packed) if packed is not None else row


@dataclass(frozen=True, slots=True)
class MarkedSnapshot:
    """A snapshot with what tells it, and each of its addresses with its reading, from another state of the same."""

    snapshot: Snapshot
    mark: str
    """As `Store.snapshot_mark` gives it."""
    of_urls: Mapping[str, str]
    """Address -> its mark. Times and validators are no part of it."""


def with_readings(snapshot: Any, *, packed: bool = True) -> Select[Any]:
    """Return the query for a snapshot's rows with what their marks are made of, and, if `packed`, with their data and
    readings, in the order in which they were first met."""
    columns = [resources.c.id, resources.c.digest, readings.c.key, readings.c.digest.label("reading")]
    if packed:
        columns += [resources.c.data, readings.c.data.label("packed")]
    joined = select(*columns).outerjoin_from(resources, readings, readings.c.key == resources.c.reading)
    return joined.where(rows_in(snapshot)).order_by(resources.c.id)


def row_mark(db: Connection, row: Any) -> str:
    """Return what tells two states of an address and its reading apart; `row` is one of `with_readings`."""
    reading = "-" if row.key is None else row.reading or _digest_of(db, row.key)
    return f"{row.digest or _state_of(db, row.id)}{reading}"


def marks(snapshot: Any, stale: bool, urls: Sequence[str], each: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the mark of a whole snapshot, of its row and those of its addresses, and that of each address. One that
    stands there twice has none."""
    what = (snapshot.url, snapshot.complete, snapshot.stopped_by, snapshot.home_ok, snapshot.hosts, stale)
    whole = hashlib.sha256(repr(what).encode())
    for mark in each:
        whole.update(mark.encode())
    seen = Counter(urls)
    of_urls = {
        url: hashlib.sha256(mark.encode()).hexdigest()[:32]
        for url, mark in zip(urls, each, strict=bool(urls))
        if seen[url] == 1
    }
    return whole.hexdigest(), of_urls


def _state_of(db: Connection, row_id: int) -> str:
    """The digest of a row of the first schema, which has none."""
    row = db.execute(select(resources.c.data, resources.c.reading).where(resources.c.id == row_id)).one()
    return resource_digest(decode_resource(row.data), row.reading)


def _digest_of(db: Connection, key: str) -> str:
    return reading_digest(db.execute(select(readings.c.data).where(readings.c.key == key)).scalar_one())
