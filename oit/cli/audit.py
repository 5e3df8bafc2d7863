"""audit, crawl, check, report, nightly: the main job and its steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from core.models.agency import Agency
from core.storage.store import Store
from crawler.process.supervisor import CrawlResult
from oit.cli import options as o
from oit.progress import CrawlDisplay
from oit.run.job import RunPlan, prepare_run
from oit.run.options import Settings
from oit.run.pipeline import RunResult, check_agencies, crawl_agencies, load_or_check, write_all_reports
from oit.run.safeguards import check_list, our_fault
from oit.summary import as_json, as_table, causes

INTERRUPTED = 130
_STOPPING = "stopping; what was fetched is kept (Ctrl-C again ends at once)"


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    for command in (audit, crawl, check, report, nightly):
        app.command()(command)


def audit(
    ids: o.Ids = None,
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    as_of: o.AsOf = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    allow_local: o.AllowLocal = False,
    scrapy: o.Scrapy = None,
    quiet_hours: o.NoRequests = "",
    contact: o.Contact = "",
    force: o.Force = False,
    warc: o.Warc = False,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
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
    2 wrong use or invalid input.
    """
    settings = o.settings(
        agencies=agencies,
        rules=rules,
        edition=edition,
        as_of=as_of,
        data=data,
        out=out,
        allow_local=allow_local,
        scrapy=scrapy,
        verbose=verbose,
        quiet=quiet,
        quiet_hours=quiet_hours,
        contact=contact,
        force=force,
        warc=warc,
    )
    job = prepare_run(settings, ids or ())
    _crawl(job)
    _finish(check_agencies(job), settings, as_json=as_json)


def crawl(
    ids: o.Ids = None,
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    data: o.Data = o.DEFAULT_DATA,
    allow_local: o.AllowLocal = False,
    scrapy: o.Scrapy = None,
    quiet_hours: o.NoRequests = "",
    contact: o.Contact = "",
    force: o.Force = False,
    warc: o.Warc = False,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Only the first step: read what is on the sites, into the store.

    Example: oit crawl labour --data var
    """
    settings = o.settings(
        agencies=agencies,
        rules=rules,
        edition=edition,
        data=data,
        allow_local=allow_local,
        scrapy=scrapy,
        verbose=verbose,
        quiet=quiet,
        quiet_hours=quiet_hours,
        contact=contact,
        force=force,
        warc=warc,
    )
    job = prepare_run(settings, ids or ())
    finished = _crawl(job)
    if as_json:
        typer.echo(json.dumps({"schema": "oit-crawl/1", "agencies": finished}, ensure_ascii=False, indent=1))
    unread = [row["id"] for row in finished if not row["home_read"]]
    for name in unread:
        o.to_stderr().print(f"{name}: the home page could not be read", markup=False, highlight=False)
    raise typer.Exit(1 if unread else 0)


def check(
    ids: o.Ids = None,
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    as_of: o.AsOf = None,
    data: o.Data = o.DEFAULT_DATA,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Only the second step: judge the stored snapshots again, without the network.

    After an edit of rules.yaml, or for another date: oit check --as-of 2023-04-30, then oit report.
    """
    settings = o.settings(
        agencies=agencies, rules=rules, edition=edition, as_of=as_of, data=data, verbose=verbose, quiet=quiet
    )
    _show(check_agencies(prepare_run(settings, ids or ())), None, as_json=as_json, quiet=quiet)


def report(
    ids: o.Ids = None,
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    as_of: o.AsOf = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Only the third step: write the reports again from the last judgement.

    Example: oit report --out /srv/www/oit
    """
    settings = o.settings(
        agencies=agencies,
        rules=rules,
        edition=edition,
        as_of=as_of,
        data=data,
        out=out,
        verbose=verbose,
        quiet=quiet,
    )
    _finish(load_or_check(prepare_run(settings, ids or ()), of_date=as_of is not None), settings, as_json=as_json)


def nightly(
    keep: Annotated[int, typer.Option(help="Snapshots kept per agency.", min=1)] = 14,
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    as_of: o.AsOf = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    allow_local: o.AllowLocal = False,
    scrapy: o.Scrapy = None,
    quiet_hours: o.NoRequests = "",
    contact: o.Contact = "",
    force: o.Force = False,
    warc: o.Warc = False,
    as_json: o.Json = False,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """The scheduled run: audit all agencies, then drop snapshots beyond --keep.

    Example, in a crontab: 0 1 * * * cd /srv/oit && ./run nightly -q
    """
    settings = o.settings(
        agencies=agencies,
        rules=rules,
        edition=edition,
        as_of=as_of,
        allow_local=allow_local,
        data=data,
        out=out,
        scrapy=scrapy,
        verbose=verbose,
        quiet=quiet,
        quiet_hours=quiet_hours,
        contact=contact,
        force=force,
        warc=warc,
    )
    job = prepare_run(settings)
    _crawl(job, keep=keep)
    _finish(check_agencies(job), settings, as_json=as_json)


def _crawl(job: RunPlan, keep: int | None = None) -> list[dict[str, object]]:
    """Crawl under the store's lock; ends the program if the run was stopped, or if the fault is ours."""
    console = o.to_stderr()
    store = Store(job.settings.data)
    try:
        with store.lock():
            check_list(job, store)
            with CrawlDisplay(job.chosen, console, quiet=job.settings.verbosity < 0) as display:
                result = crawl_agencies(job, store, display.update, lambda: console.print(_STOPPING, markup=False))
            if result.interrupted:
                console.print("stopped; what was crawled is kept, the same command goes on from there")
                raise typer.Exit(INTERRUPTED)
            problem = our_fault(job, store)
            if problem:
                console.print(problem, markup=False, highlight=False, soft_wrap=True)
                raise typer.Exit(1)
            if keep is not None:
                store.prune(keep)
        return [_crawled(agency, store, result) for agency in job.chosen]
    finally:
        store.close()


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
    _show(outcome, reported.page, as_json=as_json, quiet=quiet, unwritten=bool(reported.unwritten))


def _show(outcome: RunResult, page: Path | None, *, as_json: bool, quiet: bool, unwritten: bool = False) -> None:
    if as_json:
        typer.echo(json.dumps(_summary(outcome, page), ensure_ascii=False, indent=1))
    elif not quiet:
        o.to_stdout().print(as_table(outcome))
    for line in causes(outcome):
        o.to_stderr().print(line, markup=False, highlight=False, soft_wrap=True)
    if page is not None and not as_json and not quiet:
        typer.echo(f"open {page.resolve()}")
    raise typer.Exit(1 if unwritten else outcome.exit_status)


def _summary(outcome: RunResult, page: Path | None) -> dict[str, object]:
    return as_json(outcome, str(page) if page is not None else None)
