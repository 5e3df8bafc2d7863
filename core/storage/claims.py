"""Batches of a night that many machines share: who has which, counted by attempts.

A worker that was frozen and comes back finds that its batch has a newer attempt: what it would store is refused, so
nothing of a batch is stored by two.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select, update

from core.errors import StoreError
from core.storage.engine import insert_of
from core.storage.run_log import CrawlFigures
from core.storage.schema import batches

_FIGURES = tuple(f.name for f in fields(CrawlFigures))


class ClaimLostError(StoreError):
    """Somebody else has the batch meanwhile."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at a batch."""

    run_id: int
    batch: int
    attempt: int


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as it stands. `finished` is empty while it is under way or was cut off."""

    batch: int
    attempt: int
    worker: str
    finished: str
    figures: CrawlFigures


class BatchRows:
    """Rows of the table `batches`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, run_id: int, batch: int, worker: str) -> Claim:
        """Begin the next attempt at a batch: earlier ones can store nothing from now on."""
        insert = insert_of(self._engine.dialect.name)
        new = insert(batches).values(run_id=run_id, batch=batch, attempt=1, worker=worker[:100], started=_now())
        taken = new.on_conflict_do_update(
            index_elements=[batches.c.run_id, batches.c.batch],
            set_={
                "attempt": batches.c.attempt + 1,
                "worker": new.excluded.worker,
                "started": new.excluded.started,
                "finished": None,
            },
        ).returning(batches.c.attempt)
        with self._engine.begin() as db:
            return Claim(run_id, batch, int(db.execute(taken).scalar_one()))

    def finish(self, claim: Claim, figures: CrawlFigures) -> None:
        """Say that an attempt has come to its end. Raises ClaimLostError if there is a newer one."""
        with self._engine.begin() as db:
            check_claim(db, claim)
            db.execute(
                update(batches).where(*_of(claim.run_id, claim.batch)).values(finished=_now(), **asdict(figures))
            )

    def check(self, claim: Claim) -> None:
        """Raise ClaimLostError if there is a newer attempt."""
        with self._engine.connect() as db:
            check_claim(db, claim)

    def of_run(self, run_id: int) -> list[BatchState]:
        """Return the batches of a run that somebody took."""
        query = select(batches).where(batches.c.run_id == run_id).order_by(batches.c.batch)
        with self._engine.connect() as db:
            return [
                BatchState(
                    row.batch,
                    row.attempt,
                    row.worker,
                    row.finished or "",
                    CrawlFigures(**{name: getattr(row, name) for name in _FIGURES}),
                )
                for row in db.execute(query)
            ]


def current_attempt(run_id: Any, batch: Any) -> Select[Any]:
    """The statement for a batch's newest attempt, which stays the newest until the transaction ends."""
    return select(func.coalesce(batches.c.attempt, 0)).where(*_of(run_id, batch)).with_for_update(read=True)


def check_claim(db: Connection, claim: Claim | None) -> None:
    """Raise ClaimLostError if a newer attempt than this one has begun."""
    if claim is not None:
        compare_attempt(db.execute(current_attempt(claim.run_id, claim.batch)).first(), claim)


def compare_attempt(row: Any, claim: Claim) -> None:
    """Raise ClaimLostError if a row of `current_attempt` is not the claim's."""
    if row is None or row[0] != claim.attempt:
        raise ClaimLostError(
            f"batch {claim.batch} of run {claim.run_id}: attempt {claim.attempt} was taken over by another worker"
        )


def _of(run_id: Any, batch: Any) -> tuple[Any, ...]:
    return (batches.c.run_id == run_id, batches.c.batch == batch)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
