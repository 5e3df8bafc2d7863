"""The store: one SQLite file and a folder of bodies named by their hash, or the servers that its folder names instead.

A crawl of one agency is a snapshot; a run is one night over many. Every row is committed as it comes, so a
process killed at any moment leaves a store that opens, and the next run goes on where this one was.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from core.errors import StoreError
from core.models.agency import Agency
from core.models.snapshot import Reading, Resource, ResourceKind, Snapshot, StopReason
from core.readings import with_reading
from core.storage.accounts import AccountRows
from core.storage.claims import BatchRows, Claim, check_claim
from core.storage.codec import EncodedReading, decode_head, decode_reading, encode_reading
from core.storage.decisions import DecisionRows
from core.storage.engine import StoreBusyError, cause_of, hold_folder, hold_server, open_engine
from core.storage.history import HistoryRows
from core.storage.memory import CacheRows
from core.storage.migrations import SchemaError, migrate
from core.storage.notices import NoticeRows
from core.storage.objects.base import remote_objects
from core.storage.objects.bodies import BodyFiles, BodyObjects, BodyStore
from core.storage.objects.owner import check_owner
from core.storage.objects.recognised import RecognisedPages
from core.storage.patience import try_again
from core.storage.resources import (
    KnownAddress,
    ResourceRows,
    decode_resource,
    reading_key,
)
from core.storage.run_log import RunOutcome, RunRecord, describe_run, list_runs, record_outcome
from core.storage.schema import resources, runs, snapshots
from core.storage.spans import drop_unused_readings, prune_agency, rows_in, set_apart
from core.storage.stored_snapshot import MarkedSnapshot, marks, row_mark, with_readings, with_stored_reading
from core.store_folder import forget_newest, note_newest

_RECOGNISED_DAYS = 90
"""Recognised pages that no reading has asked for in so long are of documents that are gone."""


_RESUMED_WITHIN = timedelta(hours=20)
"""A run that nothing was done in for so long is not gone on with."""
_REPORTED_WITHIN = timedelta(hours=8)
"""The same for one whose crawl is over and whose reports are not written: by then the next night is due."""


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """One finished snapshot in short. `home` is the outcome of the home page, empty if it was never asked for."""

    home_ok: bool
    home: str
    complete: bool
    stopped_by: StopReason
    resources: int


@dataclass(frozen=True, slots=True)
class NewestNight:
    """When the crawl of an agency's newest finished snapshot began and ended, and whether its home page was read."""

    started: datetime
    finished: datetime
    home_ok: bool


class Store:
    """Opens (and makes) the store in a folder. Safe for several processes at once.

    With a claim, everything that a crawl stores is refused (ClaimLostError) once somebody else has its batch."""

    def __init__(self, folder: Path, claim: Claim | None = None) -> None:
        self.folder = folder
        self._claim = claim
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._engine = open_engine(folder)
            migrate(self._engine)
            self._objects = remote_objects(folder)
        except SchemaError as error:
            self._engine.dispose()
            raise StoreError(
                f"the store in {folder} was {error}. Nothing was changed: use the program that made it, or another "
                "--data folder"
            ) from error
        except (OSError, DatabaseError, StoreError) as error:
            raise StoreError(f"cannot open the store in {folder}: {cause_of(error)}") from error
        self._rows = ResourceRows(self._engine)
        self._rows.claim = claim
        self.batches = BatchRows(self._engine)
        self._bodies: BodyStore = BodyFiles(folder) if self._objects is None else BodyObjects(self._objects)
        self.recognised = RecognisedPages(self._objects, folder) if self._objects is not None else None
        self.cache = CacheRows(self._engine)
        self.history = HistoryRows(self._engine)
        self.decisions = DecisionRows(self._engine)
        self.accounts = AccountRows(self._engine)
        self.notices = NoticeRows(self._engine)

    def close(self) -> None:
        """Close the database connection."""
        self._rows.close()
        self._engine.dispose()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store for one run; StoreBusyError names the process that holds it already."""
        with hold_folder(self.folder), hold_server(self._engine, self.folder):
            yield

    # ----------------------------------------------------------------------------- runs and snapshots

    def begin_run(self, agency_ids: tuple[str, ...]) -> int:
        """Return the run to work in: the unfinished one over the same agencies, if something was done in it within a
        day, else a new one. A run that was described is unfinished until its outcome is recorded: one that was killed
        while it wrote reports need not ask the sites again."""
        return try_again(lambda: self._begin_run(agency_ids))

    def _begin_run(self, agency_ids: tuple[str, ...]) -> int:
        wanted = json.dumps(sorted(agency_ids))
        with self._engine.begin() as db:
            row = db.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
            if row is not None and row.agencies == wanted and _is_open(db, row):
                return int(row.id)
            result = db.execute(insert(runs).values(started=_now(), agencies=wanted))
            return _new_id(result)

    def finish_run(self, run_id: int) -> None:
        """Mark a run as ended: the next one starts anew."""
        ended = update(runs).where(runs.c.id == run_id).values(finished=_now())
        try_again(lambda: self._change(ended))

    def check_writing(self, run_id: int) -> None:
        """Raise StoreError if the tables cannot be written. The run is written as it stands."""
        self._change(update(runs).where(runs.c.id == run_id).values(agencies=runs.c.agencies))

    def _change(self, statement: Any) -> None:
        with self._engine.begin() as db:
            db.execute(statement)

    def describe_run(self, run_id: int, *, command: str, edition: int, program: str) -> None:
        """Say what a run is about."""
        describe_run(self._engine, run_id, command=command, edition=edition, program=program)

    def record_run(self, run_id: int, outcome: RunOutcome) -> None:
        """Say how a run ended; now is its end."""
        try_again(lambda: record_outcome(self._engine, run_id, outcome, _now()))

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Return the newest runs, the last first."""
        return list_runs(self._engine, limit)

    def finished_agencies(self, run_id: int) -> frozenset[str]:
        """Ids of agencies whose snapshot in this run is finished."""
        query = select(snapshots.c.agency_id).where(snapshots.c.run_id == run_id, snapshots.c.finished.is_not(None))
        with self._engine.connect() as db:
            return frozenset(db.execute(query).scalars())

    def unfinished_agencies(self) -> frozenset[str]:
        """Return the agencies of the newest run whose crawl has not come to an end in it."""
        with self._engine.connect() as db:
            row = db.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
        if row is None:
            return frozenset()
        return frozenset(json.loads(row.agencies)) - self.finished_agencies(row.id)

    def begin_snapshot(self, run_id: int, agency: Agency, hosts: frozenset[str]) -> int:
        """The snapshot to fill for an agency: the one under way in this run, else a new one."""
        forget_newest(self.folder, agency.id)
        return try_again(lambda: self._begin_snapshot(run_id, agency, hosts))

    def _begin_snapshot(self, run_id: int, agency: Agency, hosts: frozenset[str]) -> int:
        query = select(snapshots.c.id).where(
            snapshots.c.run_id == run_id, snapshots.c.agency_id == agency.id, snapshots.c.finished.is_(None)
        )
        with self._engine.begin() as db:
            check_claim(db, self._claim)
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
        finished = _now()
        values = {
            "finished": finished,
            "complete": int(complete),
            "stopped_by": stopped_by,
            "home_ok": int(home_ok),
            "hosts": json.dumps(sorted(hosts)),
        }
        with self._engine.begin() as db:
            check_claim(db, self._claim)
            here = snapshots.c.id == snapshot_id
            db.execute(update(snapshots).where(here).values(**values))
            agency, started = db.execute(select(snapshots.c.agency_id, snapshots.c.started).where(here)).one()
            if not home_ok:
                set_apart(db, snapshot_id, agency)
        forget_newest(self.folder, agency)
        if home_ok:  # else an earlier night's may be the one to judge
            note_newest(self.folder, agency, started, finished)
        self._rows.reset_last_good()

    # ----------------------------------------------------------------------------- resources

    def add_resource(self, snapshot_id: int, resource: Resource, reading: Reading | EncodedReading | None) -> None:
        """Keep one fetched (or failed) address; an address seen again in the snapshot replaces the earlier row.
        With bytes for a reading, the resource has the reading's kind already."""
        packed = encode_reading(reading) if isinstance(reading, Reading) else reading
        key = reading_key(resource.sha256, resource.final_url or resource.url, resource.kind) if packed else ""
        self._rows.add(snapshot_id, resource, key, packed)

    def find_reading(self, sha256: str, url: str, kind: ResourceKind) -> EncodedReading | None:
        """What an earlier reading of the same body gave, packed, if the readers have not changed since."""
        return self._rows.reading(reading_key(sha256, url, kind))

    def reading(self, sha256: str, url: str, kind: ResourceKind) -> Reading | None:
        """The same, unpacked."""
        packed = self.find_reading(sha256, url, kind)
        return decode_reading(packed) if packed is not None else None

    def iterate_resources(self, snapshot_id: int) -> Iterator[Resource]:
        """Resources of a snapshot under way, with links and without blocks, to go on from after a crash."""
        with self._engine.connect() as db:
            row = db.execute(select(snapshots).where(snapshots.c.id == snapshot_id)).one()
            for one in db.execute(with_readings(row)).yield_per(50):
                resource = decode_resource(one.data)
                yield with_reading(resource, decode_head(one.packed)[0]) if one.packed is not None else resource

    def known(self, agency_id: str, url: str) -> KnownAddress | None:
        """What a conditional request for an address needs, from the agency's last good snapshot."""
        return self._rows.known(agency_id, url)

    def reading_of(self, known: KnownAddress) -> EncodedReading | None:
        """The packed reading of an address, for an answer "not modified"."""
        return self._rows.reading(known.key)

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
                here = rows_in(row)
                home = db.execute(select(resources.c.outcome).where(here, resources.c.url == row.url)).scalar()
                count = db.execute(select(func.count()).select_from(resources).where(here)).scalar()
                yield SnapshotSummary(
                    bool(row.home_ok), home or "", bool(row.complete), _stop_reason(row.stopped_by), int(count or 0)
                )

    def newest_nights(self) -> dict[str, NewestNight]:
        """Return each agency's newest finished snapshot in short, by agency id: one query for any number of them."""
        newest = (
            select(func.max(snapshots.c.id)).where(snapshots.c.finished.is_not(None)).group_by(snapshots.c.agency_id)
        )
        query = select(snapshots.c.agency_id, snapshots.c.started, snapshots.c.finished, snapshots.c.home_ok).where(
            snapshots.c.id.in_(newest)
        )
        with self._engine.connect() as db:
            return {
                name: NewestNight(datetime.fromisoformat(started), datetime.fromisoformat(finished), bool(home_ok))
                for name, started, finished, home_ok in db.execute(query)
            }

    def load_snapshot(self, agency: Agency) -> Snapshot | None:
        """The agency's newest finished snapshot; if its home page could not be read but an earlier night's
        could, that one, marked stale. None if there is none."""
        found = self.load_marked(agency)
        return found.snapshot if found is not None else None

    def load_marked(self, agency: Agency) -> MarkedSnapshot | None:
        """The same with its marks, which are of the very rows that were loaded."""
        chosen = self._newest(agency)
        if chosen is None:
            return None
        row, stale = chosen
        with self._engine.connect() as db:
            rows = db.execute(with_readings(row)).all()
            each = [row_mark(db, one) for one in rows]
        found = [with_stored_reading(decode_resource(one.data), one.packed) for one in rows]
        snapshot = Snapshot(
            agency=agency,
            started=datetime.fromisoformat(row.started),
            finished=datetime.fromisoformat(row.finished),
            complete=bool(row.complete),
            stopped_by=_stop_reason(row.stopped_by),
            resources=_home_first(tuple(found), agency.url),
            hosts=frozenset(json.loads(row.hosts)),
            stale=stale,
        )
        return MarkedSnapshot(snapshot, *marks(row, stale, [r.url for r in found], each))

    def snapshot_mark(self, agency: Agency) -> str | None:
        """Return a digest of what `load_snapshot` would give, without loading it; None if there is none.

        It holds no ids and no times: two nights on which the site was the same have the same mark."""
        chosen = self._newest(agency)
        if chosen is None:
            return None
        query = with_readings(chosen[0], packed=False)
        with self._engine.connect() as db:
            each = [row_mark(db, one) for one in db.execute(query).all()]
        return marks(*chosen, [], each)[0]

    def newest_times(self, agency: Agency) -> tuple[datetime, datetime] | None:
        """Return when the crawl of the snapshot to judge began and ended; None if there is none."""
        chosen = self._newest(agency)
        if chosen is None:
            return None
        return datetime.fromisoformat(chosen[0].started), datetime.fromisoformat(chosen[0].finished)

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

    # ----------------------------------------------------------------------------- bodies

    def check_objects(self, *, claim: bool = False) -> None:
        """Raise StoreError if the object store of this store does not answer, or is another store's; with `claim` it is
        written to. Nothing to do where all lies in the folder."""
        if self._objects is not None:
            check_owner(self._objects, self._objects.url, self.cache, claim=claim)

    def has_body(self, sha256: str) -> bool:
        """Whether the body with this hash is there."""
        return self._bodies.has(sha256)

    def body_source(self, sha256: str) -> Path | bytes | None:
        """Return a body's file, or the body itself if it is in no file of this machine; None if it is not there."""
        return self._bodies.source(sha256)

    def body_file(self, sha256: str) -> Path | None:
        """Return the file of this machine that holds a body, None if there is none."""
        return self._bodies.file(sha256)

    def body(self, sha256: str) -> bytes | None:
        """Return a stored body, None if it is no longer there."""
        return self._bodies.read(sha256)

    def add_body(self, body: bytes) -> str:
        """Store a body; the same bytes are stored once. Returns their SHA-256. Waits while the disk is full."""
        return try_again(lambda: self._bodies.add(body))

    # ----------------------------------------------------------------------------- small memories

    def cache_get(self, kind: str, key: str) -> bytes | None:
        """A value remembered under a kind (for example recognised pages) and key."""
        return self.cache.get(kind, key)

    def cache_put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value."""
        self.cache.put(kind, key, value)

    # ----------------------------------------------------------------------------- retention

    def prune(self, keep: int) -> int:
        """Drop all but the newest `keep` finished snapshots of each agency, then readings and bodies that
        nothing refers to. Returns the number of snapshots dropped."""
        with self._engine.begin() as db:
            agencies = db.execute(select(snapshots.c.agency_id).distinct()).scalars().all()
            dropped = sum(prune_agency(db, agency_id, keep) for agency_id in agencies)
            if dropped:
                drop_unused_readings(db)
        self._rows.reset_last_good()
        if dropped:
            self._sweep()
        return dropped

    def _sweep(self) -> None:
        with self._engine.connect() as db:
            used = frozenset(db.execute(select(resources.c.sha256).distinct()).scalars())
        self.check_objects()
        self._bodies.sweep(used)
        if self.recognised is not None:
            self.recognised.sweep(used)
        for path in (self.folder / "ocr").glob("??/*.json"):
            if path.stat().st_mtime < time.time() - _RECOGNISED_DAYS * 86_400:
                path.unlink(missing_ok=True)

    def count(self) -> int:
        """Number of snapshots kept."""
        with self._engine.connect() as db:
            return int(db.execute(select(func.count()).select_from(snapshots)).scalar() or 0)


def _is_open(db: Connection, run: Any) -> bool:
    """Whether a run is to be gone on with: what one of long ago has crawled is no longer tonight's."""
    if run.finished is None:
        return _is_within(db, run, _RESUMED_WITHIN)
    return bool(run.command) and not run.reported and _is_within(db, run, _REPORTED_WITHIN)


def _is_within(db: Connection, run: Any, limit: timedelta) -> bool:
    newest = select(func.max(func.coalesce(snapshots.c.finished, snapshots.c.started))).where(
        snapshots.c.run_id == run.id
    )
    last = max(run.started, db.execute(newest).scalar() or "")
    return datetime.now(UTC) - datetime.fromisoformat(last) < limit


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


__all__ = ["KnownAddress", "Store", "StoreBusyError", "StoreError", "reading_key", "with_reading"]
