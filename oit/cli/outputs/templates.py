"""`oit templates`: the templates that an office may change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.atomic import write_atomic
from core.errors import InputError


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(templates)


def templates(
    folder: Annotated[Path, typer.Argument(help="Where to put them; files that are there already stay.")],
) -> None:
    """Write the templates of the office documents into a folder, to be changed there.

    measures.docx: change letterhead, fonts, margins, add text. The paragraphs {{leader}} and {{measures}} become these
    parts; {{unit}}, {{edition}}, {{day}} and {{deadline}} become words.

    Example: oit templates our-templates, then oit report --templates our-templates
    """
    # python-docx takes 0.2 s to load: not for the other commands.
    from reports.measures.measures_docx import TEMPLATE, measures_template

    path = folder / TEMPLATE
    if path.exists():
        raise InputError(f"{path}: is there already; nothing was written")
    write_atomic(path, measures_template())
    typer.echo(f"{path} written")
