"""audit, crawl, check, report, nightly: the main job and its steps."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from core.errors import RUN_FAILED
from core.models.agency import Agency
from core.sanitize import error_line, escape_text
from core.storage.store import Store
from crawler.process.supervisor import CrawlResult, Progress
from oit.cli import options as o
from oit.cli.outputs.digest import PASSWORD, MailFrom, Smtp, Webhook, check_ways, send_after
from oit.digest.mail_settings import Delivery, read_delivery
from oit.progress import CrawlDisplay
from oit.queue.hand_out import WorkerCrawl
from oit.reporting.desk import write_all_reports
from oit.reporting.results import RunResult
from oit.run.job import RunPlan, prepare_run
from oit.run.night import INTERRUPTED, Night, RunStoppedError, audit_night, crawl_night
from oit.run.options import Settings
from oit.run.pipeline import check_agencies, crawl_agencies, load_or_check
from oit.run.withdrawn import FOLDER as WITHDRAWN
from oit.summary import as_json, as_table, causes

_log = logging.getLogger(__name__)
_DEFAULTS = o.Options()
_STOPPING = "stopping; what was fetched is kept (Ctrl-C again ends at once)"


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (audit, crawl, check, report, nightly):
        app.command()(command)


@o.shares(*o.CHECKING, *o.REPORTING, *o.CRAWLING, *o.LOGGING, *o.SAYING)
def audit(
    ids: o.Ids = None,
    shared: o.Options = _DEFAULTS,
    as_json: o.Json = False,
) -> None:
    """Crawl the agencies' sites, judge them, write the reports: the main job.

    A run that was stopped (Ctrl-C, a power cut) goes on where it was.

    \b
    Examples:
      oit audit                              all of agencies.yaml, newest edition
      oit audit labour land --edition 2566   two agencies by id
      oit audit --as-of 2023-04-30 -s DOWNLOAD_DELAY=2

    \b
    Exit status: 0 done; 1 some agency could not be checked at all;
    2 wrong use or invalid input; 3 the run itself failed, earlier
    reports stay.
    """
    settings = shared.settings()
    _audit(Night(prepare_run(settings, ids or ()), "audit"), as_json=as_json)


@o.shares("agencies", "rules", "edition", "data", *o.CRAWLING, *o.SAYING)
def crawl(
    ids: o.Ids = None,
    shared: o.Options = _DEFAULTS,
    as_json: o.Json = False,
) -> None:
    """Only the first step: read what is on the sites, into the store.

    Example: oit crawl labour --data var
    """
    settings = shared.settings()
    job = prepare_run(settings, ids or ())
    result = _crawl(Night(job, "crawl", reports=False))
    store = Store(job.settings.data)
    try:
        finished = [_crawled(agency, store, result) for agency in job.chosen]
    finally:
        store.close()
    if as_json:
        typer.echo(json.dumps({"schema": "oit-crawl/1", "agencies": finished}, ensure_ascii=False, indent=1))
    unread = [row["id"] for row in finished if not row["home_read"]]
    for name in unread:
        _say(f"{name}: the home page could not be read")
    raise typer.Exit(RUN_FAILED if result.unfinished else 1 if unread else 0)


@o.shares(*o.CHECKING, *o.SAYING)
def check(
    ids: o.Ids = None,
    shared: o.Options = _DEFAULTS,
    as_json: o.Json = False,
) -> None:
    """Only the second step: judge the stored snapshots again, without the network.

    After an edit of rules.yaml, or for another date: oit check --as-of 2023-04-30, then oit report.
    """
    settings = shared.settings()
    outcome = check_agencies(prepare_run(settings, ids or ()))
    _show(outcome, None, as_json=as_json, quiet=shared.quiet, status=outcome.exit_status)


@o.shares(*o.CHECKING, *o.REPORTING, *o.SAYING)
def report(
    ids: o.Ids = None,
    shared: o.Options = _DEFAULTS,
    as_json: o.Json = False,
) -> None:
    """Only the third step: write the reports again from the last judgement.

    Examples: oit report --out /srv/www/oit; oit report --pdf --templates our-templates
    """
    settings = shared.settings()
    outcome = load_or_check(prepare_run(settings, ids or ()), of_date=shared.as_of is not None)
    _finish(outcome, settings, as_json=as_json)


@o.shares(*o.CHECKING, *o.REPORTING, *o.CRAWLING, *o.LOGGING, *o.SAYING)
def nightly(
    keep: Annotated[int, typer.Option(help="Snapshots kept per agency.", min=1)] = 14,
    queue: Annotated[bool, typer.Option("--queue", help="Hand the sites to `oit worker`s; needs PostgreSQL.")] = False,
    shared: o.Options = _DEFAULTS,
    digest: Annotated[bool, typer.Option("--digest", help="Afterwards tell what changed: oit digest --send.")] = False,
    smtp: Smtp = "",
    mail_from: MailFrom = "",
    webhook: Webhook = "",
    as_json: o.Json = False,
) -> None:
    """The scheduled run: audit all agencies, then drop snapshots beyond --keep.

    Example, in a crontab: 0 1 * * * cd /srv/oit && ./run nightly -q
    """
    delivery = None
    if digest:
        delivery = read_delivery(smtp, mail_from, webhook, os.environ.get(PASSWORD, ""))
        check_ways(delivery)
    crawl = WorkerCrawl() if queue else crawl_agencies
    night = Night(prepare_run(shared.settings()), "nightly", keep, crawl=crawl)
    _audit(night, as_json=as_json, delivery=delivery)


def _crawl(night: Night) -> CrawlResult:
    with _watched(night.job) as (on_progress, on_stop):
        return crawl_night(night, on_progress, on_stop)


def _audit(night: Night, *, as_json: bool, delivery: Delivery | None = None) -> None:
    """Crawl, check and report, and say what has to be said: here, and to those who wait for a digest."""
    with _watched(night.job) as (on_progress, on_stop):
        result = audit_night(night, on_progress, on_stop)
    for name in result.withdrawn:
        _say(f"{name}: no longer in the list; its report was moved to {night.job.settings.out / WITHDRAWN}")
    if result.problem:
        _say(result.problem)
    quiet = night.job.settings.verbosity < 0
    status = result.exit_status
    if delivery is not None:
        failed = send_after(result.outcome, delivery, quiet=quiet or as_json)
        for line in failed:
            _say(line)
        status = max(status, 1) if failed else status
    _show(result.outcome, result.written.page, as_json=as_json, quiet=quiet, status=status)


@contextmanager
def _watched(job: RunPlan) -> Iterator[tuple[Callable[[Progress], None], Callable[[], None]]]:
    """What a crawl is given to show its progress with; ends the program if somebody stops the run."""
    quiet = job.settings.verbosity < 0
    try:
        with CrawlDisplay(job.chosen, o.to_stderr(), quiet=quiet) as display:
            yield display.update, lambda: _say(_STOPPING)
    except RunStoppedError:
        _say("stopped; what was crawled is kept, the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


def _say(line: str) -> None:
    """Say a line to the person at the terminal, or in cron's mail, and to the log."""
    _log.info("%s", line)
    o.to_stderr().print(error_line(line), markup=False, highlight=False, soft_wrap=True)


def _crawled(agency: Agency, store: Store, result: CrawlResult) -> dict[str, object]:
    newest = next(iter(store.nights(agency)), None)
    return {
        "id": agency.id,
        "finished": agency.id in result.finished,
        "home_read": newest is not None and newest.home_ok,
        "complete": newest is not None and newest.complete,
        "stopped_by": newest.stopped_by if newest is not None else None,
        "resources": newest.resources if newest is not None else 0,
    }


def _finish(outcome: RunResult, settings: Settings, *, as_json: bool) -> None:
    reported = write_all_reports(outcome)
    quiet = settings.verbosity < 0
    if reported.problem:
        _say(reported.problem)
    status = reported.exit_status(outcome.exit_status)
    _show(outcome, reported.page, as_json=as_json, quiet=quiet, status=status)


def _show(outcome: RunResult, page: Path | None, *, as_json: bool, quiet: bool, status: int) -> None:
    if as_json:
        typer.echo(json.dumps(_summary(outcome, page), ensure_ascii=False, indent=1))
    elif not quiet:
        o.to_stdout().print(as_table(outcome))
    for line in causes(outcome):
        _say(line)
    if page is not None and not as_json and not quiet:
        typer.echo(f"open {escape_text(str(page.resolve()))}")
    raise typer.Exit(status)


def _summary(outcome: RunResult, page: Path | None) -> dict[str, object]:
    return as_json(outcome, str(page) if page is not None else None)
