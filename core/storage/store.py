"""The store: one SQLite file and a folder of bodies named by their hash.

A crawl of one agency is a snapshot; a run is one night over many. Every row is committed as it comes, so a
process killed at any moment leaves a store that opens, and the next run goes on where this one was.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, delete, event, func, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from core.models.agency import Agency
from core.models.snapshot import Reading, Resource, ResourceKind, Snapshot, StopReason
from core.storage.codec import EncodedReading, decode_head, decode_reading, encode_reading
from core.storage.resources import ResourceRows, decode_resource, reading_key, with_reading, with_stored_reading
from core.storage.schema import cache, metadata, readings, resources, runs, snapshots

_RECOGNISED_DAYS = 90
"""Recognised pages that no reading has asked for in so long are of documents that are gone."""


class StoreError(Exception):
    """The store cannot be used; the message is one line for the administrator."""


class StoreBusyError(StoreError):
    """Another run holds the store."""


@dataclass(frozen=True, slots=True)
class CacheValidators:
    """What a conditional request needs, from the last good fetch of an address."""

    etag: str
    last_modified: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """One finished snapshot in short. `home` is the outcome of the home page, empty if it was never asked for."""

    home_ok: bool
    home: str
    complete: bool
    stopped_by: StopReason
    resources: int


class Store:
    """Opens (and makes) the store in a folder. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(folder / "oit.sqlite")
            metadata.create_all(self._engine)
            self._rows = ResourceRows(folder / "oit.sqlite")
        except (OSError, DatabaseError) as error:
            raise StoreError(f"cannot open the store in {folder}: {_first_line(error)}") from error

    def close(self) -> None:
        """Let go of the database file."""
        self._rows.close()
        self._engine.dispose()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store for one run; StoreBusyError names the process that holds it already."""
        path = self.folder / "oit.lock"
        with path.open("a+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                handle.seek(0)
                holder = handle.read(40).strip() or "?"
                raise StoreBusyError(
                    f"another run is using {self.folder} (process {holder}); wait for it or stop it"
                ) from error
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            try:
                yield
            finally:
                handle.truncate(0)
                fcntl.flock(handle, fcntl.LOCK_UN)

    # ----------------------------------------------------------------------------- runs and snapshots

    def begin_run(self, agency_ids: tuple[str, ...]) -> int:
        """The run to work in: the unfinished one over the same agencies if there is one, else a new one."""
        wanted = json.dumps(sorted(agency_ids))
        with self._engine.begin() as db:
            row = db.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
            if row is not None and row.finished is None and row.agencies == wanted:
                return int(row.id)
            result = db.execute(insert(runs).values(started=_now(), agencies=wanted))
            return _new_id(result)

    def finish_run(self, run_id: int) -> None:
        """Mark a run as ended: the next one starts anew."""
        with self._engine.begin() as db:
            db.execute(update(runs).where(runs.c.id == run_id).values(finished=_now()))

    def finished_agencies(self, run_id: int) -> frozenset[str]:
        """Ids of agencies whose snapshot in this run is finished."""
        query = select(snapshots.c.agency_id).where(snapshots.c.run_id == run_id, snapshots.c.finished.is_not(None))
        with self._engine.connect() as db:
            return frozenset(db.execute(query).scalars())

    def begin_snapshot(self, run_id: int, agency: Agency, hosts: frozenset[str]) -> int:
        """The snapshot to fill for an agency: the one under way in this run, else a new one."""
        query = select(snapshots.c.id).where(
            snapshots.c.run_id == run_id, snapshots.c.agency_id == agency.id, snapshots.c.finished.is_(None)
        )
        with self._engine.begin() as db:
            known = db.execute(query).scalar()
            if known is not None:
                return int(known)
            result = db.execute(
                insert(snapshots).values(
                    run_id=run_id,
                    agency_id=agency.id,
                    url=agency.url,
                    started=_now(),
                    hosts=json.dumps(sorted(hosts)),
                )
            )
            return _new_id(result)

    def finish_snapshot(
        self, snapshot_id: int, *, complete: bool, stopped_by: StopReason, home_ok: bool, hosts: frozenset[str]
    ) -> None:
        """Close a snapshot. `stopped_by` is empty if the crawl came to its natural end."""
        values = {
            "finished": _now(),
            "complete": int(complete),
            "stopped_by": stopped_by,
            "home_ok": int(home_ok),
            "hosts": json.dumps(sorted(hosts)),
        }
        with self._engine.begin() as db:
            db.execute(update(snapshots).where(snapshots.c.id == snapshot_id).values(**values))
        self._rows.reset_last_good()

    # ----------------------------------------------------------------------------- resources

    def add_resource(self, snapshot_id: int, resource: Resource, reading: Reading | EncodedReading | None) -> None:
        """Keep one fetched (or failed) address; an address seen again in the snapshot replaces the earlier row.
        With bytes for a reading, the resource has the reading's kind already."""
        packed = encode_reading(reading) if isinstance(reading, Reading) else reading
        key = reading_key(resource.sha256, resource.final_url or resource.url, resource.kind) if packed else ""
        self._rows.add(snapshot_id, resource, key, packed)

    def packed(self, sha256: str, url: str, kind: ResourceKind) -> EncodedReading | None:
        """What an earlier reading of the same body gave, packed, if the readers have not changed since."""
        return self._rows.reading(reading_key(sha256, url, kind))

    def reading(self, sha256: str, url: str, kind: ResourceKind) -> Reading | None:
        """The same, unpacked."""
        packed = self.packed(sha256, url, kind)
        return decode_reading(packed) if packed is not None else None

    def stored(self, snapshot_id: int) -> Iterator[Resource]:
        """Resources of a snapshot under way, with links and without blocks, to go on from after a crash."""
        query = (
            select(resources.c.data, readings.c.data)
            .outerjoin(readings, readings.c.key == resources.c.reading)
            .where(resources.c.snapshot_id == snapshot_id)
            .order_by(resources.c.id)
        )
        with self._engine.connect() as db:
            for data, packed in db.execute(query).yield_per(50):
                resource = decode_resource(data)
                yield with_reading(resource, decode_head(packed)[0]) if packed is not None else resource

    def validators(self, agency_id: str, url: str) -> CacheValidators | None:
        """What a conditional request for an address needs, from the agency's last good snapshot."""
        found = self._rows.validators(agency_id, url)
        return CacheValidators(*found) if found is not None else None

    def earlier(self, agency_id: str, url: str) -> tuple[Resource, EncodedReading] | None:
        """The last good snapshot's resource and packed reading for an address, for an answer "not modified"."""
        found = self._rows.earlier(agency_id, url)
        return (found[0], found[1]) if found is not None and found[1] is not None else None

    # ----------------------------------------------------------------------------- snapshots out

    def nights(self, agency: Agency) -> Iterator[SnapshotSummary]:
        """The agency's finished snapshots in short, the newest first."""
        query = (
            select(snapshots)
            .where(snapshots.c.agency_id == agency.id, snapshots.c.finished.is_not(None))
            .order_by(snapshots.c.id.desc())
        )
        with self._engine.connect() as db:
            for row in db.execute(query).all():
                here = resources.c.snapshot_id == row.id
                home = db.execute(select(resources.c.outcome).where(here, resources.c.url == row.url)).scalar()
                count = db.execute(select(func.count()).select_from(resources).where(here)).scalar()
                yield SnapshotSummary(
                    bool(row.home_ok), home or "", bool(row.complete), _stop_reason(row.stopped_by), int(count or 0)
                )

    def load_snapshot(self, agency: Agency) -> Snapshot | None:
        """The agency's newest finished snapshot; if its home page could not be read but an earlier night's
        could, that one, marked stale. None if there is none."""
        chosen = self._newest(agency)
        if chosen is None:
            return None
        row, stale = chosen
        return Snapshot(
            agency=agency,
            started=datetime.fromisoformat(row.started),
            finished=datetime.fromisoformat(row.finished),
            complete=bool(row.complete),
            stopped_by=_stop_reason(row.stopped_by),
            resources=_home_first(self._resources(row.id), agency.url),
            hosts=frozenset(json.loads(row.hosts)),
            stale=stale,
        )

    def snapshot_mark(self, agency: Agency) -> str | None:
        """A digest of all that `load_snapshot` would give, without unpacking it; None if there is none."""
        chosen = self._newest(agency)
        if chosen is None:
            return None
        row, stale = chosen
        digest = hashlib.sha256(repr((tuple(row), stale)).encode())
        query = (
            select(resources.c.data, readings.c.data)
            .outerjoin(readings, readings.c.key == resources.c.reading)
            .where(resources.c.snapshot_id == row.id)
            .order_by(resources.c.id)
        )
        with self._engine.connect() as db:
            for data, packed in db.execute(query):
                digest.update(data.encode())
                digest.update(packed or b"-")
        return digest.hexdigest()

    def _newest(self, agency: Agency) -> tuple[Any, bool] | None:
        """The row of the snapshot to judge, and whether it is an earlier night's."""
        query = (
            select(snapshots)
            .where(snapshots.c.agency_id == agency.id, snapshots.c.finished.is_not(None))
            .order_by(snapshots.c.id.desc())
        )
        with self._engine.connect() as db:
            rows = db.execute(query).all()
        if not rows:
            return None
        if not rows[0].home_ok:
            good = next((row for row in rows[1:] if row.home_ok), None)
            if good is not None:
                return good, True
        return rows[0], False

    def _resources(self, snapshot_id: int) -> tuple[Resource, ...]:
        query = (
            select(resources.c.data, readings.c.data)
            .outerjoin(readings, readings.c.key == resources.c.reading)
            .where(resources.c.snapshot_id == snapshot_id)
            .order_by(resources.c.id)
        )
        with self._engine.connect() as db:
            rows = db.execute(query).all()
        return tuple(with_stored_reading(decode_resource(data), packed) for data, packed in rows)

    # ----------------------------------------------------------------------------- bodies

    def body_path(self, sha256: str) -> Path:
        """Where the body with this hash lies or would lie."""
        return self.folder / "bodies" / sha256[:2] / sha256[2:4] / sha256

    def body(self, sha256: str) -> bytes | None:
        """A kept body, None if it is no longer there."""
        try:
            return self.body_path(sha256).read_bytes()
        except OSError:
            return None

    def add_body(self, body: bytes) -> str:
        """Keep a body; the same bytes are kept once. Returns their SHA-256."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self.body_path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
                handle.write(body)
            Path(handle.name).rename(path)
        return sha256

    # ----------------------------------------------------------------------------- small memories

    def cache_get(self, kind: str, key: str) -> bytes | None:
        """A value remembered under a kind (for example recognised pages) and key."""
        with self._engine.connect() as db:
            value = db.execute(select(cache.c.value).where(cache.c.kind == kind, cache.c.key == key)).scalar()
        return bytes(value) if value is not None else None

    def cache_put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value."""
        with self._engine.begin() as db:
            db.execute(delete(cache).where(cache.c.kind == kind, cache.c.key == key))
            db.execute(insert(cache).values(kind=kind, key=key, value=value, used=time.time()))

    # ----------------------------------------------------------------------------- retention

    def prune(self, keep: int) -> int:
        """Drop all but the newest `keep` finished snapshots of each agency, then readings and bodies that
        nothing refers to. Returns the number of snapshots dropped."""
        dropped = 0
        with self._engine.begin() as db:
            agencies = db.execute(select(snapshots.c.agency_id).distinct()).scalars().all()
            for agency_id in agencies:
                ids = (
                    db.execute(
                        select(snapshots.c.id)
                        .where(snapshots.c.agency_id == agency_id, snapshots.c.finished.is_not(None))
                        .order_by(snapshots.c.home_ok.desc(), snapshots.c.id.desc())
                    )
                    .scalars()
                    .all()
                )
                for old in ids[max(1, keep) :]:
                    db.execute(delete(resources).where(resources.c.snapshot_id == old))
                    db.execute(delete(snapshots).where(snapshots.c.id == old))
                    dropped += 1
            if dropped:
                db.execute(delete(readings).where(readings.c.key.not_in(select(resources.c.reading).distinct())))
        if dropped:
            self._sweep_bodies()
        return dropped

    def _sweep_bodies(self) -> None:
        with self._engine.connect() as db:
            used = frozenset(db.execute(select(resources.c.sha256).distinct()).scalars())
        for path in (self.folder / "bodies").glob("??/??/*"):
            if path.name not in used:
                path.unlink(missing_ok=True)
        for path in (self.folder / "ocr").glob("??/*.json"):
            if path.stat().st_mtime < time.time() - _RECOGNISED_DAYS * 86_400:
                path.unlink(missing_ok=True)

    def count(self) -> int:
        """Number of snapshots kept."""
        with self._engine.connect() as db:
            return int(db.execute(select(func.count()).select_from(snapshots)).scalar() or 0)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        # WAL lets a report be written while a crawl goes on; NORMAL loses at most the last rows on power loss.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _home_first(found: tuple[Resource, ...], home: str) -> tuple[Resource, ...]:
    return tuple(sorted(found, key=lambda r: (r.url != home, r.depth != 0)))


def _stop_reason(value: str) -> StopReason:
    """A cause that is not known here left something unread."""
    try:
        return StopReason(value)
    except ValueError:
        return StopReason.ERRORS


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _new_id(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


__all__ = ["CacheValidators", "Store", "StoreBusyError", "StoreError", "reading_key", "with_reading"]
