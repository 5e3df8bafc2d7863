"""Which rows of `resources` belong to a snapshot, and what becomes of them when snapshots go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, literal, select, update

from core.storage.schema import readings, resources, snapshots


def rows_in(snapshot: Any) -> ColumnElement[bool]:
    """Return the condition for a snapshot's rows; `snapshot` is its row of the table.

    One under way has the rows that it has met so far; a good one those whose span it lies in; one without a home page
    its own alone."""
    own = and_(resources.c.agency_id == snapshot.agency_id, resources.c.last_id >= snapshot.id)
    if snapshot.finished is None:
        return and_(own, resources.c.last_id == snapshot.id)
    if snapshot.home_ok:
        return and_(own, resources.c.snapshot_id <= snapshot.id)
    return and_(own, resources.c.snapshot_id == snapshot.id)


def set_apart(db: Connection, snapshot_id: int, agency_id: str) -> None:
    """Give a snapshot that ends without a home page rows of its own, so that spans of good nights run over it."""
    shared = and_(
        resources.c.agency_id == agency_id,
        resources.c.last_id == snapshot_id,
        resources.c.snapshot_id < snapshot_id,
    )
    names = [c.name for c in resources.columns if c.name not in ("id", "snapshot_id")]
    copied = select(literal(snapshot_id), *(resources.c[name] for name in names)).where(shared)
    db.execute(insert(resources).from_select(["snapshot_id", *names], copied))
    good = db.execute(
        select(snapshots.c.id)
        .where(snapshots.c.agency_id == agency_id, snapshots.c.home_ok == 1, snapshots.c.id < snapshot_id)
        .order_by(snapshots.c.id.desc())
        .limit(1)
    ).scalar()
    db.execute(update(resources).where(shared).values(last_id=good if good is not None else resources.c.snapshot_id))


def prune_agency(db: Connection, agency_id: str, keep: int) -> int:
    """Drop all but the newest `keep` finished snapshots of an agency, the good ones first, and those that never came
    to an end before the newest that did. The newest of all stays too: without it the last good night would not be
    known to be an earlier one. Returns the number of snapshots dropped."""
    rows = db.execute(
        select(snapshots.c.id, snapshots.c.finished, snapshots.c.home_ok)
        .where(snapshots.c.agency_id == agency_id)
        .order_by(snapshots.c.home_ok.desc(), snapshots.c.id.desc())
    ).all()
    finished = [row for row in rows if row.finished is not None]
    newest = max((row.id for row in finished), default=0)
    last = [row for row in finished if row.id == newest]
    kept = [*finished[: max(1, keep)], *last, *(r for r in rows if r.finished is None and r.id > newest)]
    dropped = sorted({row.id for row in rows} - {row.id for row in kept})
    heirs = sorted({row.id for row in kept if row.home_ok or row.finished is None})
    for old in dropped:
        _hand_on(db, old, [heir for heir in heirs if heir > old])
        db.execute(delete(resources).where(resources.c.snapshot_id == old))
        db.execute(delete(snapshots).where(snapshots.c.id == old))
    return len(dropped)


def _hand_on(db: Connection, old: int, heirs: Iterable[int]) -> None:
    """Rows that began with a snapshot that goes begin with the next one that stays, if they last so long."""
    for heir in heirs:
        lasting = and_(resources.c.snapshot_id == old, resources.c.last_id >= heir)
        db.execute(update(resources).where(lasting).values(snapshot_id=heir))
        return


def drop_unused_readings(db: Connection) -> None:
    """Delete readings that no row refers to."""
    db.execute(delete(readings).where(readings.c.key.not_in(select(resources.c.reading).distinct())))
