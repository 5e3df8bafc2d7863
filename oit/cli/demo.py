"""`oit demo`."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from core.models.assessment import ItemStatus
from oit import demo as demonstration
from oit.cli import options as o
from oit.demo import DemoResult
from oit.evaluation import Comparison
from oit.progress import CrawlDisplay
from oit.summary import as_json as summary

INTERRUPTED = 130


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(demo)


def demo(
    edition: Annotated[int, typer.Option(help="Edition of the sample: 2565 or 2566.")] = 2565,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the sample's sites and store too, to look into.")] = False,
    folder: Annotated[Path, typer.Option("--data", help="Where to work; reports stay in reports/ there.")] = Path(
        "var/demo"
    ),
    rules: o.RulesFile = None,
    scrapy: o.Scrapy = None,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Serve the sample province on this machine, audit it, compare with the truth, say which page to open.

    Nothing leaves this machine. It takes a few minutes. Exit status 1 if any verdict is not the truth.

    Example: oit demo --edition 2566 --keep
    """
    settings = o.Options(rules=rules, edition=edition, scrapy=scrapy, verbose=verbose, quiet=quiet).settings()
    console = o.to_stderr()
    if not quiet:
        console.print(f"making the sample province in {folder} ...", markup=False, highlight=False)
    province = demonstration.build_demo(folder, edition)
    with ExitStack() as stack:
        result = demonstration.audit_demo(
            province,
            folder,
            settings,
            lambda agencies: stack.enter_context(CrawlDisplay(agencies, console, quiet=quiet)).update,
        )
    if not keep:
        demonstration.tidy(folder)
    if result is None:
        console.print("stopped")
        raise typer.Exit(INTERRUPTED)
    _show(result, as_json=as_json)
    raise typer.Exit(1 if result.comparison.differences else 0)


def _show(result: DemoResult, *, as_json: bool) -> None:
    comparison = result.comparison
    if as_json:
        found = summary(result.outcome, str(result.page)) | {
            "truth": {
                "items": sum(comparison.expected.values()),
                "right": sum(comparison.right.values()),
                "differences": [asdict(difference) for difference in comparison.differences],
            }
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    out = o.to_stdout()
    out.print(_table(comparison))
    for difference in comparison.differences:
        out.print(str(difference), markup=False, highlight=False, soft_wrap=True)
    count = sum(comparison.expected.values())
    typer.echo(f"{sum(comparison.right.values())} of {count} items agree with the truth")
    typer.echo(f"open {result.page.resolve()}")


def _table(comparison: Comparison) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("status")
    for name in ("truth", "found right", "called so"):
        table.add_column(name, justify="right")
    for status in [s.value for s in ItemStatus]:
        row = [counts.get(status, 0) for counts in (comparison.expected, comparison.right, comparison.called)]
        if any(row):
            table.add_row(status, *map(str, row))
    return table
