"""`oit agencies` and its parts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from core.errors import InputError
from oit.agencies.loader import load_agencies, write_agencies_yaml
from oit.cli import options as o
from oit.cli.rules import _kinds


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.add_typer(_agencies())


def _agencies() -> typer.Typer:
    group = typer.Typer(name="agencies", rich_markup_mode=None, invoke_without_command=True)
    group.callback()(agencies)
    group.command("import")(import_list)
    return group


def agencies(ctx: typer.Context, file: o.Agencies = o.DEFAULT_AGENCIES, rules_file: o.RulesFile = None) -> None:
    """Validate the list of agencies: every fault with file, line and column.

    Examples: oit agencies; oit agencies --agencies list.csv; oit agencies import offices.xlsx
    """
    ctx.obj = (file, rules_file)
    if ctx.invoked_subcommand is not None:
        return
    found = load_agencies(file, _kinds(rules_file))
    kinds = Counter(agency.kind for agency in found.agencies)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    typer.echo(f"{file}: {len(found.agencies)} agencies ({counts})")


def import_list(
    ctx: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx, .csv or .yaml list to import.")],
    file: Annotated[Path | None, typer.Option("--agencies", help="The list to write.")] = None,
    province: Annotated[str, typer.Option(help="Name of the assessed unit, if the file does not say it.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a list that is there already.")] = False,
) -> None:
    """Make agencies.yaml from a spreadsheet whose first row holds the column names of agencies.yaml.

    Example: oit agencies import offices.xlsx
    """
    given, rules_file = ctx.obj
    target = file or given
    found = load_agencies(table, _kinds(rules_file))
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise InputError(f"{target}: the list to write must be a .yaml file")
    if target.exists() and not force:
        raise InputError(f"{target} is there already; --force replaces it")
    write_agencies_yaml(target, type(found)(province or found.province, found.agencies))
    typer.echo(f"{target}: {len(found.agencies)} agencies written")
