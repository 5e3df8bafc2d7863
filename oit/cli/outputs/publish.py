"""`oit publish`: reports to a folder or a web root."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from oit.cli import options as o
from oit.publish import publish_reports, publishing_key
from oit.run.job import pick_edition, read_rules


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(publish)


def publish(
    target: Annotated[Path, typer.Argument(help="A folder that people or a web server read.")],
    secret: Annotated[
        bool, typer.Option("--secret", help="Each agency under an address that cannot be guessed; they are listed.")
    ] = False,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    as_json: o.Json = False,
) -> None:
    """Copy the reports of an edition to a folder or web root; what is a report no longer is taken away there.

    With --secret, the addresses are the same every night: their key is DATA/publish.key, keep it with the backup.

    Example: oit publish /srv/www/oit --edition 2566 --secret
    """
    year = pick_edition(read_rules(rules), edition).year
    done = publish_reports(out / str(year), target, publishing_key(data) if secret else None)
    if as_json:
        folders = {name: str(folder) for name, folder in done.folders.items()}
        found = {"written": done.written, "removed": done.removed, "folders": folders}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if secret:
        for name, folder in done.folders.items():
            typer.echo(f"{name}\t{folder}/")
    typer.echo(f"{done.written} files written, {done.removed} taken away in {target}")
