"""`oit agencies` and its parts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from core.errors import InputError
from oit.agencies.loader import choose, load_agencies, write_agencies_yaml
from oit.cli import options as o
from oit.run.job import read_rules


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.add_typer(_agencies())


def _agencies() -> typer.Typer:
    group = typer.Typer(name="agencies", rich_markup_mode=None, invoke_without_command=True)
    group.callback()(agencies)
    group.command("import")(import_list)
    group.command("suggest")(suggest)
    return group


def agencies(ctx: typer.Context, file: o.Agencies = o.DEFAULT_AGENCIES, rules_file: o.RulesFile = None) -> None:
    """Validate the list of agencies: every fault with file, line and column.

    Examples: oit agencies; oit agencies --agencies list.csv; oit agencies import offices.xlsx
    """
    ctx.obj = (file, rules_file)
    if ctx.invoked_subcommand is not None:
        return
    found = load_agencies(file, *_known(rules_file))
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
    found = load_agencies(table, *_known(rules_file))
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise InputError(f"{target}: the list to write must be a .yaml file")
    if target.exists() and not force:
        raise InputError(f"{target} is there already; --force replaces it")
    write_agencies_yaml(target, type(found)(province or found.province, found.agencies))
    typer.echo(f"{target}: {len(found.agencies)} agencies written")


def suggest(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[AGENCY]...", help="Agencies by id; none: all.")] = None,
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Say from the stored crawl which list each site follows, with the reasons. Nothing is fetched or changed.

    Example: oit agencies --agencies offices.yaml suggest technical-college
    """
    from oit.agencies.suggest import suggestion_lines, suggestions
    from reports.messages import thai

    file, rules_file = ctx.obj
    known = read_rules(rules_file)
    listed = choose(load_agencies(file, *_known(rules_file)), ids or ())
    for suggestion in suggestions(listed, known, data):
        for line in suggestion_lines(suggestion, known, thai()):
            typer.echo(line)


def _known(rules_file: Path | None) -> tuple[list[str], list[str]]:
    rules = read_rules(rules_file)
    return [kind.id for kind in rules.agency_kinds], [scheme.id for scheme in rules.schemes]
