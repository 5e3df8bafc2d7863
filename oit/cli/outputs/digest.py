"""`oit digest`: tell agencies and secretary what has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from core.errors import InputError
from core.sanitize import sanitize_text
from core.storage.store import Store
from oit.cli import options as o
from oit.digest.mail_settings import Delivery, read_delivery
from oit.reporting.results import RunResult
from oit.run.job import prepare_run
from oit.run.pipeline import load_or_check

PASSWORD = "OIT_SMTP_PASSWORD"  # noqa: S105  (the variable's name)
Smtp = Annotated[
    str,
    typer.Option(
        "--smtp", envvar="OIT_SMTP", show_default=False, metavar="URL",
        help="Mail server: smtp://USER@HOST:587, smtps://USER@HOST, or smtp-plain://HOST; password: OIT_SMTP_PASSWORD.",
    ),
]  # fmt: skip
MailFrom = Annotated[
    str,
    typer.Option("--mail-from", envvar="OIT_MAIL_FROM", show_default=False, help="Sender's address of the mails."),
]
Webhook = Annotated[
    str,
    typer.Option(
        "--webhook",
        envvar="OIT_WEBHOOK",
        show_default=False,
        metavar="URL",
        help="Post what has changed there, as JSON.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(digest)


def digest(
    send: Annotated[bool, typer.Option("--send", help="Send it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be told (the default).")] = False,
    preview: Annotated[
        Path | None, typer.Option(help="Write the mails into this folder, to be opened and looked at.")
    ] = None,
    smtp: Smtp = "",
    mail_from: MailFrom = "",
    webhook: Webhook = "",
    agencies: o.Agencies = o.DEFAULT_AGENCIES,
    rules: o.RulesFile = None,
    edition: o.Edition = None,
    as_of: o.AsOf = None,
    data: o.Data = o.DEFAULT_DATA,
    out: o.Out = o.DEFAULT_OUT,
    verbose: o.Verbose = 0,
    quiet: o.Quiet = False,
) -> None:
    """Tell the agencies whose findings changed, and the secretary: a mail with the report, a webhook.

    Nothing is told twice, and nothing is sent without --send. In the last four weeks of answering, who still has gaps
    is reminded weekly. Addresses are `email` of an agency and `secretary_email` in the list's settings.

    \b
    Examples:
      oit digest                       who would be told what
      oit digest --preview mails       the mails as files
      oit digest --send --smtp smtp://oit@mail.example.go.th --mail-from oit@example.go.th
    """
    if send and (dry_run or preview is not None):
        raise InputError("--send and --dry-run or --preview exclude each other")
    delivery = read_delivery(smtp, mail_from, webhook, os.environ.get(PASSWORD, ""))
    if send:
        check_ways(delivery)
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
    outcome = load_or_check(prepare_run(settings), of_date=as_of is not None)
    if send:
        raise typer.Exit(1 if send_after(outcome, delivery, quiet=quiet) else 0)
    _show_plan(outcome, delivery, preview, quiet=quiet)


def check_ways(delivery: Delivery) -> None:
    """Raise InputError if a digest could reach nobody."""
    if delivery.smtp is None and not delivery.webhook:
        raise InputError("nothing to send with: --smtp and --mail-from (OIT_SMTP, OIT_MAIL_FROM), or --webhook")


def send_after(outcome: RunResult, delivery: Delivery, *, quiet: bool) -> tuple[str, ...]:
    """Send the digest of judged agencies, alone on the store; return a line for each recipient that was not reached.

    Raises StoreBusyError while a run or another digest is under way."""
    # Letters and the mail library are loaded where they are needed.
    from oit.digest.planning import plan_digest
    from oit.digest.sending import send_digest

    store = Store(outcome.job.settings.data)
    try:
        # Two at once would tell everything twice; and while a crawl is under way nobody knows what is so.
        with store.lock():
            judged = [one.assessment for one in outcome.judged if not one.problem]
            plan = plan_digest(outcome.job, judged, store, with_webhook=bool(delivery.webhook))
            sent = send_digest(plan, delivery, store)
    finally:
        store.close()
    if not quiet:
        told = "nothing to tell" if plan.is_empty else f"told by mail: {len(sent.mails)}"
        typer.echo(f"{told}{', webhook told' if sent.hooked else ''}")
        for line in plan.problems:
            typer.echo(sanitize_text(line), err=True)
    return sent.failed


def _show_plan(outcome: RunResult, delivery: Delivery, preview: Path | None, *, quiet: bool) -> None:
    from oit.digest.planning import plan_digest, plan_summary
    from oit.digest.sending import write_previews

    store = Store(outcome.job.settings.data)
    try:
        judged = [one.assessment for one in outcome.judged if not one.problem]
        plan = plan_digest(outcome.job, judged, store, with_webhook=bool(delivery.webhook))
    finally:
        store.close()
    summary = plan_summary(plan, ())
    for mail in (*plan.mails, *((summary,) if summary else ())):
        typer.echo(f"{sanitize_text(mail.to)}: {mail.letter.subject}")
    if plan.hook is not None:
        typer.echo(f"webhook: {len(plan.hook_notices)} agencies")
    for line in plan.problems:
        typer.echo(sanitize_text(line), err=True)
    if preview is not None:
        written = write_previews(plan, preview, delivery.sender)
        typer.echo(f"{len(written)} files written to {preview}")
    if not quiet:
        typer.echo("nothing to tell" if plan.is_empty else "nothing was sent; --send sends it")
