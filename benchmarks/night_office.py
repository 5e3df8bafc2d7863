"""An office for experiments with nights: sample sites on loopback, and the program started as a user starts it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from core.store_folder import URL_FILE
from oit.cli import audit
from oit.cli.main import main as run_program
from oit.demo import build_demo
from oit.queue.hand_out import WorkerCrawl
from oit.queue.worker import run_worker
from oit.run.options import Settings
from sample.cases import CASES
from sample.server import serve

EDITION = 2566
SILENT = 5.0
"""Seconds after which a worker that was not heard of counts as dead, in experiments."""
_FAST = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "CONCURRENT_REQUESTS_PER_DOMAIN=4")
_SCRIPT = "document.getElementById('app').innerHTML = '<h1>O1 ข้อมูล</h1><p>' + 'รายงานของหน่วยงาน '.repeat(50)"
_PASSING = ("started", "finished", "fetched", "first_seen", "last_seen", "age_days")
"""Fields of report.json that hold a time."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where the sample's sites are listed, and the day on which they are judged."""

    agencies: Path
    day: date

    def command(self, data: Path, out: Path, *more: str) -> list[str]:
        """The program's nightly run into a folder."""
        options = ["--agencies", str(self.agencies), "--data", str(data), "--out", str(out), "--allow-local", "-q"]
        options += ["--edition", str(EDITION), "--as-of", self.day.isoformat()]
        for pair in _FAST:
            options += ["-s", pair]
        return [sys.executable, "-m", "benchmarks.night_office", "night", "nightly", *options, *more]

    def worker(self, data: Path, out: Path) -> list[str]:
        """A worker of the same office."""
        places = ["--agencies", str(self.agencies), "--data", str(data), "--out", str(out)]
        return [sys.executable, "-m", "benchmarks.night_office", "worker", *places]


@contextmanager
def office(folder: Path, sites: int) -> Iterator[Office]:
    """Serve the first sites of the sample."""
    province = build_demo(folder, EDITION, tuple(case.agency for case in CASES[:sites]))
    listed = folder / "site" / "agencies.yaml"
    with serve(province, listed):
        yield Office(listed, date.fromisoformat(province.as_of) - timedelta(days=1))


class SmallSites:
    """Sites of a few pages on loopback addresses of their own, which count what they are asked for. With `scripted` one
    of a site's pages only exists after its script ran."""

    def __init__(self, sites: int, pages: int = 12, *, scripted: bool = False) -> None:
        self.asked: Counter[str] = Counter()
        self._scripted = scripted
        self._pages = pages
        self._up = threading.Event()
        self._port = 0
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._up.wait()
        self.urls = {f"a{n}": f"http://127.3.0.{1 + n}:{self._port}/" for n in range(sites)}

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._answer, "0.0.0.0", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._up.set()
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                lines = head.decode("latin-1").split("\r\n")
                host = next((line[6:] for line in lines if line.lower().startswith("host: ")), "")
                await asyncio.sleep(0.03)
                kind, body = "text/html", self._page(host, path)
                if path == "/app.js":
                    kind, body = "text/javascript", _SCRIPT
                elif body:
                    self.asked[f"{host}{path}"] += 1
                    body = f"<!DOCTYPE html><html lang=th><meta charset=utf-8>{body}</html>"
                data = (body or "<h1>404</h1>").encode()
                status = "200 OK" if body else "404 Not Found"
                kind = f"{kind}; charset=utf-8"
                top = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
                writer.write(top.encode() + data)
                await writer.drain()
        writer.close()

    def _page(self, host: str, path: str) -> str:
        number = path.strip("/").removesuffix(".html")
        if path == "/":
            links = "".join(f"<li><a href=/{n}.html>O{n} ข้อมูล {n}</a>" for n in range(1, self._pages))
            return f"<title>{host}</title><h1>สำนักงาน {host}</h1><ul>{links}</ul>"
        if number == "1" and self._scripted:
            return "<title>1</title><div id=app></div><script src=/app.js></script>"
        if number.isdigit() and 0 < int(number) < self._pages:
            return f"<title>{number}</title><h1>O{number} ข้อมูล</h1><p>ของ {host} หน้า {number} " + "รายงาน " * 200
        return ""


def small_office(folder: Path, sites: SmallSites) -> Office:
    """An office whose list is the small sites."""
    rows = "".join(f"- {{id: {name}, name: {name}, url: '{url}'}}\n" for name, url in sites.urls.items())
    listed = folder / "agencies.yaml"
    listed.write_text(f"province: x\nagencies:\n{rows}", "utf-8")
    return Office(listed, date(2023, 4, 29))


def start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own."""
    with log.open("ab") as file:
        return subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True)


def on_server(data: Path, url: str) -> Path:
    """A data folder whose tables are on a server."""
    data.mkdir(parents=True, exist_ok=True)
    (data / URL_FILE).write_text(url, "utf-8")
    return data


def reports(out: Path) -> dict[str, Any]:
    """Every report of a folder, without the times."""
    return {
        path.parent.name: _without_times(json.loads(path.read_text("utf-8")))
        for path in sorted((out / str(EDITION)).glob("*/report.json"))
    }


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_times(held) for name, held in value.items() if name not in _PASSING}
    return [_without_times(held) for held in value] if isinstance(value, list) else value


def difference(one: Any, other: Any, place: str = "") -> str:
    """Where two reports differ first, and how; empty if they do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{place}.{name}", one.get(name), other.get(name)) for name in {**one, **other}]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{place}[{at}]", *both) for at, both in enumerate(zip(one, other, strict=True))]
    else:
        return "" if one == other else f"{place}: {str(one)[:200]} / {str(other)[:200]}"
    return next((found for where, a, b in pairs if (found := difference(a, b, where))), "")


def below(pid: int) -> dict[int, str]:
    """The processes below one, by id, with their command lines."""
    parents: dict[int, list[int]] = {}
    lines: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            number = int(entry.name)
            parents.setdefault(int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(number)
            lines[number] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        for child in parents.get(waiting.pop(), ()):
            found[child] = lines.get(child, "")
            waiting.append(child)
    return found


def signal_tree(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process and all below it."""
    for each in (*below(pid), pid):
        with suppress(ProcessLookupError):
            os.kill(each, number)


def wait_for(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit status, None if it does not come within so many seconds."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    return None


def main(kind: str, *arguments: str) -> int:
    """`worker`: one that is heard of each second, so that a dead one is missed after five; `night`: a night that knows
    it, and cuts the list into batches of two."""
    if kind == "night":
        audit.WorkerCrawl = partial(WorkerCrawl, batch=2, silent=SILENT)  # type: ignore[assignment,misc]
        return run_program(arguments)
    given = dict(zip(arguments[::2], arguments[1::2], strict=True))
    settings = Settings(
        date.today(), Path(given["--agencies"]), data=Path(given["--data"]), out=Path(given["--out"]), verbosity=-1
    )
    run_worker(settings, heartbeat=1.0, silent=SILENT)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
