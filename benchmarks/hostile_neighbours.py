"""One honest site beside many hostile ones, end to end: its verdicts, how long its crawl takes, memory of the crawl.

What the hostile ones do: `bodies` answers of 47 MB, plain, packed and slow; `links` pages of 60,000 links; `scripts`
pages that never come to rest; `readers` pages that take a reader's whole time. The run is ended once the honest site
has been crawled, and what is stored of it is judged. Limits of time for pages are a fifth of the shipped ones.

Run: python -m benchmarks.hostile_neighbours [--only bodies links scripts readers] [--sites 10]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import mimetypes
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from benchmarks.crawl_memory import below, resident
from sample.editions import AS_OF
from sample.province import build

_EDITION = 2566
_OFFICE = "skill-development"
_HONEST = "127.0.0.2"
_FAST = {
    "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "CONCURRENT_REQUESTS_PER_DOMAIN": "4",
    "OIT_RENDER_TIMEOUT": "9", "OIT_RENDER_SECONDS": "300",
}  # fmt: skip
_LARGE = 47 << 20
_LINKS = 60_000
_RENDERED = 40
_LIMIT = 600.0
_SLOW = 40.0
"""Seconds that the end of a slow body is kept back."""
_WORDS = "การเปิดเผยข้อมูลสาธารณะ OIT 2566 "


@dataclass(slots=True)
class Answer:
    """What a site answers: `rest` is sent so many seconds after the first part."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: str = "200 OK"
    head: str = ""
    wait: float = 0.0
    rest: bytes = b""


Site = Callable[[str], Answer]


def main() -> None:
    """Print a line for each kind of neighbour."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=sorted(_KINDS), default=sorted(_KINDS))
    parser.add_argument("--sites", type=int, default=10)
    options = parser.parse_args()
    print("neighbours       honest crawl s   beside s   verdicts that differ   largest crawl process MB   all MB")
    for kind in options.only:
        bad, is_rendered = _KINDS[kind]
        with tempfile.TemporaryDirectory(prefix="oit-hostile-") as folder:
            honest = _rendered_site if is_rendered else _sample_site(Path(folder))
            alone = _night(Path(folder) / "alone", honest, bad, 0)
            beside = _night(Path(folder) / "beside", honest, bad, options.sites)
        names = sorted(alone.verdicts.keys() | beside.verdicts.keys())
        differ = [name for name in names if alone.verdicts.get(name) != beside.verdicts.get(name)]
        print(
            f"{options.sites:3} {kind:12} {alone.seconds:12.0f} {beside.seconds:12.0f}   {len(differ):6} of"
            f" {len(names):2} {beside.largest:20.0f} {beside.all:20.0f}  {' '.join(differ)}",
            flush=True,
        )


@dataclass(slots=True)
class Night:
    """What a night gave: when the honest site's crawl had ended, and its verdicts."""

    seconds: float = 0.0
    largest: float = 0.0
    all: float = 0.0
    verdicts: dict[str, str] = field(default_factory=dict)


def _night(folder: Path, honest: Site, bad: Site, count: int) -> Night:
    folder.mkdir(parents=True)
    hosts = {_HONEST: honest} | {f"127.0.1.{n + 1}": bad for n in range(count)}
    with _served(hosts) as port:
        rows = "".join(
            f"  - id: a{host.replace('.', '-')}\n    name: หน่วยงาน {host}\n    url: http://{host}:{port}/\n"
            for host in reversed(hosts)
        )
        (folder / "agencies.yaml").write_text(f"province: จังหวัด\nagencies:\n{rows}", "utf-8")
        return _audited(folder, f"a{_HONEST.replace('.', '-')}")


def _audited(folder: Path, name: str) -> Night:
    night = Night()
    shared = ["--agencies", "agencies.yaml", "--edition", str(_EDITION), "--data", "data"]
    settings = [word for key, value in _FAST.items() for word in ("-s", f"{key}={value}")]
    root = Path(__file__).resolve().parent.parent
    command, given = [sys.executable, "-m", "oit"], {**os.environ, "PYTHONPATH": str(root)}
    with (folder / "log").open("wb") as log:
        run = subprocess.Popen(
            [*command, "crawl", *shared, "--allow-local", *settings], cwd=folder, env=given, stdout=log, stderr=log
        )
        began = time.monotonic()
        while run.poll() is None and not _is_crawled(folder, name) and time.monotonic() - began < _LIMIT:
            sizes = [resident(pid) for pid in below(run.pid) if _is_crawl(pid)]
            night.largest = max(night.largest, *sizes, 0)
            night.all = max(night.all, sum(resident(pid) for pid in below(run.pid)))
            time.sleep(0.2)
        night.seconds = time.monotonic() - began
        for _ in range(2):  # the first asks for an end in its own time
            with suppress(ProcessLookupError):
                run.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                run.wait(20)
        run.kill()
        run.wait()
        for step in (["check"], ["report", "--out", "out"]):
            judge = [*command, *step, name, *shared, "--as-of", AS_OF[_EDITION]]
            subprocess.run(judge, cwd=folder, env=given, stdout=log, stderr=log, check=False)
    found = folder / "out" / str(_EDITION) / name / "report.json"
    if found.exists():
        night.verdicts = {item["id"]: item["status"] for item in json.loads(found.read_text("utf-8"))["items"]}
    return night


def _is_crawled(folder: Path, name: str) -> bool:
    path = folder / "data" / "oit.sqlite"
    if not path.exists():
        return False
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        query = "select count(*) from snapshots where agency_id = ? and finished is not null"
        return bool(store.execute(query, (name,)).fetchone()[0])
    return False


def _is_crawl(pid: int) -> bool:
    with suppress(OSError):
        return b"crawler.process.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


# ------------------------------------------------------------------------------ sites


def _html(body: str, title: str = "หน้า") -> Answer:
    return Answer(f"<!doctype html><meta charset=utf-8><title>{title}</title><body>{body}".encode())


_GONE = Answer(_html("<h1>404 Not Found</h1>ไม่พบหน้า").body, status="404 Not Found")
_BODY = zlib.compressobj(0).compress(os.urandom(_LARGE - 4096))[2:]
_PACKED: list[bytes] = []


def _index(count: int, ending: str) -> Answer:
    links = "".join(f"<li><a href=/p{n}{ending}>O{n % 43 + 1} {_WORDS}ข้อ {n}</a>" for n in range(count))
    return _html("<h1>OIT</h1>" + "ข่าว " * 60 + links)


def _bodies(path: str) -> Answer:
    """Large answers: as they are, packed to nothing, and with an end that does not come."""
    if path == "/":
        return _index(400, ".pdf")
    if not path.startswith("/p"):
        return _GONE
    number = int("".join(filter(str.isdigit, path)) or 0)
    mark = f"%PDF-1.7\n%{path}\n".encode()
    if number % 3 == 0:
        return Answer(mark + _BODY, "application/pdf")
    if number % 3 == 1:
        return Answer(mark, "application/pdf", wait=_SLOW, rest=_BODY[:-4096])
    if not _PACKED:
        packer = zlib.compressobj(9, wbits=31)
        _PACKED.append(packer.compress(b"<p>" + b" " * _LARGE) + packer.flush())
    return Answer(_PACKED[0], head="Content-Encoding: gzip\r\n")


def _links(path: str) -> Answer:
    """Pages of links without end, every other with the longest addresses."""
    if path == "/" or path.startswith("/p"):
        pad = "x" * 1900 if path[-1] in "13579" else ""
        links = "".join(f"<a href={path}/{n}{pad}>ข่าว {n}</a>\n" for n in range(_LINKS // (10 if pad else 1)))
        more = "".join(f"<li><a href=/p{n}>O{n % 43 + 1} {_WORDS}ข้อ {n}</a>" for n in range(300)) if path == "/" else ""
        return _html("<h1>OIT</h1>" + "ข่าว " * 60 + more + links)
    return _html(f"<h1>ข่าว {path}</h1>" + f"เรื่อง {path} " * 30)


def _shell(script: str) -> Answer:
    return _html(f"<div id=root></div><noscript>ต้องเปิด JavaScript</noscript><script>{script}</script>")


def _scripts(path: str) -> Answer:
    if path == "/":
        return _index(200, "")
    if path.startswith("/p"):
        return _shell("let n=0;setInterval(()=>{document.getElementById('root').textContent='ก'.repeat(n+=7)},150)")
    return _GONE


def _readers(path: str) -> Answer:
    if path == "/":
        return _index(400, "")
    if path.startswith("/p"):
        return _html(f"<h1>{path}</h1>" + "ข่าว " * 60 + "<b><i><table><td>" * 4000 + "x" * 100)
    return _GONE


def _rendered_site(path: str) -> Answer:
    """An honest site whose pages scripts write."""
    if path == "/":
        return _index(_RENDERED, "")
    if path.startswith("/d"):
        return Answer(json.dumps({"t": f"เนื้อหาของหน้า {path} " * 30}).encode(), "application/json")
    if path.startswith("/p"):
        text = f"'<h1>O{path[2:]} {_WORDS}</h1><p>' + d.t + '</p>'"
        write = f"d => {{document.getElementById('root').innerHTML = {text}}}"
        return _shell(f"fetch('/d{path[2:]}').then(r => r.json()).then({write})")
    return _GONE


def _sample_site(folder: Path) -> Site:
    build(folder / "sample", _EDITION, only=(_OFFICE,))
    root = folder / "sample" / "sites" / _OFFICE / "www"

    def answer(path: str) -> Answer:
        file = root / (path.lstrip("/") or "index.html")
        if not file.is_file():
            return _GONE
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return Answer(file.read_bytes(), "text/html; charset=utf-8" if kind == "text/html" else kind)

    return answer


_KINDS: dict[str, tuple[Site, bool]] = {
    "bodies": (_bodies, False),
    "links": (_links, False),
    "readers": (_readers, False),
    "scripts": (_scripts, True),
}
"""What hostile sites do, and whether the honest one beside them needs the browser."""


@contextmanager
def _served(hosts: dict[str, Site]) -> Iterator[int]:
    """The sites by their addresses of this machine, all on one port."""
    ready, ports = threading.Event(), list[int]()

    async def serve() -> None:
        server = await asyncio.start_server(lambda r, w: _serve_one(hosts, r, w), "0.0.0.0", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await server.serve_forever()

    loop = asyncio.new_event_loop()
    work = loop.create_task(serve())
    thread = threading.Thread(target=lambda: _run(loop, work), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, work: asyncio.Task[None]) -> None:
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(work)
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.2))
    loop.close()


async def _serve_one(hosts: dict[str, Site], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            host = next((line[6:].split(":")[0] for line in lines if line.lower().startswith("host: ")), "")
            answer = hosts[host](unquote(lines[0].split(" ")[1].partition("?")[0]))
            length = len(answer.body) + len(answer.rest)
            top = f"HTTP/1.1 {answer.status}\r\nContent-Type: {answer.kind}\r\nContent-Length: {length}\r\n"
            writer.write((top + answer.head + "\r\n").encode() + answer.body + answer.rest[: len(answer.rest) - 1])
            await writer.drain()
            await asyncio.sleep(answer.wait)
            writer.write(answer.rest[-1:])
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    main()
