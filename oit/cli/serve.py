"""`oit serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oit.cli import options as o
from oit.web import server


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(serve)


def serve(
    out: Annotated[Path, typer.Option("--out", help="Folder of the reports.")] = o.DEFAULT_OUT,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8000,
) -> None:
    """Show the reports as web pages, on this machine only. Ctrl-C ends it.

    Example: oit serve --out var/reports --port 8000
    """
    made = server(out, port)
    typer.echo(f"http://127.0.0.1:{made.server_address[1]}/  (Ctrl-C ends)")
    try:
        made.serve_forever()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        made.server_close()
