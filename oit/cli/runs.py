"""`oit runs`: what the nights did."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from core.errors import InputError
from core.storage.run_log import RunRecord
from core.storage.store import Store
from core.store_folder import has_store
from crawler.downloader.quiet_hours import THAI_TIME
from oit.cli import options as o


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(runs)


def runs(
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many, the newest first.")] = 20,
    data: o.Data = o.DEFAULT_DATA,
    as_json: o.Json = False,
) -> None:
    """What the runs did: when, how many agencies and pages, what failed. Times are Thai.

    Example: oit runs --data /var/lib/oit/chiangrai
    """
    if not has_store(data):
        raise InputError(f"{data}: there is no store here")
    store = Store(data)
    try:
        found = store.runs(limit)
    finally:
        store.close()
    if as_json:
        typer.echo(json.dumps([_as_data(run) for run in found], ensure_ascii=False, indent=1))
        return
    o.to_stdout().print(_table(found))
    for run in found:
        if run.outcome.problem:
            typer.echo(f"{run.id}: {run.outcome.problem}")


def _as_data(run: RunRecord) -> dict[str, object]:
    times = {"started": run.started, "crawled": run.crawled, "ended": run.ended}
    return {
        "id": run.id,
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
        "command": run.command,
        "edition": run.edition,
        "agencies": run.agencies,
        "program": run.program,
        **asdict(run.outcome),
    }


def _table(found: list[RunRecord]) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    names = ("run", "started", "took", "command", "status", "agencies", "unchecked", "stale", "pages", "documents")
    for name in (*names, "failed", "MB", "OCR pages", "crashes"):
        table.add_column(name, justify="left" if name in ("started", "command") else "right")
    for run in found:
        done = run.outcome
        status = "-" if done.exit_status is None else str(done.exit_status)
        numbers = (run.agencies, done.unchecked, done.stale, done.pages, done.documents, done.failed)
        table.add_row(
            str(run.id),
            f"{run.started.astimezone(THAI_TIME):%Y-%m-%d %H:%M}",
            _duration(run),
            Text(run.command or "-"),
            status,
            *(str(number) for number in numbers),
            f"{done.bytes / 1e6:.1f}",
            str(done.recognised),
            str(done.crashes),
        )
    return table


def _duration(run: RunRecord) -> str:
    end = run.ended or run.crawled
    if end is None:
        return "-"
    minutes, seconds = divmod(int((end - run.started).total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
