"""`oit rules` and its parts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.atomic import write_atomic
from core.errors import InputError, RulesError, first_line
from oit.cli import options as o
from oit.run.job import check_items, pick_edition, read_rules, read_rules_text, rules_path

_DRAFT_WORDS = ("titles", "indicators", "days", "elements", "source")


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.add_typer(_rules())


def _rules() -> typer.Typer:
    group = typer.Typer(name="rules", rich_markup_mode=None, invoke_without_command=True)
    group.callback()(rules)
    group.command("show")(show)
    group.command("diff")(diff)
    group.command("verify")(verify)
    group.command("examples")(examples)
    group.command("words")(words)
    group.command("new")(new)
    group.command("to-confirm")(to_confirm)
    return group


def rules(ctx: typer.Context, file: o.RulesFile = None) -> None:
    """Validate rules.yaml: every fault with file, line and column; then run the rules' own examples.

    Examples: oit rules; oit rules --rules my-rules.yaml; oit rules show O12 --edition 2566
    """
    ctx.obj = file
    if ctx.invoked_subcommand is not None:
        return
    known = read_rules(file)
    from checklist.examples.runner import bare_elements, run_examples
    from checklist.rules.show import edition_lines

    failed = run_examples(known)
    if failed:
        raise InputError(str(failure) for failure in failed)
    for line in bare_elements(known):
        typer.echo(f"no example yet: {line}")
    for line in edition_lines(known):
        typer.echo(line)


def show(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(help="The item, e.g. O12.")],
    edition: o.ListEdition = None,
    file: o.RulesFile = None,
) -> None:
    """Show one item as the rules have it.

    Example: oit rules show O12 --edition 2566
    """
    from checklist.rules.show import show_item

    chosen = pick_edition(read_rules(_file(ctx, file)), edition)
    (wanted,) = check_items(chosen, [item]) or ("",)
    _print(show_item(chosen, wanted))


def diff(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument(help="The earlier edition.")],
    after: Annotated[str, typer.Argument(help="The later edition.")],
    file: o.RulesFile = None,
) -> None:
    """Show what changed from one edition to another.

    Example: oit rules diff 2565 2566
    """
    from checklist.rules.diff import difference
    from reports.messages import thai
    from reports.rules_sheet import diff_lines

    known = read_rules(_file(ctx, file))
    old, new = pick_edition(known, before), pick_edition(known, after)
    _print(diff_lines(old, new, difference(old, new), thai()))


def verify(
    ctx: typer.Context,
    edition: o.ListEdition = None,
    file: o.RulesFile = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the sheet to this XLSX file instead.")] = None,
) -> None:
    """List what a person with the manual must still confirm, as a sheet to tick off.

    Examples: oit rules verify --edition 2567; oit rules verify --edition 2567 --out confirm-2567.xlsx
    """
    from reports.messages import thai
    from reports.rules_sheet import verify_lines, verify_workbook

    chosen = pick_edition(read_rules(_file(ctx, file)), edition)
    if out is None:
        _print(verify_lines(chosen, thai()))
        return
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"--out must name an .xlsx file; got {str(out)!r}")
    _write(out, verify_workbook(chosen, thai()))
    typer.echo(f"{out} written")


def examples(ctx: typer.Context, file: o.RulesFile = None) -> None:
    """Run the examples that rules.yaml carries; exit status 2 if one does not hold."""
    from checklist.examples.runner import run_examples

    failed = run_examples(read_rules(_file(ctx, file)))
    if failed:
        raise InputError(str(failure) for failure in failed)
    typer.echo("all examples hold")


def words(ctx: typer.Context, file: o.RulesFile = None) -> None:
    """List the word lists of the lexicon: how many words, their part of speech, what they are for.

    Example: oit rules words
    """
    from checklist.rules.show import word_lines

    _print(word_lines(read_rules(_file(ctx, file))))


def new(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(help="Fiscal year of the new edition, e.g. 2570.")],
    origin: Annotated[str, typer.Option("--from", help="The edition that it is made from, e.g. 2569 or 2569-ovec.")],
    out: Annotated[Path | None, typer.Option("--out", help="The file to write (default: rules-YEAR.yaml).")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    file: o.RulesFile = None,
) -> None:
    """Write the rules with a draft of a new year: everything carried over, everything marked to be confirmed.

    Example: oit rules new 2570 --from 2569
    """
    from checklist.rules.draft import DraftWords, add_draft
    from reports.messages import thai

    target = out or Path(f"rules-{year}.yaml")
    if target.exists() and not force:
        raise InputError(f"{target} is there already; --force replaces it")
    told = {name: thai().word("draft", name, origin=origin) for name in _DRAFT_WORDS}
    words = DraftWords(tuple(told[name] for name in _DRAFT_WORDS[:-1]), told["source"])
    path = rules_path(_file(ctx, file))
    try:
        _write(target, add_draft(read_rules_text(path), str(path), year, origin, words))
    except ValueError as error:
        raise InputError(str(error)) from error
    except RulesError as error:
        raise InputError(str(fault) for fault in error.faults) from error
    typer.echo(f"{target} written; next: oit rules --rules {target}")


def to_confirm(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help="Write the page to this file instead.")] = None,
    file: o.RulesFile = None,
) -> None:
    """Write what a person with the manual must confirm first, as a page in Markdown, the dearest first.

    Example: oit rules to-confirm --out docs/to-confirm.md
    """
    from reports.messages import thai
    from reports.rules_sheet import confirm_page

    page = confirm_page(read_rules(_file(ctx, file)), thai())
    if out is None:
        typer.echo(page, nl=False)
        return
    _write(out, page)
    typer.echo(f"{out} written")


def _write(path: Path, body: str | bytes) -> None:
    try:
        write_atomic(path, body)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or first_line(error)})") from error


def _file(ctx: typer.Context, own: Path | None) -> Path | None:
    """`--rules` of the command itself, else that given before it."""
    if own is not None:
        return own
    return ctx.obj if isinstance(ctx.obj, Path) else None


def _print(lines: object) -> None:
    for line in [lines] if isinstance(lines, str) else list(lines):  # type: ignore[call-overload]
        typer.echo(str(line))
