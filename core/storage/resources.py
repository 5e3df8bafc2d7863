"""Resources as rows, by span: an address that is what it was on the last good night costs this night no row.

Rows are written and looked up by the hundred thousand, so the statements are compiled once, from the tables of
core/storage/schema.py, and run on the driver's own connection.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Delete, Insert, Select, Update, bindparam, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection

from core.errors import StoreError, first_line
from core.models.snapshot import FetchOutcome, Resource, ResourceKind
from core.storage.claims import Claim, compare_attempt, current_attempt
from core.storage.codec import EncodedReading, StoredReading
from core.storage.engine import insert_of
from core.storage.schema import READING_FORMAT, readings, resources, snapshots

_PLAIN = (
    "url", "final_url", "content_type", "http_status", "detail", "sha256", "size", "etag", "last_modified", "label",
    "context", "depth", "tls_problem",
)  # fmt: skip
_PASSING = ("fetched", "etag", "last_modified")
"""What may differ from night to night although the address is what it was: some servers say that every page was
modified just now."""


Statement = Select[Any] | Insert | Update | Delete


Found = TypeVar("Found")


def _dialect(name: str) -> Any:
    if name == "sqlite":
        return sqlite.dialect()
    from sqlalchemy.dialects.postgresql import psycopg  # one store in a hundred is on a server

    return psycopg.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement as text for one database: the names of its parameters by position, and the values that it brings."""

    sql: str
    names: tuple[str, ...]
    known: Mapping[str, Any]


class _Compiled:
    """A statement compiled once for each database that asks. Its parameters are named; SQLite takes them by
    position."""

    def __init__(self, statement: Statement | Callable[[str], Statement], *columns: str) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._texts: dict[str, _Text] = {}

    def _text(self, dialect: str) -> _Text:
        found = self._texts.get(dialect)
        if found is None:
            each = self._statement(dialect) if callable(self._statement) else self._statement
            compiled: Any = each.compile(dialect=_dialect(dialect), column_keys=self._columns)
            found = _Text(str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params))
            self._texts[dialect] = found
        return found

    def run(self, connection: PoolProxiedConnection, **values: object) -> Any:
        """Run it and return the driver's cursor. A parameter that is not given has the statement's own value."""
        cursor = connection.cursor()
        if isinstance(cursor, sqlite3.Cursor):
            text = self._text("sqlite")
            cursor.execute(text.sql, [values[n] if n in values else text.known[n] for n in text.names])
        else:
            text = self._text("postgresql")
            cursor.execute(text.sql, {**text.known, **values})
        return cursor


_here = (resources.c.agency_id == bindparam("agency")) & (resources.c.url == bindparam("address"))
_at = (resources.c.snapshot_id <= bindparam("good")) & (resources.c.last_id >= bindparam("good"))
_read_well = resources.c.outcome == FetchOutcome.OK.value
_current = readings.c.format == READING_FORMAT

_OWNER = _Compiled(select(snapshots.c.agency_id).where(snapshots.c.id == bindparam("snapshot")))
_LAST_GOOD = _Compiled(
    select(snapshots.c.id)
    .where(snapshots.c.agency_id == bindparam("agency"), snapshots.c.finished.is_not(None), snapshots.c.home_ok == 1)
    .order_by(snapshots.c.id.desc())
    .limit(1)
)
_ROWS = _Compiled(
    select(resources.c.id, resources.c.snapshot_id, resources.c.last_id, resources.c.digest)
    .where(_here, (resources.c.last_id == bindparam("snapshot")) | _at)
    .order_by(resources.c.last_id.desc())
)
_CLAIM = _Compiled(current_attempt(bindparam("run"), bindparam("batch")))
_ADD = _Compiled(
    insert(resources), "snapshot_id", "last_id", "agency_id", "url", "outcome", "reading", "sha256", "data", "digest"
)
_CHANGE = _Compiled(
    update(resources)
    .where(resources.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in ("last_id", "outcome", "reading", "sha256", "data", "digest")})
)
_END = _Compiled(update(resources).where(resources.c.id == bindparam("row")).values(last_id=bindparam("last")))


def _add_reading(dialect: str) -> Insert:
    new = insert_of(dialect)(readings)
    found: Insert = new.on_conflict_do_update(
        index_elements=[readings.c.key],
        set_={name: new.excluded[name] for name in ("format", "data", "digest")},
        # A reading that is there already costs no writing: on most nights most pages are what they were.
        where=(readings.c.format != new.excluded.format) | (readings.c.data != new.excluded.data),
    )
    return found


_ADD_READING = _Compiled(_add_reading, "key", "format", "data", "digest")
_READING = _Compiled(select(readings.c.data).where(readings.c.key == bindparam("sought"), _current))
_EARLIER = _Compiled(
    select(resources.c.data, readings.c.data)
    .outerjoin(readings, (readings.c.key == resources.c.reading) & _current)
    .where(_here, _at, _read_well)
)
_KNOWN = _Compiled(
    select(resources.c.data, resources.c.reading)
    .join(readings, (readings.c.key == resources.c.reading) & _current)
    .where(_here, _at, _read_well)
)


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address that was read well on the last good night: its row's data, and the key of its reading."""

    data: Mapping[str, Any]
    key: str

    @property
    def etag(self) -> str:
        """The ETag, empty if it had none."""
        return str(self.data.get("etag", ""))

    @property
    def last_modified(self) -> str:
        """The Last-Modified header, empty if it had none."""
        return str(self.data.get("last_modified", ""))

    @property
    def sha256(self) -> str:
        """The hash of its body."""
        return str(self.data["sha256"])

    @property
    def resource(self) -> Resource:
        """The resource without its reading."""
        return _resource(self.data)


_HELD_MS = 2000
"""Milliseconds that a write waits for another program's."""


class ResourceRows:
    """The rows of resources and readings. Every `add` is committed before it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()
        self._last: dict[str, int] = {}
        self._owners: dict[int, str] = {}
        self.claim: Claim | None = None
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._name = engine.url.database if self._is_sqlite else engine.url.render_as_string(hide_password=True)

    def add(self, snapshot_id: int, resource: Resource, key: str, packed: EncodedReading | None) -> None:
        """Store one address; one seen again in the snapshot replaces the earlier row.

        A row of the last good snapshot that says the same is made to hold for this snapshot too. Raises StoreError, for
        a claim too that somebody else has meanwhile (core/storage/claims.py)."""
        self._again(lambda: self._add(snapshot_id, resource, key, packed))

    def _add(self, snapshot_id: int, resource: Resource, key: str, packed: EncodedReading | None) -> None:
        agency = self._owner(snapshot_id)
        good = self.last_good(agency) or 0
        data = _as_data(resource)
        row = {
            "outcome": resource.outcome.value,
            "reading": key,
            "sha256": resource.sha256,
            "data": json.dumps(data, ensure_ascii=False),
            "digest": _digest(data, key),
            "last_id": snapshot_id,
        }
        with self._transaction() as db:
            if self.claim is not None:
                newest = _CLAIM.run(db, run=self.claim.run_id, batch=self.claim.batch).fetchone()
                compare_attempt(newest, self.claim)
            known = _ROWS.run(db, agency=agency, address=resource.url, snapshot=snapshot_id, good=good).fetchall()
            same = [each for each in known if each[3] == row["digest"]]
            mine = [each for each in known if each[2] == snapshot_id]
            own = [each for each in mine if each[1] == snapshot_id]
            if mine and mine[0] in same:
                _CHANGE.run(db, row=mine[0][0], **row)
            elif own:
                _CHANGE.run(db, row=own[0][0], **row)
            elif same:
                _CHANGE.run(db, row=same[0][0], **row)
            else:
                for each in mine:  # it was taken for unchanged, and is not
                    _END.run(db, row=each[0], last=good)
                _ADD.run(db, snapshot_id=snapshot_id, agency_id=agency, url=resource.url, **row)
            if packed is not None and key and not (isinstance(packed, StoredReading) and packed.key == key):
                _ADD_READING.run(db, key=key, format=READING_FORMAT, data=packed, digest=reading_digest(packed))

    def reading(self, key: str) -> EncodedReading | None:
        """Return a reading by its key, if the readers have not changed since."""
        row = self._ask(_READING, sought=key)
        return StoredReading.of(key, row[0]) if row is not None else None

    def last_good(self, agency_id: str) -> int | None:
        """Return the id of the agency's last finished snapshot whose home page was read; looked up once."""
        known = self._last.get(agency_id)
        if known is None:
            row = self._ask(_LAST_GOOD, agency=agency_id)
            if row is None:
                return None
            known = self._last[agency_id] = int(row[0])
        return known

    def reset_last_good(self) -> None:
        """Look the last good snapshots up anew."""
        self._last.clear()

    def earlier(self, agency_id: str, url: str) -> tuple[Resource, EncodedReading | None] | None:
        """Return the last good snapshot's row for an address that was read well."""
        last = self.last_good(agency_id)
        if last is None:
            return None
        row = self._ask(_EARLIER, agency=agency_id, address=url, good=last)
        if row is None:
            return None
        return decode_resource(row[0]), EncodedReading(row[1]) if row[1] is not None else None

    def known(self, agency_id: str, url: str) -> KnownAddress | None:
        """Return an address as the last good snapshot has it, if its reading is of use."""
        last = self.last_good(agency_id)
        if last is None:
            return None
        row = self._ask(_KNOWN, agency=agency_id, address=url, good=last)
        return KnownAddress(json.loads(row[0]), row[1]) if row is not None else None

    def close(self) -> None:
        """Give this thread's connection back."""
        db = getattr(self._own, "db", None)
        if db is not None:
            db.close()
            del self._own.db

    def _owner(self, snapshot_id: int) -> str:
        known = self._owners.get(snapshot_id)
        if known is None:
            row = self._ask(_OWNER, snapshot=snapshot_id)
            known = self._owners[snapshot_id] = str(row[0])
        return known

    @contextmanager
    def _transaction(self) -> Iterator[PoolProxiedConnection]:
        db = self._db()
        try:
            db.cursor().execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
            yield db
            db.commit()
        except self._error as error:  # the disk is full, the file is damaged, the server went away
            self._give_up(db)
            if self._is_lost(error):
                raise
            raise StoreError(f"{self._name}: {first_line(error)}") from error
        except BaseException:
            self._give_up(db)
            raise

    def _is_lost(self, error: Exception) -> bool:
        """Whether a server went away, so that the same can be tried over another connection."""
        return not self._is_sqlite and isinstance(error, self._engine.dialect.loaded_dbapi.OperationalError)

    def _again(self, do: Callable[[], Found]) -> Found:
        """Do something, once more over a new connection if the server went away meanwhile. Raises StoreError."""
        try:
            return do()
        except self._error as error:
            if not self._is_lost(error):
                raise StoreError(f"{self._name}: {first_line(error)}") from error
            self._drop()
        try:
            return do()
        except self._error as error:
            self._drop()
            raise StoreError(f"{self._name}: {first_line(error)}") from error

    def _ask(self, statement: _Compiled, **values: object) -> Any:
        return self._again(lambda: statement.run(self._db(), **values).fetchone())

    def _drop(self) -> None:
        with suppress(self._error):
            self.close()
        self._own.__dict__.pop("db", None)

    def _give_up(self, db: PoolProxiedConnection) -> None:
        with suppress(self._error):
            db.rollback()
        if not self._is_sqlite:  # it may be broken; the next one is made anew
            self._drop()

    def _db(self) -> PoolProxiedConnection:
        db: PoolProxiedConnection | None = getattr(self._own, "db", None)
        if db is None:
            db = self._engine.raw_connection()
            if self._is_sqlite:
                # An event loop writes through it: who finds the database held comes again, and keeps nobody waiting.
                db.cursor().execute(f"PRAGMA busy_timeout={_HELD_MS}")
            else:
                # Reads must not leave a transaction open for hours; such a connection is for nobody else.
                db.detach()
                db.dbapi_connection.autocommit = True  # type: ignore[union-attr]
            self._own.db = db
        return db


def resource_digest(resource: Resource, key: str) -> str:
    """Return what tells two states of an address apart: all of it but times and validators."""
    return _digest(_as_data(resource), key)


def _digest(values: Mapping[str, Any], key: str) -> str:
    data = {name: value for name, value in values.items() if name not in _PASSING}
    return hashlib.sha256(json.dumps([key, data], ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:32]


def reading_digest(packed: bytes) -> str:
    """Return what tells two readings apart."""
    return hashlib.sha256(packed).hexdigest()[:32]


def reading_key(sha256: str, url: str, kind: ResourceKind) -> str:
    """A page's links depend on its address, a document's content does not."""
    if not sha256:
        return ""
    return hashlib.sha256(f"{sha256} {url}".encode()).hexdigest() if kind is ResourceKind.PAGE else sha256


def _as_data(resource: Resource) -> dict[str, Any]:
    data: dict[str, Any] = {name: getattr(resource, name) for name in _PLAIN}
    data["outcome"] = resource.outcome.value
    data["kind"] = resource.kind.value
    data["found_via"] = list(resource.found_via)
    data["fetched"] = resource.fetched.isoformat() if resource.fetched else None
    return data


def decode_resource(text: str) -> Resource:
    """Return the resource of a stored row's JSON."""
    return _resource(json.loads(text))


def _resource(data: Mapping[str, Any]) -> Resource:
    return Resource(
        outcome=FetchOutcome(data["outcome"]),
        kind=ResourceKind(data["kind"]),
        found_via=tuple(data["found_via"]),
        fetched=datetime.fromisoformat(data["fetched"]) if data["fetched"] else None,
        **{name: data[name] for name in _PLAIN},
    )
