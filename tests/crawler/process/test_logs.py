"""What a crawl process logs is one line an event, and few lines of a kind."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.models.snapshot import FetchOutcome
from crawler.process.logs import BriefFormatter, FewOfAKind
from tests.mockserver.crawling import go

CLOSE_NOTIFY = bytes.fromhex("15030300020100")


def record(message: str, agency: str = "", error: Exception | None = None) -> logging.LogRecord:
    info = None
    if error is not None:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    made = logging.LogRecord("twisted", logging.CRITICAL, "x.py", 1, message, None, info)
    if agency:
        made.spider = SimpleNamespace(site=SimpleNamespace(agency=SimpleNamespace(id=agency)))
    return made


def test_a_traceback_is_one_line_that_begins_with_the_agency() -> None:
    line = BriefFormatter().format(record("Unhandled Error\nTraceback", "labour", IndexError("tuple\nindex\x1b[31m")))
    assert line == "CRITICAL labour: Unhandled Error: IndexError in record: tuple"


def test_few_lines_of_a_kind_are_told_of_each_agency() -> None:
    few, form = FewOfAKind(), BriefFormatter()
    passed = [one for n in range(100) if few.filter(one := record("", "labour", IndexError(str(n))))]
    assert len(passed) == 5
    assert [form.format(one).endswith("(more of these are not told)") for one in passed] == [False] * 4 + [True]
    assert few.filter(record("", "land", IndexError("0")))
    assert few.filter(record("something else", "labour"))


def serve_bare_ends(server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            with suppress(OSError), connection:
                connection.settimeout(5)
                connection.recv(2000)
                connection.sendall(CLOSE_NOTIFY)
                connection.recv(2000)


@pytest.mark.slow
def test_a_server_that_closes_tls_in_its_handshake_is_told_as_such_and_in_no_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve_bare_ends, args=(server,), daemon=True).start()
        snapshot, _ = go(tmp_path, f"https://127.0.0.1:{server.getsockname()[1]}/")
    (home,) = snapshot.resources
    assert home.outcome is FetchOutcome.RESET
    assert capfd.readouterr().err == ""
