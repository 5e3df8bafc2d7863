"""`oit doctor`."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from oit.cli import options as o
from oit.doctor import examine


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(doctor)


def doctor(as_json: o.Json = False) -> None:
    """Say which optional parts (OCR, browser, office converter) are here, and what is lost without them."""
    parts = examine()
    if as_json:
        typer.echo(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=1))
        return
    for part in parts:
        if part.found:
            typer.echo(f"ok       {part.name}: {part.found}")
        else:
            typer.echo(f"missing  {part.name}: {part.lost} (apt-get install {part.install})")
