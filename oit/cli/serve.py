"""`oit serve`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import typer

from core.errors import InputError
from oit.cli import options as o

Host = Annotated[str, typer.Option(help="Address to listen on; another than this machine's own only with accounts.")]
Port = Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)]
Site = Annotated[
    str, typer.Option(help="The pages' public address behind a reverse proxy, e.g. https://oit.example.go.th")
]
Login = Annotated[bool, typer.Option("--login", help="Ask for a login to read too, not only to decide.")]
TrustHeader = Annotated[
    str, typer.Option("--trust-header", help="Header in which the reverse proxy names the account.")
]
Proxy = Annotated[str, typer.Option(help="Address of that proxy; the header counts from there only.")]
_DEFAULTS = o.Options()
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command()(serve)


@o.shares(*o.CHECKING, "out", *o.SAYING)
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    site: Site = "",
    login: Login = False,
    trust_header: TrustHeader = "",
    proxy: Proxy = "",
    shared: o.Options = _DEFAULTS,
) -> None:
    """Show the province, its agencies, the review queue and check-a-file as web pages. Ctrl-C ends it.

    On this machine only, unless --host says otherwise; then accounts must exist (oit accounts add).

    \b
    Examples:
      oit serve --port 8000
      oit serve --login --site https://oit.example.go.th
    """
    # Flask is loaded where it is needed: `oit score` starts without it.
    from oit.web.serving import Listening, WebServer
    from oit.web.site import WebOptions

    if bool(trust_header) != bool(proxy):
        raise InputError("--trust-header and --proxy go together: anybody could send the header")
    options = WebOptions(
        settings=shared.settings(),
        login_to_read=login,
        hosts=_hosts(host, site),
        secure=site.startswith("https:"),
        header=trust_header,
        proxy=proxy,
        fixed_date=shared.as_of is not None,
    )
    server = WebServer(options, Listening(host, port))
    try:
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"{site or f'http://{shown}:{server.port}/'}  (Ctrl-C ends)")
        server.run()
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        server.close()


def _hosts(host: str, site: str) -> frozenset[str]:
    """Names that a browser may call the pages by; any name where they are open to other machines by number."""
    if site:
        parts = urlsplit(site)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"--site must be an address such as https://oit.example.go.th; got {site!r}")
        return _LOCAL | {parts.hostname}
    return _LOCAL if host in _LOCAL else frozenset()
