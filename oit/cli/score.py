"""`oit score`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from oit.cli import options as o
from oit.run.job import check_items, pick_edition, read_rules
from oit.what_if import OtherInstruments, score_if
from reports.messages import thai


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(score)


def score(
    failed: Annotated[str, typer.Option("--failed", help="Items that fail, e.g. O12,O41; all others pass.")] = "",
    iit: Annotated[float | None, typer.Option(help="The IIT score, 0-100.")] = None,
    eit: Annotated[float | None, typer.Option(help="The EIT score, 0-100; from 2566 on the mean of both.")] = None,
    eit1: Annotated[float | None, typer.Option(help="From 2566 on: EIT part 1 (answered on the web), 0-100.")] = None,
    eit2: Annotated[float | None, typer.Option(help="From 2566 on: EIT part 2 (asked by the commission).")] = None,
    rules: o.RulesFile = None,
    edition: o.ListEdition = None,
    as_json: o.Json = False,
) -> None:
    """Say the score if exactly these items fail; with IIT and EIT also the overall ITA and its rating.

    Examples: oit score --edition 2565 --failed O12 --iit 93.15 --eit 91.94;
    oit score --edition 2567 --iit 96 --eit1 80 --eit2 100
    """
    chosen = pick_edition(read_rules(rules), edition)
    found = score_if(chosen, check_items(chosen, failed.split(",")), OtherInstruments(iit, eit, eit1, eit2))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(thai().word("page", "edition_of", edition=chosen.name))
    for group in ("sub_indicators", "indicators"):
        for name, value in dict(found[group]).items():  # type: ignore[call-overload]
            typer.echo(f"{group.removesuffix('s').replace('_', '-')} {name}: {value:.2f}")
    typer.echo(f"OIT: {found['oit']:.2f}")
    if "ita" in found:
        typer.echo(f"ITA: {found['ita']:.2f} {found['rating']}".rstrip())
    if "rating_range" in found:
        typer.echo(thai().word("page", "rating_range"))
