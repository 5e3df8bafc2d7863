"""Each way in which a site cannot be read, over a real socket, is a cause of its own, in Thai too."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import threading
import time
import warnings
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from OpenSSL import SSL
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from core.models.snapshot import FetchOutcome, StopReason
from crawler.failures import RefusedError, outcome_from_exception
from crawler.tls import certificate_problem
from tests.mockserver import certificates as made
from tests.mockserver.crawling import by_path, go, page
from tests.mockserver.http import Answer, serve
from tests.paths import PROJECT

pytestmark = pytest.mark.timeout(120)
HONEST = page("<h1>รายงานประจำปี</h1><p>" + "เนื้อหาที่ซื่อตรงของหน่วยงาน " * 20 + "</p>")


def test_no_such_host(tmp_path: Path) -> None:
    snapshot, _ = go(tmp_path, "http://no-such-office.invalid/")
    assert snapshot.resources[0].outcome is FetchOutcome.DNS
    assert (snapshot.stopped_by, snapshot.complete) == ("home", False)


def test_a_closed_port_refuses(tmp_path: Path) -> None:
    with serve({}) as site:
        pass
    snapshot, _ = go(tmp_path, site.url)
    assert snapshot.resources[0].outcome is FetchOutcome.REFUSED
    assert snapshot.stopped_by == StopReason.HOME


def test_transient_causes_are_asked_twice_and_permanent_ones_once(tmp_path: Path) -> None:
    answers = {
        "/401": Answer(b"who are you", 401),
        "/403": Answer(b"no", 403),
        "/404": Answer(b"gone", 404),
        "/410": Answer(b"gone", 410),
        "/500": Answer(b"oops", 500),
        "/503": Answer(b"down", 503),
        "/429": Answer(b"slower", 429),
        "/cut": Answer(cut=True),
        "/slow": Answer(b"x", slow=3),
        "/heals": Answer(b"oops", 500, then=HONEST),
        "/thinks": Answer(HONEST.body, slow=2.5),
    }
    answers["/"] = page("".join(f"<a href={path}>{path}</a>" for path in answers))
    with serve(answers) as site:
        snapshot, _ = go(tmp_path, site.url, DOWNLOAD_TIMEOUT="1.5", OIT_SECOND_TIMEOUT="3.5")
        found = by_path(snapshot, site)
    outcomes = {path: found[path].outcome for path in answers}
    assert outcomes == {
        "/": FetchOutcome.OK,
        "/401": FetchOutcome.FORBIDDEN,
        "/403": FetchOutcome.FORBIDDEN,
        "/404": FetchOutcome.NOT_FOUND,
        "/410": FetchOutcome.NOT_FOUND,
        "/500": FetchOutcome.SERVER_ERROR,
        "/503": FetchOutcome.SERVER_ERROR,
        "/429": FetchOutcome.RATE_LIMITED,
        "/cut": FetchOutcome.RESET,
        "/slow": FetchOutcome.OK,
        "/heals": FetchOutcome.OK,
        "/thinks": FetchOutcome.OK,
    }
    asked = {path: site.asked[path] for path in answers}
    twice = {"/500", "/429", "/slow", "/heals", "/thinks"}
    assert {path for path, count in asked.items() if count == 2} - {"/cut"} == twice
    assert asked["/cut"] >= 2
    assert asked["/503"] == 4  # a server that says "not now" may mean it
    assert all(asked[path] == 1 for path in ("/401", "/403", "/404", "/410"))


@pytest.mark.parametrize("problem", ["expired", "self-signed", "incomplete-chain", "wrong-host", ""])
def test_a_broken_certificate_is_told_and_the_site_read_all_the_same(
    problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = made.authority("root")
    between = made.authority("between", root)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.trusted(tmp_path, root)))
    context = {
        "expired": lambda: made.context(tmp_path, made.leaf(root, days=-1)),
        "self-signed": lambda: made.context(tmp_path, made.leaf(None)),
        "incomplete-chain": lambda: made.context(tmp_path, made.leaf(between)),
        "wrong-host": lambda: made.context(tmp_path, made.leaf(root, host="192.0.2.7")),
        "": lambda: made.context(tmp_path, made.leaf(between), between),
    }[problem]()
    with serve({"/": page("<a href=/o>O12</a>"), "/o": HONEST}, tls=context) as site:
        snapshot, _ = go(tmp_path / "store", site.url)
    assert [r.outcome for r in snapshot.resources] == [FetchOutcome.OK, FetchOutcome.OK]
    assert [r.tls_problem for r in snapshot.resources] == [problem, problem]
    assert snapshot.complete


def test_servers_that_take_their_time_over_a_handshake_hold_no_thread_that_others_need() -> None:
    """Eight of them held all threads of a process, and with them what other sites had sent, for ever: a byte now and
    then is progress to a socket's timeout."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(b"\x16\x03\x03\x40\x00")
            for _ in range(100):
                time.sleep(0.1)
                connection.sendall(b"\x02")

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(listener.accept()[0],), daemon=True).start()

    async def run() -> tuple[list[str], float, float]:
        began = time.monotonic()
        local = frozenset({f"127.0.0.1:{port}"})
        checks = [certificate_problem(f"https://127.0.0.1:{port}/", local, 1.5) for _ in range(8)]
        waiting = asyncio.gather(*checks)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(int)
        free = time.monotonic() - began
        return await waiting, free, time.monotonic() - began

    threading.Thread(target=accept, daemon=True).start()
    try:
        found, free, all_done = asyncio.run(run())
    finally:
        listener.close()
    assert found == [""] * 8
    assert free < 1.4
    assert all_done < 8


def test_a_protocol_that_browsers_refuse_is_legacy(tmp_path: Path) -> None:
    context = made.context(tmp_path, made.leaf(None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    with serve({"/": HONEST}, tls=context) as site:
        assert asyncio.run(certificate_problem(site.url, frozenset({f"127.0.0.1:{site.port}"}))) == "legacy"
        snapshot, _ = go(tmp_path / "store", site.url)
    assert snapshot.resources[0].outcome in (FetchOutcome.OK, FetchOutcome.TLS)
    assert snapshot.resources[0].tls_problem == "legacy" or snapshot.stopped_by == StopReason.HOME


def test_what_is_no_tls_at_all_is_a_tls_failure(tmp_path: Path) -> None:
    with serve({"/": HONEST}) as site:
        snapshot, _ = go(tmp_path, site.url.replace("http:", "https:"))
    assert snapshot.resources[0].outcome is FetchOutcome.TLS
    assert site.asked["/"] == 0


def test_every_cause_has_its_words_in_thai() -> None:
    path = PROJECT / "reports" / "messages.th.yaml"
    words = yaml.safe_load(path.read_text("utf-8"))
    assert set(words["outcome"]) >= {outcome.value for outcome in FetchOutcome}
    assert set(words["problem"]) >= {"expired", "self-signed", "incomplete-chain", "wrong-host", "legacy", "other"}
    assert len({words["outcome"][outcome.value] for outcome in FetchOutcome}) == len(FetchOutcome)


def test_permanent_causes_are_not_transient() -> None:
    lasting = {
        FetchOutcome.NOT_FOUND,
        FetchOutcome.FORBIDDEN,
        FetchOutcome.LOGIN,
        FetchOutcome.SOFT_404,
        FetchOutcome.ROBOTS,
        FetchOutcome.CHALLENGE,
    }
    assert not any(outcome.is_transient for outcome in lasting)


def caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (DownloadTimeoutError("Getting http://a.go.th/certificate.html took longer than 45 seconds."), "timeout"),
        (DownloadTimeoutError("Getting http://a.go.th/tls-maxsize-cancel took longer than 45 seconds."), "timeout"),
        (twisted_errors.ConnectionLost("unsafe address certificate timeout"), "reset"),
        (DownloadCancelledError("http://a.go.th/timeout"), "too_large"),
        (caused_by(DownloadFailedError(), ResponseFailed([Failure(SSL.Error("bad"))])), "tls"),
        (caused_by(DownloadFailedError(), ResponseFailed([Failure(twisted_errors.ConnectionAborted())])), "too_large"),
        (caused_by(DownloadFailedError(), ResponseFailed([Failure(twisted_errors.ConnectionDone())])), "reset"),
        (twisted_errors.ConnectBindError(errno.EMFILE, "Too many open files"), "machine"),
        (twisted_errors.ConnectionRefusedError(), "refused"),
        (OSError(errno.ENFILE, "Too many open files in system"), "machine"),
        (OSError(errno.ENOSPC, "No space left on device"), "machine"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "var/bodies/ab"), "machine"),
        (OSError(errno.EFBIG, "File too large"), "machine"),
        (RuntimeError("can't start new thread"), "machine"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "machine"),
        (MemoryError(), "machine"),
        (RefusedError(FetchOutcome.ROBOTS), "robots"),
        (ValueError("certificate timeout maxsize robots"), "other"),
    ],
)  # fmt: skip
def test_causes_come_from_types_never_from_texts(error: Exception, outcome: str) -> None:
    assert outcome_from_exception(error)[0] == outcome
