"""`oit explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from oit.cli import options as o
from oit.run.checking import check_all
from oit.run.job import check_items, edition_of, prepare_run
from reports.explain import explain_lines
from reports.messages import thai

_DEFAULTS = o.Options()


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(explain)


@o.shares(*o.CHECKING)
def explain(
    agency: Annotated[str, typer.Argument(help="The agency's id.")],
    item: Annotated[str, typer.Argument(help="The item, e.g. O12.")],
    shared: o.Options = _DEFAULTS,
) -> None:
    """Say why a verdict is what it is: candidates looked at, element by element, with quotes.

    Example: oit explain labour O12 --edition 2566
    """
    job = prepare_run(shared.settings(), [agency])
    own = edition_of(job.chosen[0], job.edition, job.rules.editions)
    (wanted,) = check_items(own, [item]) or ("",)
    (judged,) = check_all(job, job.chosen)
    for verdict in judged.assessment.verdicts:
        if verdict.item == wanted:
            for line in explain_lines(judged.assessment, verdict, own, thai()):
                typer.echo(line)
