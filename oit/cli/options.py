"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import logging
import sys
import time
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from core.errors import InputError, RunError, first_line
from crawler.downloader.quiet_hours import THAI_TIME, QuietHours
from oit.log_format import PlainFormatter
from oit.run.options import Settings, parse_as_of
from oit.run.scrapy_settings import parse_scrapy

Agencies = Annotated[Path, typer.Option("--agencies", help="The list of agencies: YAML, CSV or XLSX.")]
RulesFile = Annotated[
    Path | None, typer.Option("--rules", help="The manual as data (default: the shipped rules.yaml).")
]
Edition = Annotated[
    int | None,
    typer.Option("--edition", help="Fiscal year of the assessment, e.g. 2566 (default: the newest)."),
]
ListEdition = Annotated[
    str | None,
    typer.Option("--edition", help="Fiscal year, or a sector's list of it, e.g. 2568 or 2568-ovec."),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Judge as on this ISO date, e.g. 2023-04-30 (default: today).")
]
Data = Annotated[Path, typer.Option("--data", help="Folder of the store: what crawls saw.")]
Out = Annotated[Path, typer.Option("--out", help="Folder of the reports.")]
AllowLocal = Annotated[
    bool,
    typer.Option("--allow-local", help="Permit loopback and private addresses: only the host:port pairs of the list."),
]
Scrapy = Annotated[
    list[str] | None, typer.Option("-s", metavar="NAME=VALUE", help="A Scrapy setting; may be given often.")
]
Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
Verbose = Annotated[int, typer.Option("-v", "--verbose", count=True, help="Say more; twice for every detail.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
NoRequests = Annotated[
    str,
    typer.Option(
        "--quiet-hours", metavar="HH:MM-HH:MM", envvar="OIT_QUIET_HOURS", show_default=False,
        help="Ask no site for anything in these hours, Thai time; the crawl waits and goes on.",
    ),
]  # fmt: skip
Contact = Annotated[
    str,
    typer.Option(
        "--contact", envvar="OIT_CONTACT", show_default=False,
        help="Address or e-mail for administrators of the sites; sent with every request.",
    ),
]  # fmt: skip
Warc = Annotated[
    bool,
    typer.Option("--warc", help="Keep what the sites sent as WARC files, in DATA/warc: proof for the appeal."),
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log-file", envvar="OIT_LOG_FILE", show_default=False,
        help="Also log to this file; at 5 MB it is put aside as .1, .2, ... and five are kept.",
    ),
]  # fmt: skip
Metrics = Annotated[
    Path | None,
    typer.Option(
        "--metrics", envvar="OIT_METRICS", show_default=False,
        help="Write the run's figures to this file, for Prometheus' textfile collector.",
    ),
]  # fmt: skip
Force = Annotated[
    bool,
    typer.Option("--force", help="Go on although the list has shrunk, or most sites failed at once."),
]
Pdf = Annotated[
    bool, typer.Option("--pdf", help="Also write the reports as PDF; needs the browser (oit doctor), a second a page.")
]
Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates", envvar="OIT_TEMPLATES", show_default=False,
        help="Folder with the office's own templates; `oit templates FOLDER` makes one to start from.",
    ),
]  # fmt: skip
Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="AGENCY", help="Ids of agencies; all of the list if none is named."),
]

_LOG_BYTES = 5 << 20
_LOG_FILES = 5
DEFAULT_AGENCIES = Path("agencies.yaml")
DEFAULT_DATA = Path("var")
DEFAULT_OUT = Path("var/reports")


def settings(
    *,
    agencies: Path = DEFAULT_AGENCIES,
    rules: Path | None = None,
    edition: int | None = None,
    as_of: str | None = None,
    data: Path = DEFAULT_DATA,
    out: Path = DEFAULT_OUT,
    allow_local: bool = False,
    scrapy: list[str] | None = None,
    verbose: int = 0,
    quiet: bool = False,
    quiet_hours: str = "",
    contact: str = "",
    force: bool = False,
    warc: bool = False,
    log_file: Path | None = None,
    metrics: Path | None = None,
    pdf: bool = False,
    templates: Path | None = None,
) -> Settings:
    """Settings from a command's options; sets up logging to standard error. Raises InputError."""
    verbosity = -1 if quiet else verbose
    level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    logging.basicConfig(level=level, stream=sys.stderr, force=True)
    for shown in logging.getLogger().handlers:
        shown.setFormatter(PlainFormatter("%(levelname)s %(message)s"))
    if log_file is not None:
        _log_to(log_file)
    given = parse_scrapy(scrapy or [])
    try:
        for text in (quiet_hours, dict(given).get("OIT_QUIET_HOURS", "")):
            QuietHours(text)
    except ValueError as error:
        raise InputError(first_line(error)) from error
    return Settings(
        as_of=parse_as_of(as_of, datetime.now(THAI_TIME).date()),
        agencies=agencies,
        rules=rules,
        edition=edition,
        data=data,
        out=out,
        allow_local=allow_local,
        scrapy=given,
        verbosity=verbosity,
        quiet_hours=quiet_hours,
        contact=contact,
        force=force,
        warc=warc,
        metrics=metrics,
        pdf=pdf,
        templates=templates,
    )


def _log_to(path: Path) -> None:
    """Log to a file beside standard error, with times in UTC. Raises RunError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    except OSError as error:
        raise RunError(f"cannot write to {path}: {error.strerror or first_line(error)}") from error
    form = PlainFormatter("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    for shown in root.handlers:
        shown.setLevel(root.level)
    root.addHandler(handler)
    root.setLevel(min(root.level, logging.INFO))


def to_stderr() -> Console:
    """Where progress and messages go."""
    return Console(stderr=True)


def to_stdout() -> Console:
    """Where results go; never cut to the width of a terminal that is not there."""
    console = Console()
    return console if console.is_terminal else Console(width=160)
