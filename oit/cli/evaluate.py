"""`oit evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from oit.cases.case import Case, find_cases
from oit.cases.runner import Figures, Grade, Result, figures_of, run_cases
from oit.cli import options as o
from oit.paths import own_cases
from oit.run.job import read_rules


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(evaluate)


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="A case or a folder of cases (default: tests/cases of the clone)."),
    ] = None,
    rules: o.RulesFile = None,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
) -> None:
    """Run cases, documents and small sites with known answers; exit status 1 if an answer is wrong.

    A case is a folder with a case.yaml (docs/adding.md). Sites are served on loopback and crawled for real.
    "review" counts answers that ask a person where the case expects an answer.

    Example: oit evaluate tests/cases/documents
    """
    cases = find_cases(folder or own_cases())
    results = list(run_cases(cases, read_rules(rules)))
    figures = figures_of(results)
    if as_json:
        typer.echo(json.dumps(_as_json(results, figures), ensure_ascii=False, indent=1))
    else:
        for line in _lines(results, figures, verbose):
            typer.echo(line)
    raise typer.Exit(1 if any(result.grade is Grade.WRONG for result in results) else 0)


def _lines(results: list[Result], figures: tuple[Figures, ...], verbose: int) -> list[str]:
    width = max(len("all"), *(len(each.kind) for each in figures))
    lines = [f"{'kind':{width}} {'right':>6} {'wrong':>6} {'review':>6}"]
    total = Figures("all", sum(f.right for f in figures), sum(f.wrong for f in figures), sum(f.review for f in figures))
    for each in (*figures, total):
        lines.append(f"{each.kind:{width}} {each.right:6} {each.wrong:6} {each.review:6}")
    for result in results:
        if result.grade is not Grade.RIGHT or verbose:
            lines.append(f"{result.grade.value}: {_place(result.case)}")
            lines += [f"  {difference}" for difference in result.differences]
            if result.grade is not Grade.RIGHT:
                lines.append(f"  why: {result.case.why}")
    return lines


def _place(case: Case) -> str:
    return f"{case.kind}/{case.name}"


def _as_json(results: list[Result], figures: tuple[Figures, ...]) -> dict[str, object]:
    return {
        "schema": "oit-evaluate/1",
        "kinds": {each.kind: {"right": each.right, "wrong": each.wrong, "review": each.review} for each in figures},
        "cases": [
            {
                "case": result.case.name,
                "folder": str(result.case.folder),
                "kind": result.case.kind,
                "grade": result.grade.value,
                "differences": list(result.differences),
            }
            for result in results
        ],
    }
