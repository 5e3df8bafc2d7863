"""worker: one of many machines' workers."""

from __future__ import annotations

from typing import Annotated

import typer

from oit.cli import options as o

_DEFAULTS = o.Options()


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(worker)


@o.shares("agencies", "rules", "data", "out", "log_file", *o.SAYING)
def worker(
    shared: o.Options = _DEFAULTS,
    once: Annotated[bool, typer.Option("--once", help="End when no batch waits.")] = False,
) -> None:
    """Crawl and judge batches that `oit nightly --queue` hands out, until stopped.

    The data folder names a PostgreSQL server in a file database.url. It is shared with the night's machine, or both
    name one object store in a file objects.url.

    Example: oit worker --agencies /srv/agencies.yaml --data /srv/data
    """
    from oit.queue.worker import run_worker

    run_worker(shared.settings(), once=once)
