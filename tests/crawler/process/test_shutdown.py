"""Ctrl-C: prompt, told in a line, nothing lost; a crawl process never outlives the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.mockserver.crawling import FAST, go, page
from tests.mockserver.http import Answer, Site, serve
from tests.paths import PROJECT

pytestmark = pytest.mark.timeout(120)
ROOT = PROJECT


def site_of_slow_pages() -> dict[str, Answer]:
    answers = {f"/p{n}": Answer(page(f"หน้า {n}").body, slow=0.1) for n in range(200)}
    answers["/"] = page("<a href=/hang>O1</a>" + "".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(200)))
    answers["/hang"] = Answer(b"x", slow=40)
    return answers


def started(folder: Path, site: Site) -> subprocess.Popen[str]:
    listed = folder / "agencies.yaml"
    listed.write_text(f"province: x\nagencies:\n- {{id: a, name: a, url: '{site.url}'}}\n", "utf-8")
    options = [f"-s{name}={value}" for name, value in {**FAST, "DOWNLOAD_TIMEOUT": "60"}.items()]
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "oit",
            "crawl",
            "--agencies",
            str(listed),
            "--data",
            str(folder / "var"),
            "--allow-local",
            *options,
        ],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def under_way(site: Site, pages: int) -> None:
    end = time.monotonic() + 40
    while sum(site.sent.values()) < pages and time.monotonic() < end:
        time.sleep(0.05)
    assert sum(site.sent.values()) >= pages


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if int(fields[1]) == pid:
            found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


def ended(pids: list[int], seconds: float) -> bool:
    def there(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False

    end = time.monotonic() + seconds
    while any(there(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(there(pid) for pid in pids)


def test_ctrl_c_is_prompt_told_and_loses_nothing(tmp_path: Path) -> None:
    with serve(site_of_slow_pages()) as site:
        run = started(tmp_path, site)
        under_way(site, 15)
        below = children(run.pid)
        at = time.monotonic()
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=30)
        assert time.monotonic() - at <= 5
        assert run.returncode == 130
        assert told.count("stopping; what was fetched is kept") == 1
        assert "Traceback" not in told
        assert ended(below, 3)
        before = sum(site.sent[f"/p{n}"] for n in range(200))
        site.answers["/hang"] = page("ไม่ค้างแล้ว")
        snapshot, _ = go(tmp_path / "var", site.url)
        again = sum(site.sent[f"/p{n}"] for n in range(200)) - 200
    assert before >= 10
    assert again <= 18  # what was on its way: eight at once, and those handed to the downloader
    assert len(snapshot.resources) == 202
    assert snapshot.complete


def test_a_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    with serve(site_of_slow_pages()) as site:
        run = started(tmp_path, site)
        under_way(site, 5)
        below = children(run.pid)
        for pid in below:
            os.kill(pid, signal.SIGSTOP)  # crawl processes that do not react
        run.send_signal(signal.SIGINT)
        time.sleep(0.5)
        at = time.monotonic()
        run.send_signal(signal.SIGINT)
        status = run.wait(timeout=30)
        took = time.monotonic() - at
        for pid in below:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        run.communicate(timeout=10)
    assert (status, took <= 3) == (130, True)


def test_crawl_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    with serve(site_of_slow_pages()) as site:
        run = started(tmp_path, site)
        under_way(site, 5)
        below = children(run.pid)
        assert below
        run.kill()
        run.communicate(timeout=10)
        assert ended(below, 6)
