"""`oit agencies` and its parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from core.atomic import write_atomic
from core.errors import InputError
from core.models.agency import AgencyList
from oit.agencies.loader import choose, example_list, load_agencies, write_agencies_yaml
from oit.agencies.office_import import import_sheets
from oit.agencies.office_sheet import read_sheets
from oit.cli import options as o
from oit.run.job import read_rules
from reports.explain import clean

_SHOWN = 40
"""Rows of the preview; of a longer list the first ones are shown."""


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.add_typer(_agencies())


def _agencies() -> typer.Typer:
    group = typer.Typer(name="agencies", rich_markup_mode=None, invoke_without_command=True)
    group.callback()(agencies)
    group.command("init")(init)
    group.command("import")(import_list)
    group.command("suggest")(suggest)
    return group


def agencies(ctx: typer.Context, file: o.Agencies = o.DEFAULT_AGENCIES, rules_file: o.RulesFile = None) -> None:
    """Validate the list of agencies: every fault with file, line and column.

    Examples: oit agencies; oit agencies init; oit agencies import offices.xlsx; oit agencies --agencies list.csv
    """
    ctx.obj = (file, rules_file)
    if ctx.invoked_subcommand is not None:
        return
    found = load_agencies(file, *_known(rules_file))
    kinds = Counter(agency.kind for agency in found.agencies)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    typer.echo(f"{file}: {len(found.agencies)} agencies ({counts})")


def init(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Option("--agencies", help="The list to write.")] = None,
) -> None:
    """Write a list with two example agencies and a comment on every key, to be edited. It replaces nothing.

    Example: oit agencies init
    """
    target = file or ctx.obj[0]
    if target.exists():
        raise InputError(f"{target} is there already; nothing was written")
    write_atomic(target, example_list())
    typer.echo(f"{target}: written. Put your agencies into it, then: oit agencies; oit audit")


def import_list(
    ctx: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx, .xls, .ods, .csv or .yaml list to import.")],
    file: Annotated[Path | None, typer.Option("--agencies", help="The list to write.")] = None,
    province: Annotated[str, typer.Option(help="Name of the assessed unit, if the file does not say it.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of agencies whose row names none.")] = "provincial",
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would be written.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a list that is there already.")] = False,
) -> None:
    """Make agencies.yaml from the spreadsheet that an office has.

    Titles above the table, Thai heads, other columns, links behind cells, addresses without http:// and lists without
    ids are fine; ids are proposed. What was not taken, and one site standing twice, is said on standard error.

    \b
    Examples:
      oit agencies import offices.xlsx --preview
      oit agencies import offices.xls --province จังหวัดตัวอย่าง
    """
    given, rules_file = ctx.obj
    target = file or given
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise InputError(f"{target}: the list to write must be a .yaml file")
    if target.exists() and not (force or preview):
        raise InputError(f"{target} is there already; --force replaces it, --preview only shows the new one")
    found = _imported(table, rules_file, kind)
    found = replace(found, province=province or found.province)
    _show_list(found)
    if preview:
        typer.echo(f"{len(found.agencies)} agencies; nothing was written (--preview)")
        return
    write_agencies_yaml(target, found)
    typer.echo(f"{target}: {len(found.agencies)} agencies written")
    if not found.province:
        typer.echo("the file names no province: write it into the list, or use --province", err=True)


def _imported(table: Path, rules_file: Path | None, kind: str) -> AgencyList:
    """The list in a file: in our own columns, with every fault told, or as an office wrote it."""
    rules = read_rules(rules_file)
    kinds = {each.id: each.title for each in rules.agency_kinds}
    if kind not in kinds:
        raise InputError(f"--kind must be one of {', '.join(sorted(kinds))}; got {kind!r}")
    if table.suffix.lower() in (".yaml", ".yml"):
        return load_agencies(table, *_known(rules_file))
    sheets = read_sheets(table)
    first = next((row for sheet in sheets[:1] for row in sheet.rows if any(row)), ())
    if {"id", "name", "url"} <= {cell.strip().lower() for cell in first}:
        return load_agencies(table, *_known(rules_file))
    found = import_sheets(str(table), sheets, kinds, kind)
    typer.echo(f"{table}: {found.head}")
    if found.head.unused:
        typer.echo(f"columns not used: {', '.join(clean(name, 40) for name in found.head.unused[:20])}")
    for line in (*found.warnings, *found.left_out):
        typer.echo(clean(line, 300), err=True)
    return found.agencies


def _show_list(found: AgencyList) -> None:
    shown = found.agencies if len(found.agencies) <= _SHOWN else found.agencies[:_SHOWN]
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in ("id", "name", "url", "kind", "responsible", "email"):
        table.add_column(name)
    for agency in shown:
        cells = (agency.id, agency.name, agency.url, agency.kind, agency.responsible, agency.email)
        table.add_row(*(Text(clean(cell, 80)) for cell in cells))
    o.to_stdout().print(table)
    if len(shown) < len(found.agencies):
        typer.echo(f"... and {len(found.agencies) - len(shown)} more")


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
