"""A web server on loopback that misbehaves as told: a table of paths to answers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """One path's answer. `cut` closes the connection without a word, `slow` waits so many seconds first."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    slow: float = 0.0
    cut: bool = False
    etag: str = ""


@dataclass
class Site:
    """A running server. `asked` counts requests, `sent` bodies by path."""

    url: str
    port: int
    asked: Counter[str]
    sent: Counter[str]
    answers: dict[str, Answer]
    catch_all: Answer | None = None


@contextmanager
def serve(answers: Mapping[str, Answer], catch_all: Answer | None = None) -> Iterator[Site]:
    """Serve on a free port of 127.0.0.1 until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            site.asked[path] += 1
            answer = site.answers.get(path) or site.catch_all or Answer(b"gone", 404)
            if answer.slow:
                time.sleep(answer.slow)
            if answer.cut:
                self.close_connection = True
                self.connection.close()
                return
            known = answer.etag and self.headers.get("If-None-Match") == answer.etag
            self.send_response(304 if known else answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", "0" if known else str(len(answer.body)))
            if answer.etag:
                self.send_header("ETag", answer.etag)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not known:
                site.sent[path] += 1
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    port = server.server_address[1]
    site = Site(f"http://127.0.0.1:{port}/", port, Counter(), Counter(), dict(answers), catch_all)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
