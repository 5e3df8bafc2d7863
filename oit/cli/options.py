"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from core.errors import InputError, RunError, first_line
from crawler.downloader.quiet_hours import THAI_TIME, QuietHours
from oit.log_format import PlainFormatter
from oit.run.options import Settings, parse_as_of
from oit.run.scrapy_settings import parse_scrapy

if TYPE_CHECKING:
    from rich.console import Console

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

_KIND = Parameter.KEYWORD_ONLY
_LOG_BYTES = 5 << 20
_LOG_FILES = 5
DEFAULT_AGENCIES = Path("agencies.yaml")
DEFAULT_DATA = Path("var")
DEFAULT_OUT = Path("var/reports")


@dataclass(frozen=True, slots=True)
class Options:
    """The options that several commands share. A command names those that it takes (`shares`) and gets this."""

    agencies: Agencies = DEFAULT_AGENCIES
    rules: RulesFile = None
    edition: Edition = None
    as_of: AsOf = None
    data: Data = DEFAULT_DATA
    out: Out = DEFAULT_OUT
    allow_local: AllowLocal = False
    scrapy: Scrapy = None
    quiet_hours: NoRequests = ""
    contact: Contact = ""
    force: Force = False
    warc: Warc = False
    log_file: LogFile = None
    metrics: Metrics = None
    pdf: Pdf = False
    templates: Templates = None
    verbose: Verbose = 0
    quiet: Quiet = False

    def settings(self) -> Settings:
        """Settings from the options; sets up logging to standard error. Raises InputError."""
        verbosity = -1 if self.quiet else self.verbose
        level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
        logging.basicConfig(level=level, stream=sys.stderr, force=True)
        for shown in logging.getLogger().handlers:
            shown.setFormatter(PlainFormatter("%(levelname)s %(message)s"))
        if self.log_file is not None:
            _log_to(self.log_file)
        given = parse_scrapy(self.scrapy or [])
        try:
            for text in (self.quiet_hours, dict(given).get("OIT_QUIET_HOURS", "")):
                QuietHours(text)
        except ValueError as error:
            raise InputError(first_line(error)) from error
        return Settings(
            as_of=parse_as_of(self.as_of, datetime.now(THAI_TIME).date()),
            agencies=self.agencies,
            rules=self.rules,
            edition=self.edition,
            data=self.data,
            out=self.out,
            allow_local=self.allow_local,
            scrapy=given,
            verbosity=verbosity,
            quiet_hours=self.quiet_hours,
            contact=self.contact,
            force=self.force,
            warc=self.warc,
            metrics=self.metrics,
            pdf=self.pdf,
            templates=self.templates,
        )


CHECKING = ("agencies", "rules", "edition", "as_of", "data")
"""Options of a command that judges what is in the store."""
CRAWLING = ("allow_local", "scrapy", "quiet_hours", "contact", "force", "warc")
"""Options of a command that asks sites."""
REPORTING = ("out", "pdf", "templates")
"""Options of a command that writes reports."""
LOGGING = ("log_file", "metrics")
SAYING = ("verbose", "quiet")


def shares(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options with these names, as its parameter `shared`, in whose place --help lists
    them."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            command(shared=Options(**{name: given.pop(name) for name in names}), **given)

        own = get_type_hints(command, include_extras=True)
        hints = get_type_hints(Options, include_extras=True)
        wanted = [Parameter(f.name, _KIND, default=f.default, annotation=hints[f.name]) for f in fields(Options)]
        wanted = [parameter for parameter in wanted if parameter.name in names]
        found: list[Parameter] = []
        for parameter in signature(command).parameters.values():
            is_ours = parameter.name == "shared"
            found += wanted if is_ours else [parameter.replace(kind=_KIND, annotation=own[parameter.name])]
        # Typer makes a command line of a function's signature.
        run.__signature__ = Signature(found)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in found}
        return run

    return give


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
    from rich.console import Console  # most commands draw nothing

    return Console(stderr=True)


def to_stdout() -> Console:
    """Where results go; never cut to the width of a terminal that is not there."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=160)
