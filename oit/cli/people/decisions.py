"""`oit decisions`: what people decided, as a file that survives a lost store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import InputError
from core.models.decision import Decision
from core.storage.store import Store
from core.store_folder import has_store
from oit.cli import options as o
from oit.decision_files import read_decisions, write_decisions


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    decisions = typer.Typer(name="decisions", help="What people decided, as a file.", no_args_is_help=True)
    decisions.command("export")(export)
    decisions.command("import")(take_in)
    app.add_typer(decisions)


def export(
    file: Annotated[Path, typer.Argument(help="The YAML file to write.")],
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Write all standing decisions and objections, of all editions, to a YAML file.

    Example: oit decisions export decisions.yaml
    """
    if not has_store(data):
        raise InputError(f"{data}: there is no store here")
    store = Store(data)
    try:
        count = write_decisions(file, store.decisions.all_standing())
    finally:
        store.close()
    typer.echo(f"{count} decisions written to {file}")


def take_in(
    file: Annotated[Path, typer.Argument(help="A YAML file that `oit decisions export` wrote.")],
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Add the decisions of a file to the store; those that are in it already are left out.

    Example: oit decisions import decisions.yaml
    """
    given = read_decisions(file)
    store = Store(data)
    try:
        known = set(store.decisions.all_standing())
        fresh: list[Decision] = [each for each in dict.fromkeys(given) if each not in known]
        store.decisions.add(*fresh)
    finally:
        store.close()
    typer.echo(f"{len(fresh)} decisions added, {len(given) - len(fresh)} were there already")
