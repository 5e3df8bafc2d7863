"""`oit rules` and its parts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.atomic import write_atomic
from core.errors import InputError, first_line
from oit.cli import options as o
from oit.run.job import check_items, pick_edition, read_rules


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
    try:
        write_atomic(out, verify_workbook(chosen, thai()))
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror or first_line(error)})") from error
    typer.echo(f"{out} written")


def examples(ctx: typer.Context, file: o.RulesFile = None) -> None:
    """Run the examples that rules.yaml carries; exit status 2 if one does not hold."""
    from checklist.examples.runner import run_examples

    failed = run_examples(read_rules(_file(ctx, file)))
    if failed:
        raise InputError(str(failure) for failure in failed)
    typer.echo("all examples hold")


def _file(ctx: typer.Context, own: Path | None) -> Path | None:
    """`--rules` of the command itself, else that given before it."""
    if own is not None:
        return own
    return ctx.obj if isinstance(ctx.obj, Path) else None


def _print(lines: object) -> None:
    for line in [lines] if isinstance(lines, str) else list(lines):  # type: ignore[call-overload]
        typer.echo(str(line))
