"""worker: one of many machines' workers."""

from __future__ import annotations

from typing import Annotated

import typer

from oit.cli import options as o


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(worker)


def worker(
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    once: Annotated[bool, typer.Option("--once", help="End when no batch waits.")] = False,
    log_file: o.LogFile = None,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Crawl and judge batches that `oit nightly --queue` hands out, until stopped.

    The data folder names a PostgreSQL server in a file database.url and is shared with the night's machine.

    Example: oit worker --agencies /srv/agencies.yaml --data /srv/data
    """
    from oit.queue.worker import run_worker

    settings = o.settings(
        agencies=agencies, rules=rules, data=data, out=out, verbose=verbose, quiet=quiet, log_file=log_file
    )
    run_worker(settings, once=once)
