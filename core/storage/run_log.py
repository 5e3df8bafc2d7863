"""What the runs did, one row each: for `oit runs`, health and the age of results."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, update

from core.storage.schema import runs


@dataclass(frozen=True, slots=True)
class CrawlFigures:
    """What a crawl did, of a whole run or of one batch."""

    pages: int = 0
    documents: int = 0
    failed: int = 0
    bytes: int = 0
    recognised: int = 0
    crashes: int = 0


@dataclass(frozen=True, slots=True)
class RunOutcome(CrawlFigures):
    """What is known of a run when it ends; counts as in the table `runs`."""

    exit_status: int | None = None
    problem: str = ""
    checked: int = 0
    unchecked: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. `crawled` is the end of its crawl, `ended` its own; None for what did not come to an end."""

    id: int
    started: datetime
    crawled: datetime | None
    ended: datetime | None
    agencies: int
    command: str
    edition: int | None
    program: str
    outcome: RunOutcome

    @property
    def is_good(self) -> bool:
        """Whether it came to its end and read what it was about, or named those that it could not read."""
        return self.outcome.exit_status in (0, 1)


_COUNTED = tuple(f.name for f in fields(RunOutcome))


def describe_run(engine: Engine, run_id: int, *, command: str, edition: int, program: str) -> None:
    """Say what a run is about."""
    with engine.begin() as db:
        db.execute(update(runs).where(runs.c.id == run_id).values(command=command, edition=edition, program=program))


def record_outcome(engine: Engine, run_id: int, outcome: RunOutcome, ended: str) -> None:
    """Say how a run ended, and when (ISO, UTC)."""
    with engine.begin() as db:
        db.execute(update(runs).where(runs.c.id == run_id).values(reported=ended, **asdict(outcome)))


def list_runs(engine: Engine, limit: int) -> list[RunRecord]:
    """Return the newest runs, the last first."""
    with engine.connect() as db:
        rows = db.execute(select(runs).order_by(runs.c.id.desc()).limit(limit)).all()
    return [_record(row) for row in rows]


def _record(row: Any) -> RunRecord:
    # Counted by its separators: the list of a whole country is 150 KB, and only its length is asked for.
    count = row.agencies.count(",") + 1 if len(row.agencies) > len("[]") else 0
    return RunRecord(
        row.id,
        datetime.fromisoformat(row.started),
        _moment(row.finished),
        _moment(row.reported),
        count,
        row.command,
        row.edition,
        row.program,
        RunOutcome(**{name: getattr(row, name) for name in _COUNTED}),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
