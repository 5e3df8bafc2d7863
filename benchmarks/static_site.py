"""A large static site of Thai pages over HTTP on loopback, made as it is asked for, so that its size costs no memory.

Run: python -m benchmarks.static_site PAGES SMALLEST LARGEST (kilobytes); prints its port, counts on /-counts.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from functools import lru_cache

from oit.run.job import read_rules

_PER_PAGE = 12
"""Links to other pages in each page's list, besides the menu."""


class Pages:
    """The pages of the site by number; the same number gives the same page."""

    def __init__(self, count: int, smallest: int, largest: int) -> None:
        self.count = count
        titles = (item.title for item in read_rules(None).newest.items)
        self._vocabulary = sorted({word for title in titles for word in title.split()})
        self._sizes = (smallest * 1024, largest * 1024)
        names = [self._vocabulary[n % len(self._vocabulary)] for n in range(31)]
        self._menu = "".join(
            f'<li class="nav-item"><a class="nav-link" href="/p{n}.html">{names[n]} {n}</a></li>' for n in range(1, 31)
        )

    def page(self, number: int) -> bytes:
        """The body of a page: a menu, a list of links that reaches every page, a table, paragraphs."""
        rng = random.Random(number)
        first = number * _PER_PAGE + 1
        targets = [*range(first, min(first + _PER_PAGE, self.count)), *(rng.randrange(self.count) for _ in range(8))]
        links = "".join(
            f'<li><span class="date">{n % 28 + 1}/1/2566</span> <a href="/p{n}.html">{self._words(rng, 5)}</a></li>'
            for n in targets
        )
        rows = "".join(
            f"<tr><td>{n}</td><td>{self._words(rng, 4)}</td><td>{rng.randrange(10**6):,}</td></tr>" for n in range(12)
        )
        head = (
            f"<!DOCTYPE html><html lang=th><head><meta charset=utf-8><title>{self._words(rng, 4)} {number}</title>"
            f'<link rel="stylesheet" href="/style.css"></head><body><nav class="navbar"><ul>{self._menu}</ul></nav>'
            f'<main><h1>{self._words(rng, 4)}</h1><ul class="list">{links}</ul><table><tr><th>1<th>2<th>3</tr>'
            f"{rows}</table>"
        )
        tail = '</main><footer><div class="footer"><a href="/p2.html">2</a></div></footer></body></html>'
        wanted = rng.randint(*self._sizes) - len(head.encode()) - len(tail.encode())
        parts: list[str] = []
        while wanted > 0:
            text = f"<p>{self._words(rng, 40)} <b>{self._words(rng, 3)}</b></p>"
            part = f'<div class="row"><div class="col">{text}</div></div>'
            wanted -= len(part.encode())
            parts.append(part)
        return (head + "".join(parts) + tail).encode()

    def _words(self, rng: random.Random, count: int) -> str:
        return " ".join(rng.choices(self._vocabulary, k=count))


class _Server(asyncio.Protocol):
    def __init__(self, pages: Pages, counts: dict[str, int]) -> None:
        self._counts = counts
        self._page = lru_cache(maxsize=4096)(pages.page) if pages.count <= 4096 else pages.page
        self._pages = pages
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, self._rest = self._rest.split(b"\r\n\r\n", 1)
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode("latin-1")
        if path == "/-counts":
            return self._full(json.dumps(self._counts).encode(), "")
        number = 0 if path == "/" else int(path[2:-5]) if path.startswith("/p") and path.endswith(".html") else -1
        if not 0 <= number < self._pages.count:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        etag = f'"v{number}"'
        if f"If-None-Match: {etag}".lower().encode() in head.lower():
            self._counts["unchanged"] += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\nContent-Length: 0\r\n\r\n".encode()
        body = self._page(number)
        self._counts["bodies"] += 1
        self._counts["bytes"] += len(body)
        return self._full(body, etag)

    def _full(self, body: bytes, etag: str) -> bytes:
        mark = f"ETag: {etag}\r\n" if etag else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{mark}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def main(count: int, smallest: int, largest: int) -> None:
    """Serve until the process is stopped or its standard input ends."""
    pages = Pages(count, smallest, largest)
    shared = _Server(pages, {"bodies": 0, "unchanged": 0, "bytes": 0})
    if count <= 4096:
        for number in range(count):  # what a server holds ready is not what is measured
            shared._page(number)

    def connected() -> _Server:
        server = _Server(pages, shared._counts)
        server._page = shared._page
        return server

    loop = asyncio.get_running_loop()
    server = await loop.create_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*(int(value) for value in sys.argv[1:4])))
