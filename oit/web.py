"""The reports as web pages on this machine only."""

from __future__ import annotations

import functools
from collections.abc import Callable
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

_LOCAL = frozenset({"127.0.0.1", "localhost"})
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"


class _Handler(SimpleHTTPRequestHandler):
    """Files below the reports' folder, without listings of folders."""

    server_version = "oit"
    sys_version = ""

    def do_GET(self) -> None:
        if self._stranger():
            return
        if self.path.split("?")[0] == "/":
            self._front()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._stranger():
            super().do_HEAD()

    def _stranger(self) -> bool:
        # A page elsewhere may point its own name at 127.0.0.1 and read along in the user's browser.
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host in _LOCAL:
            return False
        self.send_error(403, "only for this machine")
        return True

    def _front(self) -> None:
        root = Path(self.directory)
        years = sorted((p.parent.name for p in root.glob("*/index.html")), reverse=True)
        links = "".join(f'<li><a href="/{escape(y)}/index.html">OIT {escape(y)}</a></li>' for y in years)
        body = (
            '<!doctype html><html lang="th"><meta charset="utf-8"><title>OIT</title>'
            f"<h1>OIT</h1><ul>{links or '<li>no reports yet: oit audit</li>'}</ul></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(404, "not found")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the console belongs to the person who started the server."""


def server(out: Path, port: int) -> ThreadingHTTPServer:
    """A server of the reports in `out`, bound to loopback; port 0 takes any free one. Raises OSError."""
    handler = cast("Callable[..., SimpleHTTPRequestHandler]", functools.partial(_Handler, directory=str(out.resolve())))
    made = ThreadingHTTPServer(("127.0.0.1", port), handler)
    made.daemon_threads = True
    return made
