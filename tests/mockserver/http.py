"""A web server on loopback that misbehaves as told: a table of paths to answers."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One path's answer. `cut` closes the connection without a word, `slow` waits so many seconds first, `raw`
    writes whatever it likes to the connection, `then` is the answer to the next request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    slow: float = 0.0
    cut: bool = False
    etag: str = ""
    modified: str = ""
    cookies: tuple[str, ...] = ()
    raw: Callable[[Any], None] | None = None
    then: Answer | None = None
    needs_cookie: str = ""
    """Without this cookie the answer sets it and sends the visitor to the same address again."""


@dataclass
class Site:
    """A running server. `asked` counts requests, `sent` bodies by path."""

    url: str
    port: int
    asked: Counter[str]
    sent: Counter[str]
    answers: dict[str, Answer]
    catch_all: Answer | None = None
    endless: Callable[[str], Answer | None] = lambda path: None
    """Pages made as they are asked for."""
    times: list[tuple[float, str]] = field(default_factory=list)
    """When which path was asked, on time.monotonic's clock."""
    referers: list[tuple[str, str]] = field(default_factory=list)
    """Path and Referer of each request."""
    largest_request: int = 0
    agents: set[str] = field(default_factory=set)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    tls: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.tls is not None:
            try:
                request = self.tls.wrap_socket(request, server_side=True)
            except OSError:
                return
        super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def serve(
    answers: Mapping[str, Answer],
    catch_all: Answer | None = None,
    tls: ssl.SSLContext | None = None,
    endless: Callable[[str], Answer | None] = lambda path: None,
) -> Iterator[Site]:
    """Serve on a free port of 127.0.0.1 until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.path = f"POST {self.path}"
            self.do_GET()

        def do_GET(self) -> None:
            path = self.path
            site.asked[path] += 1
            site.times.append((time.monotonic(), path))
            site.referers.append((path, self.headers.get("Referer") or ""))
            site.agents.add(self.headers.get("User-Agent") or "")
            site.largest_request = max(site.largest_request, sum(len(k) + len(v) for k, v in self.headers.items()))
            answer = site.answers.get(path) or site.endless(path) or site.catch_all or Answer(b"gone", 404)
            for _ in range(site.asked[path] - 1):
                answer = answer.then or answer
            if answer.raw is not None:
                self.close_connection = True
                with suppress(OSError):
                    answer.raw(self.wfile)
                return
            if answer.needs_cookie and answer.needs_cookie not in (self.headers.get("Cookie") or ""):
                answer = Answer(status=302, headers={"Location": path}, cookies=(f"{answer.needs_cookie}; Path=/",))
            if answer.slow:
                time.sleep(answer.slow)
            if answer.cut:
                self.close_connection = True
                self.connection.close()
                return
            known = (answer.etag and self.headers.get("If-None-Match") == answer.etag) or (
                answer.modified and self.headers.get("If-Modified-Since") == answer.modified
            )
            self.send_response(304 if known else answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", "0" if known else str(len(answer.body)))
            if answer.etag:
                self.send_header("ETag", answer.etag)
            if answer.modified:
                self.send_header("Last-Modified", answer.modified)
            for cookie in answer.cookies:
                self.send_header("Set-Cookie", cookie)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not known:
                site.sent[path] += 1
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    server.tls = tls
    port = server.server_address[1]
    site = Site(
        f"http{'s' if tls else ''}://127.0.0.1:{port}/", port, Counter(), Counter(), dict(answers), catch_all, endless
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
