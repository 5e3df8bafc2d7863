"""Archives of a night: written over loopback sockets, read back with the usual library, nothing missing."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from core.models.snapshot import Snapshot
from core.storage.store import Store
from crawler.rendering.browser import find_browser
from crawler.warc import Archive, salvage
from tests.mockserver.crawling import FAST, go, page
from tests.mockserver.http import Answer, serve
from tests.paths import PROJECT

pytestmark = pytest.mark.timeout(120)
ROOT = PROJECT
NIGHT = "2026-11-23"


def warc(folder: Path, night: str = NIGHT, **more: str) -> dict[str, str]:
    return {"OIT_WARC": str(folder / "warc" / night), **more}


def records(folder: Path, night: str = "*") -> list[dict[str, Any]]:
    found = []
    for path in sorted((folder / "warc").glob(f"{night}/*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.content_stream().read()
                headers = dict(record.rec_headers.headers)
                status = record.http_headers.get_statuscode() if record.http_headers else ""
                found.append(
                    {
                        "type": record.rec_type,
                        "url": headers.get("WARC-Target-URI", ""),
                        "body": body,
                        "file": path,
                        "status": status,
                        "headers": headers,
                        "http": record.http_headers,
                    }
                )
    return found


def whole(folder: Path) -> bool:
    """What `warcio check` says of every file; nothing unfinished lies about."""

    class Arguments:
        inputs = [str(p) for p in (folder / "warc").glob("*/*.warc.gz")]
        verbose = False
        command = "check"

    checker = Checker(Arguments)
    checker.process_all()
    return checker.exit_value == 0 and not list((folder / "warc").glob("*/*.part"))


def missing(folder: Path, snapshot: Snapshot) -> list[str]:
    """Stored bodies that are in no archive under their address."""
    kept = {(r["url"], hashlib.sha256(r["body"]).hexdigest()) for r in records(folder)}
    hashes = {sha256 for _, sha256 in kept}
    pointed = {r["url"] for r in records(folder) if r["type"] == "revisit"}
    return [
        r.url
        for r in snapshot.resources
        if r.sha256 and (r.final_url, r.sha256) not in kept and not (r.final_url in pointed and r.sha256 in hashes)
    ]


def test_everything_that_is_stored_is_in_the_archive_as_it_was_received(tmp_path: Path) -> None:
    text = page("<p>" + "ข้อความของหน้า " * 60 + "</p>").body
    answers = {
        "/": page("".join(f"<a href=/{n}>{n}</a>" for n in ("a", "b", "old", "gone", "zip", "r.pdf"))),
        "/a": Answer(text, etag='"a"'),
        "/b": Answer(text),
        "/old": Answer(b"", 301, {"Location": "/a?x=1"}),
        "/a?x=1": Answer(text),
        "/zip": Answer(gzip.compress(text + b"<p>zip</p>"), headers={"Content-Encoding": "gzip"}),
        "/r.pdf": Answer(b"%PDF-1.4 no", kind="application/pdf"),
        "/robots.txt": Answer(b"User-agent: *\nAllow: /", kind="text/plain"),
    }
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, **warc(tmp_path))
        found = records(tmp_path)
        assert whole(tmp_path)
        assert missing(tmp_path, snapshot) == []
        assert {p.name for p in (tmp_path / "warc" / NIGHT).iterdir()} == {"a-1.warc.gz"}
        first = found[0]
        assert (first["type"], b"oit/" in first["body"]) == ("warcinfo", True)
        served = {r["url"].removeprefix(site.url): r["status"] for r in found if r["type"] in ("response", "revisit")}
        assert served["old"] == "301"
        assert served["gone"] == "404"
        assert served["robots.txt"] == "200"
        asked = next(r for r in found if r["type"] == "request" and r["url"] == f"{site.url}a")
        assert asked["http"].get_header("User-Agent").startswith("oit/")
        twins = [r for r in found if r["type"] == "revisit"]
        assert len(twins) == 2  # /a, /b and /a?x=1 are one payload
        assert all(r["headers"]["WARC-Refers-To-Target-URI"].startswith(site.url) for r in twins)
        packed = next(r for r in found if r["url"] == f"{site.url}zip" and r["type"] == "response")
        assert packed["http"].get_header("Content-Encoding") == "gzip"

        # The next night "not modified" points to the first; without that file, the body is written again.
        second, _ = go(tmp_path, site.url, **warc(tmp_path, "2026-11-24"))
        points = [r for r in records(tmp_path, "2026-11-24") if r["status"] == "304"]
        assert [r["headers"]["WARC-Profile"].rsplit("/", 1)[-1] for r in points] == ["server-not-modified"]
        assert points[0]["headers"]["WARC-Refers-To-Date"]
        assert missing(tmp_path, second) == []
        for path in (tmp_path / "warc").glob("*/*"):
            path.unlink()
        third, _ = go(tmp_path, site.url, **warc(tmp_path, "2026-11-25"))
        assert missing(tmp_path, third) == []
        assert [r["url"] for r in records(tmp_path) if r["type"] == "resource"] == [f"{site.url}a"]
    assert whole(tmp_path)


def test_files_are_begun_anew_when_they_are_large(tmp_path: Path) -> None:
    pages = {f"/{n}": Answer(os.urandom(400_000), kind="application/octet-stream") for n in range(6)}
    pages["/"] = page("".join(f"<a href=/{n}>{n}</a>" for n in range(6)))
    with serve(pages) as site:
        snapshot, _ = go(tmp_path, site.url, **warc(tmp_path, OIT_WARC_MB="1"))
    names = {p.name for p in (tmp_path / "warc" / NIGHT).iterdir()}
    assert names == {"a-1.warc.gz", "a-2.warc.gz"}
    assert missing(tmp_path, snapshot) == []
    assert whole(tmp_path)


@pytest.mark.skipif(not find_browser(), reason="no chromium on this machine")
def test_a_drawn_page_and_what_its_scripts_asked_for_are_in_it(tmp_path: Path) -> None:
    shell = page(
        "<div id=app></div><script>fetch('/data').then(r=>r.text()).then("
        "t => document.getElementById('app').innerHTML = '<p>' + t.repeat(40) + '</p>')</script>"
    )
    with serve({"/": shell, "/data": Answer("ข้อมูล ".encode(), kind="text/plain; charset=utf-8")}) as site:
        snapshot, _ = go(tmp_path, site.url, **warc(tmp_path))
    assert missing(tmp_path, snapshot) == []
    found = {(r["type"], r["url"]): r for r in records(tmp_path)}
    assert found["response", f"{site.url}data"]["body"] == "ข้อมูล ".encode()
    drawn = found["conversion", site.url]
    assert drawn["headers"]["WARC-Refers-To"] == found["response", site.url]["headers"]["WARC-Record-ID"]


def test_what_a_killed_crawl_wrote_is_kept_up_to_its_last_whole_record(tmp_path: Path) -> None:
    answers = {f"/p{n}": Answer(page(f"หน้า {n}").body, slow=0.2) for n in range(40)}
    answers["/"] = page("".join(f"<a href=/p{n}>หน้า {n}</a>" for n in range(40)))
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.mockserver.crawling import go\n"
        "go(Path(sys.argv[1]), sys.argv[2], **dict(p.split('=', 1) for p in sys.argv[3:]))\n"
    )
    slow = {**FAST, **warc(tmp_path), "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    with serve(answers) as site:
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), site.url, *(f"{k}={v}" for k, v in slow.items())],
            cwd=ROOT,
            start_new_session=True,
        )
        end = time.monotonic() + 40
        while sum(site.sent[f"/p{n}"] for n in range(40)) < 10 and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait(timeout=10)
        time.sleep(4)  # the crawl's own process sees that it is alone
        part = next((tmp_path / "warc" / NIGHT).glob("a-1.warc.gz*"))
        if part.suffix != ".part":  # it came to an orderly end after all; a power cut would not have
            part = part.rename(part.with_name(f"{part.name}.part"))
        with part.open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00 half a record")
        snapshot, _ = go(tmp_path, site.url, **warc(tmp_path))
    assert snapshot.complete
    assert missing(tmp_path, snapshot) == []
    assert whole(tmp_path)


def test_an_unfinished_file_without_an_answer_is_none(tmp_path: Path) -> None:
    part = tmp_path / "a-1.warc.gz.part"
    part.write_bytes(b"\x1f\x8b\x08\x00")
    assert salvage(part) is None
    assert not list(tmp_path.iterdir())


def test_no_name_but_an_agencys_id_becomes_a_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    with pytest.raises(ValueError, match="not the id"):
        Archive(tmp_path / "warc" / NIGHT, "../x", store, 1 << 20, "oit/0")
    store.close()


def test_without_the_option_nothing_is_written(tmp_path: Path) -> None:
    with serve({"/": page("หน้า")}) as site:
        go(tmp_path, site.url)
    assert not (tmp_path / "warc").exists()
