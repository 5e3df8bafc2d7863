"""The sample province over real HTTP on loopback: one port per site, so that host:port is a site."""

from __future__ import annotations

import json
import mimetypes
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import unquote, urlsplit

from sample.province import Province, write_agencies

_ROOM = 16
"""Requests that one site answers at the same time; more wait."""
_MOST_SENT = 65_536
"""Bytes of a form that are looked at."""
_LONGEST_NAME = 255
"""Bytes of a file's name; a longer one is nowhere."""
_TIMEOUT = 15.0
"""Seconds after which an idle connection is closed."""


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, www: Path, manner: Mapping[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.www = www.resolve()
        self.manner = manner
        self.room = threading.BoundedSemaphore(_ROOM)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _TIMEOUT

    @property
    def site(self) -> _SiteServer:
        return cast(_SiteServer, self.server)

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_POST(self) -> None:
        self.close_connection = True
        sent = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST_SENT)).decode("latin-1")
        forms = self.site.manner.get("posts", {}).get(unquote(urlsplit(self.path).path), ())
        file = next((form["file"] for form in forms if form["has"] in sent), None)
        if file is None:
            self._send(405, b"method not allowed", "text/plain", body=True)
        else:
            self._file(str(file), "", body=True)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the crawler tells what it fetched."""

    def _answer(self, *, body: bool) -> None:
        with self.site.room:
            manner = self.site.manner
            time.sleep(min(float(manner.get("delay", 0)), 5.0))
            path = unquote(urlsplit(self.path).path)
            answers = manner.get("paths", {})
            special = answers.get(unquote(self.path)) or answers.get(path, {})
            if "location" in special:
                self._send(302, b"", "text/html", body=body, location=str(special["location"]))
                return
            status = int(special.get("status", manner.get("status", 200)))
            shut = tuple(manner.get("referer", ()))
            if shut and path.startswith(shut) and not self.headers.get("Referer"):
                status = 403
            if status != 200:
                self._send(status, f"<html><body><h1>{status}</h1></body></html>".encode(), "text/html", body=body)
                return
            self._file(str(special.get("file", path)), str(special.get("type", "")), body=body)

    def _file(self, path: str, given_type: str, *, body: bool) -> None:
        target = (self.site.www / path.lstrip("/")).resolve()
        named = all(len(part.encode()) <= _LONGEST_NAME for part in target.parts)
        if named and target.is_dir():
            target /= "index.html"
        if not named or not target.is_relative_to(self.site.www) or not target.is_file():
            self._send(404, b"<html><body><h1>404 Not Found</h1></body></html>", "text/html", body=body)
            return
        kind = given_type or mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        if kind == "text/html":
            kind = str(self.site.manner.get("html_type", kind))
        etag = f'"{target.stat().st_size:x}-{target.stat().st_mtime_ns:x}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(304, b"", kind, body=False, etag=etag)
            return
        self._send(200, target.read_bytes(), kind, body=body, etag=etag)

    def _send(self, status: int, data: bytes, kind: str, *, body: bool, etag: str = "", location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if etag:
            self.send_header("ETag", etag)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if body:
            self.wfile.write(data)


@dataclass(frozen=True, slots=True)
class ServedSite:
    """A folder of files and how its server answers.

    `manner` may hold `delay` (seconds), `status` (of every answer), `html_type` (Content-Type of pages),
    `posts` and `referer` (see `sample.manner`) and `paths`:
    a path, with its query or without, -> what is different there: `status`, `location` (redirects there), `file`
    (a path below `www` that is answered instead), `type` (its Content-Type)."""

    www: Path
    manner: Mapping[str, Any] = field(default_factory=dict)


class SiteServers:
    """Running servers, one port of 127.0.0.1 per site; a context manager. `urls` is the site's name -> address."""

    def __init__(self, sites: Mapping[str, ServedSite]) -> None:
        self._sites = sites
        self._servers: dict[str, _SiteServer] = {}
        self._threads: list[threading.Thread] = []

    @property
    def urls(self) -> dict[str, str]:
        """Name of a site (agency id) -> its address."""
        return {name: f"http://127.0.0.1:{server.server_address[1]}/" for name, server in self._servers.items()}

    def start(self) -> Self:
        """Open a port per site and answer in threads; OSError if no port is free."""
        try:
            for name, site in self._sites.items():
                server = _SiteServer(site.www, site.manner)
                self._servers[name] = server
                thread = threading.Thread(target=server.serve_forever, name=f"sample-{name}", daemon=True)
                thread.start()
                self._threads.append(thread)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Close every port."""
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(timeout=5)
        self._servers.clear()
        self._threads.clear()

    def __enter__(self) -> Self:
        return self.start() if not self._servers else self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Serving(SiteServers):
    """The servers of a built province, with the manners that the province planned for each site."""

    def __init__(self, province: Province) -> None:
        self.province = province
        folders = {agency: province.root / "sites" / agency for agency in province.agencies}
        super().__init__(
            {
                agency: ServedSite(folder / "www", json.loads((folder / "server.json").read_text("utf-8")))
                for agency, folder in folders.items()
            }
        )

    def write_agencies(self, path: Path) -> Path:
        """Write agencies.yaml with the real addresses; the path again."""
        write_agencies(path, self.urls, self.province.scheme)
        return path


def serve(province: Province, agencies: Path | None = None) -> Serving:
    """Serve a built province on loopback; with `agencies`, write agencies.yaml there with the real ports."""
    serving = Serving(province).start()
    if agencies is not None:
        serving.write_agencies(agencies)
    return serving
