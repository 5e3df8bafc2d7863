"""`oit doctor`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

import typer

from core.errors import InputError
from crawler.downloader.quiet_hours import THAI_TIME
from oit.agencies.loader import load_agencies
from oit.cli import options as o
from oit.doctor import examine
from oit.health import examine_health
from oit.run.job import read_rules

_ANY_HOST = "www.go.th"
"""Asked for where there is no list yet."""


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(doctor)


def doctor(
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    as_json: o.Json = False,
) -> None:
    """Say which optional parts (OCR, browser, office converter) are here, whether the machine is fit for a night, and
    what is lost without.

    Looked at: disk, name server, open files, clock, time zone, age of the rules, the last run, the settings of mail.
    """
    parts = examine()
    host = _first_host(agencies)
    health = tuple(examine_health(data, out, read_rules(rules), host, datetime.now(THAI_TIME), mail=os.environ))
    if as_json:
        rows = [asdict(part) for part in parts] + [{**asdict(one), "install": ""} for one in health]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for part in parts:
        if part.found:
            typer.echo(f"ok       {part.name}: {part.found}")
        else:
            typer.echo(f"missing  {part.name}: {part.lost} (apt-get install {part.install})")
    for one in health:
        typer.echo(
            f"{'look at' if one.lost else 'ok     '}  {one.name}: {one.found}{f'; {one.lost}' if one.lost else ''}"
        )


def _first_host(agencies: o.Agencies) -> str:
    try:
        return urlsplit(load_agencies(agencies).agencies[0].url).hostname or _ANY_HOST
    except InputError:
        return _ANY_HOST
