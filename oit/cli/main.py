"""The program `oit`: its commands, and what its exit status says."""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import typer
from typer.exceptions import Abort, TyperException

from core.errors import RUN_FAILED, InputError, RunError, first_line, is_out_of_threads
from core.sanitize import error_line
from oit import __version__
from oit.cli.streams import steady_streams

WRONG_USE = 2
INTERRUPTED = 130
COMMANDS = {
    "audit": ("audit", "crawl", "check", "report", "nightly"),
    "check_file": ("check-file",),
    "explain": ("explain",),
    "score": ("score",),
    "rules": ("rules",),
    "agencies": ("agencies",),
    "demo": ("demo",),
    "serve": ("serve",),
    "doctor": ("doctor",),
    "evaluate": ("evaluate",),
    "runs": ("runs",),
    "worker": ("worker",),
    "backup": ("backup", "restore", "upgrade"),
    "people.accounts": ("accounts",),
    "people.decisions": ("decisions",),
    "outputs.export": ("export",),
    "outputs.publish": ("publish",),
    "outputs.digest": ("digest",),
    "outputs.templates": ("templates",),
}
"""Module -> its commands. Only the module of the command that is asked for is loaded: the others take a second."""

_OBJECTS = 20_000
"""Objects made between two looks for unused ones."""

_NO_COMMAND = ("", "--version")
"""First words, or none, that take no command."""

_HELP = """Checks what Thai public agencies disclose on their main web sites (ITA/OIT).

A first time: oit demo

Then, with your own agencies.yaml: oit agencies, oit audit, and open var/reports/EDITION/index.html

Exit status: 0 the job ran (gaps are findings, not failures); 1 some agency could not be checked at all, or
check-file found something missing; 2 wrong use or invalid input, one line per fault on standard error; 3 the run
itself failed (store, disk, network, a crawl process), in one line: earlier reports stay.
"""


def _names() -> frozenset[str]:
    return frozenset(name for names in COMMANDS.values() for name in names)


def make_app(command: str = "--help") -> typer.Typer:
    """The command line with the commands of the module that has this one; with none for what needs none, with all of
    them for any other word."""
    app = typer.Typer(
        name="oit",
        help=_HELP,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def _program(
        ctx: typer.Context,
        version: bool = typer.Option(
            False, "--version", help="Print the version and end.", is_eager=True, callback=_version
        ),
    ) -> None:
        if ctx.invoked_subcommand is None:
            from oit.next_steps import next_steps

            for line in next_steps(Path(), time.time()):
                typer.echo(line)
            typer.echo("\nAll commands: oit --help")

    for module, names in COMMANDS.items():
        if command in names or command not in (*_names(), *_NO_COMMAND):
            import_module(f"oit.cli.{module}").register(app)
    _program.__doc__ = _HELP
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"oit {__version__}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None, on_loaded: Callable[[], None] = lambda: None) -> int:
    """Run one command and return its exit status. `on_loaded` is called when its module is loaded."""
    with steady_streams():
        return _main(arguments, on_loaded)


def _main(arguments: Sequence[str] | None, on_loaded: Callable[[], None]) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = typer.main.get_command(make_app(words[0] if words else ""))
    on_loaded()
    try:
        status = command.main(words, "oit", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is told here, not at the interpreter's end
    except InputError as error:
        return _wrong(error.lines)
    except RunError as error:
        return _wrong((str(error),), status=RUN_FAILED)
    except TyperException as error:
        return _wrong((error.format_message(),)) if error.format_message() else WRONG_USE
    except (KeyboardInterrupt, Abort):
        typer.echo("oit: stopped", err=True)
        return INTERRUPTED
    except OSError as error:
        return _wrong((f"{error.filename or ''}: {error.strerror or first_line(error)}".lstrip(": "),), RUN_FAILED)
    except MemoryError:
        return _wrong(("this machine has no memory left for the run",), RUN_FAILED)
    except RuntimeError as error:
        if not is_out_of_threads(error):
            raise
        return _wrong(("this machine has no memory or process left to start a thread",), RUN_FAILED)
    return status if isinstance(status, int) else 0


def _wrong(lines: Sequence[str], status: int = WRONG_USE) -> int:
    for line in lines:
        typer.echo(f"oit: {error_line(line)}", err=True)
    return status


def run() -> None:
    """The console script."""
    # SIGTERM stops as orderly as Ctrl-C; a shell's background jobs start with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    # Looking for unused objects among all that is loaded took a fourth of an audit of one agency.
    gc.set_threshold(_OBJECTS)
    sys.exit(main(on_loaded=gc.freeze))
