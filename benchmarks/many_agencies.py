"""A night over many small sites on loopback: CPU time an agency, memory and open files of a crawl process.

All should be flat in the number of agencies: a process has a window of them under way and holds nothing of the others.

Run: python -m benchmarks.many_agencies [--sites 60 240] [--files 1024]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from core.models.agency import Agency
from core.storage.store import Store
from crawler.process.supervisor import CrawlSettings, run_crawl

_PAGES = 6
_FAST = {
    "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "RETRY_TIMES": "0", "OIT_BROWSER": "",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
}  # fmt: skip


def main() -> None:
    """Crawl one list after the other, each in a process of its own, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, nargs="+", default=[60, 240])
    parser.add_argument("--files", type=int, default=1024, help="Open files that a process may have.")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        resource.setrlimit(resource.RLIMIT_NOFILE, (given.files, given.files))
        print(json.dumps(_crawl(given.one, given.port)))
        return
    port = _serve_in_thread()
    print("agencies  complete  CPU-s/agency  wall s  largest process MB  open files")
    for count in given.sites:
        command = [sys.executable, "-m", "benchmarks.many_agencies", "--one", str(count), "--files", str(given.files)]
        done = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        found = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{count:8}  {found['complete']:8}  {found['cpu'] / count:12.3f}  {found['wall']:6.0f}"
            f"  {found['memory']:18.0f}  {found['files']:10}"
        )


def _crawl(count: int, port: int) -> dict[str, float]:
    """Crawl so many sites; each has an address of its own on loopback, all on one port."""
    agencies = tuple(
        Agency(f"a{n}", f"หน่วยงาน {n}", f"http://127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}:{port}/")
        for n in range(count)
    )
    seen = _Watch()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        run_crawl(agencies, store, CrawlSettings(local=True, scrapy=_FAST), lambda _: None)
        complete = sum(1 for a in agencies for night in store.nights(a) if night.complete)
        store.close()
    seen.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "complete": complete,
        "cpu": used.ru_utime + used.ru_stime + time.process_time(),
        "wall": time.monotonic() - started,
        "memory": used.ru_maxrss / 1024,
        "files": seen.files,
    }


class _Watch:
    """Looks at the open files of the processes below this one, the largest number of any."""

    def __init__(self) -> None:
        self.files = 0
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            for folder in Path("/proc").glob("[0-9]*"):
                with suppress(OSError, IndexError):
                    if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == os.getpid():
                        self.files = max(self.files, len(list((folder / "fd").iterdir())))


def _serve_in_thread() -> int:
    ready: list[int] = []
    up = threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(_answer, "0.0.0.0", 0)
        ready.append(server.sockets[0].getsockname()[1])
        up.set()
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    up.wait()
    return ready[0]


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            host = next((line[6:].decode() for line in head.split(b"\r\n") if line.lower().startswith(b"host: ")), "")
            number = path.strip("/").removesuffix(".html")
            if path == "/":
                links = "".join(f"<li><a href=/{n}.html>O{n} ข้อมูล {n}</a>" for n in range(1, _PAGES))
                body, status = f"<title>{host}</title><h1>สำนักงาน {host}</h1><ul>{links}</ul>", "200 OK"
            elif number.isdigit() and int(number) < _PAGES:
                body, status = f"<title>{number}</title><h1>O{number} ข้อมูล</h1><p>ของ {host} หน้า {number}</p>", "200 OK"
            else:
                body, status = "<h1>ไม่พบ</h1>", "404 Not Found"
            data = f"<!DOCTYPE html><html><meta charset=utf-8>{body}</html>".encode()
            kind = "text/html; charset=utf-8"
            top = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
            writer.write(top.encode() + data)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    main()
