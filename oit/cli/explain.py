"""`oit explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from core.models.agency import Agency
from core.models.assessment import Assessment
from oit.cli import options as o
from oit.run.job import RunPlan, check_items, edition_of, prepare_run
from oit.run.standing import check_task, find_given
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
    chosen = job.chosen[0]
    own = edition_of(chosen, job.edition, job.rules.editions)
    (wanted,) = check_items(own, [item]) or ("",)
    assessment = find_given(check_task(job), chosen) or _judge(job, chosen)
    for verdict in assessment.verdicts:
        if verdict.item == wanted:
            for line in explain_lines(assessment, verdict, own, thai()):
                typer.echo(line)


def _judge(job: RunPlan, agency: Agency) -> Assessment:
    from oit.run.checking import check_all  # with the database and what judges: a verdict that stands needs neither

    (judged,) = check_all(job, [agency])
    return judged.assessment
