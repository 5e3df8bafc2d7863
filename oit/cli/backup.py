"""`oit backup`, `oit restore`, `oit upgrade`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from core.storage.schema import SCHEMA_VERSION
from oit import backup as copying
from oit.cli import options as o

_BACKUPS = Annotated[Path, typer.Option("--to", help="Folder of the backups.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (backup, restore, upgrade):
        app.command()(command)


def backup(
    file: Annotated[Path, typer.Argument(help="The .tar file to write.")],
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Copy the data folder into one file, also while a run is under way.

    The agency list and the rules are files of yours: keep them with it.

    Example: oit backup /srv/backup/oit-2026-11-28.tar --data /var/lib/oit/chiangrai
    """
    size = copying.back_up(data, file)
    typer.echo(f"{file}: {size / 1e6:.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Put a backup back into a new data folder.

    Example: oit restore /srv/backup/oit-2026-11-28.tar --data /var/lib/oit/chiangrai
    """
    copying.restore(file, data)
    typer.echo(f"{data}: restored (schema {SCHEMA_VERSION})")


def upgrade(data: o.Data = o.DEFAULT_DATA, to: _BACKUPS = Path("backup")) -> None:
    """After a new version of the program: back the data folder up, then bring it to the new schema.

    Example: git pull && ./run upgrade --data /var/lib/oit/chiangrai --to /srv/backup
    """
    to.mkdir(parents=True, exist_ok=True)
    target = to / f"oit-{datetime.now():%Y%m%d-%H%M%S}.tar"
    copying.back_up(data, target)
    runs = copying.upgrade(data)
    typer.echo(f"{data}: schema {SCHEMA_VERSION}, {runs} runs; the folder as it was is in {target}")
